#!/bin/sh
# The step of crowds under every compiler, level of optimisation and processor: each build has to meet the
# hashes recorded in tests/golden/crowds.txt.
#
#     tests/same_bits.sh [COMPILER...]        default: those of g++ and clang++ that are there
#
# A few minutes on one core; LEVELS="-O3" MACHINES="native" narrows it. Needs doctest and TBB.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
if [ $# -eq 0 ]; then
  for compiler in g++ clang++ clang++-14; do
    if command -v "$compiler" >/dev/null; then set -- "$@" "$compiler"; fi
  done
fi
# the step, and of this room whatever it includes
pedestrian=$root/libsim/chimata/pedestrian
sources="tests/pedestrian/bits_test.cpp tests/support/main.cpp libsim/chimata/space/walls.cpp"
sources="$sources $(cd "$root" && ls libsim/chimata/core/*.cpp)"
sources="$sources libsim/chimata/pedestrian/pairing_avx512.cpp"
for name in $(sed -n 's|#include "chimata/pedestrian/\([a-z_]*\)\.hpp"|\1|p' \
  "$pedestrian/move.cpp" "$pedestrian/crowd.cpp" "$pedestrian/crowd.hpp" | sort -u); do
  if [ -f "$pedestrian/$name.cpp" ]; then sources="$sources libsim/chimata/pedestrian/$name.cpp"; fi
done
failed=0
for compiler in "$@"; do
  no_slp=''  # as in the CMakeLists.txt of the room: GCC would round otherwise
  case $compiler in *g++*) case $compiler in *clang*) ;; *) no_slp=-fno-tree-slp-vectorize ;; esac ;; esac
  for level in ${LEVELS:--O0 -O3}; do
    for machine in ${MACHINES:-x86-64-v2 x86-64-v3 native}; do
      name="$compiler $level -march=$machine"
      objects=''
      for source in $sources; do
        object=$build/$(echo "$source" | tr '/' '_').o
        # a file that names its own instructions is for every processor; GCC refuses it those with native
        target=$machine
        case $source in *_avx512.cpp) target=x86-64 ;; esac
        # the flags with which CMake builds these rooms
        # shellcheck disable=SC2086
        "$compiler" -std=c++20 "$level" -march="$target" -ffp-contract=off -fopenmp-simd -fno-math-errno \
          -fno-trapping-math $no_slp -w -I"$root/libsim" -I"$root/tests" -DCHIMATA_SOURCE_DIR="\"$root\"" \
          -c "$root/$source" -o "$object"
        objects="$objects $object"
      done
      # shellcheck disable=SC2086
      "$compiler" $objects -ltbb -o "$build/bits"
      if "$build/bits" >"$build/log" 2>&1; then echo "same     $name"; else
        failed=1
        echo "DIFFERS  $name"
        grep -E 'law :=|CHECK' "$build/log" || tail -n 5 "$build/log"
      fi
    done
  done
done
exit $failed
