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

/// Whether enough of each class live near for those who are asked for.
void check_kinds(const Population& people, const VisitorKinds* kinds, std::size_t residents,
                 std::span<const PersonId> near) {
  if (kinds == nullptr) return;
  std::array<std::size_t, kPersonClasses> there{};
  for (const PersonId person : near) ++there[static_cast<std::size_t>(people.person_class[person])];
  const auto wanted = wanted_by_class(kinds, residents);
  for (std::size_t c = 0; c < wanted.size(); ++c) {
    if (wanted[c] <= there[c]) continue;
    throw InputError("event.people",
                     "asks for " + std::to_string(wanted[c]) + " of class " +
                         std::string(name_of(static_cast<PersonClass>(c))) +
                         " among the residents, but only " + std::to_string(there[c]) + " live near enough",
                     "lower their share, raise catchment_m or train_share");
  }
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
                      const GateWays& ways, std::span<const PersonId> near) {
  const Population& people = *world.people;
  const std::size_t from_elsewhere = people.size() - visitors.residents;
  const auto attendance = static_cast<std::size_t>(model.attendance);
  if (near.size() + from_elsewhere < attendance)
    throw InputError("event.attendance",
                     "is " + std::to_string(attendance) + ", but only " + std::to_string(near.size()) +
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
  check_kinds(people, visitors.kinds.get(), attendance - from_elsewhere, near);
  check_cars(world, model, visitors);
}

void check_event(const World& world, const EventModel& model, const VisitorRows& visitors) {
  const GateWays ways(world, model.start);
  check_attendance(world, model, visitors, ways, residents_near(world, model, visitors, ways));
  static_cast<void>(GroupSizes(model.groups));
}

}  // namespace chimata
