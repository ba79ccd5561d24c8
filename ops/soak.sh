#!/usr/bin/env bash
# What a month does to a server, in some minutes: kills under load, turned bits, a directory that goes away, killed inits.
# KILLS, FLIPS, VANISH and INITS say how many of each; SEED repeats a run, KAMD chooses another build.
set -euo pipefail
cd "$(dirname "$0")/.."
kamd=${KAMD:-}
if [ -z "$kamd" ]; then
  swift build --product kamd
  kamd=.build/debug/kamd
fi
exec python3 -B Tests/Interoperability/soak.py --kamd "$(realpath "$kamd")" \
  --kills "${KILLS:-50}" --flips "${FLIPS:-200}" --vanish "${VANISH:-15}" --inits "${INITS:-80}" ${SEED:+--seed "$SEED"}
