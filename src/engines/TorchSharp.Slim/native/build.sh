#!/usr/bin/env bash
# Builds libtorch_slim.so once for each state of the sources and version of libtorch.
#   build.sh CACHE     prints the path of the library, or the reason why there is none, as its last line
# LIBTORCH names the folder of a libtorch that is not the system's (with include/ and lib/).
set -euo pipefail
sources="$(cd "$(dirname "$0")" && pwd)"
cache="$1"

root="${LIBTORCH:-/usr}"
header="$root/include/torch/csrc/api/include/torch/version.h"
libs=""
for folder in "$root/lib/$(uname -m)-linux-gnu" "$root/lib" "$root/lib64"; do
  if [ -e "$folder/libtorch_cpu.so" ]; then libs="$folder"; break; fi
done
if [ ! -e "$header" ] || [ -z "$libs" ]; then
  echo "libtorch was not found under $root: run 'apt-get install libtorch-dev libopenblas0-pthread'," \
    "or set LIBTORCH to a folder with include/ and lib/ of libtorch 1.13 or later."
  exit 1
fi
for tool in cmake c++; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool was not found: run 'apt-get install cmake g++'."
    exit 1
  fi
done

version="$(sed -n 's/^#define TORCH_VERSION "\(.*\)"/\1/p' "$header")"
platform="$version $libs $(c++ -dumpfullversion) $(uname -m)"
key="$(cd "$sources" && { cat ./*.cpp ./*.h CMakeLists.txt; echo "$platform"; } | sha256sum | cut -c1-16)"
library="$cache/$key/libtorch_slim.so"
if [ ! -e "$library" ]; then
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9
fi
if [ ! -e "$library" ]; then
  work="$cache/$key.work"
  log="$cache/$key.log"
  rm -rf "$work"   # what a build that was killed left behind may name another checkout
  generator=()
  if command -v ninja >/dev/null; then generator=(-G Ninja); fi
  if ! {
    cmake -S "$sources" -B "$work" "${generator[@]}" -DCMAKE_BUILD_TYPE=Release \
      -DTORCH_ROOT="$root" -DTORCH_LIBS="$libs" && cmake --build "$work" --parallel 2
  } >"$log" 2>&1; then
    reason="$(grep -m1 -i 'error' "$log" || tail -n1 "$log")"
    echo "building libtorch_slim.so against libtorch $version in $root failed: $reason (all of it: $log)"
    exit 1
  fi
  mkdir -p "$cache/$key"
  cp "$work/libtorch_slim.so" "$library.part"
  mv "$library.part" "$library"
  rm -rf "$work" "$log"
fi
echo "$library"
