/// The service itself: holds people at home, at shelters and where no way leads on. Private to this room.
#pragma once

#include <map>
#include <set>

#include "chimata/core/agenda.hpp"
#include "chimata/evacuation/evacuation.hpp"
#include "chimata/evacuation/parties.hpp"
#include "chimata/evacuation/roads.hpp"
#include "chimata/evacuation/shelter_books.hpp"

namespace chimata {

/// In a window [from, to) things happen in this order: arrivals, water at home, those who have come to where
/// their party meets, admissions, news and departures, the crews, those who look again, people stepping into
/// the street. Admissions wait until everyone who could come earlier has been handed over, one window later,
/// so that places go strictly by (moment, person).
///
/// Agendas name a party by one of its members; they look the party up when the moment has come. From a party
/// at home death may take anybody meanwhile: those agendas, and the crews, name it by its number, which stays
/// with the others when somebody is split off.
class EvacuationService final : public Process {
 public:
  EvacuationService(std::shared_ptr<const World> world, const Zones& zones, std::vector<ShelterPlan> shelters,
                    const EvacuationModel& model, const WadingModel& wading, const Fields& fields,
                    EvacuationSetting setting);

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
  static constexpr std::uint32_t kNoShelter = Destinations::kNoShelter;
  using Tried = std::set<std::uint32_t>;

  /// Where someone is, more closely than their state says.
  enum class Where : std::uint8_t {
    home,       ///< at home, or wherever they were at the start
    to_meet,    ///< on the way to where their party meets
    leaving,    ///< out of the door, not yet in the street
    on_way,     ///< with an engine
    near_door,  ///< between street and shelter
    door,       ///< at the door, waiting for companions or for room
    stuck,      ///< no way on, waiting for companions or for a way
    climbing,   ///< on the stairs at home
    up,         ///< upstairs at home
    settled,    ///< sheltered or dead
    out,        ///< at the event, or on the way there or back
    elsewhere   ///< not in town: before and after an event to which they come by train
  };
  struct News {  // someone is told of a warning
    Time time;
    PersonId person;
    std::uint32_t warning;
    bool outside = false;  ///< reaches them only while they are out
  };
  struct Readiness {
    Time time;
    PersonId person;
  };
  struct Crew {
    NodeId at;
    PartyId party;  ///< to which they are on their way, or which they bring; none while idle
  };

  // service.cpp
  void make_agendas();
  [[nodiscard]] Time next_moment() const;
  void live_through(Time moment, Outbox& outbox);
  void set_state(Time time, PersonId person, PersonState state, Outbox& outbox);
  [[nodiscard]] bool at_home(PersonId person) const;
  [[nodiscard]] Duration access_time(PartyId party, double metres) const;
  [[nodiscard]] double pace(PartyId party) const;
  [[nodiscard]] bool helpless(PartyId party) const;

  // service_home.cpp: what happens before people are out of the door
  void tell(const News& news, Outbox& outbox);
  void hear(Time time, PersonId person, Channel channel, Outbox& outbox);
  void get_ready(Time time, PersonId person, Outbox& outbox);
  void set_off_to_meet(Time time, PersonId person, Outbox& outbox);
  void join(Time time, PersonId person, Outbox& outbox);
  void tell_those_at_home(Time time, PartyId party, Outbox& outbox);
  void stop_waiting(Time time, PartyId party, Outbox& outbox);
  void try_leave(Time time, PartyId party, Outbox& outbox);
  void leave_home(Time time, PartyId party, Outbox& outbox);
  void leave_by_car(Time time, PartyId party, Outbox& outbox);
  [[nodiscard]] PartyId next_car(PartyId party);

  // service_water.cpp: water at home, and going up there
  void look_at_homes(Time now, Outbox& outbox);
  void look_at_home(Time now, PersonId person, double depth, Outbox& outbox);
  void look_upstairs(Time now, PersonId person, double depth, Outbox& outbox);
  void look_for_casualties(Time now, PersonId person, double over_floor, Outbox& outbox);
  void leave_before_water(Time now, PersonId person, Outbox& outbox);
  void act_on_urgent(Time time, PersonId person);
  [[nodiscard]] bool can_climb(PersonId person) const;
  bool household_goes_up(Time now, PersonId person, std::uint8_t how);
  void climb(Time time, PersonId person, std::uint8_t how);
  void arrive_upstairs(Time time, PersonId person, Outbox& outbox);
  [[nodiscard]] double floor_of(PersonId person) const;
  [[nodiscard]] Duration stairs_time(PersonId person, double height) const;

  // service_way.cpp: between the doors
  void take_in(const Handover& arrival, Outbox& outbox);
  void take_in_on_foot(const Handover& arrival, Outbox& outbox);
  void take_in_car(const Handover& arrival, Outbox& outbox);
  void step_out(Time time, PersonId person, Outbox& outbox);
  void hand_over(Time time, PartyId party, Outbox& outbox);
  PartyId bury(PersonId person);
  void go_on_without(Time time, PartyId party, Outbox& outbox);
  void give_up_meeting(const Handover& arrival, Outbox& outbox);
  void check_gathering(Time time, PartyId party, Outbox& outbox);
  void resolve(Time time, PartyId party, Outbox& outbox);
  void lost_way(Time time, PartyId party, Outbox& outbox);
  void go_home(Time time, PartyId party, Outbox& outbox);
  void head_for(Time time, PartyId party, std::uint32_t goal, Outbox& outbox);
  void cut_off(Time time, PartyId party, Outbox& outbox);
  void look_again(Time time, PersonId person, Outbox& outbox);

