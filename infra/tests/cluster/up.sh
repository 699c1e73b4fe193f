#!/bin/sh
# Starts a real Kubernetes control plane with one fake node (kwok) on free ports of 127.0.0.1.
# Usage: up.sh STATE_DIR BIN_DIR; then KUBECONFIG=STATE_DIR/admin.kubeconfig. Containers and the network of pods are not real.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
state=$(mkdir -p "$1" && cd "$1" && pwd)
bin=$(cd "$2" && pwd -P)
mkdir -p "$state/pki" "$state/log"
cd "$state"
: >pids

# shellcheck disable=SC2046
set -- $(python3 -c '
import socket
sockets = [socket.socket() for _ in range(6)]
for one in sockets: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in sockets))')
etcd=$1 peer=$2 api=$3 manager=$4 scheduler=$5 kwok=$6

# await WHAT COMMAND…: repeats the command until it succeeds, for a minute at most.
await() {
  what=$1
  shift
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 600 ]; then
      echo "$what did not come up; its log ends:" >&2
      tail -n 5 "log/$what.log" >&2
      exit 1
    fi
    sleep 0.1
  done
}

# start NAME COMMAND…: in the background, its process remembered for down.sh.
start() {
  name=$1
  shift
  "$@" >"log/$name.log" 2>&1 &
  echo "$!" >>pids
}

openssl ecparam -genkey -name prime256v1 -noout -out pki/ca.key
openssl req -x509 -new -key pki/ca.key -subj /CN=test-ca -days 30 -out pki/ca.crt \
  -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,digitalSignature 2>/dev/null

# certificate NAME SUBJECT EXTENSIONS
certificate() {
  openssl ecparam -genkey -name prime256v1 -noout -out "pki/$1.key"
  openssl req -new -key "pki/$1.key" -subj "$2" -out "pki/$1.csr"
  echo "$3" | tr '|' '\n' >"pki/$1.ext"
  openssl x509 -req -in "pki/$1.csr" -CA pki/ca.crt -CAkey pki/ca.key -CAcreateserial -days 30 -extfile "pki/$1.ext" \
    -out "pki/$1.crt" 2>/dev/null
}
certificate apiserver /CN=kube-apiserver \
  'subjectAltName=IP:127.0.0.1,IP:10.0.0.1,DNS:localhost,DNS:kubernetes.default.svc|extendedKeyUsage=serverAuth'
certificate admin /O=system:masters/CN=admin extendedKeyUsage=clientAuth
certificate manager /CN=system:kube-controller-manager extendedKeyUsage=clientAuth
certificate scheduler /CN=system:kube-scheduler extendedKeyUsage=clientAuth
openssl genrsa -out pki/accounts.key 2048 2>/dev/null
openssl rsa -in pki/accounts.key -pubout -out pki/accounts.pub 2>/dev/null
chmod 600 pki/*.key
for user in admin manager scheduler; do
  cat >"$user.kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: "https://127.0.0.1:$api", certificate-authority: $state/pki/ca.crt}}]
users: [{name: $user, user: {client-certificate: $state/pki/$user.crt, client-key: $state/pki/$user.key}}]
contexts: [{name: test, context: {cluster: test, user: $user}}]
current-context: test
YAML
done
export KUBECONFIG="$state/admin.kubeconfig"

start etcd "$bin/etcd" --name test --data-dir "$state/etcd" --unsafe-no-fsync \
  --listen-client-urls "http://127.0.0.1:$etcd" --advertise-client-urls "http://127.0.0.1:$etcd" \
  --listen-peer-urls "http://127.0.0.1:$peer" --initial-advertise-peer-urls "http://127.0.0.1:$peer" \
  --initial-cluster "test=http://127.0.0.1:$peer"
await etcd curl -fs --noproxy '*' "http://127.0.0.1:$etcd/health"

start apiserver "$bin/kube-apiserver" --etcd-servers="http://127.0.0.1:$etcd" --bind-address=127.0.0.1 \
  --advertise-address=127.0.0.1 --secure-port="$api" --service-cluster-ip-range=10.0.0.0/24 \
  --tls-cert-file=pki/apiserver.crt --tls-private-key-file=pki/apiserver.key --client-ca-file=pki/ca.crt \
  --service-account-issuer=https://kubernetes.default.svc --service-account-key-file=pki/accounts.pub \
  --service-account-signing-key-file=pki/accounts.key --authorization-mode=Node,RBAC --endpoint-reconciler-type=none \
  --anonymous-auth=false
await apiserver "$bin/kubectl" get --raw /readyz

start manager "$bin/kube-controller-manager" --kubeconfig=manager.kubeconfig \
  --authentication-kubeconfig=manager.kubeconfig --authorization-kubeconfig=manager.kubeconfig --bind-address=127.0.0.1 \
  --secure-port="$manager" --service-account-private-key-file=pki/accounts.key --root-ca-file=pki/ca.crt \
  --use-service-account-credentials=true --leader-elect=false \
  --controllers='*,-node-ipam-controller,-route,-cloud-node-lifecycle' --concurrent-job-syncs=10
await manager "$bin/kubectl" get serviceaccount default -n default

start scheduler "$bin/kube-scheduler" --kubeconfig=scheduler.kubeconfig --authentication-kubeconfig=scheduler.kubeconfig \
  --authorization-kubeconfig=scheduler.kubeconfig --bind-address=127.0.0.1 --secure-port="$scheduler" --leader-elect=false
start kwok "$bin/kwok" --config "$here/stages.yaml" --kubeconfig=admin.kubeconfig --manage-all-nodes=true --cidr=10.1.0.0/16 \
  --node-ip=127.0.0.1 --server-address="127.0.0.1:$kwok" --node-lease-duration-seconds=40
"$bin/kubectl" apply -f "$here/node.yaml" >/dev/null
await kwok "$bin/kubectl" wait --for=condition=Ready node/fake-0 --timeout=1s
