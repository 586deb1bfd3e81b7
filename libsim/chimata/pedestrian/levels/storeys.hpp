/// The ways between the levels of a building: which connector leads on best, and stepping over its seams.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/levels/elevators.hpp"
#include "chimata/pedestrian/levels/flight_law.hpp"
#include "chimata/pedestrian/plan.hpp"
#include "chimata/space/levels.hpp"

namespace chimata::pedestrian {

/// From one sheet to another: over a seam, or by a cabin from landing to landing.
struct Passage {
  std::uint32_t from, to;                                         ///< sheets
  Target target;                                                  ///< on `from`: where to walk to
  Wall line;                                                      ///< on `from`: the seam, or the door
  Point entry;                                                    ///< on `to`: where people are then
  std::uint32_t flight = kNoRow;                                  ///< none: an elevator
  std::uint32_t shaft = kNoRow, landing = kNoRow, goal = kNoRow;  ///< of an elevator: from where to where
  bool onward = false;                                            ///< of a flight: to its head
  bool on_to_flight = false;                                      ///< else off it
};

/// The levels of a venue.
///
/// Distances are metres on the level: a metre of stairs counts as many as take the same time at 1.34 m/s, and
/// so does waiting. From every passage the rest of the way to every target is known (Dijkstra's algorithm
/// over passages, in the form of Bellman and Ford); when people look round they add what leads up to a
/// passage and the wait before it, and keep to their choice unless another is better by a twentieth (C).
class Storeys {
 public:
  static constexpr double kReference = 1.34;  ///< m/s, Weidmann (1993)

  /// @param flights    models by flight; fewer: the others are stairs inside a building
  /// @param elevators  models by shaft
  Storeys(std::shared_ptr<const Levels> building, const std::vector<FlightModel>& flights,
          const std::vector<ElevatorModel>& elevators, Ways& ways, const Walls& walls);

  [[nodiscard]] const Levels& building() const { return *building_; }
  [[nodiscard]] const std::vector<Passage>& passages() const { return passages_; }
  /// What the way to a target is worth; infinite if there is none for somebody like that.
  [[nodiscard]] double left(Target goal, Point at, Mobility who) const;
  /// Where somebody heads now who wants to `plan.target`; looks round if `look`.
  [[nodiscard]] Target heading(Plan& plan, Point at, bool look) const;
  /// m on the level beyond what they head for.
  [[nodiscard]] double rest(const Plan& plan) const;
  /// Of the own speed, where somebody stands who has just looked.
  [[nodiscard]] double pace(PersonId person, const Plan& plan, double speed, Random random) const;

  /// Learns of new targets; call it before people look.
  void take_in_targets();
  /// Opens, closes or reverses a flight, opens or closes an elevator, at a moment from now on. The belt of an
  /// escalator that is closed stands, and who is on it walks off by either end.
  /// @throws InputError if there is none, or an escalator is to lead both ways
  void set_use(const std::string& id, Use use, double at_s);
  /// Once per step, before people look: what is due by the clock, and how long people wait.
  void renew(double now, const Crowd& crowd, const Column<PersonId, Plan>& plans);
  /// After walls have changed.
  void measure();
  /// Lets people on to flights that take only so many a second; the others stand before the seam.
  void admit(double now, double dt, const Crowd& crowd, Column<PersonId, Plan>& plans);

  /// Moves the cabins: who has got in is in no crowd until they have got out.
  void ride(double now, Crowd& crowd, const Walls& walls, Column<PersonId, Plan>& plans,
            std::vector<PersonId>& in, std::vector<PersonId>& out);
  [[nodiscard]] std::vector<PersonId> riding() const;
  /// Takes a rider out of the cabin, and out of the venue.
  void take_out(PersonId rider);
  [[nodiscard]] const std::vector<Elevator>& elevators() const { return elevators_; }
  /// How many stand before a flight that lets on so many a second, or wait for an elevator.
  [[nodiscard]] std::size_t waiting(const std::string& id) const;

  /// Shows people near a seam to those on its other side, for one step.
  void mirror(Crowd& crowd);
  /// Takes the mirrored away.
  void unmirror(Crowd& crowd);
  /// Moves those who have stepped over a seam.
  void cross(Crowd& crowd, Column<PersonId, Plan>& plans);

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  struct Change {
    double at_s;
    std::uint32_t connector;
    Use use;
  };
  struct Waiting {
    PersonId person;
    std::uint32_t passage;
  };
  [[nodiscard]] std::uint32_t connector(const std::string& id) const;
  [[nodiscard]] std::uint32_t connector(const Passage& passage) const;
  void add_passages();
  void add_landings();
  [[nodiscard]] bool must_wait(const Passage& passage) const;
  [[nodiscard]] Target target_beyond(const Wall& line);
  [[nodiscard]] bool open(const Passage& passage) const;
  /// m/s on the flight of a passage, as it is used now.
  [[nodiscard]] double speed_on(const Passage& passage, Mobility who, double on_level, bool walks) const;
  /// Metres on the level for one on the sheet that a passage leads from; infinite for who cannot.
  [[nodiscard]] double worth(const Passage& passage, Mobility who) const;
  void add_target(Target target);
  void renew_rests();
  void choose(Plan& plan, Point at) const;

  std::shared_ptr<const Levels> building_;
  Ways* ways_;
  std::vector<FlightLaw> laws_;      ///< by flight
  std::vector<Elevator> elevators_;  ///< by shaft
  std::vector<Use> use_;             ///< by flight, then by shaft
  std::vector<Passage> passages_;
  std::vector<std::vector<std::uint32_t>> from_;   ///< passages by the sheet they lead from
  std::vector<std::vector<std::uint32_t>> seams_;  ///< seams by sheet
  std::vector<double> walk_;                       ///< m from the end of one passage to another one
  std::vector<double> delay_;                      ///< m on the level, by passage
  Target known_ = 0;
  std::vector<std::uint8_t> is_passage_;     ///< by target
  std::vector<std::vector<double>> direct_;  ///< by target: m from the end of every passage
  std::vector<std::vector<double>> rest_;    ///< by target: m by kind of people and passage
  std::vector<Change> changes_;              ///< by moment
  std::size_t next_change_ = 0;
  double next_renewal_s_ = 0;
  std::vector<Waiting> waiting_;   ///< by (moment of coming, person)
  std::vector<double> free_from_;  ///< s, by passage

  std::vector<Newcomer> mirrored_;  // scratch
  std::vector<std::uint8_t> gone_;
  std::vector<std::uint32_t> count_;
  std::vector<LandingCall> calls_;
};

}  // namespace chimata::pedestrian
