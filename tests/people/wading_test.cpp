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

TEST_CASE("the exponential law goes through the experiment of Li et al. in 0.35 m of water") {
  WadingModel model;
  model.law = WadingLaw::exponential;
  model.adult_limit = model.child_limit = 1.2;
  // men 38.6 % slower, women 44.8 %; the adults' default is the mean of both
  CHECK(wading_factor(model, PersonClass::adult, 0.35) == doctest::Approx(1 - 0.417).epsilon(0.002));
  CHECK(wading_factor(model, PersonClass::child, 0.35) == doctest::Approx(1 - 0.448).epsilon(0.002));
  model.adult_decay = 1.394;
  CHECK(wading_factor(model, PersonClass::adult, 0.35) == doctest::Approx(1 - 0.386).epsilon(0.002));
  // further depth brings ever smaller changes (0, 0.35, 0.60, 0.90 m)
  const auto per_metre = [&](double from, double to) {
    return (wading_factor(model, PersonClass::adult, from) - wading_factor(model, PersonClass::adult, to)) /
           (to - from);
  };
  CHECK(per_metre(0, 0.35) > per_metre(0.35, 0.60));
  CHECK(per_metre(0.35, 0.60) > per_metre(0.60, 0.90));
  CHECK(per_metre(0.60, 0.90) > 0);
}

TEST_CASE("the linear law can be set to the quarter of normal speed at half a metre of the MLIT guide") {
  WadingModel model;
  model.reference_depth = 0.667;
  CHECK(wading_factor(model, PersonClass::adult, 0.5) == doctest::Approx(0.25).epsilon(0.01));
}

TEST_CASE("turbid water or darkness slow people in water only") {
  for (const WadingLaw law : {WadingLaw::linear, WadingLaw::exponential}) {
    WadingModel clear, turbid;
    clear.law = turbid.law = law;
    turbid.surroundings_factor = 0.6;
    CHECK(wading_factor(turbid, PersonClass::adult, 0) == 1);
    CHECK(wading_factor(turbid, PersonClass::adult, 0.3) ==
          doctest::Approx(0.6 * wading_factor(clear, PersonClass::adult, 0.3)));
  }
}

TEST_CASE("depth times velocity sweeps children away before adults, at the figures of AR&R Project 10") {
  const WadingModel model;
  struct Row {
    PersonClass who;
    double product;
  };
  for (const auto [who, product] : {Row{PersonClass::adult, 0.8}, Row{PersonClass::elderly, 0.6},
                                    Row{PersonClass::child, 0.4}, Row{PersonClass::impaired, 0.4}}) {
    for (const double velocity : {0.5, 1.0, 2.0}) {
      CAPTURE(velocity);
      CHECK(swept_away(model, who, product / velocity, velocity));
      CHECK_FALSE(swept_away(model, who, product / velocity - 0.01, velocity));
    }
    CHECK_FALSE(swept_away(model, who, 5.0, 0));             // still water stops, but carries nobody off
    CHECK_FALSE(swept_away(model, who, kWetDepth / 2, 10));  // a film of water
    CHECK(swept_away(model, who, kWetDepth, 3.0));           // 3 m/s is the end of the criterion's range
  }
}

TEST_CASE("the logistic law loses people where TUNAMI-EVAC gives more than even odds") {
  WadingModel model;
  model.stability = StabilityLaw::logistic;
  for (const double velocity : {0.5, 1.0, 2.0}) {
    const double depth = (15.48 + 12.37 - 11.517 * velocity) / 22.036;  // z = 15.48, P = 0.5
    const bool beyond_cap = depth > 0.85;
    CAPTURE(velocity);
    CHECK(swept_away(model, PersonClass::adult, depth + 1e-6, velocity));
    CHECK(swept_away(model, PersonClass::adult, depth - 1e-6, velocity) == beyond_cap);
    CHECK(swept_away(model, PersonClass::child, depth + 1e-6, velocity));
  }
  CHECK(swept_away(model, PersonClass::adult, 0.851, 0.01));  // deeper than 0.85 m
  CHECK_FALSE(swept_away(model, PersonClass::adult, 0.84, 0.01));
  // with the 2 m/s that TUNAMI-EVAC assumes everywhere people are lost from 0.219 m on
  CHECK(swept_away(model, PersonClass::adult, 0.219, 2.0));
  CHECK_FALSE(swept_away(model, PersonClass::adult, 0.218, 2.0));
  model.stability = StabilityLaw::none;
  CHECK_FALSE(swept_away(model, PersonClass::adult, 2, 5));
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
