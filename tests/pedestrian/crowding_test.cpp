#include <doctest/doctest.h>

#include "pedestrian/room.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

/// A hall of 14 m, and behind it a lobby with the exit: joined by a passage of 1.2 m right ahead and one of 3
/// m farther off.
struct TwoWays {
  std::shared_ptr<const Area> area;
  Venue venue;
  JourneyRow out;
  std::vector<std::uint8_t> by_detour;  ///< by person
  Arena arena;

  TwoWays(bool quickest, std::size_t people, int threads = 1)
      : area(std::make_shared<const Area>(std::vector{rectangle(0, 0, 14, 30), rectangle(14, 4.4, 20, 5.6),
                                                      rectangle(14, 20, 20, 23), rectangle(20, 0, 30, 30)})),
        venue(area, model(quickest)),
        out(venue.add_journey({venue.add_stage({"out", {}, {{{30, 0}, {30, 10}}}})})),
        by_detour(people, 0),
        arena(threads) {
    std::vector<Visitor> all(people);
    for (std::uint32_t i = 0; i < people; ++i) {
      all[i].body.person = PersonId{i};
      all[i].body.at = {1.0 + 0.5 * (i % 20), 1.0 + 0.5 * (i / 20)};
      all[i].journey = out;
    }
    venue.let_in(all);
  }
  static VenueModel model(bool quickest) {
    VenueModel model;
    model.dt = 0.05;
    model.quickest = quickest;
    return model;
  }
  void run_until(double time_s) {
    while (venue.now() < time_s - 1e-6) {
      venue.run_until(std::min(time_s, venue.now() + 1), arena);
      for (std::size_t row = 0; row < venue.crowd().size(); ++row) {
        const Point at = venue.crowd().position()[row];
        if (at.x > 14 && at.x < 20 && at.y > 10) by_detour[venue.crowd().person()[row].value] = 1;
      }
    }
  }
  [[nodiscard]] std::size_t detours() const {
    return static_cast<std::size_t>(std::count(by_detour.begin(), by_detour.end(), 1));
  }
  [[nodiscard]] Snapshot state() const {
    Snapshot snapshot;
    SnapshotWriter out_(snapshot, "venue");
    venue.save(out_);
    return snapshot;
  }
};

}  // namespace

TEST_CASE("people go round a jam by the longer passage, and are out sooner") {
  TwoWays shortest(false, 300), quickest(true, 300);
  shortest.run_until(400), quickest.run_until(400);
  REQUIRE(shortest.venue.left() == 300);
  REQUIRE(quickest.venue.left() == 300);
  CHECK(shortest.detours() == 0);
  CHECK(quickest.detours() > 60);
  CHECK(quickest.detours() < 240);
  const auto last = [](const TwoWays& ways) { return ways.venue.passings().back().time_s; };
  MESSAGE(quickest.detours(), " of 300 by the detour; ", last(quickest), " s against ", last(shortest));
  CHECK(last(quickest) < 0.9 * last(shortest));
}

TEST_CASE("people who are few keep to the shortest way") {
  TwoWays quickest(true, 5);
  quickest.run_until(60);
  CHECK(quickest.venue.left() == 5);
  CHECK(quickest.detours() == 0);
}

TEST_CASE("ways round a jam are the same bits for any number of threads, and after a restart") {
  TwoWays one(true, 200), four(true, 200, 4);
  one.run_until(50), four.run_until(50);
  CHECK(one.state() == four.state());
  CHECK(goes_on_as_saved([] { return std::make_unique<TwoWays>(true, 150); }, {10.35, 30.0}, 45));
}
