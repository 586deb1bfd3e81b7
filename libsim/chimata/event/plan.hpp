/// Who comes, when and to which place. Private to this room.
#pragma once

#include <array>
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
  /// m straight from a gate to a spot; infinite if barriers or buildings always stand in between.
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
  std::uint8_t guided = 0;
  std::uint16_t pace_mm_s = 0;  ///< walks no faster: with what they push, with the slowest of a group; 0: own
  std::uint32_t group = 0;      ///< 1 + the person who decides for their group; 0: comes with nobody
  Time leaves_home{};           ///< or comes out of the station, or into the town
  Time sets_out{};              ///< for home
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

/// Somebody who comes, and the group they come in, as in `Visit`.
struct Comer {
  PersonId person;
  std::uint32_t group = 0;
};

/// Everybody who comes, by person. Those in cars are in no group yet. @throws InputError as `make_event`
[[nodiscard]] std::vector<Comer> who_comes(const World& world, const EventModel& model,
                                           const EventSetting& setting, const GateWays& ways);

/// How large groups are: drawn so that the shares of `EventModel::groups` are of people, not of groups.
class GroupSizes {
 public:
  /// @throws InputError for a size that is none
  explicit GroupSizes(const std::vector<std::string>& written);
  [[nodiscard]] bool any() const { return !sizes_.empty(); }
  /// 1 if nobody says.
  [[nodiscard]] std::uint32_t of(PersonId decides, Random random) const;

 private:
  std::vector<std::uint32_t> sizes_;
  std::vector<double> up_to_;  ///< share of groups of this size and those before
};

/// Residents near enough to come, by row.
[[nodiscard]] std::vector<PersonId> residents_near(const World& world, const EventModel& model,
                                                   const VisitorRows& visitors, const GateWays& ways);
/// As `check_event`.
/// @param near  residents who live near enough
void check_attendance(const World& world, const EventModel& model, const VisitorRows& visitors,
                      const GateWays& ways, std::span<const PersonId> near);

/// How many of each class are to come among so many residents: all of any class without kinds.
[[nodiscard]] std::array<std::size_t, kPersonClasses> wanted_by_class(const VisitorKinds* kinds,
                                                                      std::size_t residents);

/// Everybody who comes. @throws InputError as `make_event`
[[nodiscard]] VisitPlan plan_visits(const World& world, const EventModel& model, const EventSetting& setting,
                                    const GateWays& ways);

/// Whose plan somebody's is: of their group, or their own.
[[nodiscard]] const Visit& company(const VisitPlan& plan, const Visit& visit);
/// m/s on the streets: their own, or the pace they keep.
[[nodiscard]] double walking_speed(const World& world, const Visit& visit);

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
