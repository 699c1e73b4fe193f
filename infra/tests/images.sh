#!/bin/sh
# The image: built by podman from what Maven made outside it and a base bootstrapped here, since neither needs an image registry; then run
# as it should be run: not root, the root read-only, without any capability. Needs root, for debootstrap.
#   SLIPWAY_ZIP  a zip that is there already
#   JDK, BASE    images to take instead of bootstrapping, such as docker.io/library/eclipse-temurin:21-jdk
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
if [ "$(id -u)" != 0 ]; then
  echo 'skip images: root is needed to bootstrap a base image'
  exit 0
fi
scratch=$(mktemp -d "${TMPDIR:-/tmp}/slipway-images.XXXXXX")
. "$root/infra/tests/shared/checks.sh"
. "$root/infra/tests/containers/podman.sh"
end() {
  podman rm --all --force --time 3 >/dev/null 2>&1 || :
  umount "$WORK/containers/overlay" 2>/dev/null || :
  rm -rf "$scratch"
}
trap end EXIT
trap 'exit 1' INT TERM HUP

if [ -z "${BASE:-}" ]; then
  BASE=localhost/base
  bootstrap_base
fi
if [ -z "${JDK:-}" ]; then
  JDK=localhost/jdk
  if ! podman image exists $JDK; then
    jdk=$(dirname "$(dirname "$(readlink -f "$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}jlink")")")")
    mkdir "$scratch/jdk"
    # Debian's JDK links to files elsewhere; what its links miss, such as documentation, is not needed.
    cp -rL "$jdk" "$scratch/jdk/jdk" 2>/dev/null || :
    printf 'FROM %s\nCOPY jdk /opt/jdk\nENV PATH=/opt/jdk/bin:/usr/bin:/bin\n' "$BASE" >"$scratch/jdk/Dockerfile"
    podman build --quiet --tag $JDK "$scratch/jdk" >/dev/null
    rm -rf "$scratch/jdk"
  fi
fi

mkdir "$scratch/context"
(cd "$scratch/context" && jar --extract --file "$(distribution)" && mv slipway-* slipway && chmod +x slipway/bin/slipway)
started=$(date +%s)
check 'podman builds the image' podman build --format docker --file "$root/infra/images/Dockerfile" --tag localhost/slipway \
  --build-arg JDK="$JDK" --build-arg BASE="$BASE" --build-arg DISTRIBUTION=given --build-arg VERSION=test --build-arg REVISION=abc "$scratch/context"
echo "   built in $(($(date +%s) - started)) s, $(($(podman image inspect --format '{{.Size}}' localhost/slipway) / 1000000)) MB"

check 'its user is not root' [ "$(podman image inspect --format '{{.Config.User}}' localhost/slipway)" = 10001:10001 ]
check 'its labels tell version and revision' [ "$(podman image inspect --format '{{index .Labels "org.opencontainers.image.version"}} {{index .Labels "org.opencontainers.image.revision"}}' localhost/slipway)" = 'test abc' ]

data=$scratch/data
mkdir "$data"
chown 10001:10001 "$data"
run() { podman run --read-only --cap-drop=all --security-opt=no-new-privileges --memory=1g --volume "$data:/data" "$@"; }
check '--version' run --rm localhost/slipway --version
check 'its list of parts is in it' run --rm --entrypoint sh localhost/slipway -c 'grep -q CycloneDX /slipway/slipway.cdx.json'
check 'java and slipway are found by exec' run --rm --entrypoint sh localhost/slipway -c 'java -version && slipway --version'
check 'nothing of it can be written' run --rm --entrypoint sh localhost/slipway -c '! touch /slipway/x 2>/dev/null && ! touch /etc/x 2>/dev/null && touch /data/x && rm /data/x'
check 'demo --exit on a mounted volume' run --rm localhost/slipway demo --exit --host 127.0.0.1 --port 0
check 'what it leaves is owned by its user' [ -z "$(find "$data" ! -user 10001)" ]

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
begun=$(date +%s%N)
run --detach --name slipway --env SLIPWAY_HOST=127.0.0.1 --env SLIPWAY_PORT="$port" localhost/slipway >/dev/null
until curl --fail --silent --max-time 2 "http://127.0.0.1:$port/health/readiness" >/dev/null || [ $((($(date +%s%N) - begun) / 1000000000)) -gt 120 ]; do sleep 0.05; done
echo "   ready $((($(date +%s%N) - begun) / 1000000)) ms after podman run"
check 'serve is ready' curl --fail --silent --max-time 10 "http://127.0.0.1:$port/health/readiness"
check 'the health check says so' podman healthcheck run slipway
check 'the archive of classes is used' sh -c "grep -q /slipway/cache/slipway.jsa /proc/$(podman inspect --format '{{.State.Pid}}' slipway)/maps"
check 'no capability is left' grep -qx 'CapEff:	0000000000000000' "/proc/$(podman inspect --format '{{.State.Pid}}' slipway)/status"
check 'stop ends it within 10 s' sh -c "podman $PODMAN_ARGUMENTS stop --time 10 slipway && [ \"\$(podman $PODMAN_ARGUMENTS inspect --format '{{.State.ExitCode}}' slipway)\" = 143 ]"

# Another address than loopback without accounts is refused.
status=0
run --rm localhost/slipway >"$scratch/out" 2>"$scratch/err" || status=$?
if [ $status -ne 0 ] && grep -q security.open-address "$scratch/err"; then echo 'ok serving all the world without accounts is refused'; else
  echo "not ok serving all the world without accounts is refused (status $status)"
  tail -n 5 "$scratch/err"
fi
