/// An area with people who come, go from stage to stage, and leave.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/random.hpp"
#include "chimata/pedestrian/choice.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/crowding.hpp"
#include "chimata/pedestrian/entrance.hpp"
#include "chimata/pedestrian/groups.hpp"
#include "chimata/pedestrian/journey.hpp"
#include "chimata/pedestrian/levels/storeys.hpp"
#include "chimata/pedestrian/making_way.hpp"
#include "chimata/pedestrian/standoffs.hpp"
#include "chimata/pedestrian/surroundings.hpp"
#include "chimata/wayfinding/ways.hpp"

namespace chimata::pedestrian {

/// Somebody, and when they do what.
struct Visitor {
  Newcomer body;
  std::uint32_t journey = 0;
  double enters_s = 0;  ///< appears at body.at
  double starts_s = 0;  ///< begins to walk: reaction, pre-movement time
  std::uint32_t group = kAlone;
  Mobility mobility = Mobility::adult;  ///< on stairs
  double dwell_s = -1;                  ///< s in every waiting area; below 0: as the law of the area says
  bool leads = false;                   ///< their group: see `Groups`
};

struct VenueModel {
  double dt = 0.01;         ///< s
  double clearance = 0.3;   ///< m that people keep from corners when they choose their way
  double look_every = 0.5;  ///< s between two looks for a shorter way
  double reach = 0.1;       ///< m between body and stage at which it is reached
  double together = 2;      ///< m by which people are ahead of the last of their group at most, above 0 (C)
  std::uint64_t seed = 1;   ///< of all that is drawn: spots at entrances, service times, branches
  bool step_aside = false;  ///< of two who stand face to face, collision_free: as of `Standoffs`
  bool make_way = false;    ///< of who waits in an area or on a platform, for who is stuck: as of `MakingWay`
  bool quickest = false;    ///< ways round places where people are held up, instead of the shortest ones
  Laws laws = {};           ///< constants of the laws people move by
};

/// People in one area. Everything that happens is in the order of (time, person), whatever the number of
/// threads and the order in which people were added.
class Venue {
 public:
  /// @throws InputError for a model that makes no sense
  explicit Venue(std::shared_ptr<const Area> area, const VenueModel& model = {});

  /// A building of several levels: all places are in the plane of `building->area()`.
  /// @param flights    how people move on its flights, by row; fewer: stairs inside a building
  /// @param elevators  its elevators, by shaft; fewer: usual ones
  /// @throws InputError for a model that makes no sense
  explicit Venue(std::shared_ptr<const Levels> building, const std::vector<FlightModel>& flights = {},
                 const std::vector<ElevatorModel>& elevators = {}, const VenueModel& model = {});

