#!/bin/sh
# Trainings as Jobs: the training service's Kubernetes executor on a real API server whose one node is fake, with the account, the
# Role and the pod template that the chart makes. Needs Go, OpenSSL, Python 3 and a JDK; builds its tools in about 8 minutes the first time.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
here=$root/infra/tests
chart=$root/infra/helm/slipway
: "${WORK:?is set by infra/test.sh}"
scratch=$(mktemp -d)
trap '"$here/cluster/down.sh" "$scratch/cluster"; rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP
. "$root/infra/tests/shared/checks.sh"

# --- tools ---
cluster_tools

# --- a namespace with what the chart makes for the executor ---
"$here/cluster/up.sh" "$scratch/cluster" "$WORK/bin"
export KUBECONFIG="$scratch/cluster/admin.kubeconfig"
kubectl create namespace training >/dev/null
kubectl label namespace training pod-security.kubernetes.io/enforce=restricted >/dev/null
for template in training serviceaccounts; do
  helm template slipway "$chart" -n training --kube-version 1.35.0 --set training.executor=kubernetes -s "templates/$template.yaml"
done | kubectl -n training apply -f - >/dev/null
account=system:serviceaccount:training:slipway-standalone
kubectl -n training get configmap slipway-training-job -o go-template='{{index .data "pod.yaml"}}' >"$scratch/cluster/pod.yaml"
token=$(kubectl -n training create token slipway-standalone --duration=2h)
sed "s|^users:.*|users: [{name: admin, user: {token: $token}}]|" "$KUBECONFIG" >"$scratch/cluster/trainer.kubeconfig"
chmod 600 "$scratch/cluster/trainer.kubeconfig"

# may yes|no NAMESPACE RIGHT…
may() {
  expected=$1 namespace=$2
  shift 2
  answer=$(kubectl auth can-i "$@" -n "$namespace" --as="$account" 2>/dev/null || :)
  equal "the account in $namespace: $*: $expected" "$expected" "$answer"
}
for right in 'create jobs.batch' 'get jobs.batch' 'delete jobs.batch' 'create secrets' 'list pods' 'get pods --subresource=log'; do
  # shellcheck disable=SC2086
  may yes training $right
  # shellcheck disable=SC2086
  may no default $right
done
for right in 'get secrets' 'list secrets' 'delete secrets' 'create pods' 'delete pods' 'create pods --subresource=exec' 'update jobs.batch' \
  'list jobs.batch' 'create serviceaccounts --subresource=token' 'create roles.rbac.authorization.k8s.io'; do
  # shellcheck disable=SC2086
  may no training $right
done

# --- the executor on it ---
reports=$root/standalone/target/surefire-reports
report=$reports/TEST-dev.slipway.standalone.cluster.KubernetesTrainingTest.xml
rm -f "$report"
status=0
(cd "$root" && SLIPWAY_TEST_CLUSTER="$scratch/cluster" ./mvnw --batch-mode --quiet verify -pl standalone -am \
  -Dtest=KubernetesTrainingTest -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip) >"$scratch/maven" 2>&1 || status=$?
if [ -f "$report" ]; then
  python3 - "$report" <<'PYTHON'
import sys, xml.etree.ElementTree as tree
for case in tree.parse(sys.argv[1]).getroot().iter("testcase"):
    bad = case.find("failure") if case.find("failure") is not None else case.find("error")
    words = "not ok" if bad is not None else "skip" if case.find("skipped") is not None else "ok"
    print(words, case.get("name"), "" if bad is None else (bad.get("message") or bad.get("type")).splitlines()[0])
PYTHON
fi
if [ "$status" -ne 0 ]; then
  echo "not ok the executor's tests"
  tail -n 40 "$scratch/maven" | sed 's/^/  /'
fi
left=$(kubectl -n training get jobs,pods,secrets -o name | paste -s -d ' ')
equal "nothing is left in the namespace" "" "$left"
