#!/bin/sh
# Installs the Python packages that the checks need into a folder, once.
set -eu
work=$1
requirements=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/requirements.txt
mkdir -p "$work"
if ! cmp -s "$requirements" "$work/installed"; then
  rm -rf "$work/venv" "$work/cases" "$work/installed"
  "${PYTHON:-python3}" -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
  cp "$requirements" "$work/installed"
fi
