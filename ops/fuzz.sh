#!/usr/bin/env bash
# Runs every fuzz target for SECONDS_EACH (60), from the inputs of Protocol/vectors. A trap fails; its input is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${SECONDS_EACH:-60}
KAM_CORE=1 KAM_FUZZ=1 swift build -c release --scratch-path .build-fuzz --product fuzz \
  -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld
fuzz=.build-fuzz/release/fuzz
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
python3 - "$seeds" <<'PY'
import json, pathlib, sys
for number, case in enumerate(json.load(open("Protocol/vectors/messages.json"))["bodies"]):
    pathlib.Path(sys.argv[1], f"body-{number}").write_bytes(bytes.fromhex(case["bytes"]))
PY
mkdir -p .build-fuzz/found
for target in record register sync text answer; do
  printf '\n-- %s, %s s\n' "$target" "$seconds"
  mkdir -p "$seeds/$target"
  "$fuzz" "$target" -max_total_time="$seconds" -max_len=4096 -rss_limit_mb=4096 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix=".build-fuzz/found/$target-" "$seeds/$target" "$seeds" 2>&1 | tail -n 12
done
echo "No input made a decoder trap."
