#!/bin/sh
# A step of a build: has Slipway train or deliver, waits, and fails the build when a gate does not hold.
#
#   slipway-step.sh train PIPELINE                        starts the pipeline of this name
#   slipway-step.sh deliver MODEL VERSION CHANNEL TARGET…  converts a version of a model, such as one that mlflow has registered,
#                                                          to TFLITE, ORT or TVM, and releases it to the channel
#
#   SLIPWAY_URL      the server (default http://127.0.0.1:8080)
#   SLIPWAY_TOKEN    an API token of the role engineer; none where the server needs none
#   SLIPWAY_TIMEOUT  seconds to wait at most (default 3600); what was started goes on, and the same step waits for it again
#   SLIPWAY_KEY      names the build, so that a step that is repeated does not start its work twice
#                    (default: the attempt at a workflow on GitHub, the job on GitLab)
#
# Needs curl and jq. Exit codes as those of slipway: 3 bad input, 4 not there, 5 failed or a gate does not hold, 6 not
# allowed, 7 server not there or waited too long.
# shellcheck disable=SC2016 # the variables are GraphQL's
set -eu
url=${SLIPWAY_URL:-http://127.0.0.1:8080}
timeout=${SLIPWAY_TIMEOUT:-3600}
build=${SLIPWAY_KEY:-${GITHUB_RUN_ID:+$GITHUB_RUN_ID-${GITHUB_RUN_ATTEMPT:-1}}}
build=${build:-${CI_JOB_ID:-}}
began=$(date +%s)

fail() {
  status=$1
  shift
  echo "slipway-step: $*" >&2
  exit "$status"
}

usage() {
  sed -n -e '/^# shellcheck/q' -e '2,$s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

# $1: a GraphQL document; $2: its variables as JSON. Prints the data.
ask() {
  # The token goes through a file that is no argument, which others on the machine could read.
  body=$(jq -n --arg query "$1" --argjson variables "$2" '{query: $query, variables: $variables}')
  answer=$(printf '%s' "$body" | curl --silent --show-error --max-time 60 --retry 5 --retry-connrefused --retry-max-time 60 \
    --config "$scratch/curl" --header 'Content-Type: application/json' --data-binary @- \
    --write-out '\n%{http_code}' "$url/graphql" 2>"$scratch/error") ||
    fail 7 "No answer from $url; is it the right address, and is the server up? $(tail -n 1 "$scratch/error")"
  code=${answer##*
}
  answer=${answer%
*}
  case $code in
  401 | 403) fail 6 "$url refuses the token in SLIPWAY_TOKEN (HTTP $code): $answer" ;;
  5*) fail 7 "$url can't answer now (HTTP $code): $answer" ;;
  esac
  printf '%s' "$answer" | jq --exit-status 'has("data") or has("errors")' >/dev/null 2>&1 ||
    fail 7 "What answers at $url/graphql is not Slipway (HTTP $code)."
  kind=$(printf '%s' "$answer" | jq --raw-output '.errors[0].extensions.kind // empty')
  if [ -n "$kind" ]; then
    message=$(printf '%s' "$answer" | jq --raw-output '.errors[0] | .message + " [" + (.extensions.code // .extensions.kind) + "]"')
    case $kind in
    NOT_FOUND) fail 4 "$message" ;;
    CONFLICT) fail 5 "$message" ;;
    UNAUTHENTICATED | FORBIDDEN) fail 6 "$message" ;;
    UNAVAILABLE) fail 7 "$message" ;;
    *) fail 3 "$message" ;;
    esac
  fi
  printf '%s' "$answer" | jq --exit-status 'has("errors") | not' >/dev/null || fail 3 "$(printf '%s' "$answer" | jq -c .errors)"
  printf '%s' "$answer" | jq .data
}

# $1: what is waited for. Waits a little, or gives up.
pause() {
  [ $(($(date +%s) - began)) -lt "$timeout" ] ||
    fail 7 "$1 has not ended within $timeout s. It goes on; the same step with the same SLIPWAY_KEY waits for it again."
  sleep 2
}

key() {
  if [ -n "$build" ]; then jq -n --arg key "$build-$1" '$key'; else echo null; fi
}

