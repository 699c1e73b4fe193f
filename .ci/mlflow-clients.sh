#!/bin/sh
# Drives a server of this checkout with the real MLflow client, as data scientists use it. Usage: .ci/mlflow-clients.sh
# [ARGUMENTS of pytest]. Installs the clients into an ignored folder the first time.
#   MLFLOW_TRACKING_URI   a server that is running already, such as MLflow's own, instead of a new Slipway
#   PYTHON                a Python 3.10 or newer, if python3 is not one
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$here/work/mlflow
mkdir -p "$work"
if ! cmp -s "$here/mlflow/requirements.txt" "$work/installed"; then
  rm -rf "$work/venv" "$work/installed"
  "${PYTHON:-python3}" -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/mlflow/requirements.txt"
  cp "$here/mlflow/requirements.txt" "$work/installed"
fi

folder=$(mktemp -d)
server=
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT INT TERM

if [ -z "${MLFLOW_TRACKING_URI:-}" ]; then
  "$here/../slipway" serve --port 0 --data "$folder/data" >"$folder/server.log" 2>&1 &
  server=$!
  # The launcher may have to build first; the address is printed once the server answers.
  until MLFLOW_TRACKING_URI=$(grep -o -m 1 'http://127\.0\.0\.1:[0-9]*' "$folder/server.log"); do
    kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; exit 1; }
    sleep 0.2
  done
fi
export MLFLOW_TRACKING_URI
# The client reports its use to MLflow's makers unless told otherwise, and asks the machine for packages to record.
export MLFLOW_DISABLE_TELEMETRY=true DO_NOT_TRACK=true
export MLFLOW_HTTP_REQUEST_MAX_RETRIES=1
cd "$folder"
status=0
"$work/venv/bin/python" -m pytest -q -p no:cacheprovider --rootdir "$here/mlflow" "$here/mlflow" \
  --junitxml "$work/TEST-mlflow-clients.xml" "$@" || status=$?
if [ "$status" != 0 ] && [ -n "$server" ]; then
  tail -n 40 "$folder/server.log" >&2
fi
exit "$status"
