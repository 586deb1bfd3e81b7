#include "chimata/analysis/jams.hpp"

#include <doctest/doctest.h>

#include "chimata/network/builder.hpp"

using namespace chimata;

namespace {

/// A street of three pieces of 100 m.
Network street() {
  NetworkBuilder builder;
  for (int i = 0; i < 4; ++i) builder.add_node({100.0 * i, 0});
  for (std::uint32_t i = 0; i < 3; ++i)
    builder.add_segment({.from = NodeId{i}, .to = NodeId{i + 1}, .width = 4.0});
  return builder.build();
}

}  // namespace

TEST_CASE("a district's jams are the streets on which its people lose most time") {
  Population people;
  for (std::uint32_t i = 0; i < 2; ++i) {
    people.home.push_back({0, 0});
    people.zone.push_back(ZoneId{i});
    people.free_speed.push_back(1);
  }
  TableSet tables;
  Table& entries = tables["entries"];
  // person 0: 100 s free on the first link, 400 s on the second, 200 s on the third, which ends the walk;
  // person 1 takes 500 s on the first and strands on the second: water is no jam
  entries.column<std::uint32_t>("person", "") = {0, 1, 0, 0, 1};
  entries.column<double>("t_s", "") = {0, 0, 100, 500, 500};
  entries.column<std::uint32_t>("link", "") = {0, 0, 2, 4, 2};
  Table& legs = tables["legs"];
  legs.column<std::uint32_t>("person", "") = {0, 1};
  legs.column<double>("start_s", "") = {0, 0};
  legs.column<double>("end_s", "") = {700, 9000};
  legs.column<std::uint8_t>("outcome", "") = {0, 3};
  const Table jams = jams_by_zone(tables, street(), people, 2);
  CHECK(jams.get<std::uint32_t>("zone") == std::vector<std::uint32_t>{0, 0, 1});
  CHECK(jams.get<std::uint32_t>("segment") == std::vector<std::uint32_t>{1, 2, 0});
  CHECK(jams.get<double>("delay_s") == std::vector<double>{300, 100, 400});
  CHECK(jams_by_zone(tables, street(), people, 2, 1).rows() == 2);
  CHECK(jams_by_zone({}, street(), people, 2).rows() == 0);
}