  /// @throws InputError if the stage does not touch the area, or what it does makes no sense
  StageRow add_stage(Stage stage);
  /// Stages one after the other; the last must be one to leave by or to wait at for good.
  /// @throws InputError if it is empty or goes on after leaving
  JourneyRow add_journey(const std::vector<StageRow>& stages);
  /// The same with choices between stages.
  JourneyRow add_branching_journey(std::vector<Leg> legs);
  /// The law of everybody with `Law::own`. It is not in snapshots: set it before `load` too.
  /// @throws InputError as `Crowd::set_own_law`
  void set_own_law(OwnLaw law) { crowd_.set_own_law(std::move(law)); }
  /// All of them, or none if anything is wrong.
  /// @throws InputError naming the person: outside the area, in a wall, no journey, a speed or radius that is
  ///         not above 0, or twice the same
  void let_in(std::vector<Visitor> visitors);
  /// A line or shape on which people appear.
  /// @throws InputError if nobody has room there
  EntranceRow add_entrance(Entrance entrance);
  /// People who come to entrances, at any time during a run, in any order; who is late catches up within a
  /// step. Outside they wait for a free spot, first come, first in. All of them come, or none. Whoever has
  /// left may come again.
  /// @throws InputError naming the person: no such entrance or journey, no body that fits in, here already
  void arrive(std::vector<Arrival> arrivals);
  /// Sends somebody on another journey from now on, from its first stage: also who waits outside. Whoever is
  /// only to leave again needs no check.
  /// @throws InputError if the person is neither here nor expected, or the journey is not there
  void send(PersonId person, JourneyRow journey);
  /// From now on somebody in the area goes straight to a place and stands there, until sent elsewhere.
  /// @throws InputError if the person is not in the area
  void stand_at(PersonId person, Point place);
  /// The same, but where others bar the way they stand as near as they get.
  /// @throws InputError if the person is not in the area
  void stand_near(PersonId person, Point place);
  /// Takes people in the area out of it, wherever they are: they are not among the departures.
  /// @throws InputError if somebody is not in the area
  void take_out(const std::vector<PersonId>& people);
  /// From now on a stage to leave by lets out so many people at most, until told otherwise.
  /// @throws InputError if the stage is none to leave by
  void allow_out(StageRow exit, std::uint32_t people);
  /// People on board of a train: they get off at its doors when it has come, one after the other, and follow
  /// their journeys. `time_s` and `entrance` are those of the train.
  /// @throws InputError as `arrive`, or if the stage is no platform, has no such train, or its time to leave
  /// is over
  void alight(StageRow platform, std::uint32_t train, std::vector<Arrival> people);
  /// Opens or closes a gate of the area at a moment from now on. Whoever stands on its line when it is shut
  /// stands beside it from then on.
  void set_gate(const std::string& id, bool closed, double at_s);

  /// Opens, closes or reverses a flight of the building, opens or closes an elevator, from a moment on.
  /// @throws InputError if there is none of that name, or it is an escalator and to lead both ways
  void set_use(const std::string& connector, Use use, double at_s);
  /// Smoke, gases and water from now on, in place of those there were.
  /// @throws InputError naming the layer that lies outside the area
  void set_surroundings(Surroundings surroundings);
  [[nodiscard]] const Surroundings& surroundings() const { return surroundings_; }
  /// Of which class people are: how water slows them. Adults if never said.
  void set_class(const std::vector<PersonId>& people, PersonClass person_class);
  /// What has been done to somebody so far, also after they left.
  [[nodiscard]] Exposure exposure(PersonId person) const {
    return person.value < exposures_.size() ? exposures_[person] : Exposure{};
  }
  /// How many have been overcome and lie in the area.
  [[nodiscard]] std::size_t incapacitated() const;

  /// How people choose between the stages of legs `Choose::quickest`, and what they know of them. Signs,
  /// announcements and who is familiar with what may be added at any time.
  [[nodiscard]] Choices& choices() { return choices_; }
  [[nodiscard]] const Choices& choices() const { return choices_; }
  /// A share of these people is familiar with these stages; whoever is named knows no others.
  void familiarise(const std::vector<PersonId>& people, const std::vector<StageRow>& stages,
                   double share = 1) {
    choices_.familiarise(people, stages, share, random());
  }
  /// Shuts or opens the door of a stage at a moment from now on. Nobody passes while it is shut; people learn
  /// of it when they see it.
  /// @throws InputError if the stage is not there
  void set_door(StageRow stage, bool shut, double at_s);
  /// Who went to another stage of their leg than they had chosen first, in order of (time, person).
  [[nodiscard]] const std::vector<ChangeOfMind>& changes_of_mind() const { return changes_; }

  void run_until(double time_s, Arena& arena);

