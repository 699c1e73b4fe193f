#!/bin/sh
# Checks infra/prometheus and infra/grafana: promtool, unit tests of the alerts, and every expression against a Prometheus that
# scrapes a server which has carried out the demo. SLIPWAY names another command line than ./slipway.
set -eu
infra=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
slipway=${SLIPWAY:-$infra/../slipway}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/slipway-observability.XXXXXX")
server=
prometheus=
# Nothing here is asked through a proxy.
export no_proxy=127.0.0.1

finish() {
  for process in $prometheus $server; do
    kill "$process" 2>/dev/null || :
    wait "$process" 2>/dev/null || :
  done
  rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

. "$infra/tests/shared/checks.sh"

install_prometheus() {
  (cd "$scratch" && { apt-get download prometheus || { apt-get update && apt-get download prometheus; }; } &&
    dpkg -x prometheus_*.deb deb && cp deb/usr/bin/prometheus deb/usr/bin/promtool "$WORK/bin/") >"$scratch/install" 2>&1
}

if ! command -v promtool >/dev/null 2>&1 || ! command -v prometheus >/dev/null 2>&1; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "skip observability: put prometheus and promtool, 2.42 or newer, into the PATH; only on Debian they are fetched"
    exit 0
  fi
  if ! install_prometheus; then
    sed 's/^/  /' "$scratch/install"
    echo "skip observability: prometheus and promtool could not be fetched from Debian's packages"
    exit 0
  fi
fi
promtool --version 2>&1 | head -n 1

cd "$infra/prometheus"
for file in prometheus.yml standalone.yml; do
  check "promtool check config $file" promtool check config --lint=all --lint-fatal "$file"
done
check "promtool check rules" promtool check rules --lint=all --lint-fatal rules/*.yml
check "promtool test rules: $(grep -c 'exp_samples\|exp_alerts' tests/alerts.yml) expectations" promtool test rules tests/alerts.yml

# The unit tests are worth something if alerts that never fire don't pass them.
mkdir "$scratch/mutant"
cp -R rules tests "$scratch/mutant"
sed 's/^        expr: .*/        expr: vector(0) > 1/' rules/alerts.yml >"$scratch/mutant/rules/alerts.yml"
promtool test rules "$scratch/mutant/tests/alerts.yml" >"$scratch/mutant/log" 2>&1 || :
unnoticed=
sed -n 's/^      - alert: //p' rules/alerts.yml >"$scratch/alerts"
while read -r alert; do
  grep -q "exp: {alertname=\"$alert\"}" "$scratch/mutant/log" || unnoticed="$unnoticed $alert"
done <"$scratch/alerts"
if [ -z "$unnoticed" ]; then echo "ok the unit tests notice each alert that never fires"; else echo "not ok the unit tests don't notice that these never fire:$unnoticed"; fi

"$slipway" demo --port 0 --data "$scratch/data" >"$scratch/demo" 2>"$scratch/log" &
server=$!
await 900 sh -c "grep -q 'listens on' '$scratch/demo' || ! kill -0 $server" || :
address=$(sed -n 's/.*listens on http:\/\/\([^, ]*\).*/\1/p' "$scratch/demo")
if [ -z "$address" ]; then
  sed 's/^/  /' "$scratch/log"
  echo "not ok the server starts"
  exit 0
fi

# The configuration of one process as it is, but for the address and for how often; the test has no time for 15 s.
cp -R rules "$scratch/rules"
sed -e "s/127\.0\.0\.1:8080/$address/" -e 's/_interval: 15s/_interval: 1s/' standalone.yml >"$scratch/prometheus.yml"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
prometheus --config.file="$scratch/prometheus.yml" --storage.tsdb.path="$scratch/tsdb" --web.listen-address="127.0.0.1:$port" \
  --log.level=warn >"$scratch/prometheus.log" 2>&1 &
prometheus=$!
if ! await 60 curl --silent --fail "http://127.0.0.1:$port/-/ready"; then
  sed 's/^/  /' "$scratch/prometheus.log"
  echo "not ok Prometheus starts"
  exit 0
fi
if ! await 600 sh -c "grep -q 'goes on serving' '$scratch/demo' || ! kill -0 $server" || ! kill -0 "$server"; then
  sed 's/^/  /' "$scratch/demo" "$scratch/log"
  echo "not ok the demo is carried out"
  exit 0
fi
# The demo calls the services within the process; phones and clients come over HTTP. One asks for what is not there.
for path in /version /api/2.0/mlflow/experiments/get?experiment_id=0 /delivery/v1/models/none/channels/production/manifest; do
  for _ in 1 2 3; do
    curl --silent --output /dev/null "http://$address$path"
    sleep 1
  done
done
python3 "$infra/tests/observability.py" "http://127.0.0.1:$port" promtool "$scratch" || :
