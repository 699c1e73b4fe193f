#!/bin/sh
# The Helm chart: lint, unit tests, schemas, refusals, and installations on a real API server (PodSecurity restricted) whose one
# node is fake. Needs Go, Python 3 and OpenSSL; builds its tools in about 8 minutes the first time.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
here=$root/infra/tests
chart=$root/infra/helm/slipway
: "${WORK:?is set by infra/test.sh}"
scratch=$(mktemp -d)
trap '"$here/cluster/down.sh" "$scratch/cluster"; rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP

. "$root/infra/tests/shared/checks.sh"

# refused WHAT TEXT COMMAND…: ok if it fails and says TEXT.
refused() {
  what=$1 text=$2
  shift 2
  if "$@" >"$scratch/out" 2>&1; then
    echo "not ok $what: it was taken"
  elif grep -q -F -e "$text" "$scratch/out"; then
    echo "ok $what"
  else
    echo "not ok $what: no word of '$text'"
    tail -n 20 "$scratch/out" | sed 's/^/  /'
  fi
}

# eventually WHAT EXPECTED COMMAND…: ok if the command prints it within a minute, as controllers take their time.
eventually() {
  what=$1 expected=$2
  shift 2
  tries=0
  until [ "$("$@")" = "$expected" ] || [ "$tries" -ge 60 ]; do
    tries=$((tries + 1))
    sleep 1
  done
  equal "$what" "$expected" "$("$@")"
}

# --- tools ---
cluster_tools
[ -x "$WORK/bin/kubeconform" ] || GOBIN=$WORK/bin go install github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0
if [ ! -x "$WORK/bin/helm-unittest" ]; then
  rm -rf "$WORK/helm-unittest"
  mkdir -p "$WORK/helm-unittest"
  (
    cd "$WORK/helm-unittest"
    # It can only be built with the replacement that its own go.mod names.
    printf '%s\n' 'module slipway/helm-unittest' 'go 1.25.0' \
      'replace github.com/vmware-labs/yaml-jsonpath => github.com/helm-unittest/yaml-jsonpath v0.4.0' >go.mod
    go get -tool github.com/helm-unittest/helm-unittest/cmd/helm-unittest@v1.1.2
    go build -o "$WORK/bin/helm-unittest" github.com/helm-unittest/helm-unittest/cmd/helm-unittest
  ) >"$scratch/build" 2>&1 || cat "$scratch/build"
fi
kubernetes=$(cd "$here/cluster/hyper" && go list -m -f '{{.Dir}}' k8s.io/kubernetes)
[ -d "$WORK/schemas" ] || python3 "$here/cluster/gen_schemas.py" "$kubernetes/api/openapi-spec/swagger.json" "$WORK/schemas" >/dev/null
operator=$(cd "$scratch" && go mod download -json github.com/prometheus-operator/prometheus-operator@v0.85.0 |
  sed -n 's/.*"Dir": "\(.*\)".*/\1/p')/example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml

# --- what can be said without a cluster ---
for values in "$chart"/ci/*.yaml; do
  name=$(basename "$values" .yaml)
  check "lint $name" helm lint --strict "$chart" -f "$values" --kube-version 1.35.0
  # Long names are the ones that break limits.
  helm template an-installation-with-a-long-name "$chart" -f "$values" -n models --kube-version 1.35.0 >"$scratch/$name.yaml"
  check "kubeconform $name" kubeconform -strict -summary -skip ServiceMonitor \
    -schema-location "$WORK/schemas/{{.ResourceKind}}{{.KindSuffix}}.json" "$scratch/$name.yaml"
  check "every variable of $name is documented" python3 "$here/helm_variables.py" "$root/docs/operations.md" "$scratch/$name.yaml"
done
sed 's/failureThreshold: 60/failureTreshold: 60/' "$scratch/standalone.yaml" >"$scratch/misspelt.yaml"
refused "kubeconform finds a misspelt field" "failureTreshold" \
  kubeconform -strict -schema-location "$WORK/schemas/{{.ResourceKind}}{{.KindSuffix}}.json" "$scratch/misspelt.yaml"
if helm-unittest --strict -f 'tests/*_test.yaml' "$chart" >"$scratch/out" 2>&1; then
  sed -n 's/^Tests: *\([0-9]*\) passed.*/ok helm-unittest: \1 tests/p' "$scratch/out"
else
  echo "not ok helm-unittest"
  sed 's/^/  /' "$scratch/out"
fi
equal "the chart's appVersion is the suite's" \
  "$(sed -n 's/^  <version>\(.*\)<\/version>/\1/p' "$root/pom.xml" | head -n 1)" \
  "$(sed -n 's/^appVersion: //p' "$chart/Chart.yaml")"
