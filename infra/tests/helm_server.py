"""Runs the server with the variables of a rendered Deployment or StatefulSet (JSON on standard input), as a pod would.

Usage: helm_server.py SLIPWAY_JAR. Ends with 0 if the process listens and says that it lives; stores may be away. Secrets become
some text, folders a temporary one, the address a free port of 127.0.0.1.
"""

import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

jar = pathlib.Path(sys.argv[1])
container = json.load(sys.stdin)["spec"]["template"]["spec"]["containers"][0]
with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    variables = {entry["name"]: entry.get("value", "a-secret-of-more-than-32-characters") for entry in container["env"]}
    for mount in container["volumeMounts"]:
        variables = {
            name: folder + value if value.startswith(mount["mountPath"]) else value for name, value in variables.items()
        }
    # The trust store that the options may name is not here.
    variables.pop("JAVA_TOOL_OPTIONS", None)
    variables |= {"SLIPWAY_HOST": "127.0.0.1", "SLIPWAY_PORT": str(port), "PATH": os.environ["PATH"]}
    log = pathlib.Path(folder, "log")
    with log.open("wb") as output:
        server = subprocess.Popen(
            ["java", "--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-cp", f"{jar}:{jar.parent}/lib/*"]
            + ["dev.slipway.standalone.Main", *container["args"]],
            env=variables,
            stdout=output,
            stderr=output,
        )
    try:
        probe = container["livenessProbe"]["httpGet"]
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{probe['path']}", headers={h["name"]: h["value"] for h in probe["httpHeaders"]}
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _ in range(240):
            if server.poll() is not None:
                sys.exit(f"it ended with {server.returncode}:\n{log.read_text()[-2000:]}")
            try:
                with opener.open(request, timeout=2) as answer:
                    print(answer.read().decode())
                    break
            except OSError:
                time.sleep(0.5)
        else:
            sys.exit(f"it never said that it lives:\n{log.read_text()[-2000:]}")
    finally:
        server.terminate()
        server.wait(60)
