/// Who comes, when and to which place. Private to this room.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/event/event.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata {

using GateRow = std::uint32_t;

/// Closes the links that order closes to vehicles or people of a `mode` at a moment. Where people on foot
/// wait before a gate of the street the way is open to them.
void close_by_order(LinkCosts& costs, const std::vector<Closure>& closures, ModeMask mode, Time when);

/// Ways on foot between the streets and the gates of an area, by streets that are open at a moment.
class GateWays {
 public:
  GateWays(const World& world, Time when);
  /// While they stay as they are: no closure begins or ends.
  [[nodiscard]] const Window& good() const { return good_; }
  /// m from a node of the streets to the line of a gate, or back; infinite if there is no way.
  [[nodiscard]] double metres(GateRow gate, NodeId node) const { return metres_[gate][node]; }
  /// m straight from a gate to a spot.
  [[nodiscard]] double to_spot(GateRow gate, std::uint32_t spot) const;
  /// m to the nearest gate that lets people in; infinite if there is no way.
  [[nodiscard]] double nearest_way_in(NodeId node) const;
  /// The gate that people come in by on their way from a node to a spot, `but` for some; none of them
  /// (`size()`) if there is no way.
  [[nodiscard]] GateRow way_in(NodeId from, std::uint32_t spot, std::span<const GateRow> but = {}) const;
  [[nodiscard]] std::size_t size() const { return metres_.size(); }

 private:
  const FocusArea* site_;
  Window good_;
  std::vector<Column<NodeId, double>> metres_;
  std::vector<Point> middle_;  ///< of spots
};

enum class ComesBy : std::uint8_t { foot, train, car };

using PartyRow = std::uint32_t;
inline constexpr PartyRow kAlone = 0xffffffffu;

/// One person who comes.
struct Visit {
  PersonId person;
  std::uint32_t spot = 0;  ///< of the area
  GateRow gate_in = 0;
  PartyRow party = kAlone;  ///< with whom they share a car
  ComesBy by = ComesBy::foot;
  std::uint8_t guided = 0, unused[6] = {0, 0, 0, 0, 0, 0};
  Time leaves_home{};  ///< or comes out of the station, or into the town
  Time sets_out{};     ///< for home
};
static_assert(sizeof(Visit) == 40);

/// People who share a car: rows of visits one after the other, the driver first.
struct Party {
  std::uint32_t first = 0, people = 0;
  std::uint32_t park = 0;  ///< row of the car parks
  std::uint32_t unused = 0;
  Duration drive{};  ///< there, on empty roads
};
static_assert(sizeof(Party) == 24);

struct VisitPlan {
  std::vector<Visit> visits;  ///< by person
  std::vector<Party> parties;
};

/// Residents near enough to come, by row.
[[nodiscard]] std::vector<PersonId> residents_near(const World& world, const EventModel& model,
                                                   const VisitorRows& visitors, const GateWays& ways);
/// As `check_event`.
/// @param near  how many residents live near enough
void check_attendance(const World& world, const EventModel& model, const VisitorRows& visitors,
                      const GateWays& ways, std::size_t near);

/// Everybody who comes. @throws InputError as `make_event`
[[nodiscard]] VisitPlan plan_visits(const World& world, const EventModel& model, const EventSetting& setting,
                                    const GateWays& ways);

/// Where on the streets somebody's way on foot to the event begins and ends.
[[nodiscard]] NodeId foot_end(const World& world, const EventSetting& setting, const VisitPlan& plan,
                              const Visit& visit);

/// Puts those who come by car into parties. Their car parks are not chosen yet.
void form_parties(const World& world, double persons_per_car, VisitPlan& plan);
/// Gives each party the car park that is quickest for it of those with room, by streets that are open at the
/// `start`, in the order of `due`, by row of visits. @throws InputError if no way leads there and back
void choose_car_parks(const World& world, const EventSetting& setting, const GateWays& ways,
                      const std::vector<Time>& due, Time start, VisitPlan& plan);

}  // namespace chimata