check "the README tells of every value" python3 "$here/helm_readme.py" "$chart"

# wrong WHAT TEXT SET…: values that the schema refuses.
wrong() {
  what=$1 text=$2
  shift 2
  refused "refuses $what" "$text" helm template a "$chart" --kube-version 1.35.0 "$@"
}
wrong "a mode that there is not" "/mode" --set mode=cluster
wrong "a misspelt value" "additional properties 'replica' not allowed" --set defaults.replica=2
wrong "a misspelt service" "additional properties 'trainer' not allowed" --set services.trainer.replicas=2
wrong "a store's address with a path" "/stores/s3/url" --set stores.s3.url=https://example.org/bucket
wrong "a store's address with credentials" "/stores/arangodb/url" --set stores.arangodb.url=http://root:secret@arangodb:8529
wrong "a contact point without a port" "/stores/cassandra/contactPoints" --set stores.cassandra.contactPoints=cassandra
wrong "a size without a unit" "/standalone/persistence/size" --set-string standalone.persistence.size=20
wrong "replicas in words" "/defaults/replicas" --set defaults.replicas=two
wrong "a number as a variable" "/extraEnv/0/value" --set 'extraEnv[0].name=A,extraEnv[0].value=1'
wrong "a tag for a digest" "/image/digest" --set image.digest=latest
wrong "a grace too short to stop in" "/shutdown/graceSeconds" --set shutdown.graceSeconds=5
wrong "a volume that several nodes would share" "/standalone/persistence/accessMode" \
  --set standalone.persistence.accessMode=ReadWriteMany
wrong "a schedule that is none" "/backup/schedule" --set backup.schedule=often
wrong "to keep no backup" "/backup/keep" --set backup.keep=0
wrong "to restore what is no backup" "/backup/restore" --set backup.restore=yesterday
wrong "an old Kubernetes" "kubeVersion" --kube-version 1.29.0

# --- on a real API server ---
"$here/cluster/up.sh" "$scratch/cluster" "$WORK/bin"
export KUBECONFIG="$scratch/cluster/admin.kubeconfig" HELM_CACHE_HOME="$scratch/helm" HELM_CONFIG_HOME="$scratch/helm" HELM_DATA_HOME="$scratch/helm"
kubectl label node fake-0 disk=fast >/dev/null
for namespace in one many full; do
  kubectl create namespace "$namespace" >/dev/null
  kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted \
    pod-security.kubernetes.io/warn=restricted >/dev/null
  # Nobody makes volumes here but this script.
  for volume in data keys backup; do
    kubectl apply -f - >/dev/null <<YAML
apiVersion: v1
kind: PersistentVolume
metadata: { name: $namespace-$volume }
spec:
  capacity: { storage: 20Gi }
  accessModes: [ReadWriteOnce]
  claimRef: { namespace: $namespace, name: slipway-$volume }
  hostPath: { path: /nowhere }
YAML
  done
done
tries=0
until kubectl get serviceaccount default -n full >/dev/null 2>&1 || [ "$tries" -gt 100 ]; do
  sleep 0.1
  tries=$((tries + 1))
done

# Objects of a release that are in a namespace, Events and what controllers make of them aside.
left() {
  kinds=$(kubectl api-resources --verbs=list --namespaced -o name | grep -v '^events' | paste -s -d ,)
  kubectl get "$kinds" -n "$1" -l app.kubernetes.io/instance=slipway -o name 2>/dev/null | sort | paste -s -d ' '
}

# ready NAMESPACE: how many pods are ready and stay.
ready() {
  kubectl -n "$1" get pods -o go-template='{{range .items}}{{if not .metadata.deletionTimestamp}}{{range .status.conditions}}{{if eq .type "Ready"}}{{.status}}
{{end}}{{end}}{{end}}{{end}}' |
    grep -c True
}

# rights NAMESPACE: what the accounts of a release may do beyond what everybody may.
rights() {
  for account in $(kubectl get serviceaccounts -n "$1" -l app.kubernetes.io/instance=slipway -o name); do
    for right in 'get secrets' 'list pods' 'create pods' 'create pods --subresource=exec' 'create jobs.batch' 'get configmaps' 'list nodes' \
      'create serviceaccounts --subresource=token' 'patch deployments.apps'; do
      # shellcheck disable=SC2086
      if kubectl auth can-i $right -n "$1" --as="system:serviceaccount:$1:${account#*/}" >/dev/null 2>&1; then
        echo "${account#*/} may $right"
      fi
    done
  done
}

# quiet COMMAND…: succeeds without a word of warning, such as PodSecurity's.
quiet() {
  "$@" >"$scratch/quiet" 2>&1 || { cat "$scratch/quiet"; return 1; }
  if grep -i warn "$scratch/quiet"; then return 1; fi
}

