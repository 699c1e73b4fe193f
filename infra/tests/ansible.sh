#!/bin/sh
# The roles in ansible/: linted, and applied to a machine with systemd, a container that has no network but packages ready for apt.
# Needs root. A few minutes on an idle machine.
#   SLIPWAY_ZIP  a zip that is there already, such as standalone/target/slipway-0.1.0-SNAPSHOT-linux-x86_64.zip
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
tests=$root/infra/tests
scratch=$(mktemp -d "${TMPDIR:-/tmp}/slipway-ansible.XXXXXX")
machine=slipway-ansible-$$
begun=$(date +%s)
end() {
  [ -z "${PODMAN_ARGUMENTS:-}" ] || podman rm --force --ignore --time 5 "$machine" >/dev/null 2>&1 || :
  rm -rf "$scratch"
}
trap end EXIT
trap 'exit 1' INT TERM HUP

. "$root/infra/tests/shared/checks.sh"

versions='ansible-core==2.19.14 ansible-lint==26.10.1 yamllint==1.38.0'
if [ "$(cat "$WORK/ansible/versions" 2>/dev/null)" != "$versions" ]; then
  rm -rf "$WORK/ansible"
  python3 -m venv "$WORK/ansible"
  # shellcheck disable=SC2086
  "$WORK/ansible/bin/pip" install --quiet $versions >"$WORK/pip.log" 2>&1
  echo "$versions" >"$WORK/ansible/versions"
fi
export PATH="$WORK/ansible/bin:$PATH" ANSIBLE_CONFIG="$root/ansible/ansible.cfg" ANSIBLE_HOME="$scratch/home" ANSIBLE_NOCOLOR=1
cd "$root/ansible"
check 'ansible-lint, profile production' ansible-lint --offline --nocolor
check 'yamllint' yamllint --strict .

# What several machines would get, without reaching them.
mkdir "$scratch/several"
{ printf 'all:\n  vars:\n' && sed 's/^/    /' roles/slipway/defaults/main.yml; } >"$scratch/defaults.yml"
check 'settings for several machines' ansible-playbook -i "$scratch/defaults.yml" -i inventory.several.yml "$tests/ansible/render.yml" -e folder="$scratch/several"
check 'each machine runs what its groups say' sh -c "
  cd '$scratch/several' && grep -qx 'runs gateway' gateway.example.org.env && grep -qx 'runs training' training.example.org.env &&
  grep -qx 'runs labeling dataset registry conversion monitoring lineage' services-2.example.org.env"
check 'and finds the others' sh -c "
  cd '$scratch/several' && grep -qx 'SLIPWAY_TRAINING_URL=\"http://10.0.0.13:8083\"' gateway.example.org.env &&
  grep -qx 'SLIPWAY_DATASET_URL=\"http://10.0.0.11:8082,http://10.0.0.12:8082\"' training.example.org.env"

if [ "$(id -u)" != 0 ]; then
  echo 'skip a machine with systemd: root is needed to bootstrap it'
  exit 0
fi
. "$tests/containers/podman.sh"
bootstrap_base
image=localhost/machine:$(cksum <"$tests/ansible/Dockerfile" | cut -d ' ' -f 1)
if ! podman image exists "$image"; then
  mkdir "$scratch/context"
  podman build --network host --quiet --tag "$image" --file "$tests/ansible/Dockerfile" "$scratch/context" >"$WORK/machine.log" 2>&1
fi
zip=$(distribution)
first=$(basename "$zip" | sed 's/^slipway-\(.*\)-linux-[^-]*\.zip$/\1/')
second_zip=$(python3 "$tests/ansible/other_zip.py" "$zip" "$scratch" 1001.0.0)
broken_zip=$(python3 "$tests/ansible/other_zip.py" "$zip" "$scratch" 1002.0.0 sqlite-jdbc)

podman run --detach --name "$machine" --network none --systemd=always --cap-add SYS_ADMIN --security-opt seccomp=unconfined "$image" >/dev/null
inside="nsenter --target $(podman inspect --format '{{.State.Pid}}' "$machine") --mount --uts --ipc --net --pid --cgroup -- env -i HOME=/root PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
outside="nsenter --target $(podman inspect --format '{{.State.Pid}}' "$machine") --net -- env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY"
# A command on the machine, and one of this machine's on its network.
on() { $inside "$@"; }
near() { $outside "$@"; }
await 60 on systemctl is-system-running || on systemctl --failed --no-pager

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=slipway.test \
  -addext subjectAltName=DNS:slipway.test -keyout "$scratch/key.pem" -out "$scratch/certificate.pem" 2>/dev/null
