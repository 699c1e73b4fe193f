#!/bin/sh
# Measures the tracking API beside MLflow's own server: the same load program against both, one after the other, on the same
# machine, each in its default configuration. Usage: benchmarks/mlflow.sh [SECONDS of each rate] [RUNS that are searched].
# Installs MLflow into an ignored folder the first time. ONLY=slipway or ONLY=mlflow leaves the other out.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$here/../.ci/work/mlflow
seconds=${1:-10}
runs=${2:-2000}
mlflow_version=3.17.2
mkdir -p "$work"
folder=$(mktemp -d)
server=
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
  fi
}
trap 'stop; rm -rf "$folder"' EXIT INT TERM

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# The resident memory, in MiB, of a process and all that came of it; pages they share are counted once.
memory() {
  python3 - "$1" <<'PY'
import pathlib, sys
parents = {}
for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
    try:
        parents.setdefault(int(stat.read_text().rsplit(")", 1)[1].split()[1]), []).append(int(stat.parent.name))
    except OSError:
        pass
waiting, total = [int(sys.argv[1])], 0
while waiting:
    process = waiting.pop()
    waiting += parents.get(process, [])
    try:
        for line in pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    except OSError:
        pass
print(total // 1024)
PY
}

measure() {
  name=$1
  port=$2
  begun=$(date +%s%N)
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/health"; do
    kill -0 "$server"
    sleep 0.05
  done
  printf 'ready after\t%s\tms\n' $((($(date +%s%N) - begun) / 1000000)) >"$work/$name.tsv"
  CLASSPATH="$here/target/classes" java -Xmx512m dev.slipway.benchmarks.mlflow.MlflowLoad \
    "http://127.0.0.1:$port" "$seconds" "$runs" | tee -a "$work/$name.tsv"
  printf 'memory, at once after the load\t%s\tMiB\n' "$(memory "$server")" >>"$work/$name.tsv"
  sleep 20
  printf 'memory, 20 s later\t%s\tMiB\n' "$(memory "$server")" >>"$work/$name.tsv"
  stop
}

if [ "${ONLY:-mlflow}" = mlflow ]; then
  if [ ! -x "$work/venv/bin/mlflow" ]; then
    "${PYTHON:-python3}" -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check "mlflow==$mlflow_version"
  fi
  port=$(free_port)
  (mkdir "$folder/mlflow" && cd "$folder/mlflow" && exec "$work/venv/bin/mlflow" server --host 127.0.0.1 --port "$port") \
    >"$folder/mlflow.log" 2>&1 &
  server=$!
  measure mlflow "$port"
fi
if [ "${ONLY:-slipway}" = slipway ]; then
  # Builds and prepares what a first start after a build does.
  "$here/../slipway" --version >/dev/null
  port=$(free_port)
  "$here/../slipway" serve --port "$port" --data "$folder/slipway" >"$folder/slipway.log" 2>&1 &
  server=$!
  measure slipway "$port"
fi

if [ -f "$work/mlflow.tsv" ] && [ -f "$work/slipway.tsv" ]; then
  awk -F '\t' '
    FNR == NR { theirs[$1] = $2; next }
    $1 in theirs {
      better = $3 ~ /\/s$/ ? $2 / theirs[$1] : theirs[$1] / ($2 > 0 ? $2 : 0.001)
      printf "%-52s %12s %12s %-10s %8.1f times\n", $1, theirs[$1], $2, $3, better
    }' "$work/mlflow.tsv" "$work/slipway.tsv"
fi
