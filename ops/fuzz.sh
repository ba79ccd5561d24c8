#!/usr/bin/env bash
# Runs every fuzz target for SECONDS_EACH (60), from the inputs of Protocol/vectors. A trap fails. FUZZ_SEED chooses
# another path; with the same one a run can be repeated.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${SECONDS_EACH:-60}
seed=${FUZZ_SEED:-20261124}
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
for target in record register sync text answer; do
  printf -- '-- %s, %s s, seed %s\n' "$target" "$seconds" "$seed"
  mkdir -p "$seeds/$target"
  "$fuzz" "$target" -seed="$seed" -max_total_time="$seconds" -max_len=4096 -rss_limit_mb=4096 -print_final_stats=1 -verbosity=0 \
    "$seeds/$target" "$seeds" > ".build-fuzz/$target.log" 2>&1 ||
    { tail -n 60 ".build-fuzz/$target.log"; echo "The decoder “$target” trapped; repeat it with FUZZ_SEED=$seed." >&2; exit 1; }
  grep '^stat::number_of_executed_units' ".build-fuzz/$target.log"
done
echo "No input made a decoder trap."
