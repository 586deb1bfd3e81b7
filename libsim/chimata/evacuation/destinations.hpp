/// Which shelter people head for, by walking time on the usual, dry map. Private to this room.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "chimata/evacuation/decisions.hpp"
#include "chimata/evacuation/evacuation.hpp"
#include "chimata/routing/nearest.hpp"

namespace chimata {

/// The shelters that may be used, and the ways to them. Shelters are named by their row among the plans.
class Destinations {
 public:
  static constexpr std::uint32_t kNoShelter = 0xffffffffu;

  /// @throws InputError if no shelter can be used
  Destinations(std::shared_ptr<const Network> network, const std::vector<ShelterPlan>& shelters,
               bool flood_safe_only);

  [[nodiscard]] bool usable(std::uint32_t shelter) const { return usable_[shelter] != 0; }

  /// Everyone's shelter under the law; kNoShelter where no way leads to any. Only those who heed a warning
  /// take room away under capacity_aware.
  [[nodiscard]] Column<PersonId, std::uint32_t> choose(DestinationLaw law, const Population& people,
                                                       std::size_t zones, const Decisions& decisions) const;

  /// All usable shelters that can be reached from `node`, nearest first, equal times by row. Kept for the
  /// next time.
  [[nodiscard]] const std::vector<std::uint32_t>& ranked_from(NodeId node);

 private:
  [[nodiscard]] Column<NodeId, std::uint32_t> nearest_usable() const;
  [[nodiscard]] Column<PersonId, std::uint32_t> nearest(const Population& people) const;
  [[nodiscard]] Column<PersonId, std::uint32_t> assigned(const Population& people, std::size_t zones) const;
  [[nodiscard]] Column<PersonId, std::uint32_t> with_room(const Population& people,
                                                          const Decisions& decisions) const;

  std::shared_ptr<const Network> network_;
  std::vector<ShelterPlan> shelters_;
  std::vector<std::uint8_t> usable_;
  std::vector<std::uint32_t> goals_;  // rows of usable shelters
  std::vector<NodeId> goal_nodes_;    // their nodes
  LinkCosts costs_;
  std::map<NodeId, std::vector<std::uint32_t>> ranked_;
};

}  // namespace chimata
