/// The lists of figures, by theme. Private to this room.
#pragma once

#include <limits>
#include <vector>

#include "chimata/analysis/kpi.hpp"

namespace chimata {

inline constexpr double kNotApplicable = std::numeric_limits<double>::quiet_NaN();

/// A figure and how it is computed.
struct Kpi {
  KpiDefinition about;
  double (*value)(const Outcome&);
};

[[nodiscard]] const std::vector<Kpi>& evacuation_kpis();  ///< who got where, and when
[[nodiscard]] const std::vector<Kpi>& water_kpis();       ///< whom the water caught
[[nodiscard]] const std::vector<Kpi>& cause_kpis();       ///< why
[[nodiscard]] const std::vector<Kpi>& help_kpis();        ///< going upstairs, helping each other
[[nodiscard]] const std::vector<Kpi>& shelter_kpis();     ///< room and supplies
[[nodiscard]] const std::vector<Kpi>& walking_kpis();     ///< times, delays and crowds on foot
[[nodiscard]] const std::vector<Kpi>& car_kpis();         ///< the same by car, and what blocks the roads
[[nodiscard]] const std::vector<Kpi>& event_kpis();       ///< crowds at an event, and how they get home

}  // namespace chimata
