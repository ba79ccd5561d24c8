#!/usr/bin/env bash
# Puts what has to go with the programs beside them: licence, notices of third parties, bill of materials.
#   ops/papers.sh .build-release/release
set -euo pipefail
cd "$(dirname "$0")/.."
to=${1:?where to}
version=$(sed -n 's/.*static let version = "\(.*\)"/\1/p' Sources/SyncCore/Program.swift)
rm -f "$to"/kam-*.cdx.json
install -m 644 LICENSE THIRD-PARTY-NOTICES "$to"
install -m 644 ops/kam.cdx.json "$to/kam-$version.cdx.json"
