#include <doctest/doctest.h>

#include <algorithm>

#include "pedestrian/room.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

/// A platform of 40 x 5 m with four doors along its north edge.
struct Station : Room {
  StageRow platform;
  JourneyRow boards, leaves;
  explicit Station(std::vector<Train> trains)
      : Room(40, 5), platform(venue.add_stage(stop(std::move(trains)))) {
    boards = venue.add_journey({platform});
    leaves = venue.add_journey({venue.add_stage({"stairs", {}, {{{0, 0}, {0, 5}}}})});
  }
  static Stage stop(std::vector<Train> trains) {
    std::vector<Wall> doors;
    for (int i = 0; i < 4; ++i) doors.push_back({{6.0 + 9 * i, 5}, {7.3 + 9 * i, 5}});
    return {"track 1", {rectangle(3, 0.5, 37, 4)}, {}, Platform({std::move(trains), std::move(doors)})};
  }
  const Platform& track() const { return stage<Platform>(platform); }
};

}  // namespace

TEST_CASE("people board the train that stands, until it is full, and the others take the next") {
  Station station({{"A", 90, 150, 30}, {"B", 210, 270, 100}});
  station.stream(60, 1, station.boards);
  station.run_until(89);
  CHECK(station.venue.left() == 0);
  CHECK(station.track().load() == 60);
  station.run_until(160);
  CHECK(station.venue.left() == 30);
  CHECK(station.track().counts()[0].boarded == 30);
  CHECK(station.track().counts()[0].denied == 30);
  station.run_until(280);
  const auto gone = station.venue.take_departures();
  REQUIRE(gone.size() == 60);
  for (const Passing& passing : gone) {
    const Train& train = station.track().trains()[passing.train];
    CHECK(passing.time_s >= train.arrives_s);
    CHECK(passing.time_s < train.leaves_s);
  }
  CHECK(station.track().counts()[1].denied == 0);
}

TEST_CASE("no door takes more people than its rate") {
  Station station({{"A", 90, 130, 1000}});
  station.stream(80, 0.8, station.boards);
  station.run_until(140);
  CHECK(station.track().counts()[0].boarded <= 4 * 40);
  const auto times = station.times(station.platform);
  REQUIRE(times.size() >= 30);
  for (std::size_t i = 4; i < times.size(); ++i) CHECK(times[i] - times[i - 4] > 0.98);
}

TEST_CASE("people get off before others board, and go their way") {
  Station station({{"A", 90, 150, 100}});
  station.stream(20, 1, station.boards);
  std::vector<Arrival> aboard;
  for (std::uint32_t i = 100; i < 140; ++i) aboard.push_back(station.person(i, 0, station.leaves));
  station.venue.alight(station.platform, 0, aboard);
  station.run_until(200);
  CHECK(station.venue.left() == 60);
  double last_off = 0;
  for (const Entry& entry : station.venue.entries()) {
    if (entry.person.value < 100) continue;
    CHECK(entry.came_s == 90);
    last_off = std::max(last_off, entry.entered_s);
  }
  CHECK(last_off >= 90 + 9 * 0.99);
  const auto boarded = station.times(station.platform);
  REQUIRE(!boarded.empty());
  CHECK(boarded.front() >= 99);
}

TEST_CASE("a run with trains goes on as it was saved") {
  const auto make = [] {
    auto station = std::make_unique<Station>(std::vector<Train>{{"A", 30, 50, 10}, {"B", 70, 90, 100}});
    station->stream(40, 0.7, station->boards);
    return station;
  };
  CHECK(goes_on_as_saved(make, {20.0, 40.0, 55.0}, 100));
}

TEST_CASE("a timetable that cannot be is refused in one line") {
  Room room(40, 5);
  const auto says = [&](std::vector<Train> trains, std::vector<Wall> doors = {{{6, 5}, {7, 5}}}) {
    Stage stage{"track 1", {rectangle(3, 0.5, 37, 4)}, {}, Platform({std::move(trains), std::move(doors)})};
    return complaint([&] { room.venue.add_stage(std::move(stage)); });
  };
  CHECK(contains(says({{"A", 100, 90, 9}}), "train A leaves before"));
  CHECK(contains(says({{"A", 100, 120, 9}, {"B", 60, 70, 9}}), "train B comes before train A"));
  CHECK(contains(says({{"A", 100, 120, 9}, {"B", 110, 130, 9}}), "train B arrives while train A"));
  CHECK(contains(says({}, {{{6, 5}, {6, 5}}}), "door 1 has no width"));
  CHECK(contains(says({}, {}), "has no door"));
  CHECK(contains(complaint([&] { room.venue.alight(room.east, 0, {}); }), "comes to no platform"));
}
