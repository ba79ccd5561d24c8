#!/usr/bin/env bash
# Measures kam beside Taskwarrior, on this machine, with real servers on loopback; README.md says how.
# Sets up what it needs, leaves nothing running, writes only to Benchmarks/results. Words are passed to compare.py.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
need() { command -v "$1" >/dev/null 2>&1 || packages+=("$2"); }
need task taskwarrior
need taskd taskd
need certtool gnutls-bin
need python3 python3
if [ ${#packages[@]} -gt 0 ]; then
  install="apt-get install -y --no-install-recommends ${packages[*]}"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing ${packages[*]} …" >&2
    export DEBIAN_FRONTEND=noninteractive
    $install >/dev/null 2>&1 || { apt-get update >/dev/null && $install >/dev/null; }
  else
    echo "What kam is measured beside is missing. Run: sudo $install" >&2
    exit 1
  fi
fi

echo "Building kam and kamd for release (the first time takes about ten minutes) …" >&2
make --no-print-directory release >&2
exec python3 Benchmarks/compare.py --binaries .build-release/release --results Benchmarks/results "$@"
