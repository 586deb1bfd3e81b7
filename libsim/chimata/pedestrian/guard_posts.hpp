/// Where a marshal helps most.
#pragma once

#include <vector>

#include "chimata/pedestrian/safety.hpp"

namespace chimata::pedestrian {

/// The worst that happens at a post, most severe last.
enum class Danger : std::uint8_t { counterflow, dense, turbulent, crush };
[[nodiscard]] const char* name_of(Danger danger);

struct GuardPost {
  Point at;  ///< the worst cell
  Danger danger = Danger::dense;
  double alert_person_min = 0;  ///< person min within reach at or above the alert density
  double crush_person_min = 0;
  double counter_person_min = 0;
  double turbulent_s = 0;  ///< of the worst cell within reach, like all that follow
  double alert_s = 0;
  double density_max = 0, pressure_max = 0;
  double first_alarm = 0, first_crush = 0;  ///< s; infinite if never
};

/// Posts in order of need, each the square of +-`reach` m with the most of it that no earlier post has:
/// person minutes at the alert density, and `counter_weight` times those of counterflow. Ours, grade C: what
/// a marshal overlooks is taken as 5 m. At most `count`; fewer where no more is needed.
[[nodiscard]] std::vector<GuardPost> guard_posts(const Safety& safety, std::size_t count, double reach = 5,
                                                 double counter_weight = 0.25);

}  // namespace chimata::pedestrian
