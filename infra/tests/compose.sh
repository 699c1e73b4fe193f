#!/bin/sh
# The Compose file against the Compose specification's JSON schema, which is part of its Go module, and as podman-compose reads it.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
: "${WORK:?is set by infra/test.sh}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP
. "$root/infra/tests/shared/checks.sh"

if ! command -v go >/dev/null; then
  echo 'skip compose: Go is needed to fetch the schema: https://go.dev/dl'
  exit 0
fi
module=$(cd "$scratch" && GOFLAGS=-modcacherw go mod download -json github.com/compose-spec/compose-go/v2@v2.9.0 | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
versions='jsonschema==4.25.1 PyYAML==6.0.3 podman-compose==1.5.0'
if [ "$(cat "$WORK/compose/versions" 2>/dev/null)" != "$versions" ]; then
  rm -rf "$WORK/compose"
  python3 -m venv "$WORK/compose"
  # shellcheck disable=SC2086
  "$WORK/compose/bin/pip" install --quiet $versions >"$WORK/pip.log" 2>&1
  echo "$versions" >"$WORK/compose/versions"
fi

valid() {
  "$WORK/compose/bin/python" -c '
import json, sys, yaml, jsonschema
schema, compose = json.load(open(sys.argv[1])), yaml.safe_load(open(sys.argv[2]))
for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(compose):
    sys.exit(f"{error.json_path}: {error.message}")' "$module/schema/compose-spec.json" "$1"
}
# settings: as env.example names them, each with a value
settings() { sed -n 's/^\([A-Z_0-9]*\)=.*/\1=0123456789abcdef0123456789abcdef/p' "$root/infra/env.example"; }
config() { (cd "$scratch" && "$WORK/compose/bin/podman-compose" --env-file "$scratch/env" --file "$root/infra/compose.yaml" config); }

check 'compose.yaml is as the specification says' valid "$root/infra/compose.yaml"
sed 's/healthcheck:/helthcheck:/' "$root/infra/compose.yaml" >"$scratch/wrong.yaml"
if valid "$scratch/wrong.yaml" 2>"$scratch/err" || ! grep -q helthcheck "$scratch/err"; then
  echo 'not ok a misspelt key is found'
else
  echo 'ok a misspelt key is found'
fi

settings >"$scratch/env"
check 'podman-compose reads it with the settings of env.example' config
cp "$scratch/out" "$scratch/config"
for service in gateway labeling dataset training registry conversion monitoring lineage arangodb cassandra minio prometheus grafana; do
  check "the service $service" grep -q "^  $service:" "$scratch/config"
done
if grep -q '\${' "$scratch/config"; then echo 'not ok every variable has a value'; else echo 'ok every variable has a value'; fi
for secret in SLIPWAY_SERVICE_TOKEN ARANGODB_PASSWORD CASSANDRA_PASSWORD S3_ACCESS_KEY S3_SECRET_KEY GRAFANA_PASSWORD; do
  settings | grep -v "^$secret=" >"$scratch/env"
  if config >"$scratch/out" 2>"$scratch/err"; then
    echo "not ok $secret is asked for"
  elif grep -q "$secret" "$scratch/err"; then
    echo "ok $secret is asked for"
  else
    echo "not ok $secret is asked for by its name"
    tail -n 3 "$scratch/err" | sed 's/^/  /'
  fi
done
# What the file mounts is there.
for path in $(sed -n 's/^ *- \.\/\([^:]*\):.*/\1/p' "$root/infra/compose.yaml"); do
  check "it finds $path" test -e "$root/infra/$path"
done
