#include <exception>

#include "chimata/core/text.hpp"
#include "chimata/verification/check.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata {

namespace {

using namespace verification;

struct Suite {
  const char* name;
  std::vector<std::vector<Question>> themes;
};

std::vector<Suite> all_suites() {
  return {{"walking", {speed_checks(), density_checks(), flow_checks(), crowdwalk_checks(), water_checks()}},
          {"routing", {path_checks(), clearance_checks()}},
          {"evacuation", {departure_checks(), policy_checks()}},
          {"traffic", {traffic_checks()}},
          {"pedestrian",
           {rimea_checks(), rimea_queue_checks(), imo_checks(), nist_checks(), iso_checks(), stairs_checks(),
            smoke_checks(), choice_checks(), crowd_law_checks(), empirical_checks()}},
          {"engine", {engine_checks()}}};
}

Check answer(const char* suite, const Question& question, const Verification& models) {
  Check check;
  check.suite = suite, check.id = question.id;
  check.title_ja = question.title_ja, check.title_en = question.title_en;
  check.source = question.source, check.grade = question.grade;
  if (question.examine == nullptr) {
    check.run = false;
    check.expected = question.criterion, check.measured = question.why_not, check.tolerance = "–";
    return check;
  }
  try {
    question.examine(check, models);
  } catch (const std::exception& error) {
    check.measured = error.what();
    check.passed = false;
  }
  return check;
}

}  // namespace

std::vector<std::string> suites() {
  std::vector<std::string> names;
  for (const Suite& suite : all_suites()) names.emplace_back(suite.name);
  return names;
}

std::vector<Check> verify(std::string_view wanted, const Verification& models,
                          const std::function<bool(const Progress&)>& progress) {
  std::vector<std::pair<const char*, Question>> questions;
  for (const Suite& suite : all_suites()) {
    if (!wanted.empty() && wanted != suite.name) continue;
    for (const auto& theme : suite.themes) {
      for (const Question& question : theme) questions.emplace_back(suite.name, question);
    }
  }
  if (questions.empty()) {
    const std::string hint = did_you_mean(wanted, suites());
    throw InputError("verify", "there is no suite \"" + std::string(wanted) + "\"",
                     hint.empty() ? "suites are " + listed(suites()) : hint);
  }
  std::vector<Check> checks;
  for (const auto& [suite, question] : questions) {
    const double done = static_cast<double>(checks.size()) / static_cast<double>(questions.size());
    if (progress && !progress({done, question.title_en})) throw Cancelled();
    checks.push_back(answer(suite, question, models));
  }
  return checks;
}

}  // namespace chimata
