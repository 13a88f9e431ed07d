#!/usr/bin/env bash
# Builds libtorch_slim.so once for each state of the sources and version of libtorch.
#   build.sh CACHE     prints the path of the library as its last line
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
  echo "libtorch was not found under $root: install it with 'apt-get install libtorch-dev libopenblas0-pthread', or set LIBTORCH to a folder with include/ and lib/ of libtorch 1.13 or later."
  exit 1
fi
for tool in cmake c++; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool was not found: install it with 'apt-get install cmake g++'."
    exit 1
  fi
done

version="$(sed -n 's/^#define TORCH_VERSION "\(.*\)"/\1/p' "$header")"
key="$(cd "$sources" && { cat ./*.cpp ./*.h CMakeLists.txt build.sh; echo "$version $libs $(c++ -dumpfullversion) $(uname -m)"; } | sha256sum | cut -c1-16)"
library="$cache/$key/libtorch_slim.so"
if [ ! -e "$library" ]; then
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9
  if [ ! -e "$library" ]; then
    work="$cache/$key.work"
    generator=()
    if command -v ninja >/dev/null; then generator=(-G Ninja); fi
    cmake -S "$sources" -B "$work" "${generator[@]}" -DCMAKE_BUILD_TYPE=Release -DTORCH_ROOT="$root" -DTORCH_LIBS="$libs"
    cmake --build "$work" --parallel 2
    mkdir -p "$cache/$key"
    cp "$work/libtorch_slim.so" "$library.part"
    mv "$library.part" "$library"
    rm -rf "$work"
  fi
fi
echo "$library"