  // service_doors.cpp: at shelters
  void park(Time time, PartyId party, Outbox& outbox);
  void come_to_door(Time time, PartyId party);
  void at_door(Time time, PersonId person, Outbox& outbox);
  void admit(Time time, PartyId party, Outbox& outbox);
  void take_in_at_shelter(Time time, PartyId party, Outbox& outbox);
  void send_on(Time time, PartyId party, std::uint32_t other, Outbox& outbox);
  void spread_word(Time time, std::uint32_t full, Outbox& outbox);
  void note_redirected(Time time, PartyId party, std::uint32_t full, std::uint32_t other, Outbox& outbox);
  [[nodiscard]] bool is_full(std::uint32_t shelter) const;
  [[nodiscard]] bool takes_in(std::uint32_t shelter, Time time) const;
  [[nodiscard]] bool has_room(std::uint32_t shelter, PartyId party, Time time) const;
  [[nodiscard]] bool has_parking(std::uint32_t shelter) const;
  [[nodiscard]] float depth_at(std::uint32_t shelter) const;
  /// The nearest shelter with room from where the party stands that is not among those tried; kNoShelter if
  /// none.
  [[nodiscard]] std::uint32_t next_shelter(Time time, PartyId party, const Tried& tried);
  void count_places_left();

  // service_crews.cpp: the municipality fetches people
  void call_crew(Time time, PartyId party);
  void send_crews(Time time);
  void crew_arrives(Time time, Crew& crew, Outbox& outbox);

  // service_event.cpp: who goes to an event, is told there, and comes back
  void expect_event();
  void raise_alert(Time until);
  void follow(const Order& order, Outbox& outbox);
  void let_go(const Order& order, Outbox& outbox);
  void hear_outside(Time time, PersonId person, Channel channel, Outbox& outbox);
  void take_back(const Handover& arrival, Outbox& outbox);
  void come_home(Time time, PersonId person, Outbox& outbox);
  [[nodiscard]] bool party_waits_at_home(PersonId person) const;

  // service_records.cpp
  [[nodiscard]] std::uint8_t cause_of(PersonId person, Time time) const;

  // what does not change during a run
  std::shared_ptr<const World> world_;
  std::shared_ptr<const Population> people_;
  std::vector<ShelterPlan> shelters_;
  EvacuationModel model_;
  EvacuationSetting setting_;
  std::array<float, kPersonClasses> limit_;  // m, of wading
  const Field* homes_;
  const Field* sites_;
  Destinations destinations_;
  std::unique_ptr<Roads> roads_;  // only where somebody may drive
  Plan plan_;
  std::vector<News> news_;                            // of all who will be told, by (time, person)
  std::vector<Readiness> readiness_;                  // of all who will act, by (time, person)
  std::vector<Column<PersonId, Told>> told_outside_;  // of each warning; only with an event

  // people
  Column<PersonId, PersonState> state_;
  Column<PersonId, Where> where_;
  Column<PersonId, std::uint8_t> held_;     // 1 while they are here and with no engine
  Column<PersonId, std::uint8_t> coming_;   // 1: not yet where their party meets
  Column<PersonId, std::uint8_t> decided_;  // 1: told and willing
  Column<PersonId, std::uint8_t> ready_;
  Column<PersonId, std::uint8_t> vertical_;  // as in the table
  Column<PersonId, Travel> mode_;            // how they left
  Column<PersonId, NodeId> at_;
  Column<PersonId, PersonId> home_row_;  // whose home's water they stand in
  Column<PersonId, PersonId> helper_;    // who brought them
  Column<PersonId, Time> departed_, sheltered_, caught_, upstairs_, seen_;  // kNotYet: has not happened
  Column<PersonId, Channel> seen_by_;                                       // how they learned at `seen_`
  Column<PersonId, Time> waiting_since_;                                    // kNotYet: not waiting
  Column<PersonId, std::int64_t> waited_;                                   // ms
  Column<PersonId, std::uint32_t> redirects_;

  Parties parties_;
  std::map<PartyId, Tried> tried_;  // shelters to which no way was found since the last look
  ShelterBooks books_;
  std::uint64_t places_left_ = 0;  // in all usable shelters together; follows from the books

  Census held_by_state_{};
  std::size_t next_news_ = 0, next_readiness_ = 0, next_alert_ = 0;
  std::uint64_t homes_seen_ = 0;  // version of the field last looked at
  std::vector<Crew> crews_;
  std::vector<PartyId> calls_;  // of parties that wait for a crew, first come first served
  Agenda into_street_, at_door_, again_, joins_, gathering_, climbing_;
  Agenda overdue_, bereaved_;      // of parties, by number
  Agenda crews_out_, crews_back_;  // of crews, by number
};

}  // namespace chimata
