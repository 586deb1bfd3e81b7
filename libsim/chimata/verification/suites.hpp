/// The checks of every theme. Private to this room.
#pragma once

#include <vector>

#include "chimata/verification/check.hpp"

namespace chimata::verification {

/// Fills in the outcome of a check whose id, titles and source are set already.
using Examine = void (*)(Check& check, const Verification& models);

/// A check before it is run; or one that cannot be run yet, with what it would ask and why not.
struct Question {
  const char *id, *title_ja, *title_en, *source;
  char grade;
  Examine examine = nullptr;
  const char *criterion = "", *why_not = "";
};

inline constexpr const char* kRimea =
    "RiMEA 4.1.1 (2022), Richtlinie für mikroskopische Entfluchtungsanalysen";
inline constexpr const char* kImo =
    "IMO MSC.1/Circ.1533 (2016); reference times: FDS+Evac Technical Reference ch. 4";
inline constexpr const char* kNist = "NIST Technical Note 1822 (2013)";
inline constexpr const char* kIso = "ISO 20414:2020";

[[nodiscard]] std::vector<Question> speed_checks();
[[nodiscard]] std::vector<Question> flow_checks();
[[nodiscard]] std::vector<Question> density_checks();
[[nodiscard]] std::vector<Question> crowdwalk_checks();
[[nodiscard]] std::vector<Question> water_checks();
[[nodiscard]] std::vector<Question> path_checks();
[[nodiscard]] std::vector<Question> clearance_checks();
[[nodiscard]] std::vector<Question> departure_checks();
[[nodiscard]] std::vector<Question> policy_checks();
[[nodiscard]] std::vector<Question> traffic_checks();
[[nodiscard]] std::vector<Question> rimea_checks();
[[nodiscard]] std::vector<Question> rimea_queue_checks();
[[nodiscard]] std::vector<Question> imo_checks();
[[nodiscard]] std::vector<Question> nist_checks();
[[nodiscard]] std::vector<Question> iso_checks();
[[nodiscard]] std::vector<Question> stairs_checks();
[[nodiscard]] std::vector<Question> smoke_checks();
[[nodiscard]] std::vector<Question> choice_checks();
[[nodiscard]] std::vector<Question> crowd_law_checks();
[[nodiscard]] std::vector<Question> empirical_checks();
[[nodiscard]] std::vector<Question> engine_checks();

}  // namespace chimata::verification