# $1: groups beside those of the proxy and Prometheus.
inventory() {
  cat >"$scratch/inventory.yml" <<YAML
all:
  vars:
    ansible_connection: prefixed
    ansible_prefix: $inside
    ansible_python_interpreter: /usr/bin/python3
    ansible_become: false
    slipway_apt_cache_valid_time: 2000000000
    slipway_health_timeout: 240
slipway: { hosts: { machine: } }
slipway_proxy:
  hosts: { machine: }
  vars:
    slipway_proxy_name: slipway.test
    slipway_proxy_certificate_text: "{{ lookup('file', '$scratch/certificate.pem') }}\n"
    slipway_proxy_key_text: "{{ lookup('file', '$scratch/key.pem') }}\n"
slipway_prometheus: { hosts: { machine: } }
$1
YAML
}
export ANSIBLE_CONNECTION_PLUGINS="$tests/ansible/connection_plugins" ANSIBLE_INVENTORY="$scratch/inventory.yml" ANSIBLE_PIPELINING=true
# $1: what is said; $2: `succeeds`, `unchanged`, or words that the failure has to say; the others: arguments of ansible-playbook.
play() {
  said=$1 expected=$2
  shift 2
  from=$(date +%s)
  status=0
  ansible-playbook "$@" >"$scratch/play" 2>&1 || status=$?
  tr -s ' \n' '  ' <"$scratch/play" >"$scratch/played"
  case $expected in
  succeeds) good=$([ $status -eq 0 ] && echo yes || :) ;;
  unchanged) good=$([ $status -eq 0 ] && grep -q 'changed=0 ' "$scratch/play" && echo yes || :) ;;
  *) good=$([ $status -ne 0 ] && grep -qF -- "$expected" "$scratch/played" && ! grep -q Traceback "$scratch/play" && echo yes || :) ;;
  esac
  if [ -n "$good" ]; then echo "ok $said, $(($(date +%s) - from)) s"; else
    echo "not ok $said (status $status)"
    grep -E '^(TASK|changed|fatal|failed)' "$scratch/play" | tail -n 20
    tail -n 30 "$scratch/play"
  fi
}
refused() {
  said=$1 words=$2
  shift 2
  play "refused: $said" "$words" site.yml -e "slipway_zip=$zip" "$@"
  grep -q 'changed=0 ' "$scratch/play" || echo "not ok refused: $said: something was changed"
}

# Bad input, before anything is there.
inventory ''
cp "$zip" "$scratch/release.zip"
play 'refused: no zip named' 'missing required arguments: slipway_zip' site.yml
refused 'a zip that is not there' 'is not on the machine that runs Ansible' -e slipway_zip=/nowhere/slipway-1.0.0-linux-x86_64.zip
refused 'a zip under another name' 'under the name that its build gave it' -e "slipway_zip=$scratch/release.zip"
refused 'another zip than was meant' 'copy it again' -e slipway_zip_sha256=0000
refused 'a mode that there is not' 'value of slipway_mode must be one of' -e slipway_mode=clustered
refused 'a store without its secret' 'slipway_s3_secret_key is missing' -e slipway_s3_url=http://127.0.0.1:9 -e slipway_s3_bucket=slipway
refused 'a wrong address of a store' 'is no address of a store' -e slipway_arangodb_url=arangodb:8529 -e slipway_arangodb_password=hush-hush
refused 'a store that is not there' "can't connect to the store at http://127.0.0.1:9" -e slipway_arangodb_url=http://127.0.0.1:9 -e slipway_arangodb_password=hush-hush
check 'the password of that run was not shown' sh -c "! grep -q hush-hush '$scratch/play'"
refused 'a time for backups that is none' 'which is no OnCalendar' -e slipway_backup_schedule=nightly
refused 'too little room' 'make room' -e slipway_free_mb=100000000
refused 'the distributed mode without a gateway' 'needs a machine in the group slipway_gateway' -e slipway_mode=distributed
on systemd-run --quiet --unit other python3 -m http.server --bind 127.0.0.1 8080
await 30 near curl --silent --output /dev/null http://127.0.0.1:8080/
refused 'a port in use' 'Port 8080 of machine is in use by another program'
on systemctl stop other
check 'nothing of it is on the machine' sh -c "! $inside ls -d /opt/slipway /etc/slipway /var/lib/slipway"

