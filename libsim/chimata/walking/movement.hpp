/// A tick of walking along the links, before anybody changes link.
#pragma once

#include <algorithm>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/walking/journal.hpp"
#include "chimata/walking/roadside.hpp"
#include "chimata/walking/streets.hpp"
#include "chimata/walking/walker.hpp"

namespace chimata::walking {

/// Everything that walking keeps, but for its rules.
struct State {
  const WalkingModel& model;
  const Streets& streets;
  Routes& routes;
  Lanes lanes;
  Column<PersonId, Stay> stays;
  Journal journal;
  Roadside roadside;
  [[nodiscard]] bool is_link(Lane lane) const { return lane < streets.network().link_count(); }
};

/// A second of simulated time, or less at the end of a run.
struct Tick {
  double from, to;  ///< s
};

/// Somebody who turned back; already as on the way back.
struct Turn {
  LinkId back;
  Walker walker;
};

/// Somebody whom the water took off their feet; already off the link.
struct Loss {
  LinkId link;
  Walker walker;  ///< its clock is the moment
};

/// What a block of lanes has to tell after moving.
struct Notes {
  std::vector<Event> events;
  std::vector<Turn> turns;
  std::vector<Loss> losses;
};

/// Share of the width that the people on `link` have, by their number, at least a quarter.
[[nodiscard]] inline double share_of_width(std::uint32_t own, std::uint32_t oncoming) {
  return oncoming == 0 ? 1 : std::clamp(double(own) / (double(own) + oncoming), 0.25, 0.75);
}

/// Below this density nobody is in anybody's way and speed is exactly free, persons/m²; Weidmann's curve is
/// within 1e-8 of free speed there.
inline constexpr double kFreeDensity = 0.1;

/// Speed as a share of free speed among `others` people besides oneself on `area` m².
[[nodiscard]] double crowd_factor(const WalkingModel& model, double others, double area);

/// Moves everybody on `lanes` up to `tick.to`, or into the queue at the end of their link. Each block writes
/// only its own lanes; those who turn back are taken off and noted. `whole` marks the first pass of a tick,
/// in which everybody moves and traffic is measured.
void move_lanes(State& state, const std::vector<Lane>& lanes, Tick tick, bool whole, Arena& arena,
                std::vector<Notes>& notes);

/// New speeds by CrowdWalk's forces from the positions at the start of the tick.
struct Passage {
  LinkId from, to;
  double moment;  ///< s
};
void crowdwalk_speeds(State& state, const std::vector<Passage>& passages, Tick tick, Arena& arena);

}  // namespace chimata::walking
