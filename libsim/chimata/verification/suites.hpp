/// The checks of every theme. Private to this room.
#pragma once

#include <vector>

#include "chimata/verification/check.hpp"

namespace chimata::verification {

/// Fills in the outcome of a check whose id, titles and source are set already.
using Examine = void (*)(Check& check, const Verification& models);

/// A check before it is run.
struct Question {
  const char *id, *title_ja, *title_en, *source;
  char grade;
  Examine examine;
};

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
[[nodiscard]] std::vector<Question> pedestrian_checks();
[[nodiscard]] std::vector<Question> engine_checks();

}  // namespace chimata::verification
