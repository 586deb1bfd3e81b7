#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

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

namespace {

/// Two trains; 200 people get off the first one, 50 at each door at 1 person/s, and it stops for 30 s.
std::unique_ptr<Station> busy_station(double next_arrives_s) {
  auto station = std::make_unique<Station>(
      std::vector<Train>{{"A", 90, 120, 100}, {"B", next_arrives_s, next_arrives_s + 40, 100}});
  station->stream(20, 1, station->boards);
  std::vector<Arrival> aboard;
  for (std::uint32_t i = 100; i < 300; ++i) aboard.push_back(station->person(i, 0, station->leaves));
  station->venue.alight(station->platform, 0, aboard);
  aboard.clear();
  for (std::uint32_t i = 300; i < 320; ++i) aboard.push_back(station->person(i, 0, station->leaves));
  station->venue.alight(station->platform, 1, aboard);
  return station;
}

/// When people of these numbers came in: the first and the last moment.
std::pair<double, double> got_off(const Station& station, std::uint32_t from, std::uint32_t to) {
  double first = INFINITY, last = 0;
  for (const Entry& entry : station.venue.entries()) {
    if (entry.person.value < from || entry.person.value >= to) continue;
    first = std::min(first, entry.entered_s), last = std::max(last, entry.entered_s);
  }
  return {first, last};
}

}  // namespace

TEST_CASE("a train stays until all are out who get off, and still takes those who wait") {
  const auto station = busy_station(300);
  station->run_until(290);
  const TrainCount& count = station->track().counts()[0];
  const double last_off = got_off(*station, 100, 300).second;
  CHECK(last_off >= 139);
  CHECK(120 + count.late_s >= last_off - 1e-6);
  CHECK(120 + count.late_s <= last_off + 15.1);
  CHECK(count.boarded == 20);
  CHECK(count.denied == 0);
  for (const double time : station->times(station->platform)) CHECK(time <= 120 + count.late_s);
  station->run_until(400);
  CHECK(station->venue.left() == 240);
  CHECK(station->track().counts()[1].late_s == 0);
}

TEST_CASE("a train that is due while another one is kept comes in after it") {
  const auto station = busy_station(125);
  station->run_until(400);
  const auto& counts = station->track().counts();
  const auto [first, last] = got_off(*station, 300, 320);
  CHECK(first >= 120 + counts[0].late_s - 1e-6);
  CHECK(first <= 120 + counts[0].late_s + 0.1);
  CHECK(165 + counts[1].late_s >= last - 1e-6);
  CHECK(station->venue.left() == 240);
}

TEST_CASE("a train that finds nobody comes and goes by its timetable, whoever was here before") {
  Station station({{"A", 10, 60, 30}, {"B", 100, 130, 30}, {"C", 200, 230, 30}});
  station.stream(1, 0, station.boards);  // is gone with A as soon as it comes
  station.venue.alight(station.platform, 2, {station.person(7, 0, station.leaves)});
  station.run_until(300);
  CHECK(got_off(station, 7, 8).first == doctest::Approx(200).epsilon(1e-3));
  for (const TrainCount& count : station.track().counts()) CHECK(count.late_s == 0);
  CHECK(station.venue.left() == 2);
}

TEST_CASE("nobody gets off a train that has left") {
  Station station({{"A", 10, 20, 30}});
  station.stream(1, 0, station.boards);
  station.run_until(20);
  CHECK(contains(
      complaint([&] { station.venue.alight(station.platform, 0, {station.person(7, 0, station.leaves)}); }),
      "train A: has left already"));
}

TEST_CASE("a run with trains goes on as it was saved") {
  const auto make = [] {
    auto station = std::make_unique<Station>(std::vector<Train>{{"A", 30, 50, 10}, {"B", 70, 90, 100}});
    station->stream(40, 0.7, station->boards);
    return station;
  };
  CHECK(goes_on_as_saved(make, {20.0, 40.0, 55.0}, 100));
  CHECK(goes_on_as_saved([] { return busy_station(125); }, {100.0, 122.0, 130.0, 142.0, 150.0}, 180));
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
