#!/usr/bin/env bash
# Regenerates Sources/ProtocolMessages, Protocol/model.md and Sources/PlanModel/ModelNumbers.swift from Protocol/kam/v1.
# `make protocol` calls it; OUT, MODEL_MD and MODEL_NUMBERS write them elsewhere.
#
# envelope.proto is derived, never edited: the same wire format as sync.proto, but record bodies and record states
# stay bytes. The core merges, stores and forwards them without knowing a schema, so registers from a newer version
# survive older programs and a page is assembled without decoding a record.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-Sources/ProtocolMessages}
command -v protoc >/dev/null || { echo "protoc is missing: apt-get install protobuf-compiler" >&2; exit 1; }
swift build --product protoc-gen-swift >&2
plugin=$(swift build --show-bin-path)/protoc-gen-swift

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/kam/v1" "$work/kam/envelope" "$out"
cp Protocol/kam/v1/*.proto "$work/kam/v1/"
{
  echo '// Derived from Protocol/kam/v1/sync.proto by Protocol/generate.sh. Do not edit.'
  sed -e 's/^package kam\.v1;/package kam.envelope;/' \
      -e 's/^\( *\)RecordBody \([a-z_]* =\)/\1bytes \2/' \
      -e 's/^\( *\)repeated RecordState /\1repeated bytes /' \
      -e 's/^\( *\)\(optional \|repeated \)\{0,1\}\(Kind\|AccountRole\|OrganizationRole\|DepartmentCode\|Person.Membership\) \([a-z_]* =\)/\1\2kam.v1.\3 \4/' \
      -e 's/swift_prefix = "Kam"/swift_prefix = "Wire"/' \
      -e '/^service /,/^}/d' -e '/^syntax/,$!d' Protocol/kam/v1/sync.proto
} > "$work/kam/envelope/envelope.proto"
protoc --proto_path="$work" --plugin=protoc-gen-swift="$plugin" \
  --swift_opt=Visibility=Package --swift_opt=FileNaming=DropPath --swift_out="$out" \
  kam/v1/model.proto kam/v1/sync.proto kam/envelope/envelope.proto

python3 Protocol/render_model.py ${MODEL_MD:-Protocol/model.md}
python3 Protocol/render_registers.py ${MODEL_NUMBERS:-Sources/PlanModel/ModelNumbers.swift}
