"""Holds the table of values in the chart's README against the schema, or writes it.

Usage: helm_readme.py CHART [--write]
"""

import json
import pathlib
import sys

chart = pathlib.Path(sys.argv[1])
schema = json.loads((chart / "values.schema.json").read_text())
readme = chart / "README.md"
START, END = "<!-- values -->\n", "<!-- end of values -->\n"


def resolved(node):
    """The node with what it refers to; its own description wins."""
    if "$ref" not in node:
        return node
    target = schema["definitions"][node["$ref"].rsplit("/", 1)[1]]
    return {**target, **{key: value for key, value in node.items() if key != "$ref"}}


def meaning(node):
    words = []
    if "enum" in node:
        words.append(", ".join(f"`{value}`" if value else "nothing" for value in node["enum"]))
    if "description" in node:
        words.append(node["description"])
    return ": ".join(words)


def rows(node, path):
    for name, child in node["properties"].items():
        child = resolved(child)
        where = f"{path}{name}"
        # What a service has stands once, under `defaults`; what Kubernetes defines is its own to explain.
        inner = "properties" in child and name != "resources" and not where.startswith("services.")
        if inner:
            yield from rows(child, where + ".")
        elif where != "global":
            yield f"| `{where}` | {meaning(child)} |\n"

table = "| value | meaning |\n|---|---|\n" + "".join(rows(schema, ""))
text = readme.read_text()
before, _, rest = text.partition(START)
_, _, after = rest.partition(END)
wanted = before + START + table + END + after
if "--write" in sys.argv:
    readme.write_text(wanted)
elif text != wanted:
    sys.exit(f"The table in {readme} is not that of the schema: run {sys.argv[0]} {chart} --write")
