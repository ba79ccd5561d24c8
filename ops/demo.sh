#!/usr/bin/env bash
# Two people edit one account plan offline, sync, and see what happened to every edit. Real programs, real TLS.
# Leaves nothing behind but the build.
set -euo pipefail
cd "$(dirname "$0")/.."

bold=''; dim=''; plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\e[1m'; dim=$'\e[2m'; plain=$'\e[0m'; fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
as() { # person, words of a kam command
  local person=$1; shift
  printf '%s%s$%s kam %s\n' "$dim" "$person" "$plain" "$*"
  KAM_HOME="$work/$person" "$kam" "$@" || [ $? = 1 ]
}
quietly() { local person=$1; shift; KAM_HOME="$work/$person" "$kam" "$@" >/dev/null; }
handle_of() { sed -n 's/.*"handle" *: *"\([^"]*\)".*/\1/p' | head -n 1; }
new_task() { KAM_HOME="$work/ana" "$kam" task add acme "$@" --json | handle_of; }

say "Building kam and kamd (a first build takes some minutes) …"
swift build --product programs
bin=$(swift build --show-bin-path)
kam=$bin/kam; kamd=$bin/kamd

work=$(mktemp -d "${TMPDIR:-/tmp}/kam-demo.XXXXXX")
server=''
stop_server() { if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=''; fi; }
finish() { stop_server; rm -rf "$work"; }
trap finish EXIT
trap 'exit 130' INT TERM

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  echo "No free port was found." >&2; exit 1
}
start_server() {
  "$kamd" serve --data "$work/server" --address 127.0.0.1 2>>"$work/server.log" & server=$!
  for _ in $(seq 200); do
    grep -q ' ready ' <(tail -n +"$1" "$work/server.log") 2>/dev/null && return
    kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.05
  done
  cat "$work/server.log" >&2; exit 1
}
lines() { [ -f "$work/server.log" ] && wc -l < "$work/server.log" || echo 0; }

say "1. An admin makes a server and invites two people."
port=$(free_port)
# The server is on this machine, whatever proxy leads out of it.
export no_proxy=localhost
ana_invite=$("$kamd" init --data "$work/server" --organization "Demo Ltd" --host localhost --port "$port" \
  --admin ana@demo.example --admin-name Ana | tail -n 1)
start_server 1
ben_invite=$("$kamd" user add ben@demo.example --name Ben --data "$work/server" | tail -n 1)
echo "The server runs on https://localhost:$port with TLS; its own authority's key is in the invites."
printf '%s' "$ana_invite" | quietly ana join -
printf '%s' "$ben_invite" | quietly ben join -
quietly ana account add "Acme Industries" --slug acme --stage buyer
renewal=$(new_task "Prepare the renewal" --department sales --due 2026-12-10 --priority normal)
contract=$(new_task "Send the contract draft" --department sales)
call=$(new_task "Call the warehouse" --department logistics)
idea=$(new_task "Print a brochure" --department marketing)
quietly ana sync
as ana account share acme --with ben@demo.example --role contributor
quietly ben sync
as ben task list --account acme

say "2. Both are offline now: the server is down. Each edits the plan."
stop_server
as ana task edit "$renewal" --due 2026-12-01
as ben task edit "$renewal" --priority urgent
as ana task edit "$contract" --title "Send the contract draft to Mrs Ito"
sleep 0.01
as ben task edit "$contract" --title "Send the contract draft by courier"
as ana task claim "$call"
as ben task claim "$call"
as ana task delete "$idea"
as ben task edit "$idea" --detail "500 copies, A5"

say "3. The server is back. They sync; here is what became of every edit."
start_server "$(($(lines) + 1))"
as ana sync
as ben sync
as ana sync

say "4. Both see the same plan."
as ana task list --account acme
as ben task list --account acme

say "5. Nothing is lost: the value that gave way is kept, and can be taken."
as ana conflicts
as ana history "$contract"

say "That was real: two replicas, one server, TLS between them. To go on by hand:"
cat <<TEXT
  export PATH=$bin:\$PATH
  kamd init --data ~/kam-server --organization "Your company" --host localhost --admin you@example.com
  kamd serve --data ~/kam-server &
  kam join INVITE                     # the last line that init printed
  kam account add "Your first customer" && kam sync
  kam help
TEXT
