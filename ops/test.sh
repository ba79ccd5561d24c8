#!/usr/bin/env bash
# What `make test` runs: format, dependencies, fresh seeds of the simulation, vectors, generated code, unit, edge and
# end-to-end tests, a race of claims, fuzzing. SEEDS, RACE_ROUNDS and FUZZ_SECONDS change how much of each.
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=${SEEDS:-2000}
step() { printf '\n== %s\n' "$*"; }

step "Format and dependencies"
ops/lint.sh
python3 -B ops/architecture.py check

step "Programs of others that the tests talk to"
ops/python.sh

step "What is said of the software of others: versions, notices, bill of materials"
.build-python/bin/python -B -m unittest discover -s ops

step "Simulation: $seeds fresh seeds, and every planted fault"
KAM_CORE=1 python3 -B ops/dependencies.py take .build-core-release
KAM_CORE=1 swift build -c release --scratch-path .build-core-release --product simulate
KAM_CORE=1 python3 -B ops/dependencies.py check .build-core-release
simulate=.build-core-release/release/simulate
"$simulate" --seeds "$seeds"
if [ "${MUTANTS:-1}" = 1 ]; then "$simulate" --mutant all; fi

step "The sample organisation is what its seed says"
python3 -B -m unittest discover -s Sample

step "Vectors are what their rules say"
python3 Protocol/vectors/make_vectors.py --check

step "Generated code is what Protocol/kam/v1 says"
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
mkdir "$fresh/messages"
OUT="$fresh/messages" MODEL_MD="$fresh/model.md" MODEL_NUMBERS="$fresh/ModelNumbers.swift" Protocol/generate.sh
diff -r Sources/ProtocolMessages "$fresh/messages" && diff Protocol/model.md "$fresh/model.md" &&
  diff Sources/PlanModel/ModelNumbers.swift "$fresh/ModelNumbers.swift" ||
  { echo "The generated code is stale: run make protocol, and commit." >&2; exit 1; }

# In three runs: tests that calculate keep every processor busy, and tests that wait for a moment would miss it beside
# them.
# Of the tests, which bring the programs with them; --build-tests would build the compiler of protocol buffers too: minutes
# for what no test needs.
python3 -B ops/dependencies.py take .build
swift build --product kamPackageTests
step "The build took the packages that were agreed on, and their notices are in THIRD-PARTY-NOTICES"
python3 -B ops/dependencies.py check .build
step "Tests: what calculates"
swift test --skip-build --skip EdgeTests --skip PlanServerTests --skip EndToEndTests
step "Tests: what listens and waits"
swift test --skip-build --filter EdgeTests --filter PlanServerTests --skip CrowdTests
step "Tests: whole programs"
swift test --skip-build --filter EndToEndTests --skip ClaimRaceTests

step "Honest requests beside a crowd of slow clients"
KAM_CROWD_SECONDS=8 swift test --skip-build --filter CrowdTests

step "64 people claim the same tasks, 1,000 times over TLS: one winner each"
KAM_RACE_ROUNDS=${RACE_ROUNDS:-1000} swift test --skip-build --filter ClaimRaceTests

step "Fuzzing the decoders of what comes from outside, a minute each"
SECONDS_EACH=${FUZZ_SECONDS:-60} ops/fuzz.sh
