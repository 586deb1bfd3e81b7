// People sorted into cells: as a plain sort by cell and person, however many stand in one cell.
#include "chimata/pedestrian/cell_order.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>

#include "chimata/core/random.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

namespace {

struct Places {
  std::vector<Point> position;
  std::vector<PersonId> person;
  Box box;
};

/// `count` people somewhere on `width` x `height` m, numbered in no order.
Places anywhere(std::uint32_t count, double width, double height) {
  const Random random{Seed{7}};
  constexpr Purpose kX{"test.x"}, kY{"test.y"};
  Places all;
  for (std::uint32_t i = 0; i < count; ++i) {
    all.position.push_back({width * random.uniform(kX, i), height * random.uniform(kY, i)});
    all.person.push_back(PersonId{(i * 2654435761u) % 1'000'003u});
    all.box.add(all.position.back());
  }
  return all;
}

void check_sorted(const Places& all, int threads) {
  CellOrder cells;
  std::vector<std::uint32_t> key(all.position.size());
  Arena arena(threads);
  cells.sort(all.position, all.person, all.box, 1, key, arena);
  std::vector<std::uint32_t> wanted(all.position.size());
  for (std::uint32_t row = 0; row < wanted.size(); ++row) wanted[row] = row;
  const auto cell_of = [&](std::uint32_t row) { return cells.grid().cell_of(all.position[row]); };
  std::sort(wanted.begin(), wanted.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(cell_of(a), all.person[a]) < std::tuple(cell_of(b), all.person[b]);
  });
  CHECK(std::equal(wanted.begin(), wanted.end(), cells.order().begin()));
  const auto first = cells.first();
  REQUIRE(first.size() == cells.grid().cells() + 1);
  CHECK(first.back() == all.position.size());
  std::size_t wrong = 0;
  for (std::uint32_t cell = 0; cell < cells.grid().cells(); ++cell) {
    for (std::uint32_t i = first[cell]; i < first[cell + 1]; ++i) wrong += cell_of(wanted[i]) == cell ? 0 : 1;
  }
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("people are sorted by cell, and in each cell by number") {
  for (const int threads : {1, 3}) {
    CAPTURE(threads);
    check_sorted(anywhere(500, 20, 20), threads);
    check_sorted(anywhere(30'000, 120, 120), threads);  // in any order: no block knows its cells
    Places walked = anywhere(30'000, 3000, 10);
    std::sort(walked.position.begin(), walked.position.end(), [](Point a, Point b) { return a.x < b.x; });
    check_sorted(walked, threads);
  }
}

TEST_CASE("cells are numbered along the shorter side") {
  for (const bool tall : {false, true}) {
    const Places corridor = tall ? anywhere(3000, 10, 900) : anywhere(3000, 900, 10);
    check_sorted(corridor, 1);
    CellOrder cells;
    std::vector<std::uint32_t> key(3000);
    Arena arena(1);
    cells.sort(corridor.position, corridor.person, corridor.box, 1, key, arena);
    CHECK(cells.grid().line() <= 13);
  }
}

TEST_CASE("memory of a poor first order is given back") {
  Places all = anywhere(50'000, 3000, 10);
  CellOrder cells;
  std::vector<std::uint32_t> key(all.position.size());
  Arena arena(1);
  const auto sort = [&] { cells.sort(all.position, all.person, all.box, 1, key, arena); };
  sort();
  const std::size_t at_first = cells.bytes();
  const Places before = all;
  for (std::size_t row = 0; row < key.size(); ++row) {
    all.position[row] = before.position[cells.order()[row]],
    all.person[row] = before.person[cells.order()[row]];
  }
  sort();
  CHECK(cells.bytes() < at_first - 100'000);
}

TEST_CASE("a cell may hold more people than a short number counts") {
  Places crowd = anywhere(70'000, 0.9, 0.9);
  crowd.position.back() = {40, 40};
  crowd.box.add(crowd.position.back());
  check_sorted(crowd, 2);
}