play 'installed from nothing' succeeds site.yml -e "slipway_zip=$zip"
unit=slipway-standalone.service
check 'systemd knows every key of the unit' sh -c "$inside systemd-analyze verify /etc/systemd/system/$unit 2>&1 | tee '$scratch/verify'; ! grep -i 'slipway' '$scratch/verify'"
check 'systemd-analyze security is at most 3.0' on systemd-analyze security --no-pager --offline=true --threshold=30 /etc/systemd/system/$unit
echo "   $(grep -o 'Overall exposure level.*: [0-9.]*' "$scratch/out")"
check 'it runs without rights, filtered, as its own user' sh -c "
  status=\$($inside sh -c 'cat /proc/\$(systemctl show --value --property=MainPID $unit)/status') &&
  echo \"\$status\" | grep -q 'CapBnd:.0000000000000000' && echo \"\$status\" | grep -q 'NoNewPrivs:.1' &&
  echo \"\$status\" | grep -q 'Seccomp:.2' && ! echo \"\$status\" | grep -q 'Uid:.0'"
check 'no other account reads the secrets' sh -c "! $inside runuser -u nobody -- cat /etc/slipway/secrets.env"

# The demo trains, converts and runs models: every native library under the sandbox of the unit.
on sh -c "sed -e 's/ serve\$/ demo --exit --host 127.0.0.1 --port 0 --data \/var\/lib\/slipway\/demo/' -e 's/^Type=.*/Type=oneshot/' -e '/^Restart/d' \
  -e 's/^Environment=.*/Environment=HOME=\/var\/lib\/slipway XDG_CACHE_HOME=\/var\/cache/' -e '/^EnvironmentFile/d' /etc/systemd/system/$unit >/run/systemd/system/demo.service"
check 'slipway demo under its sandbox' on sh -c 'systemctl daemon-reload && systemctl start demo.service || { journalctl --no-pager --unit demo.service; exit 1; }'
on sh -c 'rm -rf /run/systemd/system/demo.service /var/lib/slipway/demo && systemctl daemon-reload'

check 'a token is made' on /usr/local/sbin/slipway token create --name test --role admin
token=$(tail -n 1 "$scratch/out" | tr -d '\r')
ask() { near curl --silent --show-error --fail --max-time 60 --cacert "$scratch/certificate.pem" --resolve slipway.test:443:127.0.0.1 "$@"; }
asked() { ask --header "Authorization: Bearer $token" --header 'Content-Type: application/json' "$@"; }
mlflow=https://slipway.test/api/2.0/mlflow
check 'an experiment by TLS' asked --data '{"name": "kept"}' $mlflow/experiments/create
experiment=$(sed 's/.*"experiment_id" *: *"\([^"]*\)".*/\1/' "$scratch/out")
kept() { asked "$mlflow/experiments/get?experiment_id=$experiment" | grep -q '"kept"'; }
check 'GraphQL by TLS' asked --data '{"query": "{ __typename }"}' https://slipway.test/graphql
status() { near curl --silent --output /dev/null --write-out '%{http_code}' --max-time 60 --insecure --resolve slipway.test:443:127.0.0.1 --resolve slipway.test:80:127.0.0.1 "$@"; }
check 'who has no token is refused' [ "$(status "$mlflow/experiments/get?experiment_id=$experiment")" = 401 ]
check 'metrics are not for the public' [ "$(status https://slipway.test/prometheus)" = 404 ]
check 'plain requests are sent to TLS' [ "$(status http://slipway.test/)" = 308 ]
check 'Prometheus scrapes it' await 120 sh -c "$outside curl --silent --get --data-urlencode 'query=up{job=\"slipway\"} == 1' http://127.0.0.1:9090/api/v1/query | grep -q '\"service\":\"slipway\"'"
check 'Prometheus has the alerts' sh -c "$outside curl --silent http://127.0.0.1:9090/api/v1/rules | grep -q SlipwayDown"

