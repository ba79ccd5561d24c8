#!/usr/bin/env bash
# Machine checks that protect properties: format, and who may import what.
set -euo pipefail
cd "$(dirname "$0")/.."
swift format lint --strict --recursive --parallel Sources/[!P]* Sources/P[la]* clients Tests Package.swift
bad=0
forbid() { # reason, pattern, paths…
  local reason=$1 pattern=$2; shift 2
  local rows; rows=$(grep -rnE "$pattern" "$@" --include='*.swift' || true)
  if [ -n "$rows" ]; then printf '%s\n%s\n' "$reason" "$rows" >&2; bad=1; fi
}
core=(Sources/PlanModel Sources/Indicators Sources/SyncCore Sources/SyncServer Sources/SQLiteQuery Sources/SQLiteStore Sources/Replica Sources/Tabular Sources/SourceFiles
  Sources/Wording Sources/Speech Sources/Workbench Sources/Pages Sources/Views Sources/Markup)
forbid "The core reads no clock and makes no randomness:" \
  '\bDate\(\)|Date\.now|UUID\(\)|ContinuousClock|SuspendingClock|SystemRandomNumberGenerator|clock_gettime|\btime\(nil' "${core[@]}" Sources/Interchange
forbid "The core starts no task and opens no socket:" \
  '\bTask *\{|Task\.detached|\bimport (NIO|Hummingbird|AsyncHTTPClient)' "${core[@]}" Sources/Interchange
forbid "PlanModel knows no SQL and no stamps:" '\bimport (GRDB|SyncCore|SQLiteQuery)|\bStamp\b' Sources/PlanModel
forbid "Tabular knows nothing of kam, and of a system only expat and zlib:" '^ *(@[a-z]+ )?import [^C]' Sources/Tabular
forbid "HostFiles knows nothing of kam:" '^ *(@[a-z]+ )?import [^F]' Sources/HostFiles
forbid "SourceFiles knows nothing of kam but Tabular:" '^ *(@[a-z]+ )?import ([^FT]|F[^o]|T[^a])' Sources/SourceFiles
forbid "Interchange prints nothing, and knows no network and no process:" \
  '\bprint\(|\.standard(Input|Output|Error)|ProcessInfo|CommandLine|\bimport (SyncClient|ArgumentParser)' Sources/Interchange
forbid "Pages are values of texts:" '^ *(@[a-z]+ )?import ([^PW]|P[^l])' Sources/Pages
forbid "Views make values, and neither print nor know a tag:" '\bprint\(|<[a-z]+ class=|</[a-z]+>|\bimport (Markup|SyncClient|Mustache)' Sources/Views
forbid "Markup sets pages and knows nothing that they were made of:" \
  '^ *(@[a-z]+ )?import ([^MPW]|P[^a]|Workbench)' Sources/Markup
forbid "SQL lives in SQLiteStore and Replica:" '"(SELECT|INSERT|UPDATE|DELETE) ' Sources/PlanModel Sources/SyncCore \
  Sources/SyncServer Sources/PlanServer Sources/SyncClient Sources/Edge Sources/ConnectRPC clients
# Lists of columns and our own constants; values are bound.
if grep -rnP '(SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES)[^"]*\\\((?!(Self\.)?[a-z]*[cC]olumns\)|status\.rawValue\)|order\))' \
  Sources --include='*.swift' --exclude='*.pb.swift' >&2; then
  echo "A value in SQL is bound, not written into it." >&2
  bad=1
fi
forbid "Nothing is run unsafely:" 'try!|as!|Task\.detached' Sources clients
forbid "A write is never tried half-heartedly:" 'try\? .*(write|save|insert|update|delete|remove)' "${core[@]}" Sources/PlanServer
exit $bad
