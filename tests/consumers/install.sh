#!/bin/sh
# Installs what other programs read caveat's reports with, for tests/outputs.rs: into target/consumers.
set -eu
cd "$(dirname "$0")/../.."
folder="${CARGO_TARGET_DIR:-target}/consumers"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet sarif-tools jsonschema
# Carries the official SARIF 2.1.0 schema.
npm install --silent --no-audit --no-fund --prefix "$folder" @microsoft/jest-sarif@1.0.0-beta.0
