#!/bin/bash
# play.sh NAME [OPTION...]: builds center_day and plays the day NAME.day.yaml of this directory
# with examples/plans/NAME.yaml. What is built is told to the terminal, and the day to the
# output, so that this may go on to grep or less.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
name=$1
shift
if [[ ${1:-} == --help || ${1:-} == -h ]]; then
  sed -n '2,/^exec/{/^#/s/^# \{0,1\}//p}' "examples/$name.sh"
  exit 0
fi

build=build/release
log=$(mktemp)
trap 'rm -f "$log"' EXIT
scripts/install-packages.sh build >&2
echo "Building center_day; the first time takes some minutes." >&2
{ cmake --preset release && cmake --build "$build" --target center_day; } >"$log" 2>&1 ||
  { tail -40 "$log" >&2; exit 1; }
"$build/examples/day/center_day" "$@" "examples/plans/$name.yaml" "examples/day/$name.day.yaml"
