#!/usr/bin/env bash
# Builds kam and kamd for use, and makes the sample organisation in .sample. `make sample` calls it.
#   SEED, SCALE   which one, and how big (1 makes 200 accounts)
#   FRESH=1       throws away the one that is there
#   BINARIES      a directory with kam and kamd, to build nothing
#   SAMPLE_IMPORT_WORDS   what is passed to `kam import` besides the file; --apply unless set
set -euo pipefail
cd "$(dirname "$0")/.."

command -v python3 >/dev/null 2>&1 || { echo "python3 is missing. Run: sudo apt-get install -y python3" >&2; exit 1; }
words=(--seed "${SEED:-1}" --scale "${SCALE:-1}" --directory .sample)
if [ "${FRESH:-0}" != 0 ]; then words+=(--fresh); fi
# Before a long build, not after it.
python3 Sample/make_sample.py "${words[@]}" --only-look
if [ -z "${BINARIES:-}" ]; then
  echo "Building kam and kamd for release (the first time takes about ten minutes) …"
  make --no-print-directory release
fi
exec python3 Sample/make_sample.py "${words[@]}" --binaries "${BINARIES:-.build-release/release}"
