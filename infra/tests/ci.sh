#!/bin/sh
# The examples for users' builds: the step against a real server, the workflows against their linters.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
step=$root/examples/ci/slipway-step.sh
folder=$(mktemp -d)
server=
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 143' INT TERM
. "$root/infra/tests/shared/checks.sh"

# $1: what is checked; $2: the status that is right; $3: what must be printed; the others: the step's arguments.
check() {
  what=$1
  expected=$2
  text=$3
  shift 3
  status=0
  "$step" "$@" >"$folder/out" 2>&1 || status=$?
  if [ "$status" = "$expected" ] && grep -q -- "$text" "$folder/out"; then
    echo "ok $what"
  else
    echo "not ok $what: status $status instead of $expected, or not '$text' in:"
    sed 's/^/    /' "$folder/out"
  fi
}

graphql() {
  curl --silent --fail --header 'Content-Type: application/json' --data-binary "$1" "$SLIPWAY_URL/graphql"
}

if ! need shellcheck jq; then
  echo 'skip ci: shellcheck and jq are needed'
  exit 0
fi
if ! command -v actionlint >/dev/null 2>&1; then
  GOBIN="$WORK/bin" GOFLAGS=-modcacherw go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
fi
if actionlint "$root/examples/ci/github-actions.yml"; then echo "ok actionlint"; else echo "not ok actionlint"; fi
for script in "$step" "$root"/infra/test.sh "$root"/infra/tests/*.sh "$root"/infra/tests/*/*.sh; do
  name=${script#"$root"/}
  if shellcheck --severity=warning "$script"; then echo "ok shellcheck $name"; else echo "not ok shellcheck $name"; fi
done

"$root/slipway" demo --port 0 --data "$folder/data" >"$folder/demo.log" 2>&1 &
server=$!
until grep -q -s 'GraphQL  http' "$folder/demo.log"; do
  kill -0 "$server" 2>/dev/null || { cat "$folder/demo.log"; exit 1; }
  sleep 0.5
done
SLIPWAY_URL=$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$folder/demo.log" | head -n 1)
export SLIPWAY_URL

check "a pipeline is followed to its release" 0 '^release ' train digits
SLIPWAY_KEY=same SLIPWAY_TIMEOUT=0 check "a step that waits too long says so" 7 'has not ended within 0 s' train digits
SLIPWAY_KEY=same check "the same step again waits for what was started" 0 '^release ' train digits
runs=$(graphql '{"query": "{ pipelines { nodes { name runs { nodes { id } } } } }"}' |
  jq '.data.pipelines.nodes[] | select(.name == "digits") | .runs.nodes | length')
if [ "$runs" = 3 ]; then echo "ok nothing was started twice"; else echo "not ok nothing was started twice: $runs runs instead of 3"; fi
check "a version is converted and released" 0 'released to beta' deliver digits 1 beta TFLITE ORT
model=$(graphql '{"query": "{ modelNamed(name: \"digits\") { id } }"}' | jq --raw-output .data.modelNamed.id)
graphql "$(jq -n --arg model "$model" '{query: "mutation ($model: ID!) { setModelPolicy(input: {model: $model, policy: {minimumAccuracy: 0.5,
  maximumParityError: 0.001, maximumFileSize: \"10\", maximumAccuracyLoss: 1, targets: [TFLITE]}}) { id } }", variables: {model: $model}}')" >"$folder/policy"
check "a gate that does not hold fails the build" 5 'size' deliver digits 1 beta TFLITE
check "a pipeline whose gates do not hold fails the build" 5 'gate size: does not hold' train digits
check "an unknown pipeline" 4 "no pipeline 'nope'" train nope
check "an unknown version" 4 'no version 99' deliver digits 99 beta TFLITE
check "a version that is no number" 3 "'one'" deliver digits one beta TFLITE
check "an unknown target" 3 'FOO' deliver digits 1 beta FOO
check "a name that no channel has" 3 'channel.name' deliver digits 1 'Beta!' TFLITE
check "no arguments" 2 'slipway-step.sh train PIPELINE'
SLIPWAY_TOKEN=wrong check "a wrong token" 6 'SLIPWAY_TOKEN' train digits
SLIPWAY_URL=$SLIPWAY_URL/nothing check "an address that is not Slipway" 7 'is not Slipway' train digits
kill "$server"
wait "$server" 2>/dev/null || true
server=
check "no server" 7 'is the server up' train digits
