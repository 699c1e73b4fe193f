#!/bin/sh
# The zip: made by Maven, unpacked where nothing can be written and a name has a space, and run on a runtime by jlink alone.
#   SLIPWAY_ZIP  a zip that is there already, such as standalone/target/slipway-0.1.0-SNAPSHOT-linux-x86_64.zip
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/slipway zip.XXXXXX")
server=
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || :
  chmod -R u+w "$scratch"
  rm -rf "$scratch"
}
trap end EXIT
trap 'exit 1' INT TERM HUP

. "$root/infra/tests/shared/checks.sh"

# $1: what is said; $2: the expected exit status; $3: what standard error must hold; the others: a command.
refused() {
  said=$1 expected=$2 words=$3
  shift 3
  status=0
  "$@" >"$scratch/out" 2>"$scratch/err" || status=$?
  if [ $status -eq "$expected" ] && grep -q -- "$words" "$scratch/err" && ! grep -q '^	at ' "$scratch/err"; then echo "ok $said"; else
    echo "not ok $said (status $status, not $expected with '$words')"
    tail -n 20 "$scratch/err"
  fi
}

zip=$(distribution)
echo "ok $(basename "$zip") of $(du -m "$zip" | cut -f 1) MB"

if ! need unzip curl; then
  echo 'skip running it: unzip and curl are needed'
  exit 0
fi
java_home=$(dirname "$(dirname "$(readlink -f "$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}jlink")")")")
runtime=$WORK/runtime
if [ ! -x "$runtime/bin/java" ]; then
  rm -rf "$runtime"
  "$java_home/bin/jlink" --add-modules "$(sed -n 's/^ARG MODULES=//p' "$root/infra/images/Dockerfile")" --strip-java-debug-attributes \
    --no-header-files --no-man-pages --output "$runtime"
  "$runtime/bin/java" -Xshare:dump >"$WORK/runtime.log" 2>&1
fi
export JAVA_HOME="$runtime"
unset SLIPWAY_HOME SLIPWAY_CACHE SLIPWAY_JAVA_OPTIONS SLIPWAY_DATA

mkdir "$scratch/a folder"
unzip -q "$zip" -d "$scratch/a folder"
check 'names in it stand under one folder' sh -c "[ \$(ls '$scratch/a folder' | wc -l) = 1 ]"
home=$(echo "$scratch/a folder"/slipway-*)
version=$(basename "$home" | cut -d - -f 2-)
chmod -R a-w,a+rX "$home"
chmod a+rx "$scratch" "$scratch/a folder"
slipway=$home/bin/slipway
export XDG_CACHE_HOME="$scratch/cache"

check 'the zip brings no natives of other systems' sh -c "
  for jar in '$home'/lib/*.jar; do '$java_home/bin/jar' tf \"\$jar\"; done | grep -E '\\.(dll|dylib|jnilib)\$|(aarch64|arm64|x86|riscv64)/[^/]*\\.so\$' && exit 1 || :"
check 'its list of parts is CycloneDX and names those with versions' sh -c "grep -q '\"bomFormat\" *: *\"CycloneDX\"' '$home/slipway.cdx.json' && grep -q 'pkg:maven/org.xerial/sqlite-jdbc@' '$home/slipway.cdx.json'"
# Killed while it prepares quick starts, the process that it had begun ends with it.
SLIPWAY_CACHE="$scratch/broken off" "$slipway" --version >"$scratch/out" 2>&1 &
server=$!
await 60 sh -c "ls '$scratch/broken off'/archive.*/log" || :
kill $server
status=0
wait $server || status=$?
server=
left=$(ls -d "$scratch/broken off"/archive.* 2>/dev/null || :; pgrep -f "$scratch/broken off" || :)
equal 'killed while it prepares, it leaves nothing' '143 ' "$status $left"
check "--version tells $version" sh -c "'$slipway' --version | grep -qx 'slipway $version'"
check '--help' sh -c "'$slipway' --help | grep -q 'demo'"
check 'an archive of classes is in the cache, and nothing else was left' sh -c "[ -s '$XDG_CACHE_HOME'/slipway/*/slipway.jsa ] && ! ls -d '$XDG_CACHE_HOME'/slipway/*/archive.*"
check 'demo --exit' "$slipway" demo --exit --port 0 --data "$scratch/data"
# A model of one Relu on four numbers.
value() { printf '\017\012\001%s\022\012\012\010\010\001\022\004\012\002\010\004' "$1"; }
{ printf '\010\010\072\063\012\014\012\001x\022\001y\042\004Relu\022\001g\132' && value x && printf '\142' && value y \
  && printf '\102\002\020\015'; } >"$scratch/relu.onnx"
