/// A room for tests of stages: an entrance over its west side, an exit over its east side.
#pragma once

#include <memory>

#include "chimata/pedestrian/venue.hpp"

namespace chimata::test {

inline Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}

struct Room {
  std::shared_ptr<const Area> area;
  pedestrian::Venue venue;
  pedestrian::EntranceRow west;
  pedestrian::StageRow east;
  double speed = 1.34;
  Arena arena{1};

  explicit Room(double width = 20, double height = 10, const pedestrian::VenueModel& model = {})
      : area(std::make_shared<const Area>(std::vector{rectangle(0, 0, width, height)})),
        venue(area, model),
        west(venue.add_entrance({"west", {}, {{{0, 0}, {0, height}}}})),
        east(venue.add_stage({"east", {}, {{{width, 0}, {width, height}}}})) {}

  pedestrian::StageRow waiting(const Polygon& shape, const pedestrian::WaitingModel& model) {
    return venue.add_stage({"area", {shape}, {}, pedestrian::Waiting(model)});
  }
  pedestrian::Arrival person(std::uint32_t number, double time_s, pedestrian::JourneyRow journey) const {
    pedestrian::Arrival who;
    who.body.person = PersonId{number};
    who.body.speed = speed;
    who.journey = journey, who.entrance = west, who.time_s = time_s;
    return who;
  }
  /// `count` people, one every `apart` s.
  void stream(std::uint32_t count, double apart, pedestrian::JourneyRow journey) {
    std::vector<pedestrian::Arrival> all;
    for (std::uint32_t i = 0; i < count; ++i) all.push_back(person(i, i * apart, journey));
    venue.arrive(std::move(all));
  }
  void run_until(double time_s) { venue.run_until(time_s, arena); }
  /// Moments at which people passed a stage, in order.
  [[nodiscard]] std::vector<double> times(pedestrian::StageRow stage) const {
    std::vector<double> times;
    for (const auto& passing : venue.passings()) {
      if (passing.stage == stage) times.push_back(passing.time_s);
    }
    return times;
  }
  template <class Kind>
  [[nodiscard]] const Kind& stage(pedestrian::StageRow row) const {
    return std::get<Kind>(venue.stages()[row].does);
  }
  [[nodiscard]] Snapshot state() const {
    Snapshot snapshot;
    SnapshotWriter out(snapshot, "venue");
    venue.save(out);
    return snapshot;
  }
};

/// Whether a run of `make()` that is saved at each of these moments goes on with the same bits, up to
/// `end_s`.
template <class Make>
bool goes_on_as_saved(Make make, std::initializer_list<double> moments, double end_s) {
  for (const double moment : moments) {
    const auto whole = make(), half = make();
    whole->run_until(moment);
    const Snapshot saved = whole->state();
    half->venue.load(SnapshotReader(saved, "venue"), half->arena);
    if (half->state() != saved) return false;
    whole->run_until(end_s), half->run_until(end_s);
    if (whole->state() != half->state()) return false;
  }
  return true;
}

}  // namespace chimata::test
