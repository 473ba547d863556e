#!/bin/bash
# libroute in five minutes: installs the packages it needs (Debian 12, root or
# sudo), builds the server and the command line, and has calls routed.
#
#   examples/quickstart.sh
set -euo pipefail
if [[ $# -gt 0 ]]; then
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
  [[ $1 == --help || $1 == -h ]] && exit 0
  exit 2
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  strong=$(tput bold 2>/dev/null || true) faint=$(tput dim 2>/dev/null || true)
  plain=$(tput sgr0 2>/dev/null || true)
else
  strong='' faint='' plain=''
fi

build=build/release
routed=$build/services/routed/routed
routectl=$build/services/routectl/routectl
report_status=$build/examples/grpc/report_status
work=$(mktemp -d)
server=''

stop_server() {
  [[ -n $server ]] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=''
}
end() {
  local status=$?
  stop_server
  [[ $status -eq 0 ]] || echo "The quickstart failed ($status)." >&2
  rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM

section() { printf '\n%s== %s%s\n' "$strong" "$1" "$plain"; }
show() { printf '%s$ %s%s\n' "$faint" "$*" "$plain"; }

# run WORD COMMAND...: shows a command and what it prints, in which WORD must be.
run() {
  local expected=$1
  shift
  show "${@##*/}"
  "$@" >"$work/output" || { cat "$work/output"; return 1; }
  cat "$work/output"
  grep -qF -- "$expected" "$work/output" || { echo "expected: $expected" >&2; return 1; }
}

section "Packages and programs"
scripts/install-packages.sh build
echo "Building routed and routectl; the first time takes some minutes."
cmake --preset release >"$work/build.log" 2>&1 &&
  cmake --build "$build" --target routed routectl report_status >"$work/build.log" 2>&1 ||
  { tail -40 "$work/build.log" >&2; exit 1; }

section "The example plans are free of mistakes, and do what their own tests say"
show routectl check examples/plans
"$routectl" check examples/plans
show routectl test examples/plans
"$routectl" test examples/plans | tail -1

section "A server with these plans"
show routed --plan examples/plans --listen 127.0.0.1:0
"$routed" --plan examples/plans --listen 127.0.0.1:0 2>"$work/log" &
server=$!
for _ in $(seq 300); do
  grep -q ' ready$' "$work/log" && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
sed -E 's/^[^ ]+ //' "$work/log"
at=$(sed -nE 's/.*listening on ([^ ]+)$/\1/p' "$work/log" | head -1)
[[ -n $at ]] && grep -q ' ready$' "$work/log" || { echo "routed did not start" >&2; exit 1; }

# A Tuesday and a Sunday, in the time zone of the plans. Explaining may ask for
# any time; routing always means now.
tuesday=2026-12-01T10:00:00+01:00
sunday=2026-12-06T03:30:00+01:00
desk=(--server "$at" --called +3222000500 --calling +32470000001)
company=(--server "$at" --called +3222000100 --calling +3225550001)

section "A support desk in its open hours: the caller hears the menu"
run "choose-language" "$routectl" explain "${desk[@]}" --at "$tuesday"

section "The same desk when it is closed"
run "announce     closed" "$routectl" explain "${desk[@]}" --at "$sunday"

section "A company: Brussels is busy, so Liege is next"
run "liege-desk, site liege" "$routectl" route "${company[@]}" --events busy
echo
echo "Why:"
run "all targets tried: busy" "$routectl" explain "${company[@]}" --events busy

# A hairdresser's second line, which follows the owner's mobile.
section "The owner's mobile is not answered: her mailbox is next"
owner=(--server "$at" --called +3222000701 --calling +32495000701)
run "voicemail" "$routectl" route "${owner[@]}" --events no_answer
echo
echo "Why:"
run "all targets tried: no_answer" "$routectl" explain "${owner[@]}" --events no_answer

section "The site in Brussels goes down: Liege is dialled at once"
run "down" "$report_status" "$at" brabant-metal brussels down
run "liege-desk, site liege" "$routectl" route "${company[@]}"
echo
echo "Why:"
run "site brussels, down: is down" "$routectl" explain "${company[@]}"

section "The server stops"
stop_server
sed -E 's/^[^ ]+ //' "$work/log" | tail -1
echo
echo "Next: examples/plans are yours to change; routectl --help and routed --help say more."
