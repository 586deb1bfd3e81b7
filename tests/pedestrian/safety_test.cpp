#include "chimata/pedestrian/safety.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace chimata;
using namespace chimata::pedestrian;

namespace {

/// People on a square lattice over 20 x 20 m, all with one velocity.
std::vector<Point> lattice(double density) {
  std::vector<Point> people;
  const double pitch = 1 / std::sqrt(density);
  for (double y = pitch / 2; y < 20; y += pitch) {
    for (double x = pitch / 2; x < 20; x += pitch) people.push_back({x, y});
  }
  return people;
}

Box square() {
  Box box;
  box.add({0, 0}), box.add({20, 20});
  return box;
}

}  // namespace

TEST_CASE("Fruin's levels begin and end where he says") {
  CHECK(level_of_service(0.30) == ServiceLevel::a);
  CHECK(level_of_service(0.32) == ServiceLevel::b);
  CHECK(level_of_service(0.50) == ServiceLevel::c);
  CHECK(level_of_service(1.00) == ServiceLevel::d);
  CHECK(level_of_service(2.00) == ServiceLevel::e);
  CHECK(level_of_service(2.20) == ServiceLevel::f);
}

TEST_CASE("in the middle of an even crowd the density is the number of people per square metre") {
  for (const double density : {0.5, 1.0, 4.0}) {
    const auto people = lattice(density);
    Safety safety(square());
    safety.observe(people, std::vector<Point>(people.size(), {0.5, 0}), 0, 1);
    CHECK(safety.at({10, 10}).density == doctest::Approx(density).epsilon(0.02));
    CHECK(safety.at({10, 10}).speed == doctest::Approx(0.5));
    CHECK(safety.at({10, 10}).pressure == doctest::Approx(0).epsilon(1e-6));
  }
}

TEST_CASE("pressure is density times the variance of velocity") {
  const auto people = lattice(4);
  std::vector<Point> velocity;
  for (std::size_t i = 0; i < people.size(); ++i) velocity.push_back({i % 2 == 0 ? 0.3 : -0.3, 0});
  Safety safety(square());
  safety.observe(people, velocity, 0, 1);
  CHECK(safety.at({10, 10}).pressure == doctest::Approx(4 * 0.09).epsilon(0.05));
}

TEST_CASE("the first alarm comes when it has been too dense in one place for long enough") {
  const auto thin = lattice(2), dense = lattice(5);
  const std::vector<Point> still(dense.size(), {0, 0});
  Safety safety(square());
  double now = 0;
  const auto seconds = [&](const std::vector<Point>& people, int n) {
    for (int i = 0; i < n; ++i) safety.observe(people, still, ++now, 1);
  };
  seconds(dense, 4), seconds(thin, 1), seconds(dense, 4);
  CHECK(safety.first_alarm() == std::numeric_limits<double>::infinity());
  seconds(dense, 1);
  CHECK(safety.first_alarm() == 10);
  CHECK(safety.alert_person_min() > 0.8 * 9 * static_cast<double>(dense.size()) / 60);
  CHECK(safety.alert_person_min() <= 9 * static_cast<double>(dense.size()) / 60);
  CHECK(safety.crush_person_min() == 0);
}
