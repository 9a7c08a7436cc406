#!/usr/bin/env bash
# Writes openapi.yaml and the schema of GraphQL from the code, and both clients and the Postman collection from openapi.yaml. Needs no database.
set -euo pipefail
cd "$(dirname "$0")"

dotnet build ../api --configuration Release --verbosity quiet --nologo
dotnet run --project ../api --configuration Release --no-build --no-launch-profile -- openapi --output ../openapi.yaml
dotnet run --project ../api --configuration Release --no-build --no-launch-profile -- graphql-schema --output ../api/GraphQL/schema.graphql
[ -d node_modules ] || npm ci --no-fund --no-audit --silent
node generate.mjs