  [[nodiscard]] double now() const { return static_cast<double>(steps_) * model_.dt; }
  [[nodiscard]] const Crowd& crowd() const { return crowd_; }
  [[nodiscard]] const Area& area() const { return *area_; }
  [[nodiscard]] const Walls& walls() const { return walls_; }
  /// None in an area of one level.
  [[nodiscard]] const Storeys* storeys() const { return storeys_.get(); }
  /// In the area, or riding in an elevator.
  [[nodiscard]] std::size_t present() const {
    return crowd_.size() + (storeys_ ? storeys_->riding().size() : 0);
  }
  /// Waiting outside or not there yet.
  [[nodiscard]] std::size_t to_come() const { return outside_.size(); }
  /// How many stand before an entrance now.
  [[nodiscard]] std::size_t waiting_outside(EntranceRow entrance) const {
    return outside_.queue(entrance, now());
  }
  /// At which somebody is expected or waits to come in; kNoEntrance if they are in.
  [[nodiscard]] EntranceRow entrance_of(PersonId person) const {
    const bool in = here(person) && plan_[person].inside != 0;
    return in ? kNoEntrance : outside_.entrance_of(person);
  }
  /// Whether a body so wide, as a radius in m, can come in.
  [[nodiscard]] bool fits(EntranceRow entrance, double radius) const {
    return outside_.fits(entrance, radius, walls_);
  }
  /// s that everybody who came to an entrance waited before they were in: those still there, until now.
  [[nodiscard]] std::vector<double> waits(EntranceRow entrance) const {
    return outside_.waits(entrance, now());
  }
  /// m left from a place to a stage by the ways that are open now; infinite if none is.
  [[nodiscard]] double way_to(StageRow stage, Point from) const {
    return ways_.distance(target_[stage], from);
  }
  /// Who came in when, and how long they waited before.
  [[nodiscard]] const std::vector<Entry>& entries() const { return outside_.entries(); }
  [[nodiscard]] std::size_t left() const { return left_; }
  /// Who reached which stage when, in order; departures are those of stages to leave by.
  [[nodiscard]] const std::vector<Passing>& passings() const { return passings_; }
  /// The same since the last call, to be kept elsewhere: `passings()` is empty then.
  [[nodiscard]] std::vector<Passing> take_passings();
  /// Who left since the last call: by (time, order of leaving).
  [[nodiscard]] std::vector<Passing> take_departures();
  [[nodiscard]] const std::vector<Stage>& stages() const { return stages_; }
  /// At which somebody in the area is, or to which they are on the way.
  [[nodiscard]] StageRow stage_of(PersonId person) const { return plan_[person].stage; }
  /// Those of somebody's group who are in the area, and they themselves; nobody for who is alone.
  [[nodiscard]] std::vector<PersonId> group_of(PersonId person) const;
  /// How many are at a stage or on their way to it.
  [[nodiscard]] std::size_t bound_for(StageRow stage) const { return bound_[stage]; }

  /// Everything that changes during a run. What the venue was made of (area, model, stages, journeys,
  /// entrances) is not in it: `load` goes to one that was made in the same way and has not run.
  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in, Arena& arena);

