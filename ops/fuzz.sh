#!/usr/bin/env bash
# Runs every fuzz target for SECONDS_EACH (60), from the inputs of Protocol/vectors, Tests/Fixtures/workbooks and Tests/Fuzz.
# A trap fails. FUZZ_SEED chooses another path; with the same one a run can be repeated. TARGETS="table cards" runs some.
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
import json, pathlib, sys, zipfile
folder = pathlib.Path(sys.argv[1])
for name in ("messages", "archives", "parts", "table-files", "cards-files", "json"):
    (folder / name).mkdir()
for number, case in enumerate(json.load(open("Protocol/vectors/messages.json"))["bodies"]):
    (folder / "messages" / f"body-{number}").write_bytes(bytes.fromhex(case["bytes"]))
(folder / "json" / "one").write_bytes(b'{"protocol":2,"push":[{"a":[1,2,{"b":"\\"[,"}]},{}]}')
# In the order of Spreadsheets.parts in Tests/Fuzz/Fuzz.swift.
parts = ["worksheets/sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml", "_rels/workbook.xml.rels"]
for path in pathlib.Path("Tests/Fixtures/workbooks").glob("*.xlsx"):
    (folder / "archives" / path.name).write_bytes(path.read_bytes())
    with zipfile.ZipFile(path) as book:
        for number, part in enumerate(parts):
            if "xl/" + part in book.namelist():
                (folder / "parts" / f"{path.stem}-{number}").write_bytes(bytes([number]) + book.read("xl/" + part))
for target in ("table", "cards"):
    for path in pathlib.Path("Tests/Fuzz/Seeds", target).iterdir():
        text = path.read_text(encoding="utf-8")
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            (folder / f"{target}-files" / f"{path.stem}-{encoding}").write_bytes(text.encode(encoding, "replace"))
PY
for target in ${TARGETS:-record register sync text answer archive workbook table cards bounds json}; do
  printf -- '-- %s, %s s, seed %s\n' "$target" "$seconds" "$seed"
  from=messages length=4096
  case "$target" in archive) from=archives length=8192 ;; workbook) from=parts length=8192 ;;
    table | cards) from=$target-files ;; json) from=json ;; esac
  mkdir -p "$seeds/$target"
  "$fuzz" "$target" -seed="$seed" -max_total_time="$seconds" -max_len="$length" -rss_limit_mb=4096 -print_final_stats=1 -verbosity=0 \
    "$seeds/$target" "$seeds/$from" > ".build-fuzz/$target.log" 2>&1 ||
    { tail -n 60 ".build-fuzz/$target.log"; echo "The decoder “$target” trapped; repeat it with FUZZ_SEED=$seed." >&2; exit 1; }
  grep '^stat::number_of_executed_units' ".build-fuzz/$target.log"
done
echo "No input made a decoder trap."
