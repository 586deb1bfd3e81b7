/// How a stage learns about people and tells them what to do.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/random.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/entrance.hpp"
#include "chimata/pedestrian/groups.hpp"
#include "chimata/pedestrian/plan.hpp"

namespace chimata::pedestrian {

/// What a stage is put up with: its place, and the area round it.
struct Site {
  std::string id;
  std::vector<Polygon> shapes;
  std::vector<Wall> lines;
  StageRow row = 0;
  const Area& area;
  const Walls& walls;
  Ways& ways;
  Outside& outside;

  /// The stage's own lines or shapes as a target. @throws InputError if nothing of it lies in the area
  [[nodiscard]] Target target() const;
  /// @throws InputError "stage <id>: problem; fix" unless it is good
  void check(bool good, const std::string& problem, const std::string& fix = {}) const;
};

/// Somebody left, or passed a stage.
struct Passing {
  double time_s;
  PersonId person;
  StageRow stage;
  std::uint32_t train = kNoRow;  ///< row in the timetable of the platform, if they left by train
  std::uint32_t reserved = 0;
};

/// Made by the venue for every step. Whoever has reached what they were sent to must be sent on, to a spot or
/// out by the stage that is told of it; else they stand where they are.
class Usher {
 public:
  struct State {
    double now, dt;
    Random random;
    const Crowd& crowd;
    const Walls& walls;
    Outside& outside;
    Column<PersonId, Plan>& plans;
    std::vector<Passing>& passings;
    const std::vector<std::uint32_t>& legs;   ///< by journey: how many it has
    const std::vector<std::uint32_t>& bound;  ///< by stage: people at it or on their way
    const Groups& groups;
  };
  explicit Usher(const State& state) : state_(state) {}

  [[nodiscard]] double now() const { return state_.now; }  ///< s
  [[nodiscard]] double dt() const { return state_.dt; }    ///< s
  [[nodiscard]] Random random() const { return state_.random; }
  [[nodiscard]] const Walls& walls() const { return state_.walls; }
  [[nodiscard]] Point position(PersonId person) const { return state_.crowd.position()[plan(person).row]; }
  /// How many of those who came to an entrance until a moment are not in yet.
  [[nodiscard]] std::size_t waiting_outside(EntranceRow entrance, double until_s) const {
    return state_.outside.queue(entrance, until_s);
  }
  /// Keeps those outside who came after a moment, in the next step and no longer.
  void let_in_only(EntranceRow entrance, double until_s) { state_.outside.let_in_only(entrance, until_s); }
  /// How many are at a stage or on their way to it.
  [[nodiscard]] std::size_t bound_for(StageRow stage) const { return state_.bound[stage]; }

  /// Straight to a spot, to stand there.
  void stand_at(PersonId person, Point spot) {
    Plan& its = plan(person);
    its.target = kToSpot, its.spot = its.place = spot, its.thereabouts = 0, its.chain = 0,
    its.aside_until_s = -1;
  }
  /// The same, or where they come to a stand on the way.
  void stand_about(PersonId person, Point spot) {
    stand_at(person, spot);
    plan(person).thereabouts = 1, plan(person).closest = INFINITY;
  }
  void stand_still(PersonId person) { stand_at(person, position(person)); }
  /// To a target by the shortest way; the stage is told when they have reached it.
  void walk_to(PersonId person, Target target) { plan(person).target = target, plan(person).lost = 1; }
  /// Writes down that somebody has done here what there is to do.
  void record(PersonId person, std::uint32_t train = kNoRow) {
    state_.passings.push_back({now(), person, plan(person).stage, train});
  }
  /// kAlone for those who are in none.
  [[nodiscard]] std::uint32_t group_of(PersonId person) const { return plan(person).group; }
  /// s that somebody was said to stay where people wait; below 0 if nothing was said.
  [[nodiscard]] double dwell_of(PersonId person) const { return plan(person).dwell_s; }
  /// Whether the journey ends here.
  [[nodiscard]] bool stays(PersonId person) const {
    return plan(person).leg + 1 == state_.legs[plan(person).journey];
  }
  /// Whether somebody goes on when their leader does, and not before: as of `Groups`.
  [[nodiscard]] bool follows(PersonId person) const { return state_.groups.follows(person, state_.plans); }
  /// How many go on with somebody, counting from 1: those who follow them to this stage.
  [[nodiscard]] std::size_t party(PersonId person) const { return state_.groups.party(person, state_.plans); }
  [[nodiscard]] bool leads(PersonId person) const { return state_.groups.leads(person, plan(person).group); }
  /// On to the next stage, and those who follow with them.
  void go_on(PersonId person) { going_.push_back(person); }
  /// Out of the area; written down.
  void leave(PersonId person, std::uint32_t train = kNoRow) {
    record(person, train);
    leaving_.push_back(person);
  }

  [[nodiscard]] const std::vector<PersonId>& going() const { return going_; }
  [[nodiscard]] const std::vector<PersonId>& leaving() const { return leaving_; }

 private:
  [[nodiscard]] Plan& plan(PersonId person) const { return state_.plans[person]; }

  State state_;
  std::vector<PersonId> going_, leaving_;
};

}  // namespace chimata::pedestrian
