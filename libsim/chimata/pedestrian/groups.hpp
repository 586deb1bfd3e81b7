/// People who stay together.
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/plan.hpp"

namespace chimata::pedestrian {

/// Whoever is nearer the goal than the last of the group slows down, and waits `together` metres ahead
/// (our own rule, grade C; people of a group walk about 1 m apart, Moussaïd et al. 2010). Who is a leg
/// further waits as far off in a straight line. Where the last is stuck in a crowd, the others go on slowly
/// instead of standing in its way.
class Groups {
 public:
  void add(PersonId person, std::uint32_t group);
  void remove(PersonId person, std::uint32_t group);
  void clear() { *this = {}; }
  [[nodiscard]] bool empty() const { return members_.empty(); }
  [[nodiscard]] const std::vector<PersonId>& members(std::uint32_t group) const { return members_.at(group); }
  /// The lowest number of those who are here: decides for all.
  [[nodiscard]] PersonId first_of(std::uint32_t group) const {
    return *std::min_element(members(group).begin(), members(group).end());
  }
  /// Lessens the speed factors of those who are ahead.
  /// @param left  m to the goal, by row; infinite for those who have not set out yet; negative for
  ///              those who stand at a stage or find no way, for whom nobody waits
  void hold_together(double together, Crowd& crowd, const Column<PersonId, Plan>& plans,
                     const std::vector<double>& left, Arena& arena);

 private:
  void renew();

  std::map<std::uint32_t, std::vector<PersonId>> members_;
  std::vector<const std::vector<PersonId>*> groups_;  ///< of two and more
  bool stale_ = false;
};

}  // namespace chimata::pedestrian
