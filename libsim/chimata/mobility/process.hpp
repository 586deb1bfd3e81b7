/// The contract that every sector keeps: how people and orders pass between processes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/id.hpp"
#include "chimata/core/parallel.hpp"
#include "chimata/core/table.hpp"
#include "chimata/core/time.hpp"
#include "chimata/mobility/field.hpp"

namespace chimata {

/// Everyone is in exactly one of these at any moment.
enum class PersonState : std::uint8_t {
  home,            ///< at home, with no intention to leave (yet)
  preparing,       ///< decided to leave, not out of the door
  travelling,      ///< on the way
  waiting,         ///< at a place, waiting for a decision or for room
  sheltered,       ///< in a place of safety
  stranded,        ///< caught by the hazard on the way, cannot move
  cut_off,         ///< safe for now but no way leads on
  caught_at_home,  ///< the hazard reached the home before they left
  upstairs,        ///< went up in a building, above the water (垂直避難)
  casualty,        ///< swept away or drowned; never moves again
  visiting         ///< at a place for its own sake: an event
};
inline constexpr int kPersonStates = 11;
[[nodiscard]] std::string_view name_of(PersonState state);

/// People per state.
using Census = std::array<std::int64_t, kPersonStates>;

/// Who holds a person: an index into the kernel's list of processes.
using ProcessIndex = std::uint8_t;

/// As the receiver of a handover: whoever gave the person to the process that hands them on. Engines give
/// people back so, whichever service they came from.
inline constexpr ProcessIndex kGiver = 254;
/// As the receiver of an order: whoever holds the person.
inline constexpr ProcessIndex kHolder = 255;

/// How much someone knows of the state of the streets.
enum class Knowledge : std::uint8_t {
  map_only,  ///< the usual map; learns of a closed street when standing before it
  informed   ///< current closures and water, everywhere
};

/// Why an engine gives somebody back.
enum class HandoverReason : std::uint8_t {
  arrived,     ///< at the goal
  no_way,      ///< no way leads on from where they are
  left_car,    ///< stepped out of a car that stays on the road: stalled in water, or stuck for too long
  on_request,  ///< an order took them out
  swept_away,  ///< by water; handed over as a casualty, so that whoever keeps their records knows
  overcome  ///< by smoke and gases; handed over as a casualty likewise, while their body lies where it fell
};

/// A person changes hands. Sorted by (time, person); delivered in the next window.
///
/// People who share a vehicle are handed over one by one at the same moment; `leader` names the driver in all
/// of them, the driver's own included. To an area it names the group that they stay together with.
struct Handover {
  Time time;  ///< exact moment; the receiver catches up from it
  PersonId person;
  NodeId at;                   ///< where they are, or the node ahead of them when they are on a link
  NodeId goal;                 ///< where they want to go; none for "decide for them"
  PersonId leader = {};        ///< who drives or leads them; none for people by themselves
  LinkId on = {};              ///< the link they stand on, or none at a node
  std::uint32_t along_mm = 0;  ///< mm from the tail of `on`
  Knowledge knowledge = Knowledge::map_only;
  ProcessIndex to = 0;                          ///< who takes over
  PersonState state = PersonState::travelling;  ///< in which state the receiver has to take them
  HandoverReason reason = HandoverReason::arrived;
  std::uint16_t pace_mm_s = 0;             ///< walks no faster, for companions or with a load; 0: own speed
  std::array<std::uint8_t, 2> reserved{};  ///< no padding, so that snapshots compare byte by byte
};
static_assert(sizeof(Handover) == 40);

/// A message about one person, to whoever holds them or to the process it names.
struct Order {
  enum class Kind : std::uint8_t {
    head_for,   ///< go to another goal
    hand_over,  ///< give them to `hand_to` as soon as you can, where they are; reason `on_request`
    told        ///< to a service: they have been told of the danger at the event
  };
  Time time;
  PersonId person;
  NodeId goal = {};  ///< to head for
  Knowledge knowledge = Knowledge::map_only;
  Kind kind = Kind::head_for;
  ProcessIndex to = kHolder;
  ProcessIndex hand_to = 0;
  std::array<std::uint8_t, 4> reserved{};  ///< no padding
};
static_assert(sizeof(Order) == 24);

/// Something that happened to a person; the event log is the second, independent count of everyone.
struct Event {
  enum class Kind : std::uint8_t {
    state_change,  ///< value: the new PersonState
    warned,        ///< value: alert level
    redirected,    ///< place: the full shelter; value: the new goal
    turned_back,   ///< place: the link on which they turned
    squeezed,      ///< place: the full link that they entered all the same after waiting too long
    told,          ///< learned of the danger; value: the channel
    chose_mode,    ///< value: the Mode by which they leave
    left_car,      ///< place: the link on which the car stays; value: 1 stalled in water, 0 stuck
    helped,        ///< value: who helps them
    gridlocked     ///< a driver in a ring of full links that waits for itself; place: the link
  };
  static constexpr int kKinds = static_cast<int>(Kind::gridlocked) + 1;
  Time time;
  PersonId person;
  Kind kind = Kind::state_change;
  std::uint32_t place = NodeId::none_value;
  std::uint32_t value = 0;
};

/// As a reader of tables sees it, e.g. "left car".
[[nodiscard]] std::string_view name_of(Event::Kind kind);

/// What a process gets at the start of a window.
struct Inbox {
  std::span<const Handover> arrivals;  ///< people handed to it, by (time, person)
  std::span<const Order> orders;       ///< for it or for people it holds, by (time, person)
};

/// What a process gives at the end of a window, in any order: the kernel sorts.
struct Outbox {
  std::vector<Handover> departures;
  std::vector<Order> orders;
  std::vector<Event> events;
};

/// Something that advances with the clock.
///
/// Three roles, one contract. An *engine* moves people, a *service* decides for them and sends orders, a
/// plain *process* advances a field and holds nobody.
///
/// Contract, checked for every process by tests/mobility/process_conformance.hpp:
///   1. advance() reads only its own state, its inbox, the world and the fields of the last exchange.
///   2. Whoever was handed over stays until handed on; nobody is created or lost.
///   3. The outcome does not depend on the number of threads.
///   4. Every change of someone's state is logged as an Event, at its exact moment.
///   5. save + load + advance equals advance.
class Process {
 public:
  Process() = default;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  virtual ~Process() = default;

  /// Unique among the processes of a simulation, e.g. "walking".
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// The next moment at which it has something to do by itself; kNever if only a message can wake it.
  /// It is called in the one-second window that holds this moment; windows in which nobody has anything to
  /// do are skipped.
  [[nodiscard]] virtual Time next_event() const = 0;

  /// Called once, with everybody `people` at home and held by the process that claims them.
  virtual void start(Outbox&) {}
  /// Advances to `window.to`.
  virtual void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena& arena) = 0;

  /// Adds those it holds to `census`, by state: the first of two counts.
  virtual void count(Census&) const {}
  /// Appends to its result tables; called every recording interval and once at the end.
  virtual void record(Time, TableSet&) {}
  /// Writes what is known only at the end, one row per person or link, into its result tables.
  virtual void finish(Time, TableSet&) const {}

  virtual void save(SnapshotWriter&) const = 0;
  virtual void load(const SnapshotReader&) = 0;
};

}  // namespace chimata
