#include "chimata/verification/halls.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chimata::verification {

using namespace pedestrian;

Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}

Polygon with_hole(Polygon polygon, const Polygon& hole) {
  polygon.rings.push_back({hole.rings.front().rbegin(), hole.rings.front().rend()});
  return polygon;
}

Polygon turned(Polygon polygon, double degrees) {
  const double angle = degrees * 3.14159265358979323846 / 180, c = std::cos(angle), s = std::sin(angle);
  for (auto& ring : polygon.rings) {
    for (Point& p : ring) p = {c * p.x - s * p.y, s * p.x + c * p.y};
  }
  return polygon;
}

Hall::Hall(std::vector<Polygon> parts, std::vector<SpeedZone> zones, std::vector<Gate> gates,
           VenueModel model)
    : area_(std::make_shared<const Area>(std::move(parts), std::move(gates), std::move(zones))),
      venue_(area_, model) {}

std::uint32_t Hall::exit(Point a, Point b, Door door) {
  Stage stage;
  stage.id = "exit " + std::to_string(venue_.stages().size());
  stage.lines = {{a, b}};
  stage.does = pedestrian::Exit(door);
  return venue_.add_journey({venue_.add_stage(std::move(stage))});
}

std::uint32_t Hall::crowd(const Polygon& where, std::size_t count, std::uint32_t journey, double speed,
                          double radius) {
  const auto first = static_cast<std::uint32_t>(people_.size());
  for (const Point at :
       places_in(*area_, venue_.walls(), where, count, 2 * radius, radius, Random{Seed{++crowds_}}))
    add(at, journey, speed, 0, radius);
  return first;
}

void Hall::add(Point at, std::uint32_t journey, double speed, double starts_s, double radius) {
  Visitor visitor;
  visitor.body.person = PersonId{static_cast<std::uint32_t>(people_.size())};
  visitor.body.at = at;
  visitor.body.speed = speed;
  visitor.body.radius = radius;
  visitor.body.law = law_;
  visitor.journey = journey;
  visitor.starts_s = starts_s;
  people_.push_back(visitor);
}

void Hall::run(double limit_s) {
  if (!begun_) venue_.let_in(people_);
  begun_ = true;
  Arena arena(1);
  constexpr double kSame = 1e-6;  // s; the clock goes in whole steps
  while (!empty() && venue_.now() < limit_s - kSame)
    venue_.run_until(std::min(limit_s, venue_.now() + 1), arena);
}

double Hall::left_at(std::uint32_t person) const {
  for (const Passing& passing : venue_.passings()) {
    if (passing.person.value == person) return passing.time_s;
  }
  return std::numeric_limits<double>::infinity();
}

double Hall::cleared_at() const {
  return empty() ? venue_.passings().back().time_s : std::numeric_limits<double>::infinity();
}

double Hall::flow(double from_share, double to_share) const {
  const auto& passings = venue_.passings();
  const auto at = [&](double share) {
    return std::min(passings.size() - 1,
                    static_cast<std::size_t>(share * static_cast<double>(people_.size())));
  };
  if (passings.empty() || at(from_share) == at(to_share)) return 0;
  return static_cast<double>(at(to_share) - at(from_share)) /
         (passings[at(to_share)].time_s - passings[at(from_share)].time_s);
}

double room_flow(Door door) {
  Hall hall({rectangle(0, 0, 8, 5), rectangle(8, 2, 9, 3)});
  hall.crowd(rectangle(0, 0, 8, 5), 100, hall.exit({9, 2}, {9, 3}, door), 1.3);
  hall.run(600);
  return hall.flow(0.1, 0.9);
}

double time_alone(double metres, double speed, double starts_s, double width) {
  Hall hall({rectangle(0, 0, metres, width)});
  hall.add({0.5, width / 2}, hall.exit({metres, 0}, {metres, width}), speed, starts_s);
  hall.run(1000);
  return hall.left_at(0) + 0.5 / speed;  // the half metre that the body needs behind it
}

std::vector<double> free_speeds(const std::vector<double>& desired) {
  const auto lanes = static_cast<double>(desired.size());
  Hall hall({rectangle(0, 0, 40, lanes)});
  const auto journey = hall.exit({40, 0}, {40, lanes});
  for (std::size_t i = 0; i < desired.size(); ++i)
    hall.add({1, static_cast<double>(i) + 0.5}, journey, desired[i]);
  std::vector<double> from(desired.size()), speeds(desired.size());
  const auto look = [&](double moment, auto&& take) {
    hall.run(moment);
    const auto& crowd = hall.venue().crowd();
    for (std::size_t row = 0; row < crowd.size(); ++row)
      take(crowd.person()[row].value, crowd.position()[row].x);
  };
  look(1, [&](std::uint32_t person, double x) { from[person] = x; });
  look(11, [&](std::uint32_t person, double x) { speeds[person] = (x - from[person]) / 10; });
  return speeds;
}

std::vector<double> setting_out(const std::vector<double>& starts_s) {
  Hall hall({rectangle(0, 0, 8, 5)});
  const auto journey = hall.exit({8, 2}, {8, 3});
  std::vector<Point> from;
  for (std::size_t i = 0; i < starts_s.size(); ++i) {
    from.push_back({1.0 + 0.6 * static_cast<double>(i % 10), 1.0 + 3.0 * static_cast<double>(i % 2)});
    hall.add(from.back(), journey, 1.2, starts_s[i]);
  }
  std::vector<double> set_out(starts_s.size(), std::numeric_limits<double>::infinity());
  const double last = *std::max_element(starts_s.begin(), starts_s.end()) + 1;
  for (int tenth = 1; tenth <= 10 * last; ++tenth) {
    const double moment = 0.1 * tenth;
    hall.run(moment);
    const auto& crowd = hall.venue().crowd();
    for (std::size_t row = 0; row < crowd.size(); ++row) {
      double& when = set_out[crowd.person()[row].value];
      if (distance(from[crowd.person()[row].value], crowd.position()[row]) > 0.01)
        when = std::min(when, moment);
    }
  }
  return set_out;
}

}  // namespace chimata::verification
