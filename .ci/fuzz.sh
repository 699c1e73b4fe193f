#!/usr/bin/env bash
# Looks for models that the converter does not deal with; what it finds is kept in shared/edge/target/fuzz.
#
#   .ci/fuzz.sh MINUTES [FOLDER]        damages the tests' models, and those in FOLDER/NAME/model.onnx
#   .ci/fuzz.sh FILE.onnx [OPTIONS]     converts a finding once more, with the number that it tells of its options
set -euo pipefail
cd "$(dirname "$0")/.."

run() {
  ./mvnw --batch-mode --no-transfer-progress -q test -pl shared/edge -am -Dsurefire.failIfNoSpecifiedTests=false \
    -Dspotless.check.skip "$@"
}

if [ -f "${1:?minutes, or the file of a finding}" ]; then
  run -Dtest=FuzzedFile -Dslipway.fuzz.file="$(realpath "$1")" -Dslipway.fuzz.options="${2:-0}"
else
  run -Dtest=LongFuzz -Dslipway.fuzz.minutes="$1" ${2:+-Dslipway.fuzz.models="$(realpath "$2")"} \
    ${SEED:+-Dslipway.fuzz.seed="$SEED"}
fi
