/// Stages one after the other, with choices between them.
#pragma once

#include <map>
#include <utility>

#include "chimata/pedestrian/stages/stage.hpp"

namespace chimata::pedestrian {

/// How people divide between the stages of a leg. A group goes to one stage: whoever of it comes to the leg
/// first chooses for all, however long after the others come.
enum class Choose : std::uint8_t {
  shares,         ///< drawn for every person or group
  round_robin,    ///< one after the other, in the order of coming
  least_crowded,  ///< the least burden: the shortest wait in queues, else the fewest people
  quickest        ///< the one that is expected to take least time, of those that somebody knows; may change
};

/// One or several stages to choose from.
struct Leg {
  std::vector<StageRow> stages;
  Choose by = Choose::shares;
  std::vector<double> shares = {};  ///< by stage; empty: the same for all
};

/// All journeys of a venue.
class Journeys {
 public:
  /// @throws InputError if it is empty, names stages that are not there, goes on after leaving, or ends where
  ///         nobody can stay
  JourneyRow add(std::vector<Leg> legs, const std::vector<Stage>& stages);

  [[nodiscard]] std::size_t size() const { return legs_.size(); }
  [[nodiscard]] const std::vector<Leg>& operator[](JourneyRow journey) const { return legs_[journey]; }
  /// Number of legs, by journey.
  [[nodiscard]] const std::vector<std::uint32_t>& lengths() const { return lengths_; }
  /// Which stage of their leg somebody goes to.
  /// @param bound  by stage: how many are there or on their way
  [[nodiscard]] StageRow choose(const Plan& plan, PersonId person, const std::vector<Stage>& stages,
                                const std::vector<std::uint32_t>& bound, Random random);

  /// The stage of their leg with the least burden.
  [[nodiscard]] StageRow least_crowded(const Plan& plan, const std::vector<Stage>& stages,
                                       const std::vector<std::uint32_t>& bound) const;
  /// From now on those of a group who come to this leg go there.
  void settle_for(const Plan& plan, StageRow stage) { agreed_[{turn_of(plan), plan.group}] = stage; }

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  [[nodiscard]] std::uint32_t turn_of(const Plan& plan) const { return first_turn_[plan.journey] + plan.leg; }

  std::vector<std::vector<Leg>> legs_;
  std::vector<std::uint32_t> lengths_, first_turn_;                     ///< by journey
  std::vector<std::uint32_t> turns_;                                    ///< by leg of all journeys
  std::map<std::pair<std::uint32_t, std::uint32_t>, StageRow> agreed_;  ///< by leg of all journeys and group
};

}  // namespace chimata::pedestrian
