"""Names the environment variables of rendered manifests that docs/operations.md does not tell of.

Usage: helm_variables.py OPERATIONS_MD MANIFESTS
"""

import pathlib
import re
import sys

operations, manifests = (pathlib.Path(argument).read_text() for argument in sys.argv[1:])
services = "labeling dataset training registry conversion monitoring lineage".upper().split()
documented = {f"SLIPWAY_{service}_URL" for service in services if "`SLIPWAY_<SERVICE>_URL`" in operations}
for line in operations.splitlines():
    names = re.findall(r"`(SLIPWAY_[A-Z0-9_]+)[`=]", line)
    documented.update(names)
    # `SLIPWAY_S3_ACCESS_KEY`, `_SECRET_KEY` stands for SLIPWAY_S3_SECRET_KEY too.
    for suffix in re.findall(r"`(_[A-Z_]+)`", line):
        documented.update(name.rsplit(part, 1)[0] + suffix for name in names for part in ("_USER", "_ACCESS_KEY") if part in name)
unknown = set(re.findall(r"name: (SLIPWAY_[A-Z0-9_]+)", manifests)) - documented
if unknown:
    sys.exit("docs/operations.md does not tell of " + ", ".join(sorted(unknown)))
