#include "chimata/core/parallel.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using namespace chimata;

TEST_CASE("blocks cover every row once, whatever the number of threads") {
  for (const int threads : {1, 2, 4}) {
    Arena arena(threads);
    std::vector<int> visits(1003, 0);
    arena.for_blocks(visits.size(), 10, [&](std::size_t begin, std::size_t end) {
      CHECK(begin % 10 == 0);
      for (std::size_t i = begin; i < end; ++i) ++visits[i];
    });
    CHECK(visits == std::vector<int>(1003, 1));
  }
}

TEST_CASE("tasks done at once may use the arena themselves") {
  for (const int threads : {1, 2, 4}) {
    Arena arena(threads);
    std::vector<std::vector<int>> visits(5, std::vector<int>(500, 0));
    arena.for_each(5, [&](std::size_t task) {
      arena.for_blocks(500, 7, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) ++visits[task][i];
      });
    });
    CHECK(visits == std::vector<std::vector<int>>(5, std::vector<int>(500, 1)));
  }
}

TEST_CASE("of several tasks that fail the first one's complaint is heard, after all have ended") {
  for (const int threads : {1, 4}) {
    Arena arena(threads);
    std::vector<int> ended(6, 0);
    std::string complaint;
    try {
      arena.for_each(6, [&](std::size_t task) {
        ended[task] = 1;
        if (task % 2 == 1) throw std::runtime_error("task " + std::to_string(task));
      });
    } catch (const std::runtime_error& error) {
      complaint = error.what();
    }
    CHECK(complaint == "task 1");
    CHECK(ended == std::vector<int>(6, 1));
  }
}
