#!/usr/bin/env bash
# What `make test` runs: format, unit, edge and end-to-end tests, then fresh seeds of the simulation.
# SEEDS=N changes their number.
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=${SEEDS:-2000}
step() { printf '\n== %s\n' "$*"; }

step "Format and dependencies"
ops/lint.sh

step "Python client for the interoperability test"
if [ ! -x .build-python/bin/python ] || ! .build-python/bin/python -c 'import connectrpc, google.protobuf' 2>/dev/null; then
  python3 -m venv .build-python
  .build-python/bin/pip install --quiet connectrpc protobuf
fi

step "Simulation: $seeds fresh seeds, and every planted fault"
KAM_CORE=1 swift build -c release --scratch-path .build-core-release --product simulate
simulate=.build-core-release/release/simulate
"$simulate" --seeds "$seeds"
if [ "${MUTANTS:-1}" = 1 ]; then "$simulate" --mutant all; fi

step "Vectors are what their rules say"
python3 Protocol/vectors/make_vectors.py --check

step "Generated code is what Protocol/kam/v1 says"
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
mkdir "$fresh/messages"
OUT="$fresh/messages" MODEL_MD="$fresh/model.md" Protocol/generate.sh
diff -r Sources/ProtocolMessages "$fresh/messages" && diff Protocol/model.md "$fresh/model.md" ||
  { echo "The generated code is stale: run make protocol, and commit." >&2; exit 1; }

step "Tests"
swift build --build-tests
if [ "${END_TO_END:-1}" = 1 ]; then swift test --skip-build; else swift test --skip-build --skip EndToEndTests; fi
