// A program with a race, to show that the preset tsan would see one in our own code: two threads add up in
// one place, once in each way that an arena shares work. Prints what the sanitizer says, see
// tests/CMakeLists.txt.
#include <oneapi/tbb/global_control.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "chimata/core/parallel.hpp"

int main(int argc, char**) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, 8);
  chimata::Arena arena(4);
  std::size_t sum = 0;
  const auto add = [&](std::size_t i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // so that others come in, even on one core
    sum += i;
  };
  if (argc > 1) {
    arena.for_each(64, add);
  } else {
    arena.for_blocks(64, 1, [&](std::size_t begin, std::size_t) { add(begin); });
  }
  std::printf("%zu\n", sum);
}
