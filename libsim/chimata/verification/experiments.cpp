#include "chimata/verification/experiments.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/voronoi.hpp"
#include "chimata/verification/halls.hpp"

namespace chimata::verification {

using pedestrian::Law;

namespace {

/// Of the samples in the bin around a density; 0 if there are none.
double median_speed(const std::vector<Sample>& samples, double density) {
  constexpr double kHalf = 0.25;  // persons/m²
  std::vector<double> speeds;
  for (const Sample& one : samples) {
    if (one.density >= density - kHalf && one.density < density + kHalf) speeds.push_back(one.speed);
  }
  if (speeds.empty()) return 0;
  const auto middle = speeds.begin() + static_cast<std::ptrdiff_t>(speeds.size() / 2);
  std::nth_element(speeds.begin(), middle, speeds.end());
  return *middle;
}

}  // namespace

double speed_in(const Experiment& experiment, double density, const Walking& by) {
  const bool file = experiment.width == 0;
  const double length = file ? 26 : 24, area = file ? length : length * experiment.width;
  LoopPeople people;
  people.law = by.law, people.laws = by.laws, people.radius = by.radius, people.time_gap = by.time_gap;
  people.speed = experiment.speed, people.spread = experiment.spread;
  people.against = experiment.against;
  Loop loop(length, file ? by.radius : experiment.width,
            static_cast<std::size_t>(std::lround(density * area)), people);
  return loop_speed(loop, file ? 60 : 30, 30);
}

std::vector<Sample> corner_samples(const Experiment& experiment, double entrance, const Walking& by) {
  constexpr Purpose kSpeed{"experiment speed"};
  constexpr double kBefore = 8, kBehind = 5, kLong = 2;  // m: legs of the corridor, and the places looked at
  const double wide = experiment.width, middle = -wide / 2;
  pedestrian::VenueModel model;
  model.dt = 0.02;
  model.laws = by.laws;
  Hall hall({rectangle(-wide, -wide, kBefore, 0), rectangle(-wide, 0, 0, kBehind),
             rectangle(kBefore, middle - entrance / 2, kBefore + 1, middle + entrance / 2),
             rectangle(kBefore + 1, middle - 5, kBefore + 11, middle + 5)},
            {}, {}, model);
  hall.move_by(by.law);
  hall.crowd(rectangle(kBefore + 2, middle - 4.7, kBefore + 10.7, middle + 4.7), 150,
             hall.exit({-wide, kBehind}, {0, kBehind}), experiment.speed, by.radius);
  const Random random{Seed{1}};
  for (auto& person : hall.people()) {
    const double normal = random.normal(kSpeed, person.body.person.value);
    person.body.speed = desired_speed(experiment.speed, experiment.spread, normal);
    person.body.time_gap = by.time_gap;
  }
  const Area before({rectangle(0, -wide, kLong, 0)}), behind({rectangle(-wide, 0, 0, kLong)});
  const pedestrian::Voronoi voronoi(std::make_shared<const Area>(hall.venue().area()));
  std::vector<Sample> samples;
  Arena arena(1);
  for (double t = 1; t < 200 && hall.venue().left() < 120; ++t) {
    hall.run(t);
    if (hall.venue().left() < 10) continue;
    const auto& crowd = hall.venue().crowd();
    std::vector<double> speeds;
    for (const Point velocity : crowd.velocity()) speeds.push_back(length(velocity));
    const auto cells = voronoi.cells(crowd.position(), arena);
    for (const Area* place : {&before, &behind}) {
      const auto seen = pedestrian::measure(*place, cells, crowd.position(), speeds);
      if (seen.counted > 0) samples.push_back({seen.density, seen.speed});
    }
  }
  return samples;
}

std::vector<double> speeds_in(const Experiment& experiment, const Walking& by) {
  std::vector<double> speeds;
  if (!experiment.corner) {
    for (const Median& median : experiment.medians)
      speeds.push_back(speed_in(experiment, median.density, by));
    return speeds;
  }
  std::vector<Sample> all;
  for (const double entrance : {0.5, 0.6, 0.8, 1.0, 1.5, 2.4}) {
    const auto samples = corner_samples(experiment, entrance, by);
    all.insert(all.end(), samples.begin(), samples.end());
  }
  for (const Median& median : experiment.medians) speeds.push_back(median_speed(all, median.density));
  return speeds;
}

double bottleneck_flow(double width, const Walking& by) {
  pedestrian::VenueModel model;
  model.dt = 0.02;
  model.laws = by.laws;
  Hall hall(
      {rectangle(0, 0, 10, 10), rectangle(10, 5 - width / 2, 12, 5 + width / 2), rectangle(12, 0, 16, 10)},
      {}, {}, model);
  hall.move_by(by.law);
  hall.crowd(rectangle(1, 1, 8, 9), 150, hall.exit({16, 0}, {16, 10}), 1.34, by.radius);
  for (auto& person : hall.people()) person.body.time_gap = by.time_gap;
  hall.run(400);
  return hall.flow(0.2, 0.8);
}

Met counterflow(std::size_t against, std::uint32_t draw, const Walking& by) {
  pedestrian::VenueModel model;
  model.dt = by.law == Law::orca ? 0.05 : 0.02;
  model.laws = by.laws;
  Hall hall({rectangle(0, 0, 10, 10), rectangle(10, 4, 20, 6), rectangle(20, 0, 30, 10)}, {}, {}, model);
  hall.draw_anew(draw);
  hall.move_by(by.law);
  const auto right = hall.exit({30, 0}, {30, 10}), left = hall.exit({0, 0}, {0, 10});
  const auto first = hall.crowd(rectangle(0.2, 0.2, 9, 9.8), 100, right, 1.3, by.radius);
  if (against > 0) hall.crowd(rectangle(21, 0.2, 29.8, 9.8), against, left, 1.3, by.radius);
  for (auto& person : hall.people()) person.body.time_gap = by.time_gap;
  Met met{0, 0};
  for (double t = 0.5; t < 400 && !hall.empty(); t += 0.5) {
    hall.run(t);
    met.overlap = std::max(met.overlap, hall.venue().crowd().worst_overlap());
  }
  for (std::uint32_t i = first; i < first + 100; ++i) met.time_s = std::max(met.time_s, hall.left_at(i));
  return met;
}

}  // namespace chimata::verification
