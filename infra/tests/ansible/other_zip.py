"""Makes of a zip of Slipway one of another version, as a build with that version would.

Usage: other_zip.py SOURCE FOLDER VERSION [LEFT_OUT…]; prints its path. Files of lib whose names begin with LEFT_OUT are not in it.
"""

import io
import pathlib
import sys
import zipfile

source, folder, version, *left_out = sys.argv[1:]
given = pathlib.Path(source).name
system = "-".join(given.removesuffix(".zip").rsplit("-", 2)[1:])
earlier = given.removeprefix("slipway-").removesuffix(f"-{system}.zip")
target = pathlib.Path(folder) / f"slipway-{version}-{system}.zip"


def told(jar):
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(jar)) as read, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as write:
        for entry in read.infolist():
            text = read.read(entry)
            if entry.filename.endswith("/standalone/version.properties"):
                text = text.replace(earlier.encode(), version.encode())
            write.writestr(entry, text)
    return changed.getvalue()


with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as write:
    for entry in read.infolist():
        name = entry.filename.split("/", 1)[1]
        if any(name.startswith(f"lib/{begin}") for begin in left_out):
            continue
        content = read.read(entry)
        entry.filename = f"slipway-{version}/{name}"
        write.writestr(entry, told(content) if name == "slipway.jar" else content)
print(target)
