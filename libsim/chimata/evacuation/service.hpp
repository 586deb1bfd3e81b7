/// The service itself: holds people at home, at shelters and where no way leads on. Private to this room.
#pragma once

#include <map>
#include <set>

#include "chimata/evacuation/agenda.hpp"
#include "chimata/evacuation/decisions.hpp"
#include "chimata/evacuation/destinations.hpp"

namespace chimata {

/// In a window [from, to) things happen in this order: arrivals, water at home, admissions, warnings,
/// departures, those who look again, people stepping into the street. Admissions wait until everyone who
/// could come earlier has been handed over, one window later, so that places go strictly by (moment, person).
class EvacuationService final : public Process {
 public:
  EvacuationService(std::shared_ptr<const World> world, const Zones& zones, std::vector<ShelterPlan> shelters,
                    const EvacuationModel& model, const WadingModel& wading, const Fields& fields,
                    ProcessIndex walking);

  [[nodiscard]] std::string_view name() const override { return "evacuation"; }
  [[nodiscard]] Time next_event() const override;
  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena& arena) override;
  void count(Census& census) const override;
  void record(Time time, TableSet& tables) override;
  void finish(Time time, TableSet& tables) const override;
  void save(SnapshotWriter& out) const override;
  void load(const SnapshotReader& in) override;

 private:
  static constexpr Time kNotYet = Time::min();
  struct Departure {
    Time time;
    PersonId person;
  };

  void take_in(const Handover& arrival, Outbox& outbox);
  void look_at_homes(Time now, Outbox& outbox);
  void warn(std::size_t warning, Outbox& outbox);
  void leave_home(Time time, PersonId person, Outbox& outbox);
  void step_out(Time time, PersonId person, Outbox& outbox);
  void admit(Time time, PersonId person, Outbox& outbox);
  void look_again(Time time, PersonId person, Outbox& outbox);
  void take_in_at_shelter(Time time, PersonId person, Outbox& outbox);
  void count_places_left();
  void cut_off(Time time, PersonId person, Outbox& outbox);
  void set_state(Time time, PersonId person, PersonState state, Outbox& outbox);

  [[nodiscard]] bool at_home(PersonId person) const;
  [[nodiscard]] bool has_decided(PersonId person) const {
    return decisions_.heeds[person] != 0 && decisions_.heeds[person] <= warned_;
  }
  [[nodiscard]] bool has_room(std::uint32_t shelter) const;
  [[nodiscard]] float depth_at(std::uint32_t shelter) const;
  /// The nearest shelter with room from where the person stands that is not among those tried; kNoShelter if
  /// none.
  [[nodiscard]] std::uint32_t next_shelter(PersonId person, const std::set<std::uint32_t>& tried);
  /// Time it takes to walk `metres` between a street and a door.
  [[nodiscard]] Duration access_time(PersonId person, double metres) const;

  // what does not change during a run
  std::shared_ptr<const World> world_;
  std::vector<ShelterPlan> shelters_;
  EvacuationModel model_;
  std::array<float, kPersonClasses> limit_;  // m, of wading
  const Field* homes_;
  const Field* sites_;
  ProcessIndex walking_;
  Decisions decisions_;
  Destinations destinations_;
  std::vector<Departure> departures_;  // of all who will decide, by (time, person)

  // people
  Column<PersonId, PersonState> state_;
  Column<PersonId, std::uint8_t> held_;  // 1 while they are here and not walking
  Column<PersonId, NodeId> at_;
  Column<PersonId, std::uint32_t> goal_;                  // shelter they head for or are in
  Column<PersonId, Time> departed_, sheltered_, caught_;  // kNotYet: has not happened
  Column<PersonId, std::uint32_t> redirects_;
  std::map<PersonId, std::set<std::uint32_t>>
      tried_;  // shelters to which no way was found since the last look

  // shelters
  std::vector<std::uint32_t> occupancy_, turned_away_;
  std::uint64_t places_left_ = 0;  // in all usable shelters together; follows from occupancy_

  Census held_by_state_{};
  std::size_t warned_ = 0;          // warnings given
  std::size_t next_departure_ = 0;  // of departures_
  std::uint64_t homes_seen_ = 0;    // version of the field last looked at
  Agenda into_street_, at_door_, again_;
};

}  // namespace chimata
