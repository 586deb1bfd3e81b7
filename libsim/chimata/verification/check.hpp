/// Scientific verification: the engine run against published and analytic answers.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "chimata/core/error.hpp"
#include "chimata/evacuation/evacuation.hpp"
#include "chimata/people/wading.hpp"
#include "chimata/walking/walking.hpp"

namespace chimata {

/// One curve of a check, for a plot.
struct Series {
  std::string name;              ///< for the legend
  std::string x_label, y_label;  ///< quantity with unit
  std::vector<double> x, y;
  bool points = false;           ///< measured points; else a line
  std::vector<double> low = {};  ///< if there, the area between it and y is filled instead
};

/// The outcome of one check. Texts carry their units. A check that was not run says in `measured` why: it
/// has neither passed nor failed.
struct Check {
  std::string suite, id;  ///< id: snake_case, unique
  std::string title_ja, title_en;
  std::string expected, measured, tolerance;
  bool run = true, passed = false;
  std::string source;  ///< where the expected value comes from
  char grade = 'C';    ///< A primary source read or derived here, B secondary, C judgement
  std::vector<Series> plots;
};

/// The models under examination. What is expected never depends on them, so a wrong parameter fails.
struct Verification {
  WalkingModel walking;
  WadingModel wading;
  EvacuationModel evacuation;  ///< departure and compliance are set by the checks
  bool thorough = false;       ///< larger numbers of people, networks and samples
};

/// Names of the suites, in the order in which they run.
[[nodiscard]] std::vector<std::string> suites();

/// Runs the checks of one suite, or of all for "". A check that throws has failed; its message is what was
/// measured.
/// @param progress  told before each check; returns false to stop
/// @throws InputError for an unknown suite, Cancelled when `progress` says stop
[[nodiscard]] std::vector<Check> verify(std::string_view suite = "", const Verification& models = {},
                                        const std::function<bool(const Progress&)>& progress = {});

}  // namespace chimata
