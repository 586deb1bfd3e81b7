/// JSON Schema of the scenario file, generated from the declarations of all parameters.
#pragma once

#include <string>

namespace chimata {

/// JSON Schema (2020-12) that editors use to complete and check scenario files.
[[nodiscard]] std::string scenario_schema();

/// All models with their parameters, as JSON: name, labels, and for every parameter kind, unit, default,
/// range, choices, source, grade, labels and help.
[[nodiscard]] std::string parameter_catalogue();

}  // namespace chimata
