/// What people know of the stages they choose between, and which of them they take.
#pragma once

#include <string>
#include <vector>

#include "chimata/pedestrian/company.hpp"
#include "chimata/pedestrian/groups.hpp"
#include "chimata/pedestrian/journey.hpp"
#include "chimata/pedestrian/lines_ahead.hpp"
#include "chimata/pedestrian/surroundings.hpp"

namespace chimata::pedestrian {

class Storeys;

/// How the stages of a leg `Choose::quickest` are chosen between.
struct ChoiceModel {
  double look_every = 2;    ///< s between two decisions of somebody (C)
  double gain_s = 3;        ///< a change must save so much, so that nobody dithers (C)
  double gain_share = 0.1;  ///< and this share of the time left, as in FDS+Evac (Korhonen 2018; B)
  double door_flow = 1.33;  ///< persons/(m s) that people expect of a door (IMO MSC.1/Circ.1533; B)
  double sight = 30;        ///< m from which a door is seen to be shut (C)
  double follow = 0;  ///< share who go where most of those round them go; no figure holds everywhere (C)
  double follow_within = 5;  ///< m (C)
  double follow_least = 3;   ///< persons who must be seen with the same aim (C)
  double stay_s = 5;         ///< nobody who follows changes again sooner (C)
};

/// Something on which ways out are written: whoever sees it, and notices it, knows them from then on.
struct Sign {
  std::vector<Wall> lines = {};  ///< where it is; a point is a line of no length
  std::vector<StageRow> shows = {};
  double reach = 15;      ///< m: 100 times the height of 0.15 m, lit from outside (EN 1838; B)
  double noticed = 0.38;  ///< share of those who could see it (Xie, Filippidis, Galea et al. 2012; B)
  double from_s = 0, until_s = std::numeric_limits<double>::infinity();
};

/// Staff, or loudspeakers. Who hears it knows the ways out it names; a share of them also does as told.
struct Announcement {
  std::vector<Wall> lines = {};           ///< where it comes from; none: heard everywhere
  std::vector<StageRow> recommends = {};  ///< those who comply take the quickest of them
  std::vector<StageRow> shut = {};        ///< those who comply take them to be shut
  double reach = 20;                      ///< m (C)
  double share = 1;                       ///< who comply
  bool in_sight = false;                  ///< heard only in sight: somebody with a sign or a gesture
  double from_s = 0, until_s = std::numeric_limits<double>::infinity();
};

enum class Why : std::uint32_t { quicker, shut, advised, followed };

/// Somebody now heads for another stage.
struct ChangeOfMind {
  double time_s;
  PersonId person;
  StageRow from, to;
  Why why;
};

/// What everybody knows, and what they make of it.
///
/// Time to a stage is the way there at one's desired speed and the wait in line: all who head for it pass in
/// the order in which they can be there, one after the other at the flow of its door. Who knows no way out
/// that is not shut makes for the quickest of all (how people search is not modelled).
class Choices {
 public:
  /// What a decision is made on, as it was at the beginning of the step.
  struct Scene {
    double now;
    Random random;
    const Crowd& crowd;
    const Walls& walls;
    const Ways& ways;
    const std::vector<Stage>& stages;
    const std::vector<Target>& targets;
    const Journeys& journeys;
    const Groups& groups;
    const Surroundings& surroundings;
    const Column<PersonId, Exposure>& exposures;
    const Column<PersonId, Plan>& plans;
    const std::vector<double>& left;  ///< m to the present stage, by row
    const Storeys* storeys;           ///< of a building of several levels
  };

  /// @throws InputError for numbers that make no sense
  void set_model(const ChoiceModel& model);
  [[nodiscard]] const ChoiceModel& model() const { return model_; }
  /// @throws InputError if a venue has more than 64 stages to choose between
  void add_alternatives(const std::vector<StageRow>& rows, const std::vector<Stage>& stages);
  [[nodiscard]] bool empty() const { return alternatives_.empty(); }
  /// @throws InputError if they show nothing that is chosen between, or have no reach
  void add(Sign sign);
  void add(Announcement announcement);
  /// A share of these people, drawn, is familiar with these stages. Whoever is named here, drawn or not,
  /// knows nothing else but what they are told and see; whoever is never named knows all.
  void familiarise(const std::vector<PersonId>& people, const std::vector<StageRow>& rows, double share,
                   Random random);
  /// Takes in that a door is shut, or open again. Nobody is told.
  void set_shut(StageRow row, bool shut);
  [[nodiscard]] bool shut(StageRow row) const { return row < shut_.size() && shut_[row] != 0; }

  /// Counts who is ahead of whom.
  void renew(const Scene& scene);
  /// Sees who is near whom and where they go: before anybody decides in a step.
  void look_round(const Scene& scene);
  /// Lets everybody whose turn it is learn and decide; appends those who change, by person.
  /// @param turn, turns  one of so many parts of the people
  void decide(const Scene& scene, std::size_t turn, std::size_t turns, Arena& arena,
              std::vector<ChangeOfMind>& changes);
  /// The first decision of somebody on a leg.
  [[nodiscard]] StageRow decide_first(const Scene& scene, PersonId person);

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  struct Mind {
    std::uint64_t known = ~std::uint64_t{0}, shut = 0, advised = 0;  ///< a bit per alternative
    double changed_s = -std::numeric_limits<double>::infinity();
  };
  struct Post {  ///< of a sign or announcement
    std::uint64_t shows = 0, shut = 0;
  };
  struct Option {
    StageRow stage = kNoRow;
    double time_s = std::numeric_limits<double>::infinity();
  };
  [[nodiscard]] std::uint64_t bits(const std::vector<StageRow>& rows) const;
  [[nodiscard]] bool in_reach(const Scene& scene, Point at, const std::vector<Wall>& lines, double reach,
                              bool in_sight) const;
  void learn(const Scene& scene, PersonId person, Point at, std::uint64_t of_leg, Mind& mind) const;
  void listen(const Scene& scene, PersonId person, Point at, Mind& mind) const;
  [[nodiscard]] Option quickest(const Scene& scene, const Plan& plan, std::uint64_t options) const;
  [[nodiscard]] double time_to(const Scene& scene, const Plan& plan, StageRow stage) const;
  [[nodiscard]] StageRow decide(const Scene& scene, PersonId person, Mind& mind, Why& why) const;
  [[nodiscard]] bool has_turn(const Scene& scene, PersonId person) const;

  ChoiceModel model_;
  std::vector<StageRow> alternatives_;    ///< by bit
  std::vector<std::uint8_t> bit_;         ///< by stage
  std::vector<std::vector<Wall>> doors_;  ///< by bit
  std::vector<Sign> signs_;
  std::vector<Announcement> announcements_;
  std::vector<std::uint8_t> shut_;  ///< by stage
  Column<PersonId, Mind> minds_;
  std::uint64_t told_ = 0;  ///< how often people were familiarised
  LinesAhead ahead_;
  Company company_;
  std::vector<StageRow> taken_;  // scratch, by row
  std::vector<Why> why_;
};

}  // namespace chimata::pedestrian
