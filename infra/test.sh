#!/bin/sh
# Tests what infrastructure teams use. Usage: infra/test.sh [PART…|all], a part being a script in infra/tests, such as
# observability. Installs the tools it needs into the ignored folder infra/.work the first time.
#
# Each part prints a line "ok WHAT" or "not ok WHAT" for each of its checks; what it needs and can't have here it tells as
# "skip WHAT: WHY". The end is the count, and the status is 1 if something was not ok or a part ended early.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$here/.work
mkdir -p "$work/bin"
export WORK="$work" PATH="$work/bin:$PATH"

parts="$*"
if [ -z "$parts" ] || [ "$parts" = all ]; then
  parts=$(cd "$here/tests" && printf '%s\n' *.sh | sed 's/\.sh$//')
fi
for part in $parts; do
  if [ ! -f "$here/tests/$part.sh" ]; then
    echo "infra/test.sh: there is no part '$part'; there are: $(cd "$here/tests" && printf '%s\n' *.sh | sed 's/\.sh$//' | tr '\n' ' ')" >&2
    exit 2
  fi
done

log=$work/test.log
: >"$log"
for part in $parts; do
  echo "== $part"
  { sh "$here/tests/$part.sh" || echo "not ok $part ended with status $?"; } 2>&1 | tee -a "$log"
done
awk '
  /^ok / { passed++ }
  /^not ok / { failed++ }
  /^skip / { skipped++ }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 || passed == 0 }' "$log"
