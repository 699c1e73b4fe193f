#!/bin/sh
# Makes the convolutional networks of conformance/models.txt smaller, as fp16, dynamic, int8 and int16x8, with `slipway convert`
# and with TensorFlow's own converter (by onnx2tf) on the same calibration data, and prints how close each comes to ONNX
# Runtime on other data. Fails where ours is below 0.99 or below TensorFlow's. Downloads about 1.5 GB the first time, into an
# ignored folder, and takes hours: TensorFlow's calibration is slow; its results are kept.
# Usage: .ci/quantisation.sh [REGULAR-EXPRESSION of models' names]
#   SLIPWAY_CONVERT   another command than ./slipway convert
#   PYTHON            a Python 3.12, if python3 is not one
#   QUANTISATION_VENV an environment that has conformance/quantisation-requirements.txt, instead of a new one
#   QUANTISATION_WORK where models, data and results lie, instead of .ci/work/quantisation
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=${QUANTISATION_WORK:-"$here/work/quantisation"}
requirements=$here/conformance/quantisation-requirements.txt
mkdir -p "$work"
if [ -z "${QUANTISATION_VENV:-}" ]; then
  QUANTISATION_VENV=$work/venv
  if ! cmp -s "$requirements" "$work/installed"; then
    rm -rf "$QUANTISATION_VENV"
    "${PYTHON:-python3}" -m venv "$QUANTISATION_VENV"
    "$QUANTISATION_VENV/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$work/installed"
  fi
fi
SLIPWAY_CONVERT=${SLIPWAY_CONVERT:-"$here/../slipway convert"}
export SLIPWAY_CONVERT
exec "$QUANTISATION_VENV/bin/python" "$here/conformance/quantisation.py" "$work/results" "$work/models" "$@"
