#!/bin/sh
# Drives a server of this checkout with the real MLflow client, as data scientists use it. Usage: .ci/mlflow-clients.sh
# [--distributed] [ARGUMENTS of pytest]. Installs the clients into an ignored folder the first time.
#   --distributed         every service and the gateway as a process of its own, on the stores that the environment names
#   MLFLOW_TRACKING_URI   a server that is running already, such as MLflow's own, instead of a new Slipway
#   PYTHON                a Python 3.10 or newer, if python3 is not one
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$here/work/mlflow
distributed=
if [ "${1:-}" = --distributed ]; then
  distributed=yes
  shift
fi
mkdir -p "$work"
if ! cmp -s "$here/mlflow/requirements.txt" "$work/installed"; then
  rm -rf "$work/venv" "$work/installed"
  "${PYTHON:-python3}" -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/mlflow/requirements.txt"
  cp "$here/mlflow/requirements.txt" "$work/installed"
fi

folder=$(mktemp -d)
servers=
stop() {
  for server in $servers; do kill "$server" 2>/dev/null || true; done
  for server in $servers; do wait "$server" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap stop EXIT INT TERM

# $1: the name of its log; the others: arguments of 'slipway serve'. Returns when it answers, and sets $address.
serve() {
  log=$folder/$1.log
  shift
  "$here/../slipway" serve "$@" --data "$folder/data" >"$log" 2>&1 &
  server=$!
  servers="$servers $server"
  # The launcher may have to build first; the address is printed once the server answers.
  until address=$(grep -o -m 1 'http://127\.0\.0\.1:[0-9]*' "$log" 2>/dev/null); do
    kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
    sleep 0.2
  done
}

# Webhooks of the tests lead to this machine.
export SLIPWAY_WEBHOOKS_PRIVATE_ADDRESSES=true
if [ -z "${MLFLOW_TRACKING_URI:-}" ]; then
  if [ -n "$distributed" ]; then
    all="labeling dataset training registry conversion monitoring lineage gateway"
    # Each must know where the others are before they are there.
    # shellcheck disable=SC2086
    ports=$("$work/venv/bin/python" -c '
import socket, sys
held = [socket.create_server(("127.0.0.1", 0)) for _ in sys.argv[1:]]
print(*(name + ":" + str(s.getsockname()[1]) for name, s in zip(sys.argv[1:], held)))' $all)
    for port in $ports; do
      name=$(echo "${port%:*}" | tr '[:lower:]' '[:upper:]')
      export "SLIPWAY_${name}_URL=http://127.0.0.1:${port#*:}"
    done
    export SLIPWAY_SERVICE_TOKEN=0123456789abcdef0123456789abcdef
    export SLIPWAY_JAVA_OPTIONS="${SLIPWAY_JAVA_OPTIONS:--Xms32m -Xmx384m -XX:+UseSerialGC}"
    for port in $ports; do serve "${port%:*}" "${port%:*}" --port "${port#*:}"; done
  else
    serve server --port 0
  fi
  MLFLOW_TRACKING_URI=$address
fi
export MLFLOW_TRACKING_URI
# The client reports its use to MLflow's makers unless told otherwise, and asks the machine for packages to record.
export MLFLOW_DISABLE_TELEMETRY=true DO_NOT_TRACK=true
export MLFLOW_HTTP_REQUEST_MAX_RETRIES=1
cd "$folder"
status=0
"$work/venv/bin/python" -m pytest -q -p no:cacheprovider --rootdir "$here/mlflow" "$here/mlflow" \
  --junitxml "$work/TEST-mlflow-clients${distributed:+-distributed}.xml" "$@" || status=$?
if [ "$status" != 0 ]; then
  for log in "$folder"/*.log; do
    [ -f "$log" ] || continue
    echo "== $log" >&2
    tail -n 40 "$log" >&2
  done
fi
exit "$status"
