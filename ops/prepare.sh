#!/usr/bin/env bash
# Checks what building and testing needs, and installs what is missing where it may (root on Debian); else prints the
# exact command and ends with 1.
#   ops/prepare.sh build    to build and run the demo
#   ops/prepare.sh release  to build a release, and check what is in it
#   ops/prepare.sh test     for the tests as well
set -euo pipefail
what=${1:-build}

fail() { printf '%s\n' "$*" >&2; exit 1; }

command -v swift >/dev/null 2>&1 ||
  fail "Swift is missing. Install Swift 6.2 or later: https://www.swift.org/install/linux/"
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
case "$version" in
  6.[2-9]*|6.[1-9][0-9]*|[7-9].*|[1-9][0-9].*) ;;
  *) fail "Swift $version is too old; install Swift 6.2 or later: https://www.swift.org/install/linux/" ;;
esac

packages=()
need() { # header-or-command, package
  case "$1" in
    */*) [ -e "/usr/include/$1" ] || packages+=("$2") ;;
    *) command -v "$1" >/dev/null 2>&1 || packages+=("$2") ;;
  esac
}
need ./sqlite3.h libsqlite3-dev
need ./zlib.h zlib1g-dev
need ./expat.h libexpat1-dev
if [ "$what" = release ]; then need python3 python3; fi
if [ "$what" = test ]; then
  need faketime faketime
  need curl curl
  need openssl openssl
  need python3 python3
  need protoc protobuf-compiler
  need strace strace
  # The program alone: the package tinyproxy would also start a proxy of its own.
  need tinyproxy tinyproxy-bin
  python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || packages+=(python3-venv)
fi

if [ ${#packages[@]} -gt 0 ]; then
  install="apt-get install -y --no-install-recommends ${packages[*]}"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing ${packages[*]} …"
    export DEBIAN_FRONTEND=noninteractive
    # An old list of packages is the usual reason for a failure.
    $install >/dev/null 2>&1 || { apt-get update >/dev/null && $install >/dev/null; } ||
      fail "Could not install them. Run: $install"
  else
    fail "Some packages are missing. Run: sudo $install"
  fi
fi
