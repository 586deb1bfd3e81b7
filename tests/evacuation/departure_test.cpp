#include "chimata/evacuation/departure.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace chimata;

namespace {

EvacuationModel law(DepartureLaw departure, double mean_s, double latest_s = 1e7) {
  EvacuationModel model;
  model.departure = departure;
  model.departure_mean = duration_of(mean_s);
  model.departure_latest = duration_of(latest_s);
  return model;
}

double mean_of(const DepartureDelay& delay) {
  const int n = 200'000;
  double sum = 0;
  for (int i = 0; i < n; ++i) sum += seconds(delay.at((i + 0.5) / n));
  return sum / n;
}

}  // namespace

TEST_CASE("each law of departure has the mean it is given") {
  for (const auto departure : {DepartureLaw::rayleigh, DepartureLaw::lognormal, DepartureLaw::uniform}) {
    CHECK(mean_of(DepartureDelay{law(departure, 1800)}) == doctest::Approx(1800).epsilon(1e-3));
  }
  CHECK(mean_of(DepartureDelay{law(DepartureLaw::immediate, 1800)}) == 0);
  CHECK(mean_of(DepartureDelay{law(DepartureLaw::rayleigh, 0)}) == 0);
  CHECK(mean_of(DepartureDelay{law(DepartureLaw::rayleigh, 1800, 0)}) == 0);
}

TEST_CASE("quantiles of the laws are the analytic ones") {
  const DepartureDelay rayleigh{law(DepartureLaw::rayleigh, 1800)},
      lognormal{law(DepartureLaw::lognormal, 1800)}, uniform{law(DepartureLaw::uniform, 1800)};
  for (const double u : {0.01, 0.25, 0.5, 0.9, 0.999}) {
    // Rayleigh: F(t) = 1 - exp(-pi t² / 4 mean²)
    const double t = seconds(rayleigh.at(u));
    CHECK(1 - std::exp(-std::numbers::pi * t * t / (4 * 1800.0 * 1800.0)) ==
          doctest::Approx(u).epsilon(1e-4));
    CHECK(seconds(uniform.at(u)) == doctest::Approx(3600 * u).epsilon(1e-5));
    // lognormal: F(t) = Phi((ln t - mu) / sigma)
    const double sigma = 0.94, z = (std::log(seconds(lognormal.at(u)) / 1800) + sigma * sigma / 2) / sigma;
    CHECK(0.5 * std::erfc(-z / std::numbers::sqrt2) == doctest::Approx(u).epsilon(1e-4));
  }
}

TEST_CASE("nobody is later than the latest, and below it the law keeps its shape") {
  for (const auto departure : {DepartureLaw::rayleigh, DepartureLaw::lognormal, DepartureLaw::uniform}) {
    const DepartureDelay whole{law(departure, 1800)}, cut{law(departure, 1800, 2400)};
    double kept = 0;  // F(2400 s) of the whole law
    for (int i = 0; i < 10'000; ++i) kept += seconds(whole.at((i + 0.5) / 10'000)) <= 2400 ? 1e-4 : 0;
    CHECK(kept < 0.9);
    for (const double u : {0.05, 0.3, 0.7, 0.95}) {
      CHECK(seconds(cut.at(u)) == doctest::Approx(seconds(whole.at(u * kept))).epsilon(2e-3));
    }
    CHECK(cut.at(1 - 1e-12) <= duration_of(2400));
    CHECK(seconds(cut.at(1 - 1e-12)) > 2390);
  }
}