install="--wait --timeout 90s"

refused "PodSecurity is in force here" "violates PodSecurity" kubectl -n one run root --image=busybox
# shellcheck disable=SC2086
check "standalone: install" quiet helm install slipway "$chart" -n one $install
equal "standalone: its pod is ready" "slipway-standalone-0 True" \
  "$(kubectl -n one get pods -o jsonpath='{range .items[*]}{.metadata.name} {.status.conditions[?(@.type=="Ready")].status}{end}')"
equal "standalone: the volume is bound" Bound "$(kubectl -n one get pvc slipway-data -o jsonpath='{.status.phase}')"
check "standalone: test" helm test slipway -n one
equal "standalone: the account may nothing" "" "$(rights one)"
# shellcheck disable=SC2086
refused "a second release of that name is refused" "cannot re-use a name that is still in use" helm install slipway "$chart" -n one $install
# shellcheck disable=SC2086
refused "a release that would take another's objects is refused" "invalid ownership metadata" \
  helm install other "$chart" -n one --set fullnameOverride=slipway $install
equal "the refused release has left nothing" "" "$(kubectl -n one get all -l app.kubernetes.io/instance=other -o name)"
# shellcheck disable=SC2086
refused "a smaller volume is refused" "spec.resources.requests.storage: Forbidden" \
  helm upgrade slipway "$chart" -n one --set standalone.persistence.size=1Gi $install
# shellcheck disable=SC2086
check "the next upgrade mends it" quiet helm upgrade slipway "$chart" -n one --set podLabels.color=blue $install
equal "the upgrade reached the pod" blue "$(kubectl -n one get pod slipway-standalone-0 -o jsonpath='{.metadata.labels.color}')"
# shellcheck disable=SC2086
check "backup: upgrade" quiet helm upgrade slipway "$chart" -n one -f "$chart/ci/backup.yaml" --set backup.persistence.size=20Gi $install
check "backup: a Job of the CronJob" quiet kubectl -n one create job now --from=cronjob/slipway-backup
check "backup: its pod runs beside the one pod and ends" kubectl -n one wait --for=condition=complete job/now --timeout=90s
equal "backup: both are on one node" "$(kubectl -n one get pod slipway-standalone-0 -o jsonpath='{.spec.nodeName}')" \
  "$(kubectl -n one get pods -l batch.kubernetes.io/job-name=now -o jsonpath='{.items[0].spec.nodeName}')"
equal "backup: the accounts may nothing" "" "$(rights one)"
kubectl -n one delete job now --wait >/dev/null
# shellcheck disable=SC2086
check "restore: upgrade" quiet helm upgrade slipway "$chart" -n one -f "$chart/ci/backup.yaml" \
  --set backup.persistence.size=20Gi,backup.restore=newest $install
equal "restore: the pod begins with it" "restore" \
  "$(kubectl -n one get pod slipway-standalone-0 -o jsonpath='{.spec.initContainers[0].name}')"
check "standalone: uninstall" helm uninstall slipway -n one --wait
eventually "uninstalling leaves the volume claims alone" "persistentvolumeclaim/slipway-backup persistentvolumeclaim/slipway-data" left one
kubectl -n one delete pvc slipway-backup >/dev/null
# shellcheck disable=SC2086
check "installing again takes the volume over" quiet helm install slipway "$chart" -n one --set standalone.persistence.keep=false $install
check "standalone: uninstall with keep=false" helm uninstall slipway -n one --wait
eventually "uninstalling with keep=false leaves nothing" "" left one

distributed="$chart/ci/distributed.yaml"
# shellcheck disable=SC2086
refused "a Secret that is missing is refused" "stores.arangodb.existingSecret names the Secret 'arangodb', which the namespace 'many' does not have. Make it: kubectl" \
  helm install slipway "$chart" -n many -f "$distributed" $install
eventually "the refusal has left nothing" "" left many
kubectl -n many create secret generic arangodb --from-literal=password=a >/dev/null
kubectl -n many create secret generic cassandra --from-literal=password=c >/dev/null
kubectl -n many create secret generic s3 --from-literal=access-key=s --from-literal=secret=s >/dev/null
# shellcheck disable=SC2086
refused "a Secret without the entry is refused" "has no entry 'secret-key'; it has: access-key, secret" \
  helm install slipway "$chart" -n many -f "$distributed" $install
