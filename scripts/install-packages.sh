#!/bin/bash
# Installs the Debian 12 packages that libroute needs, those that are missing.
#
#   scripts/install-packages.sh [build|ci]
#
# build (the default): to compile everything and run the tests.
# ci: also what the analysis, sanitizer and fuzz stages need.
#
# Needs root or sudo only when something is missing; says nothing otherwise.
set -euo pipefail

build_packages=(
  # Tools.
  git ca-certificates cmake ninja-build ccache mold g++ pkg-config openssl tzdata
  # What the engine stands on.
  libprotobuf-dev protobuf-compiler libabsl-dev libyaml-cpp-dev libphonenumber-dev libssl-dev
  libical-dev libre2-dev
  # What the programs stand on.
  libgrpc++-dev protobuf-compiler-grpc libboost-dev libcli11-dev libspdlog-dev
  # Tests and benchmarks.
  libgtest-dev libgmock-dev libbenchmark-dev libluajit-5.1-dev
)
ci_packages=(
  "${build_packages[@]}"
  clang clang-format clang-tidy libclang-rt-14-dev graphviz
)

case "${1:-build}" in
  build) wanted=("${build_packages[@]}") ;;
  ci) wanted=("${ci_packages[@]}") ;;
  *)
    echo "usage: $0 [build|ci]" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "$0: this is no Debian; install what corresponds to: ${wanted[*]}" >&2
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $status == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "$0: needs root or sudo to install: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

echo "Installing ${#missing[@]} packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt update && apt install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "$0: the packages could not be installed" >&2
  exit 1
fi
