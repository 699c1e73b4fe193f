#!/bin/sh
# Converts the ONNX project's backend tests with `slipway convert --batch`, runs the results in Google's LiteRT and compares
# them with the outputs that the tests expect. Fails below the rates that are promised, on a wrong answer, on a file that does
# not run and on a crash. Usage: .ci/conformance.sh [REGULAR-EXPRESSION of case names]
#   SLIPWAY_BATCH   another command for a folder of cases and one of results, such as './slipway convert --batch'
#   PYTHON          a Python 3.11 or newer, if python3 is not one
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$here/work/conformance
"$here/conformance/install.sh" "$work"
SLIPWAY_BATCH=${SLIPWAY_BATCH:-"$here/../slipway convert --batch"}
export SLIPWAY_BATCH
exec "$work/venv/bin/python" "$here/conformance/conformance.py" "$work" "$@"
