#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <oneapi/tbb/global_control.h>

int main(int argc, char** argv) {
  // eight real threads even on a small machine: tests of determinism must meet real interleavings
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, 8);
  return doctest::Context(argc, argv).run();
}