 private:
  struct GateChange {
    double at_s;
    WallRow wall;
    std::uint32_t closed;
  };
  struct DoorChange {
    double at_s;
    StageRow stage;
    std::uint32_t shut;
  };
  void save_crowd(SnapshotWriter& out) const;
  void load_crowd(const SnapshotReader& in);
  void check_body(const Newcomer& body, JourneyRow journey) const;
  void expect(std::vector<Arrival> arrivals);
  [[nodiscard]] bool here(PersonId person) const {
    return person.value < plan_.size() && plan_[person].journey != kNoRow;
  }
  void enter_those_due();
  void change_gates(Arena& arena);
  /// Puts everybody who stands on a wall that has just been put up beside it.
  void step_off(const std::vector<WallRow>& raised);
  [[nodiscard]] Point beside_walls(Point at, Point aim);
  void steer(Arena& arena);
  /// People step aside, or make way.
  void let_pass(Arena& arena);
  void change_doors();
  /// Breathes in what there is since the last look. Returns whether somebody can still walk.
  bool expose(std::size_t row, bool look);
  void let_fall();
  void choose(Arena& arena);
  void turn_to(PersonId person, StageRow stage);
  [[nodiscard]] Choices::Scene scene() const;
  void measure_crowding(Arena& arena);
  /// m left to the goal, as groups want to know it.
  double steer(std::size_t row, Plan& plan);
  void ride();
  void step_over_seams(Arena& arena);
  /// Whoever waits for an elevator or escalator may go elsewhere.
  void think_again(std::size_t row, Plan& plan) const;
  /// Of the own speed, where zones and stairs allow no more.
  [[nodiscard]] float free_speed(std::size_t row, const Plan& plan) const;
  /// Gives up the way to a spot that is barred.
  void settle(Plan& plan, Point at) const;
  [[nodiscard]] double held_up(std::size_t row, Plan& plan) const;
  void pass_stages();
  void tell_stages(Usher& usher);
  [[nodiscard]] bool finds_other_queue(PersonId person);
  /// Whether nobody of somebody's group stands in their queue, has passed it or rides in an elevator.
  [[nodiscard]] bool may_leave_together(const Queue& queue, const Plan& plan) const;
  void remove(const std::vector<PersonId>& leaving);
  /// @throws InputError for a leader of no group, or a second one of a group
  void name_leaders(const std::vector<Arrival>& arrivals);
  /// Of their group now: perhaps themselves; none if nobody leads it.
  [[nodiscard]] PersonId leader_of(PersonId person) const;
  /// Whoever leads somebody in a wheelchair takes no stairs either.
  void lead_by_ways_for_all(std::uint32_t group);
  /// Begins the journey, or falls in with the leader; whoever leads takes the others along.
  void set_out(PersonId person);
  /// On the leader's journey, to the leader's stage.
  void fall_in(PersonId person);
  /// On the same leg, to the same stage.
  [[nodiscard]] bool with_leader(PersonId person) const;
  /// Out of an elevator.
  void rejoin(PersonId person);
  /// Whoever follows somebody goes alone from now on.
  void leave_group(PersonId person);
  /// To the stage that their leader has chosen.
  void turn_followers(PersonId leader);
  /// At a stage that people pass: all of a group with their leader. Whether it is one.
  bool passes_with_leader(PersonId person, Usher& usher);
  /// Those who go on, and those who follow them.
  void take_along(const Usher& usher);
  void head_for(PersonId person, StageRow stage);
  void start_leg(PersonId person);
  /// Whether a journey does nothing but leave.
  [[nodiscard]] bool only_leaves(JourneyRow journey) const;
  [[nodiscard]] Random random() const { return Random{Seed{model_.seed}}; }

  std::shared_ptr<const Area> area_;
  VenueModel model_;
  Walls walls_;
  Ways ways_;
  Crowd crowd_;
  std::unique_ptr<Storeys> storeys_;  ///< of a building
  std::vector<Stage> stages_;
  std::vector<Target> target_;        ///< by stage
  std::vector<double> reach_;         ///< m, by stage, beyond body and model
  std::vector<std::uint32_t> bound_;  ///< by stage: people at it or on their way
  Journeys journeys_;
  Groups groups_;
  Standoffs standoffs_;
  MakingWay making_way_;
  Outside outside_;
  Column<PersonId, Plan> plan_;
  Surroundings surroundings_;
  Column<PersonId, Exposure> exposures_;
  Choices choices_;
  std::vector<PersonId> undecided_;
  std::vector<ChangeOfMind> changes_;
  std::vector<DoorChange> door_changes_;  ///< by moment
  std::size_t next_door_ = 0;
  Crowding crowding_;
  std::vector<GateChange> gate_changes_;  ///< by (moment, wall)
  std::size_t next_change_ = 0;
  std::int64_t steps_ = 0, look_steps_ = 50;
  std::size_t left_ = 0;
  std::vector<Passing> passings_, departures_;
  bool has_zones_ = false;

  std::vector<std::uint8_t> reached_, passed_, gone_, stands_;  // scratch, by row
  std::vector<PersonId> order_, going_, got_in_, got_out_;
  std::vector<double> to_go_;  // scratch, by row
  std::vector<Arrival> entering_;
  std::vector<Newcomer> newcomers_;
};

}  // namespace chimata::pedestrian
