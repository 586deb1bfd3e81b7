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

}  // namespace chimata::verification
