/// Which shelter people head for, by walking time on the usual, dry map. Private to this room.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "chimata/evacuation/model.hpp"
#include "chimata/evacuation/shelter_plan.hpp"
#include "chimata/people/population.hpp"
#include "chimata/routing/ranked_goals.hpp"

namespace chimata {

/// A party about to choose.
struct Chooser {
  NodeId node;  ///< where they start
  ZoneId zone;
  std::uint32_t size = 1;
  bool needs_help = false;   ///< may use welfare shelters
  bool takes_places = true;  ///< leaves for a shelter, so that places are counted under capacity_aware
};

/// By shelter whether it may be used.
/// @throws InputError if none can that takes everybody
[[nodiscard]] std::vector<std::uint8_t> usable_shelters(const std::vector<ShelterPlan>& shelters,
                                                        const EvacuationModel& model);

/// The shelters that may be used, and the ways to them. Shelters are named by their row among the plans.
class Destinations {
 public:
  static constexpr std::uint32_t kNoShelter = 0xffffffffu;

  /// @throws InputError if no shelter can be used
  Destinations(std::shared_ptr<const Network> network, const std::vector<ShelterPlan>& shelters,
               const EvacuationModel& model);
  Destinations(const Destinations&) = delete;

  [[nodiscard]] bool usable(std::uint32_t shelter) const { return usable_[shelter] != 0; }
  /// Whether it may take this party at all.
  [[nodiscard]] bool open_to(std::uint32_t shelter, bool needs_help) const {
    return usable(shelter) && meant_for(shelters_[shelter], needs_help);
  }

  /// Everyone's shelter under the law; kNoShelter where no way leads to any.
  [[nodiscard]] std::vector<std::uint32_t> choose(DestinationLaw law, const Population& people,
                                                  std::size_t zones,
                                                  const std::vector<Chooser>& parties) const;

  /// The usable shelter that is `place`-th nearest (from 0) on foot, equal times by row; none if fewer can be
  /// reached.
  [[nodiscard]] std::optional<std::uint32_t> ranked(NodeId from, std::size_t place);
  /// The nearest building to go up in within `metres` of walking; kNoShelter if there is none.
  [[nodiscard]] std::uint32_t refuge_from(NodeId node, double metres) const;
  /// m on foot from every node to the nearest usable shelter; infinite where there is no way.
  [[nodiscard]] std::vector<double> distances() const;

 private:
  struct Goals {
    std::vector<std::uint32_t> shelter;
    std::vector<NodeId> node;
  };
  [[nodiscard]] Column<NodeId, std::uint32_t> nearest_of_all(bool needs_help) const;
  [[nodiscard]] std::vector<std::uint32_t> nearest(const std::vector<Chooser>& parties) const;
  [[nodiscard]] std::vector<std::uint32_t> assigned(const Population& people, std::size_t zones,
                                                    const std::vector<Chooser>& parties) const;
  [[nodiscard]] std::vector<std::uint32_t> with_room(const std::vector<Chooser>& parties) const;

  std::shared_ptr<const Network> network_;
  std::vector<ShelterPlan> shelters_;
  std::vector<std::uint8_t> usable_;
  Goals all_, general_, refuges_;  // usable shelters; of them those that take everybody; of these to go up in
  LinkCosts costs_;
  std::optional<RankedGoals> ranked_;  // refers to network and costs
  Nearest to_refuge_;                  // from everywhere; empty without refuges
};

}  // namespace chimata
