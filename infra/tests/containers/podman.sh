# Sourced by tests that need containers, and ends them where there can be none: podman with its images and containers in $WORK, and a base image bootstrapped here, since
# there may be no image registry. Needs root. What runs in a container of its own as well: no cgroups by systemd, runc.
# shellcheck shell=sh
if ! need podman debootstrap runc curl; then
  echo 'skip containers: podman, debootstrap, runc and curl are needed'
  exit 0
fi
export CONTAINERS_CONF="$WORK/containers.conf"
cat >"$CONTAINERS_CONF" <<'CONF'
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=30000:30000"]
netns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
# What every call of podman begins with.
PODMAN_ARGUMENTS="--root $WORK/containers --runroot $WORK/containers-run"
# shellcheck disable=SC2086
podman() { command podman $PODMAN_ARGUMENTS "$@"; }

# Makes the image localhost/base of Debian's smallest system, unless it is there.
bootstrap_base() {
  if podman image exists localhost/base; then return; fi
  rm -rf "$WORK/base"
  debootstrap --variant=minbase bookworm "$WORK/base" >"$WORK/debootstrap.log" 2>&1
  rm -rf "$WORK"/base/var/cache/apt/archives/*.deb "$WORK"/base/var/lib/apt/lists/*
  tar -C "$WORK/base" -c . | podman import --quiet - localhost/base >/dev/null
  rm -rf "$WORK/base"
  if ! podman run --rm localhost/base true >"$WORK/podman.log" 2>&1; then
    echo 'skip containers: podman can run none here'
    podman image rm localhost/base >/dev/null 2>&1 || :
    exit 0
  fi
}
