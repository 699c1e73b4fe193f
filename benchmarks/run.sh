#!/bin/sh
# Runs the load programs named, or all: ./run.sh lineage. JAVA_OPTIONS are for the JVM that runs them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# By the environment, because a command line of some 10,000 characters is too long for some natives.
CLASSPATH="$here/target/classes:$(cat "$here/target/classpath")"
export CLASSPATH
exec java ${JAVA_OPTIONS:-} dev.slipway.benchmarks.Benchmarks "$@"
