#!/bin/sh
# Stops what up.sh started. Usage: down.sh STATE_DIR
set -eu
[ -f "$1/pids" ] || exit 0
# The last to start is the first to stop.
sort -rn "$1/pids" | while read -r process; do
  case $(readlink "/proc/$process/exe" || :) in
  */hyper | */kwok) kill "$process" ;;
  *) continue ;;
  esac
  tries=0
  while [ -d "/proc/$process" ] && [ "$tries" -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  [ ! -d "/proc/$process" ] || kill -9 "$process" 2>/dev/null || :
done
rm -f "$1/pids"
