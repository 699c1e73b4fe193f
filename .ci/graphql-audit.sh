#!/bin/sh
# Audits a running server against the GraphQL-over-HTTP specification with npm's graphql-http.
# Usage: .ci/graphql-audit.sh http://127.0.0.1:8080/graphql
# Exit code 0 when no MUST has failed; every other finding is printed.
set -eu

if [ $# -ne 1 ]; then
  echo "usage: $0 URL" >&2
  exit 2
fi

work="$(cd "$(dirname "$0")" && pwd)/work/graphql-audit"
mkdir -p "$work"
cd "$work"
if [ ! -d node_modules/graphql-http ]; then
  npm install --no-audit --no-fund --silent --no-save --prefix . graphql-http@1.22.4 graphql@16.11.0
fi

cat > audit.mjs <<'SCRIPT'
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
let failed = 0;
for (const result of results) {
  if (result.status !== "ok") {
    console.log(`${result.status.toUpperCase()} ${result.id} ${result.name}: ${result.reason}`);
  }
  if (result.status === "error") {
    failed += 1;
  }
}
const passed = results.filter((result) => result.status === "ok").length;
console.log(`${passed} of ${results.length} checks hold, ${failed} of them that fail are a MUST`);
process.exit(failed === 0 ? 0 : 1);
SCRIPT
node audit.mjs "$1"
