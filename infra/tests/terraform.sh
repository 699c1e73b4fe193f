#!/bin/sh
# The Terraform provider and modules: unit tests, documentation, acceptance tests by the real terraform against real servers, fmt,
# validate and test of the modules. Needs Go 1.26, Java 17 and Python 3; builds terraform the first time unless it is there.
#   SLIPWAY_TERRAFORM_RUN   a regular expression: only these acceptance tests
#   SLIPWAY_TERRAFORM_DOCS  write: the provider's documentation is written instead of compared
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
: "${WORK:?is set by infra/test.sh}"
provider=$root/terraform/provider
began=$(date +%s)
scratch=$(mktemp -d)
child=
cluster=
end() {
  if [ -n "$child" ]; then
    kill "$child" 2>/dev/null || :
    wait "$child" 2>/dev/null || :
  fi
  if [ -n "$cluster" ]; then "$root/infra/tests/cluster/down.sh" "$cluster"; fi
  rm -rf "$scratch"
}
trap end EXIT
trap 'exit 1' INT TERM HUP

. "$root/infra/tests/shared/checks.sh"

# --- tools ---
command -v go >/dev/null || {
  echo "not ok tools: Go 1.26 or newer is needed: https://go.dev/dl"
  exit 1
}
export GOFLAGS=-modcacherw CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_CLI_ARGS=-no-color
command -v terraform >/dev/null || GOBIN=$WORK/bin go install github.com/hashicorp/terraform@v1.11.4
[ -x "$WORK/bin/tfplugindocs" ] || GOBIN=$WORK/bin go install github.com/hashicorp/terraform-plugin-docs/cmd/tfplugindocs@v0.25.0
mirror=$WORK/terraform-mirror
helm=$mirror/registry.terraform.io/hashicorp/helm/1.3.2/$(go env GOOS)_$(go env GOARCH)
if [ ! -x "$helm/terraform-provider-helm_v1.3.2" ]; then
  # The newest version that is a Go module; the others are to be had from Terraform's registry alone. One of its modules has moved.
  source=$(go mod download -json github.com/hashicorp/terraform-provider-helm@v1.3.2 | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  mkdir -p "$scratch/helm" "$helm"
  cp -R "$source/." "$scratch/helm"
  chmod -R u+w "$scratch/helm"
  (
    cd "$scratch/helm"
    go mod edit -replace vbom.ml/util=github.com/fvbommel/util@v0.0.0-20180919145318-efcd4e0f9787
    go build -mod=mod -o "$helm/terraform-provider-helm_v1.3.2" .
  ) >"$scratch/build" 2>&1 || tail -n 20 "$scratch/build"
fi
cat >"$scratch/terraform.rc" <<RC
provider_installation {
  dev_overrides {
    "slipway/slipway" = "$scratch"
  }
  filesystem_mirror {
    path = "$mirror"
  }
}
RC
export TF_CLI_CONFIG_FILE="$scratch/terraform.rc"

# --- the provider ---
cd "$provider"
formatted() {
  found=$(gofmt -l .)
  echo "$found"
  [ -z "$found" ]
}
check "gofmt" formatted
check "go vet" go vet ./...
check "go.mod and go.sum are complete" go mod tidy -diff
check "the provider's unit tests" go test ./...
check "the provider is built" go build -o "$scratch/terraform-provider-slipway" .

# What tfplugindocs makes of the schema, which terraform tells.
documentation() {
  mkdir -p "$scratch/schema" "$scratch/docs"
  cp -R "$provider/." "$scratch/docs"
  printf 'terraform {\n  required_providers {\n    slipway = { source = "slipway/slipway" }\n  }\n}\n' >"$scratch/schema/main.tf"
  # tfplugindocs looks for HashiCorp's name.
  terraform -chdir="$scratch/schema" providers schema -json |
    sed 's#"registry.terraform.io/slipway/slipway"#"registry.terraform.io/hashicorp/slipway"#' >"$scratch/schema.json"
  (cd "$scratch/docs" && tfplugindocs generate --provider-name slipway --rendered-provider-name Slipway --providers-schema "$scratch/schema.json")
}
check "the provider's documentation is generated" documentation
if [ "${SLIPWAY_TERRAFORM_DOCS:-}" = write ]; then
  rm -rf "$provider/docs"
  cp -R "$scratch/docs/docs" "$provider/docs"
fi
check "the documentation is current (otherwise SLIPWAY_TERRAFORM_DOCS=write)" diff -r "$provider/docs" "$scratch/docs/docs"
check "the examples are formatted" terraform fmt -check -recursive "$root/terraform"

# --- acceptance ---
"$root/slipway" --help >/dev/null
acceptance() {
  TF_ACC=1 TF_ACC_TERRAFORM_PATH=$(command -v terraform) SLIPWAY_COMMAND=$root/slipway TF_CLI_CONFIG_FILE='' \
    go test ./internal/provider -count=1 -timeout 30m -v -run "${SLIPWAY_TERRAFORM_RUN:-TestAcc}" >"$scratch/acceptance" 2>&1 &
  child=$!
  wait "$child" || :
  child=
}
acceptance
sed -n 's/^ *--- PASS: \([^ ]*\) .*/ok \1/p; s/^ *--- FAIL: \([^ ]*\) .*/not ok \1/p; s/^ *--- SKIP: \([^ ]*\) .*/skip \1: the test says why/p' "$scratch/acceptance"
grep -q '^--- \(PASS\|FAIL\)' "$scratch/acceptance" || echo "not ok acceptance tests did not run"
if ! grep -q '^ok' "$scratch/acceptance"; then tail -n 200 "$scratch/acceptance" | sed 's/^/  /'; fi

# --- the modules ---
# Copies, since terraform writes beside them; the chart is found from the module.
mkdir -p "$scratch/copy/infra/helm" "$scratch/copy/terraform"
cp -R "$root/infra/helm/slipway" "$scratch/copy/infra/helm/slipway"
cp -R "$root/terraform/modules" "$scratch/copy/terraform/modules"
valid() {
  terraform -chdir="$1" init -backend=false -input=false && terraform -chdir="$1" validate
}
for module in standalone kubernetes stores; do
  if [ "$module" != standalone ] && [ ! -x "$helm/terraform-provider-helm_v1.3.2" ]; then
    echo "skip module $module: the provider helm could not be built here"
    continue
  fi
  here=$scratch/copy/terraform/modules/$module
  check "module $module: validate" valid "$here"
  check "module $module: test" terraform -chdir="$here" test
  for example in "$here"/examples/*/; do
    check "module $module: the example $(basename "$example")" valid "$example"
  done
done

# On a real API server, whose one node is fake: the distributed example, that is both modules.
if [ ! -x "$helm/terraform-provider-helm_v1.3.2" ] || [ ! -x "$WORK/bin/kwok" ] || [ ! -x "$WORK/bin/kubectl" ]; then
  echo "skip modules on a real API server: infra/test.sh helm builds it into $WORK/bin"
else
  cluster=$scratch/cluster
  "$root/infra/tests/cluster/up.sh" "$cluster" "$WORK/bin"
  # Each version of the provider helm has a variable of its own.
  export KUBECONFIG="$cluster/admin.kubeconfig" KUBE_CONFIG="$cluster/admin.kubeconfig" KUBE_CONFIG_PATH="$cluster/admin.kubeconfig"
  export TF_VAR_arangodb_password=hush-a TF_VAR_cassandra_password=hush-c TF_VAR_s3_secret_key=hush-s
  # Nobody makes volumes here but this script.
  kubectl apply -f - >/dev/null <<YAML
apiVersion: v1
kind: PersistentVolume
metadata: { name: keys }
spec:
  capacity: { storage: 20Gi }
  accessModes: [ReadWriteOnce]
  claimRef: { namespace: slipway, name: slipway-keys }
  hostPath: { path: /nowhere }
YAML
  here=$scratch/copy/terraform/modules/kubernetes/examples/distributed
  check "modules on a real API server: apply" terraform -chdir="$here" apply -input=false -auto-approve
  equal "modules on a real API server: the stores' Secret" hush-s \
    "$(kubectl -n slipway get secret slipway-stores-s3 -o 'jsonpath={.data.secret-key}' | base64 -d)"
  equal "modules on a real API server: the gateway is ready" 1 \
    "$(kubectl -n slipway get deployment slipway-gateway -o 'jsonpath={.status.readyReplicas}')"
  check "modules on a real API server: nothing more to change" terraform -chdir="$here" plan -input=false -detailed-exitcode
  # This version of the provider tells of what the chart keeps as of an error, once.
  terraform -chdir="$here" destroy -input=false -auto-approve >/dev/null 2>&1 || :
  check "modules on a real API server: destroy" terraform -chdir="$here" destroy -input=false -auto-approve
  equal "modules on a real API server: nothing is left that runs" "" "$(kubectl -n slipway get deployments,statefulsets -o name)"
fi

# What the machine gets: the shell script and the unit, by their own checks.
example=$scratch/copy/terraform/modules/standalone/examples/basic
cat >>"$example/main.tf" <<'HCL'

output "files" {
  value = { for file in yamldecode(module.slipway.user_data).write_files : basename(file.path) => file.content }
}
HCL
if terraform -chdir="$example" apply -input=false -auto-approve >"$scratch/out" 2>&1; then
  terraform -chdir="$example" output -json files | python3 -c '
import json, pathlib, sys
for name, text in json.load(sys.stdin).items():
    pathlib.Path(sys.argv[1], name).write_text(text)' "$scratch"
  if command -v shellcheck >/dev/null; then
    check "module standalone: shellcheck" shellcheck "$scratch/install-slipway"
  else
    echo "skip module standalone: shellcheck: it is not installed"
  fi
  if command -v systemd-analyze >/dev/null; then
    check "module standalone: systemd's exposure is 3.0 at most" \
      systemd-analyze security --offline=true --threshold=30 "$scratch/slipway.service"
  else
    echo "skip module standalone: systemd-analyze: it is not installed"
  fi
else
  echo "not ok module standalone: apply"
  sed 's/^/  /' "$scratch/out"
fi
echo "terraform took $(($(date +%s) - began)) s"