# shellcheck disable=SC2086
check "distributed: install" quiet helm install slipway "$chart" -n many -f "$distributed" --set stores.s3.secretKeyKey=secret $install
eventually "distributed: all pods are ready" 8 ready many
check "distributed: test" helm test slipway -n many
equal "distributed: the accounts may nothing" "" "$(rights many)"
equal "distributed: a policy for each process" 8 "$(kubectl -n many get networkpolicies -o name | wc -l | tr -d ' ')"
token=$(kubectl -n many get secret slipway -o jsonpath='{.data.service-token}')
webhooks=$(kubectl -n many get secret slipway-webhooks -o jsonpath='{.data.webhooks-key}')
# shellcheck disable=SC2086
check "distributed: upgrade" quiet helm upgrade slipway "$chart" -n many --reuse-values --set image.tag=next \
  --set services.gateway.replicas=2 $install
eventually "the upgrade reached the pods" "2 slipway:next" \
  kubectl -n many get deployment slipway-gateway -o jsonpath='{.status.readyReplicas} {.spec.template.spec.containers[0].image}'
equal "several replicas are guarded" "poddisruptionbudget.policy/slipway-gateway" "$(kubectl -n many get pdb -o name)"
equal "the upgrade keeps the service token" "$token" "$(kubectl -n many get secret slipway -o jsonpath='{.data.service-token}')"
# shellcheck disable=SC2086
check "distributed: rollback" helm rollback slipway 1 -n many $install
eventually "the rollback reached the pods" "1 slipway:$(sed -n 's/^appVersion: //p' "$chart/Chart.yaml")" \
  kubectl -n many get deployment slipway-gateway -o jsonpath='{.status.readyReplicas} {.spec.template.spec.containers[0].image}'
equal "the rollback keeps the service token" "$token" "$(kubectl -n many get secret slipway -o jsonpath='{.data.service-token}')"
check "distributed: uninstall" helm uninstall slipway -n many --wait
eventually "uninstalling leaves the keys alone" "persistentvolumeclaim/slipway-keys secret/slipway-webhooks" left many
# shellcheck disable=SC2086
check "installing again takes the keys over" quiet helm install slipway "$chart" -n many -f "$distributed" \
  --set stores.s3.secretKeyKey=secret $install
equal "the webhooks' key is the same" "$webhooks" "$(kubectl -n many get secret slipway-webhooks -o jsonpath='{.data.webhooks-key}')"
helm uninstall slipway -n many --wait >/dev/null

for secret in arangodb cassandra; do kubectl -n full create secret generic "$secret" --from-literal=password=p >/dev/null; done
kubectl -n full create secret generic s3 --from-literal=access-key=a --from-literal=secret-key=s >/dev/null
kubectl -n full create secret generic processes --from-literal=service-token=0123456789012345678901234567890123456789 >/dev/null
kubectl -n full create secret generic webhooks --from-literal=webhooks-key=0123456789012345678901234567890123456789 >/dev/null
kubectl -n full create secret generic signing --from-literal=first.jwk='{}' >/dev/null
kubectl create priorityclass services --value=1000 >/dev/null
# Nothing here gives a LoadBalancer its address, which --wait would wait for.
everything="-f $chart/ci/everything.yaml --set service.type=ClusterIP"
# shellcheck disable=SC2086
refused "a ServiceMonitor without its operator is refused" 'no matches for kind "ServiceMonitor"' \
  helm install slipway "$chart" -n full $everything $install
kubectl create -f "$operator" >/dev/null
kubectl wait --for=condition=Established crd/servicemonitors.monitoring.coreos.com --timeout=30s >/dev/null
# shellcheck disable=SC2086
check "everything: install" quiet helm install slipway "$chart" -n full $everything $install
# The autoscalers bring each service to its least number of replicas within half a minute.
eventually "everything: all pods are ready" 15 ready full
equal "everything: each scaled service has its autoscaler" 7 "$(kubectl -n full get hpa -o name | wc -l | tr -d ' ')"
equal "everything: each Service leads to ready pods" "" "$(for service in $(kubectl -n full get services -o name); do
  kubectl -n full get endpointslices -l "kubernetes.io/service-name=${service#*/}" \
    -o jsonpath='{.items[0].endpoints[0].conditions.ready} {.items[0].ports[0].port}' | grep -q -x 'true 8080' || echo "$service"
done)"
check "everything: test" helm test slipway -n full
jar=$root/standalone/target/slipway.jar
for process in registry lineage gateway; do
  if [ -f "$jar" ] && command -v java >/dev/null; then
    kubectl -n full get deployment "slipway-$process" -o json >"$scratch/deployment.json"
    check "a server starts with the variables of $process" sh -c "python3 '$here/helm_server.py' '$jar' <'$scratch/deployment.json'"
  else
    echo "skip a server starts with the variables of $process: there is no built server; ./mvnw package makes one"
  fi
done
check "everything: uninstall" helm uninstall slipway -n full --wait
eventually "everything: uninstalling leaves nothing" "" left full
