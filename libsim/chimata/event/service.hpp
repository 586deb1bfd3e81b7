/// The service "event": its state. Private to this room.
#pragma once

#include <limits>
#include <map>
#include <vector>

#include "chimata/core/agenda.hpp"
#include "chimata/event/plan.hpp"

namespace chimata {

class EventService final : public Process {
 public:
  EventService(std::shared_ptr<const World> world, const EventModel& model, const EventSetting& setting);

  [[nodiscard]] std::string_view name() const override { return "event"; }
  [[nodiscard]] Time next_event() const override;
  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena& arena) override;
  void count(Census& census) const override;
  void record(Time time, TableSet& tables) override;
  void finish(Time time, TableSet& tables) const override;
  void save(SnapshotWriter& out) const override;
  void load(const SnapshotReader& in) override;

 private:
  enum class Phase : std::uint8_t {
    at_home,    ///< before they come, and when they are back
    coming,     ///< on the streets to a gate
    inside,     ///< in the area
    leaving,    ///< in the area, on the way out
    going,      ///< on the streets home
    platform,   ///< waits for a train
    stuck,      ///< no way leads on
    evacuated,  ///< in the care of the home keeper, who asked for them
    casualty,   ///< swept away, or overcome by smoke
    driving_in,
    parked,  ///< gets out, and onto the street
    at_car,  ///< waits for the others of the party
    boarding,
    driving_out
  };
  /// What somebody has gone through.
  struct Fate {
    Time came = kNever;     ///< at the gate
    Time out = kNever;      ///< through the gate again
    Time home = kNever;     ///< home, or on a train
    Time set_out = kNever;  ///< from their place, or turned round at the gate
    GateRow gate_out = 0;
    NodeId at;  ///< where they are stuck
    Phase phase = Phase::at_home;
    std::uint8_t told = 0;       ///< 1: of a warning, at the event
    std::uint8_t wanted = 0;     ///< 1: the home keeper has asked for them
    Phase was = Phase::at_home;  ///< when they got stuck
    std::uint8_t came_out = 0;   ///< 1: left home, or the station, for the event
    std::uint8_t unused[3] = {0, 0, 0};
  };
  static_assert(sizeof(Fate) == 48);
  enum class Car : std::uint8_t { away, parked, lost, gone };  ///< gone: home again
  static constexpr std::uint32_t kStaysHome = 0xffffffffu;

  [[nodiscard]] const FocusArea& site() const { return world_->areas.front(); }
  void find_rows();
  /// Keeps to a pace on the streets that is less than their own.
  void keep_pace(Handover& on_foot) const;
  /// "" if nobody says.
  [[nodiscard]] std::string kind_of(PersonId person) const;
  void write_kinds(TableSet& tables) const;
  void take_in(const Handover& arrival, Outbox& outbox);
  void come(Handover from_home, Outbox& outbox);
  void go_to_gate(Handover from, Outbox& outbox);
  void enter(const Handover& arrival, Outbox& outbox);
  void come_out(const Handover& arrival, Outbox& outbox);
  void lose(Handover arrival, Outbox& outbox);
  void leave_home(Time time, PersonId person, Outbox& outbox);
  void set_out(Time time, PersonId person, Outbox& outbox);
  void go_home(const Handover& from, Outbox& outbox);
  void arrive(Time time, std::uint32_t row, Outbox& outbox);
  void board(Time train, Outbox& outbox);
  void hand_home(Time time, std::uint32_t row, Outbox& outbox);
  void set_phase(std::uint32_t row, Phase phase);
  static void log_state(Time time, PersonId person, PersonState state, Outbox& outbox);

  // service_cars.cpp
  /// Hands somebody to the road, in the car of `from.leader`.
  void drive(Handover from, NodeId goal, Phase phase, Outbox& outbox);
  void park(const Handover& arrival, Outbox& outbox);
  void get_out(Handover arrival, Outbox& outbox);
  void reach_car(Time time, std::uint32_t row, Outbox& outbox);
  void look_for_others(Time time, std::uint32_t row);
  void act_at_car(Time time, PersonId person, Outbox& outbox);
  void drive_off(Time time, PartyRow party, Outbox& outbox);
  void record_car_parks(Time time, TableSet& tables);
  [[nodiscard]] bool has_car(std::uint32_t row) const;
  [[nodiscard]] const CarPark& car_park(std::uint32_t row) const;
  [[nodiscard]] Duration at_park(std::uint32_t row) const;

  // service_stuck.cpp
  /// No way leads on: by another gate, or they wait and look again.
  void lose_way(const Handover& arrival, Outbox& outbox);
  void go_to_other_gate(const Handover& arrival, Outbox& outbox);
  void wait_for_way(const Handover& arrival);
  void look_again(Time time, PersonId person, Outbox& outbox);
  void drive_again(Time time, PartyRow party, Outbox& outbox);
  /// Whether they would only turn round at the gate.
  [[nodiscard]] bool too_late(Time time, std::uint32_t row) const;

  // service_warning.cpp
  void look_at_warnings(Time now);
  void look_at_smoke(Time now);
  void stop(Time now);
  /// Companions hear it, or not, together.
  [[nodiscard]] bool reached_by_announcement(const Visit& visit) const;
  void hear(Time time, PersonId person, Outbox& outbox);
  void tell_home_keeper(Time time, std::uint32_t row, Outbox& outbox);
  void hand_over_wanted(const Order& order, Outbox& outbox);
  void hand_on(Handover from, Outbox& outbox);

  [[nodiscard]] GateRow gate_out(Time now, const Visit& visit);
  /// By which others of their group leave already.
  [[nodiscard]] std::optional<GateRow> gate_of_company(const Visit& visit) const;
  /// As the streets are now.
  [[nodiscard]] const GateWays& ways(Time now);
  [[nodiscard]] Time next_train() const;
  /// Where their way on foot from the event ends: at home, at the station, at the car.
  [[nodiscard]] NodeId way_back(std::uint32_t row) const;

  std::shared_ptr<const World> world_;
  EventModel model_;
  EventSetting setting_;
  GateWays ways_;
  VisitPlan plan_;
  Column<PersonId, std::uint32_t> row_of_;  ///< kStaysHome for those who do not come
  std::vector<std::uint32_t> by_group_;     ///< rows of those who come in groups, one group after the other

  std::vector<Fate> fates_;
  std::vector<Car> cars_;                                ///< by party
  std::vector<std::int64_t> leaving_by_;                 ///< by gate: told to use it and not out yet
  std::vector<std::uint32_t> waiting_;                   ///< rows on the platform, first come first
  std::map<std::uint32_t, std::vector<GateRow>> tried_;  ///< by row: gates to which no way led, this time
  Agenda leave_home_, set_out_, announced_;
  Agenda again_;                     ///< who is stuck and looks for a way again
  Agenda at_car_;                    ///< who is ready to walk off, or to drive off with their party
  Time last_boarded_{};              ///< trains up to here have left
  Time stopped_ = kNever;            ///< when a warning or smoke ended the event
  bool by_smoke_ = false;            ///< it was smoke, and no warning since
  std::uint64_t warnings_seen_ = 0;  ///< version of the field last looked at
  std::uint64_t smoke_seen_ = 0;     ///< likewise; not looked at any more once the event is over
  std::int64_t boarded_ = 0;
  std::int64_t at_home_ = 0, held_up_ = 0, dead_ = 0, getting_out_ = 0;  ///< who is held now
};

}  // namespace chimata
