#include "chimata/people/wading.hpp"

#include <doctest/doctest.h>

using namespace chimata;

TEST_CASE("on dry ground nobody is slowed, at the limit of the class nobody moves") {
  const WadingModel model;
  for (int c = 0; c < kPersonClasses; ++c) {
    const auto person_class = static_cast<PersonClass>(c);
    const double limit = wading_limit(model, person_class);
    CHECK(wading_factor(model, person_class, 0) == 1);
    CHECK(wading_factor(model, person_class, -1) == 1);
    CHECK(wading_factor(model, person_class, limit) == 0);
    CHECK(wading_factor(model, person_class, limit - 1e-9) > 0);
  }
}

TEST_CASE("in CrowdWalk's flood rule speed falls in proportion to depth and vanishes at one metre") {
  WadingModel model;
  CHECK(wading_factor(model, PersonClass::adult, 0.25) == doctest::Approx(0.75));
  CHECK(wading_factor(model, PersonClass::adult, 0.60) == doctest::Approx(0.40));
  model.reference_depth = 0.5;
  CHECK(wading_factor(model, PersonClass::adult, 0.25) == doctest::Approx(0.5));
  CHECK(wading_factor(model, PersonClass::adult, 0.6) == 0);
}

TEST_CASE("without a law of slowing only the limit counts") {
  WadingModel model;
  model.law = WadingLaw::none;
  CHECK(wading_factor(model, PersonClass::child, 0.29) == 1);
  CHECK(wading_factor(model, PersonClass::child, 0.30) == 0);
}

TEST_CASE("every wading parameter has a source, both labels and a default within its range") {
  for (const auto& bound : wading_parameters().all) {
    CAPTURE(bound.about.name);
    CHECK(!bound.about.source.empty());
    CHECK(!bound.about.label_ja.empty());
    CHECK(!bound.about.label_en.empty());
    if (const auto* value = std::get_if<double>(&bound.about.default_value)) {
      CHECK(*value >= *bound.about.low);
      CHECK(*value <= *bound.about.high);
    }
  }
}
