#!/bin/bash
# Builds and runs the tests. See tests/README.md.
set -uo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$source_dir" || exit 1

usage() {
  cat <<'USAGE'
usage: tests/run.sh [STAGE]

  (none)         build everything, run all tests (release build)
  --asan         the same under the address and undefined-behaviour sanitizers
  --tsan         under the thread sanitizer, what starts threads and does not need gRPC
  --fuzz         clang's thread-safety analysis, then every fuzz target from its
                 corpus: 10 s, or 60 s when what it tests has changed since
                 LIBROUTE_FUZZ_BASE (a git revision; HEAD~1 if not set)
  --long [SEC]   long runs: random plans, calls and events with large counts,
                 then every fuzz target for SEC seconds (300)

The last line says: N passed, M failed[, K skipped]
USAGE
}

jobs=$(nproc)
passed=0
failed=0
skipped=0

step() { printf '%s\n' "== $*"; }

# Prints the summary as the last line and ends.
finish() {
  local line="$passed passed, $failed failed"
  [[ $skipped -gt 0 ]] && line+=", $skipped skipped"
  echo "$line"
  [[ $failed -eq 0 ]] && exit 0 || exit 1
}

give_up() {
  echo "$*" >&2
  failed=$((failed + 1))
  finish
}

# build PRESET [TARGET...]: configures and builds; quiet unless it fails.
build() {
  local preset=$1
  shift
  step "build/$preset: ${*:-everything}"
  local log=build/$preset.log
  mkdir -p build
  # A machine that builds once compiles folders as a whole; who changes one file
  # after the other does not want to wait for its neighbours.
  local options=()
  [[ -n ${CI:-} ]] && options=(-DLIBROUTE_UNITY=ON)
  cmake --preset "$preset" "${options[@]}" >"$log" 2>&1 </dev/null || { cat "$log"; give_up "configuring failed"; }
  local targets=()
  [[ $# -gt 0 ]] && targets=(--target "$@")
  if ! cmake --build "build/$preset" -j "$jobs" "${targets[@]}" >"$log" 2>&1 </dev/null; then
    grep -E -A12 'error|FAILED|undefined|warning' "$log" | head -150
    give_up "building failed; all of it: $log"
  fi
}

# run_tests PRESET [CTEST OPTION...]: runs and counts them.
run_tests() {
  local preset=$1
  shift
  step "tests of build/$preset"
  local log=build/$preset.tests.log
  ctest --test-dir "build/$preset" -j "$jobs" --output-on-failure "$@" </dev/null 2>&1 |
    tee "$log" | grep -vE '^(Internal ctest| +Start |Test project)'
  local all bad out
  all=$(sed -nE 's/.* tests failed out of ([0-9]+)$/\1/p' "$log" | tail -1)
  bad=$(sed -nE 's/.*, ([0-9]+) tests failed out of.*/\1/p' "$log" | tail -1)
  out=$(grep -cE '\*\*\*Skipped' "$log")
  [[ -n $all ]] || give_up "ctest gave no result"
  passed=$((passed + all - bad - out))
  failed=$((failed + bad))
  skipped=$((skipped + out))
}

# What each fuzz target tests: the target, then the paths.
fuzz_targets=(
  "plan_reader libroute/readers libroute/plan proto/libroute/v1"
  "caller_file libroute/readers libroute/number"
  "calendar_file libroute/readers libroute/schedule"
  "compile libroute proto tests/fuzz/compile_fuzz.cc"
  "continuation libroute/seal libroute/call tests/fuzz/continuation_fuzz.cc"
  "inventory libroute/carrier libroute/readers proto/libroute/v1/inventory.proto tests/fuzz/inventory_fuzz.cc"
  "email libroute/call libroute/engine tests/fuzz/email_fuzz.cc"
  "event libroute/call tests/fuzz/event_fuzz.cc"
  "number libroute/number libroute/call tests/fuzz/number_fuzz.cc"
  "number_text libroute/number libroute/call"
  "recurrence libroute/schedule tests/fuzz/recurrence_fuzz.cc"
)

# fuzz_one NAME SECONDS: what it finds is kept in build/clang/fuzz.
fuzz_one() {
  local found=build/clang/fuzz/$1
  local seeds=("tests/fuzz/corpus/$1")
  [[ $1 == compile || $1 == plan_reader || $1 == calendar_file ]] && seeds+=(examples/plans)
  mkdir -p "$found"
  if "build/clang/tests/fuzz/fuzz_$1" "$found" "${seeds[@]}" -max_total_time="$2" \
      -timeout=25 -rss_limit_mb=3000 -max_len=20000 -print_final_stats=1 \
      -artifact_prefix="$found/" >"$found.log" 2>&1 </dev/null; then
    echo "fuzz $1: ok, $2 s, $(sed -n 's/.*number_of_executed_units: *//p' "$found.log") executions"
  else
    echo "fuzz $1: FAILED after at most $2 s"
    tail -40 "$found.log"
  fi
}
export -f fuzz_one

# Seconds for a target: long if its inputs changed or nobody can tell.
fuzz_seconds() {
  if git diff --quiet "${LIBROUTE_FUZZ_BASE:-HEAD~1}" -- "$@" 2>/dev/null; then echo 10; else echo 60; fi
}

# fuzz [SECONDS]: all targets, two at a time or as many as there are processors.
fuzz() {
  step "fuzz targets"
  local target line
  while read -r line; do
    echo "$line"
    case "$line" in
      "fuzz "*": ok,"*) passed=$((passed + 1)) ;;
      "fuzz "*": FAILED"*) failed=$((failed + 1)) ;;
    esac
  done < <(for target in "${fuzz_targets[@]}"; do
    read -ra words <<<"$target"
    echo "${words[0]} ${1:-$(fuzz_seconds "${words[@]:1}")}"
  done | xargs -P "$jobs" -L 1 bash -c 'fuzz_one "$@"' fuzz)
}

long() {
  local seconds=${1:-300}
  build release
  LIBROUTE_LONG=1 run_tests release -L long --timeout 3600
  scripts/install-packages.sh ci || give_up "packages are missing"
  build clang fuzz_targets
  fuzz "$seconds"
}

case "${1:-}" in
  "")
    scripts/install-packages.sh build || give_up "packages are missing"
    build release
    run_tests release
    ;;
  --asan)
    scripts/install-packages.sh ci || give_up "packages are missing"
    build asan
    run_tests asan
    ;;
  --tsan)
    scripts/install-packages.sh ci || give_up "packages are missing"
    build tsan tests_with_threads
    export TSAN_OPTIONS="suppressions=$source_dir/tests/tsan.supp halt_on_error=1"
    run_tests tsan -L threads
    ;;
  --fuzz)
    scripts/install-packages.sh ci || give_up "packages are missing"
    build clang libraries_without_grpc fuzz_targets
    fuzz
    ;;
  --long)
    scripts/install-packages.sh build || give_up "packages are missing"
    long "${2:-300}"
    ;;
  -h | --help)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac
finish
