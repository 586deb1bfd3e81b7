#include "chimata/verification/experiments.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/verification/halls.hpp"

namespace chimata::verification {

using pedestrian::Law;

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
