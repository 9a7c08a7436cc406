#!/usr/bin/env bash
# Writes openapi.yaml from the code and both clients from openapi.yaml. Needs no database.
set -euo pipefail
cd "$(dirname "$0")"

dotnet build ../api --configuration Release --verbosity quiet --nologo
dotnet run --project ../api --configuration Release --no-build --no-launch-profile -- openapi --output ../openapi.yaml
[ -d node_modules ] || npm ci --no-fund --no-audit --silent
node generate.mjs
