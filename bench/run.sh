#!/bin/sh
# Builds the benchmarks, runs them and prints the tables of bench/README.md, in
# Markdown. Takes some five minutes on a machine that does nothing else.
#
#   bench/run.sh [--quick] [--only engine|server] [--readme] [--build DIR]
#
# --quick: three short rounds, to see that everything works. --readme: the
# tables go into README.md.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/release
previous=
for argument in "$@"; do
  if [ "$previous" = --build ]; then build=$argument; fi
  previous=$argument
done
if [ ! -f "$build/build.ninja" ]; then
  cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DLIBROUTE_BENCH=ON >&2
fi
cmake --build "$build" --target libroute_bench echo_server echo_load routed routectl >&2
exec python3 "$root/bench/tables.py" --root "$root" --build "$build" "$@"