check 'convert to TFLite, with its runtime' "$slipway" convert "$scratch/relu.onnx" -o "$scratch/relu.tflite"
check 'convert to ORT' "$slipway" convert "$scratch/relu.onnx" -o "$scratch/relu.ort"
refused 'a file that is no model' 3 'names no format' "$slipway" inspect "$slipway"
ln -s "$slipway" "$scratch/slipway"
ln -s ./slipway "$scratch/linked twice"
check 'through links' "$scratch/linked twice" --version

"$slipway" serve --port 0 --data "$scratch/served" >"$scratch/serve.out" 2>&1 &
server=$!
for _ in $(seq 300); do
  url=$(sed -n 's/.*listens on \(http:[^ ,]*\).*/\1/p' "$scratch/serve.out" | head -n 1)
  if [ -n "$url" ] || ! kill -0 $server 2>/dev/null; then break; fi
  sleep 0.1
done
check 'serve is healthy' curl --fail --silent --max-time 20 "${url:-http://127.0.0.1:1}/health/readiness"
refused 'a port in use' 7 'choose another with --port' "$slipway" serve --port "${url##*:}" --data "$scratch/other"
kill $server
status=0
wait $server || status=$?
server=
check "serve stops when told to (status $status)" [ $status -eq 143 ]

check 'without a cache or a home' env -u XDG_CACHE_HOME -u HOME "$slipway" --version
if [ "$(id -u)" = 0 ]; then
  check 'as another user, with a home that is not its own' setpriv --reuid 65534 --regid 65534 --clear-groups env -u XDG_CACHE_HOME HOME=/root "$slipway" --version
else
  echo 'skip as another user: it takes root'
fi

mkdir "$scratch/none"
for tool in sh dirname readlink uname sed cat cksum tr find head mkdir; do ln -s "$(command -v $tool)" "$scratch/none/$tool"; done
refused 'no Java' 7 'no Java found: install a Java runtime, 17 or newer' env -u JAVA_HOME PATH="$scratch/none" "$slipway" --version
refused 'JAVA_HOME that names nothing' 7 "it is /nowhere" env JAVA_HOME=/nowhere "$slipway" --version
mkdir -p "$scratch/old/bin"
printf '#!/bin/sh\necho "openjdk version \\"11.0.20\\" 2023-07-18" >&2\n' >"$scratch/old/bin/java"
chmod +x "$scratch/old/bin/java"
refused 'Java 11' 7 'is Java 11, which is too old' env JAVA_HOME="$scratch/old" "$slipway" --version
printf 'JAVA_VERSION="1.8.0_392"\n' >"$scratch/old/release"
refused 'Java 8, by its release file' 7 'is Java 8, which is too old' env JAVA_HOME="$scratch/old" "$slipway" --version
refused 'a SLIPWAY_HOME without Slipway' 7 'is missing: unpack the whole' env SLIPWAY_HOME="$scratch" "$slipway" --version
mkdir -p "$scratch/moved/bin" "$scratch/moved/lib"
cp "$slipway" "$scratch/moved/bin/"
: >"$scratch/moved/slipway.jar"
echo macos-arm64 >"$scratch/moved/system"
refused "another system's zip" 7 'the zip for macos-arm64, and this machine is' "$scratch/moved/bin/slipway" --version