train() {
  name=$1
  found=
  after=null
  while [ -z "$found" ] && [ -n "$after" ]; do
    page=$(ask 'query ($after: String) { pipelines(first: 1000, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } } }' \
      "{\"after\": $after}")
    found=$(printf '%s' "$page" | jq --raw-output --arg name "$name" '[.pipelines.nodes[] | select(.name == $name)][0].id // empty')
    after=$(printf '%s' "$page" | jq 'if .pipelines.pageInfo.hasNextPage then .pipelines.pageInfo.endCursor else empty end')
  done
  [ -n "$found" ] || fail 4 "There is no pipeline '$name' at $url."
  started=$(ask 'mutation ($pipeline: ID!, $key: String) { startPipeline(input: {pipeline: $pipeline, idempotencyKey: $key}) { id } }' \
    "{\"pipeline\": \"$found\", \"key\": $(key "train-$found")}")
  run=$(printf '%s' "$started" | jq --raw-output .startPipeline.id)
  echo "pipeline $name: started"
  told=
  while :; do
    state=$(ask 'query ($run: ID!) { pipelineRun(id: $run) {
        job { state failure { code message } }
        steps { step { kind } state failure { code message } }
        outputs { modelVersion { number model { name } gates { gates { name passed detail } } } release { number } } } }' \
      "{\"run\": \"$run\"}")
    now=$(printf '%s' "$state" | jq --raw-output '.pipelineRun.steps[] | select(.state != "WAITING") | "  \(.step.kind): \(.state | ascii_downcase)"')
    if [ "$now" != "$told" ]; then
      printf '%s\n' "$now" | awk -v told="$told" 'BEGIN { split(told, lines, "\n"); for (i in lines) seen[lines[i]] } NF && !($0 in seen)'
      told=$now
    fi
    case $(printf '%s' "$state" | jq --raw-output '.pipelineRun.job.state') in
    SUCCEEDED)
      printf '%s' "$state" | jq --raw-output '.pipelineRun.outputs |
        (.modelVersion.gates.gates // [] | .[] | "  gate \(.name): \(if .passed then "holds" else "does not hold" end), \(.detail)"),
        (.modelVersion // empty | "model \(.model.name), version \(.number)"), (.release // empty | "release \(.number)")'
      return
      ;;
    FAILED | CANCELLED)
      printf '%s' "$state" | jq --raw-output '.pipelineRun.outputs.modelVersion.gates.gates // [] | .[] |
        "  gate \(.name): \(if .passed then "holds" else "does not hold" end), \(.detail)"'
      fail 5 "Pipeline $name: $(printf '%s' "$state" |
        jq --raw-output '[.pipelineRun.steps[].failure, .pipelineRun.job.failure | select(.) | "\(.message) [\(.code)]"][0] // "it was cancelled"')"
      ;;
    esac
    pause "Pipeline $name"
  done
}

# $1: a job's id; $2: what it does. Returns when it has succeeded.
await() {
  while :; do
    job=$(ask 'query ($job: ID!) { job(id: $job) { state failure { code message } } }' "{\"job\": \"$1\"}")
    case $(printf '%s' "$job" | jq --raw-output .job.state) in
    SUCCEEDED) return ;;
    FAILED) fail 5 "$2: $(printf '%s' "$job" | jq --raw-output '.job.failure | "\(.message) [\(.code)]"')" ;;
    CANCELLED) fail 5 "$2 was cancelled." ;;
    esac
    pause "$2"
  done
}

deliver() {
  model=$1
  number=$2
  channel=$3
  shift 3
  case $number in
  '' | *[!0-9]* | ??????????*) fail 3 "'$number' is no version's number." ;;
  esac
  version=
  after=null
  while [ -z "$version" ] && [ -n "$after" ]; do
    page=$(ask 'query ($name: String!, $after: String) { modelNamed(name: $name) {
        versions(first: 1000, after: $after) { nodes { id number } pageInfo { hasNextPage endCursor } } } }' \
      "$(jq -n --arg name "$model" --argjson after "$after" '{name: $name, after: $after}')")
    version=$(printf '%s' "$page" | jq --raw-output --argjson number "$number" \
      '[.modelNamed.versions.nodes // [] | .[] | select(.number == $number)][0].id // empty')
    after=$(printf '%s' "$page" | jq '.modelNamed.versions.pageInfo // {} | if .hasNextPage then .endCursor else empty end')
  done
  [ -n "$version" ] || fail 4 "There is no version $number of a model '$model' at $url."
  for target in "$@"; do
    started=$(ask 'mutation ($version: ID!, $target: Target!, $key: String) {
        startConversion(input: {modelVersion: $version, target: $target, idempotencyKey: $key}) { job { id } } }' \
      "$(jq -n --arg version "$version" --arg target "$target" --argjson key "$(key "convert-$version-$target")" \
        '{version: $version, target: $target, key: $key}')")
    await "$(printf '%s' "$started" | jq --raw-output .startConversion.job.id)" "The conversion to $target"
    echo "converted to $target"
  done
  started=$(ask 'mutation ($version: ID!, $channel: String!, $key: String) {
      releaseVersion(input: {modelVersion: $version, channel: $channel, idempotencyKey: $key}) { id } }' \
    "$(jq -n --arg version "$version" --arg channel "$channel" --argjson key "$(key "release-$version-$channel")" \
      '{version: $version, channel: $channel, key: $key}')")
  await "$(printf '%s' "$started" | jq --raw-output .releaseVersion.id)" "The release to $channel"
  echo "model $model, version $number is released to $channel"
}

for tool in curl jq; do
  command -v "$tool" >/dev/null 2>&1 || fail 7 "$tool is needed and not there; install it."
done
case $timeout in
'' | *[!0-9]*) fail 3 "SLIPWAY_TIMEOUT is a number of seconds, not '$timeout'." ;;
esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
: >"$scratch/curl"
case ${SLIPWAY_TOKEN:-} in
'') ;;
*[!A-Za-z0-9._~+/=-]*) fail 3 "SLIPWAY_TOKEN holds characters that no token has; is there a line break at its end?" ;;
*) printf 'header = "Authorization: Bearer %s"\n' "$SLIPWAY_TOKEN" >"$scratch/curl" ;;
esac

case ${1:-} in
train)
  [ $# = 2 ] || usage
  train "$2"
  ;;
deliver)
  [ $# -ge 5 ] || usage
  shift
  deliver "$@"
  ;;
*) usage ;;
esac
