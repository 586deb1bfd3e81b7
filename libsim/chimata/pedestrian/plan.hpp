/// What somebody in a venue is up to.
#pragma once

#include <cstdint>

#include "chimata/geo/point.hpp"
#include "chimata/pedestrian/levels/flight_law.hpp"
#include "chimata/wayfinding/ways.hpp"

namespace chimata::pedestrian {

using StageRow = std::uint32_t;
using JourneyRow = std::uint32_t;
inline constexpr std::uint32_t kNoRow = 0xffffffffu;  ///< no journey, stage, train or group
inline constexpr std::uint32_t kAlone = kNoRow;       ///< in no group
inline constexpr Target kToSpot = 0xffffffffu;        ///< straight to `Plan::spot`

inline constexpr double kOnSpot = 0.1;  ///< m; nearer to their spot than this nobody shuffles about (C)

inline constexpr std::uint32_t kRides = 2;  ///< `Plan::held`: in a cabin, not in the crowd

/// Kept by the venue for everybody who is here or expected.
struct Plan {
  JourneyRow journey = kNoRow;  ///< none: neither here nor expected
  std::uint32_t leg = 0;        ///< place in the journey
  StageRow stage = kNoRow;      ///< none: still to be chosen among those of the leg
  Target target = 0;            ///< walks there, or straight to the spot
  std::uint32_t group = kAlone;
  std::uint32_t row = kNoRow;  ///< in the crowd; good until somebody leaves or the crowd moves
  std::uint32_t lost = 1;      ///< 1: has to look for the way before the next move
  std::uint32_t inside = 0;    ///< 1: in the area
  double starts_s = 0;         ///< stands until then
  double dwell_s = -1;         ///< in every waiting area; below 0: as its law says
  double held_up = 0;  ///< 0 walks freely .. 1 stands; fades slowly, for crowds move by fits and starts
  Point spot;          ///< given by a stage
  double closest = 0, since_s = 0;  ///< m to the spot at best so far, and since when; to a goal: at last
  std::uint32_t thereabouts = 0;    ///< 1: stands wherever the way to the spot is barred
  std::uint32_t undecided = 0;      ///< 1: has yet to choose among the stages of the leg
  Mobility mobility = Mobility::adult;
  // in a building of several levels
  std::uint32_t via = kNoRow;       ///< passage that they head for; none: straight to the target
  std::uint32_t admitted = kNoRow;  ///< passage that lets them on
  std::uint32_t held = 0;           ///< 1: stands before the passage until it lets them on; kRides
  std::uint32_t sees_leader = 0;    ///< 1: walks straight up to the leader of their group
  // with others in between
  std::uint16_t steps_aside = 0;  ///< 1: before somebody face to face, as of `Standoffs`
  std::uint16_t chain = 0;        ///< made way for somebody who is stuck (1), who made way for those (2), …
  double stood_s = 0;             ///< without coming nearer, as of `count_standstill`
  double asks_until_s = -1;       ///< others to make way, as of `MakingWay`
  double aside_until_s = -1;      ///< stands aside for others
  Point aside;                    ///< there
  Point place;                    ///< that they took: `spot`, until others barred the way back to it

  [[nodiscard]] bool makes_way(double now) const { return target == kToSpot && now < aside_until_s; }
};
static_assert(sizeof(Plan) == 176, "saved as it is: no padding");

}  // namespace chimata::pedestrian
