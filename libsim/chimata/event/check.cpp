// What cannot be, whatever the draws.
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/event/plan.hpp"

namespace chimata {

namespace {

std::size_t room_in(const FocusArea& site) {
  std::size_t room = 0;
  for (const AreaSpot& spot : site.spots) room += spot.room;
  return room;
}

void check_cars(const World& world, const EventModel& model, const VisitorRows& visitors) {
  VisitPlan cars;
  for (std::size_t p = visitors.by_car_from; p < world.people->size(); ++p)
    cars.visits.push_back({.person = PersonId{p}, .by = ComesBy::car});
  form_parties(world, model.persons_per_car, cars);
  std::size_t spaces = 0;
  for (const CarPark& park : visitors.car_parks) spaces += park.spaces;
  if (spaces < cars.parties.size())
    throw InputError(
        "event.car_parks",
        "have " + std::to_string(spaces) + " spaces for " + std::to_string(cars.parties.size()) + " cars",
        "add spaces, or lower car_share");
}

}  // namespace

std::vector<PersonId> residents_near(const World& world, const EventModel& model, const VisitorRows& visitors,
                                     const GateWays& ways) {
  const Population& people = *world.people;
  std::vector<PersonId> near;
  for (std::uint32_t p = 0; p < visitors.residents; ++p) {
    const PersonId person{p};
    if (people.needs_help[person] != 0) continue;
    const double way = ways.nearest_way_in(people.home_node[person]);
    if (way + double{people.access_distance[person]} <= model.catchment) near.push_back(person);
  }
  return near;
}

void check_attendance(const World& world, const EventModel& model, const VisitorRows& visitors,
                      const GateWays& ways, std::size_t near) {
  const Population& people = *world.people;
  const std::size_t from_elsewhere = people.size() - visitors.residents;
  const auto attendance = static_cast<std::size_t>(model.attendance);
  if (near + from_elsewhere < attendance)
    throw InputError("event.attendance",
                     "is " + std::to_string(attendance) + ", but only " + std::to_string(near) +
                         " residents live within " + std::to_string(static_cast<long>(model.catchment)) +
                         " m on foot and " + std::to_string(from_elsewhere) + " come from elsewhere",
                     "lower it, raise train_share or catchment_m");
  const FocusArea& site = world.areas.front();
  if (const std::size_t room = room_in(site); room < attendance)
    throw InputError("event.attendance",
                     "is " + std::to_string(attendance) + ", but only " + std::to_string(room) +
                         " have room in " + site.id,
                     "lower it, widen within_m or raise viewing_density");
  if (visitors.has_trains(people.size()) &&
      std::isinf(ways.nearest_way_in(people.home_node[PersonId{visitors.residents}])))
    throw InputError("event.station", "no way on foot leads from it to any gate",
                     "name a place that streets join to the event's");
  check_cars(world, model, visitors);
}

void check_event(const World& world, const EventModel& model, const VisitorRows& visitors) {
  const GateWays ways(world, model.start);
  check_attendance(world, model, visitors, ways, residents_near(world, model, visitors, ways).size());
}

}  // namespace chimata
