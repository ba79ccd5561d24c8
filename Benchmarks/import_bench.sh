#!/usr/bin/env bash
# Brings 100,000 sales of five accounts in: dry, stored, and again. Needs `make release`.
#   KAM_BEFORE=/path/to/another/kam ROWS=100000 Benchmarks/import_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
new=$PWD/.build-release/release/kam; kamd=$PWD/.build-release/release/kamd
rows=${ROWS:-100000}
work=$(mktemp -d "${TMPDIR:-/tmp}/kam-import.XXXXXX")
server=''
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

python3 - "$rows" "$work/sales.csv" <<'PY'
import random, sys
random.seed(1)
with open(sys.argv[2], "w") as file:
    file.write("account,occurred-on,revenue,cost,order,product\n")
    for number in range(int(sys.argv[1])):
        day = f"{random.choice([2023, 2024, 2025, 2026])}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        file.write(f"{random.choice(['a', 'b', 'c', 'd', 'e'])},{day},{random.randint(100, 999999) / 100:.2f} EUR,"
                   f"{random.randint(1, 90)}.00 EUR,O-{number},\n")
PY

port=$((20000 + RANDOM % 20000))
invite=$("$kamd" init --data "$work/server" --organization Bench --host localhost --port "$port" \
  --admin ana@bench.example --admin-name Ana | tail -n 1)
"$kamd" serve --data "$work/server" --address 127.0.0.1 2>"$work/server.log" & server=$!
for _ in $(seq 200); do grep -q ' ready ' "$work/server.log" && break; sleep 0.05; done
export no_proxy=localhost

run() { # label, kam, arguments
  local label=$1; shift
  /usr/bin/time -f "$label: %e s, %U + %S s of a processor, %M kB" "$@" >/dev/null
}
for kam in ${KAM_BEFORE:+"$KAM_BEFORE"} "$new"; do
  export KAM_HOME="$work/home"
  rm -rf "$KAM_HOME"
  if [ -n "${joined:-}" ]; then
    invite=$("$kamd" invite ana@bench.example --data "$work/server" | tail -n 1)
  fi
  joined=1
  printf '%s' "$invite" | "$kam" join - >/dev/null
  "$kam" sync >/dev/null
  printf '{"kind":"account","name":"%s","slug":"%s"}\n' A a B b C c D d E e | "$kam" import - --apply >/dev/null
  "$kam" sync >/dev/null
  echo "$kam"
  run "  dry" "$kam" import "$work/sales.csv"
  run "  dry" "$kam" import "$work/sales.csv"
  run "  stored" "$kam" import "$work/sales.csv" --apply
  run "  again" "$kam" import "$work/sales.csv" --apply
done
