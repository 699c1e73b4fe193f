# Sourced by tests that have set $root, the checkout, and $scratch, a folder of their own.
# shellcheck shell=sh disable=SC2154

# check WHAT COMMAND…: ok if it succeeds; otherwise not ok, and what it printed, which is in $scratch/out and $scratch/err.
check() {
  what=$1
  shift
  if "$@" >"$scratch/out" 2>"$scratch/err"; then
    echo "ok $what"
  else
    echo "not ok $what (status $?)"
    tail -q -n 30 "$scratch/out" "$scratch/err" | sed 's/^/  /'
  fi
}

# equal WHAT EXPECTED ACTUAL
equal() {
  if [ "$2" = "$3" ]; then
    echo "ok $1"
  else
    echo "not ok $1: expected '$2', but it is '$3'"
  fi
}

# await SECONDS COMMAND…: whether it succeeds within that time.
await() {
  left=$1
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 1
  done
}

# need PACKAGE…: whether these tools are there, or could be installed from Debian's packages of the same names.
need() {
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >"$WORK/apt.log" 2>&1 || return 1
  done
}

# Builds helm, and the Kubernetes control plane for tests, unless they are there: about 8 minutes the first time.
cluster_tools() {
  command -v go >/dev/null || {
    echo "not ok tools: Go 1.25 or newer is needed to build helm and the API server: https://go.dev/dl"
    exit 1
  }
  [ -x "$WORK/bin/helm" ] || GOBIN=$WORK/bin go install helm.sh/helm/v3/cmd/helm@v3.22.0
  if [ ! -x "$WORK/bin/kubectl" ] || [ ! -x "$WORK/bin/kwok" ]; then
    "$root/infra/tests/cluster/hyper/build.sh" "$WORK/bin" >"$scratch/build" 2>&1 || cat "$scratch/build"
  fi
}

# Prints the path of the zip for this system: the one that SLIPWAY_ZIP names, or one that Maven makes now.
distribution() {
  if [ -n "${SLIPWAY_ZIP:-}" ]; then
    echo "$SLIPWAY_ZIP"
    return
  fi
  rm -f "$root"/standalone/target/slipway-*.zip
  (cd "$root" && ./mvnw --batch-mode --quiet package -Pdistribution -Dmaven.test.skip=true -Dspotless.check.skip -pl standalone -am) >&2
  echo "$root"/standalone/target/slipway-*.zip
}
