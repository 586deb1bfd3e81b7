/// Applies a scenario's ordered list of edits.
#pragma once

#include "chimata/scenario/catalogue.hpp"
#include "chimata/scenario/scenario.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

/// What edits may change.
struct Editable {
  const City& city;
  const LocalClock& clock;
  const ScenarioInputs& inputs;
  Time end;
  std::vector<ShelterPlan>& shelters;
  std::vector<Closure>& closures;
  std::vector<LinkChange>& link_changes;
  std::map<std::string, Settings, std::less<>>& settings;
};

/// Applies `edits` in order; returns them with what they replaced.
/// @throws InputError naming the edit, its target and the nearest match
[[nodiscard]] std::vector<AppliedEdit> apply_edits(const Json& edits, Editable scene);

}  // namespace chimata
