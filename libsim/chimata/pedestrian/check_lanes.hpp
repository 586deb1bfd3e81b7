/// Lanes at an entrance in which people are checked before they come in: bags, tickets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/id.hpp"
#include "chimata/core/random.hpp"
#include "chimata/pedestrian/stages/service.hpp"

namespace chimata::pedestrian {

/// One line for all lanes: whoever is first in it goes to the lane that became free first. A lane is free for
/// the next one at the exact moment at which a check ends, or, where there is no room behind it, as soon as
/// whoever was checked has gone in.
class CheckLanes {
 public:
  CheckLanes() = default;  ///< nobody is checked
  CheckLanes(std::uint32_t lanes, const Service& service) : lanes_(lanes), service_(service) {}

  [[nodiscard]] bool any() const { return !lanes_.empty(); }
  /// Whether somebody who came at a moment has been checked by now; begins with them if a lane is free. To be
  /// asked of all who wait, first come first, at every step.
  [[nodiscard]] bool checked(PersonId person, double came_s, double now, std::uint32_t entrance,
                             Random random);
  /// They are in.
  void let_go(PersonId person);
  /// They will not be checked, or no further: whoever is next has the lane from now on.
  void call_away(PersonId person);
  /// The step is over.
  void end_step(double now) { before_ = now; }

  void save(SnapshotWriter& out, const std::string& name) const;
  void load(const SnapshotReader& in, const std::string& name);

 private:
  struct Lane {
    PersonId person = PersonId::none();  ///< in it; none: it is free
    std::uint32_t unused = 0;
    double free_from_s = 0, done_s = 0;
  };
  void make_free(PersonId person, bool checked);

  std::vector<Lane> lanes_;
  Service service_;
  std::uint32_t busy_ = 0;
  double before_ = 0;  ///< s, moment of the last step
};

}  // namespace chimata::pedestrian