play 'a second run changes nothing' unchanged site.yml -e "slipway_zip=$zip"

check 'the timer for backups is set' on sh -c '[ "$(systemctl is-active slipway-backup.timer)" = active ] && systemctl is-enabled slipway-backup.timer'
check 'a backup is made under the sandbox' on sh -c 'systemctl start slipway-backup.service || { journalctl --no-pager --unit slipway-backup.service; exit 1; }'
check 'it is whole' on /usr/local/sbin/slipway admin backup verify /var/backups/slipway
check 'and restored' on sh -c '/usr/local/sbin/slipway admin restore /var/backups/slipway --data /var/lib/slipway/restored && rm -r /var/lib/slipway/restored'

play 'upgraded' succeeds site.yml -e "slipway_zip=$second_zip"
current() { on readlink /opt/slipway/current; }
check 'the new release is current, the earlier one is beside it' sh -c "[ '$(current)' = /opt/slipway/releases/1001.0.0 ] && $inside test -d '/opt/slipway/releases/$first'"
check 'a backup was made before' [ "$(on find /var/backups/slipway -mindepth 2 -maxdepth 2 -name manifest.json | wc -l)" = 2 ]
check 'what runs is the new release' sh -c "$inside sh -c 'tr \"\\0\" \"\\n\" </proc/\$(systemctl show --value --property=MainPID $unit)/environ' | grep -q 1001.0.0"
check 'the data are there' kept
refused 'an earlier zip' 'is older than 1001.0.0'

before=$(on sh -c 'cat /etc/slipway/*.env /etc/systemd/system/slipway-*.service | sha256sum')
play 'a release that does not start is taken back' '1001.0.0 is back with its settings, and healthy' site.yml -e "slipway_zip=$broken_zip" \
  -e slipway_health_timeout=60 -e slipway_log=json
check 'the failure says why' grep -q -i 'sqlite' "$scratch/play"
check 'the earlier release runs' sh -c "[ '$(current)' = /opt/slipway/releases/1001.0.0 ] && $inside systemctl is-active $unit"
check 'with its settings' [ "$(on sh -c 'cat /etc/slipway/*.env /etc/systemd/system/slipway-*.service | sha256sum')" = "$before" ]
check 'and its data' kept

play 'removed' succeeds remove.yml
check 'nothing is left but the data and their owner' sh -c "
  left=\$($inside find / -xdev -iname '*slipway*' -not -path '/proc/*' -not -path '/sys/*' -not -path '/var/lib/slipway*' -not -path '/var/backups/slipway*' -not -path '/var/log/*' -not -path '/var/lib/systemd/*')
  echo \"\$left\" && [ -z \"\$left\" ] && $inside test -s /var/lib/slipway/graph.db && $inside id slipway"
check 'nothing of it runs' sh -c "! $inside pgrep -u slipway"

# Each service by itself, on one machine and what was kept.
token_of_services=$(openssl rand -hex 32)
inventory 'slipway_gateway: { hosts: { machine: } }
slipway_services: { hosts: { machine: } }'
play 'each service by itself, on the data that were kept' succeeds site.yml -e "slipway_zip=$second_zip" -e slipway_mode=distributed -e "slipway_service_token=$token_of_services"
check 'eight processes' [ "$(on systemctl list-units --no-legend --state=active 'slipway-*.service' | wc -l)" = 8 ]
check 'the experiment is read through the gateway' kept
check 'every process is scraped' await 120 sh -c "$outside curl --silent --get --data-urlencode 'query=count(up{job=\"slipway\"} == 1)' http://127.0.0.1:9090/api/v1/query | grep -q '\"8\"'"
check 'units of the services are at most 3.0 too' on sh -c 'for unit in /etc/systemd/system/slipway-*.service; do systemd-analyze security --no-pager --offline=true --threshold=30 $unit || exit 1; done'

play 'removed with its data' succeeds remove.yml -e slipway_remove_data=true
check 'nothing is left' sh -c "! $inside ls -d /var/lib/slipway && ! $inside id slipway"
echo "   all of it in $(($(date +%s) - begun)) s"
