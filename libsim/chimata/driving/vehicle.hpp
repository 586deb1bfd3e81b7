/// One vehicle, the ring of places on a link, and what the two ends of a link keep.
#pragma once

#include <cstdint>
#include <limits>

#include "chimata/core/id.hpp"
#include "chimata/mobility/process.hpp"

namespace chimata::driving {

using VehicleRow = std::uint32_t;
inline constexpr VehicleRow kNobody = std::numeric_limits<VehicleRow>::max();
inline constexpr double kForever = std::numeric_limits<double>::infinity();

// what a vehicle at the end of its link wants, where it is no link
inline constexpr LinkId kUndecided = LinkId::none();  ///< has not looked yet
inline constexpr LinkId kArrives{0xFFFFFFFEu};        ///< leaves the road at this node
inline constexpr LinkId kNoWay{0xFFFFFFFDu};          ///< gives up at this node: no way leads on
inline constexpr LinkId kLearns{0xFFFFFFFCu};         ///< waits for news within the tick
[[nodiscard]] constexpr bool is_link(LinkId wish) {
  return wish < kLearns;
}

/// A place in the ring of a link. While vehicle number k of the link is on it, slot k mod size holds the
/// vehicle; from its exit until vehicle k + storage enters, it holds when the gap that it left set out
/// backwards. So a link needs exactly as many slots as it holds vehicles.
struct Slot {
  double time = -kForever;  ///< s, earliest exit at free speed; after the exit, when that was
  VehicleRow vehicle = kNobody;
  LinkId next = kUndecided;
};
static_assert(sizeof(Slot) == 16);

/// Cold beside `Slot`: touched once per link, and then not in the cache: hence half a line of it and no more.
struct alignas(32) Vehicle {
  double since = 0;               ///< s, entered its link, or wants to start
  std::uint32_t guide = 0;        ///< by goal: the goal's row; fixed: where the rest of its route begins
  std::uint32_t state = kNobody;  ///< turn state of its link, by goal only; kNobody beside the road
  VehicleRow behind = kNobody;    ///< next of those who wait beside the road to start onto the same link
  float distance = 0;             ///< m, links finished
  float free_time = 0;            ///< s that they take when empty and dry, as on the map
  Knowledge knowledge = Knowledge::map_only;
  std::uint8_t fixed = 0;       ///< 1 with a fixed route
  std::uint8_t present = 0;     ///< 1 while on the way, or about to start
  std::uint8_t perception = 0;  ///< how its driver, once informed, sees travel times: a row of `Perceptions`
};
static_assert(sizeof(Vehicle) == 32);

/// What changes on a link. The node upstream writes its part when somebody enters, the node downstream its
/// own when somebody leaves; each reads of the other only what was published after the last round.
struct LinkQueue {
  // upstream
  double last_entry = -kForever;
  double open_from = -kForever;  ///< s, room for the next and headway kept; kForever while there is no room
  double entry_sum = 0;          ///< s, moments of all entries of the interval
  std::uint64_t clock = 0;       ///< of the merge into this link
  std::uint32_t entered = 0;     ///< vehicles ever
  std::uint32_t entry_slot = 0;
  std::uint32_t left_seen = 0;
  VehicleRow first_waiting = kNobody, last_waiting = kNobody;  ///< beside the road, to start here
  // downstream
  std::uint32_t left = 0;  ///< vehicles ever
  std::uint32_t exit_slot = 0;
  std::uint32_t entered_seen = 0;
  double last_exit = -kForever;
  double exit_sum = 0;       ///< s, moments of all exits of the interval
  double travel_sum = 0;     ///< s spent on the link by all who left in the interval
  std::uint8_t starved = 0;  ///< upstream: somebody waits for room
  std::uint8_t unused[7] = {0, 0, 0, 0, 0, 0, 0};
};
static_assert(sizeof(LinkQueue) == 96);

}  // namespace chimata::driving
