#include "chimata/event/plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>

namespace chimata {

namespace {

constexpr Purpose kComes{"event.comes"}, kMoment{"event.moment"}, kSetsOut{"event.sets_out"},
    kGuided{"event.guided"}, kOutOfStation{"event.out_of_station"};

/// Those who come: everybody from elsewhere, and the residents with the smallest draws among those near
/// enough. So a larger attendance brings the same people and further ones.
std::vector<PersonId> who_comes(const World& world, const EventModel& model, const EventSetting& setting,
                                const GateWays& ways) {
  std::vector<PersonId> near = residents_near(world, model, setting.visitors, ways);
  check_attendance(world, model, setting.visitors, ways, near.size());
  const std::size_t people = world.people->size(), from_elsewhere = people - setting.visitors.residents;
  std::sort(near.begin(), near.end(), [&](PersonId a, PersonId b) {
    return std::tuple(world.random.uniform(kComes, a.value), a) <
           std::tuple(world.random.uniform(kComes, b.value), b);
  });
  near.resize(static_cast<std::size_t>(model.attendance) - from_elsewhere);
  for (std::size_t p = setting.visitors.residents; p < people; ++p) near.push_back(PersonId{p});
  std::sort(near.begin(), near.end());
  return near;
}

/// From 0 to 1 by a triangle with its peak in the middle.
double triangle(double u) {
  return u < 0.5 ? std::sqrt(u / 2) : 1 - std::sqrt((1 - u) / 2);
}

/// Who decides for somebody: the driver of their party.
PersonId decides(const VisitPlan& plan, const Visit& visit) {
  return visit.party == kAlone ? visit.person : plan.visits[plan.parties[visit.party].first].person;
}

/// When people want to be at the gate.
std::vector<Time> moments(const World& world, const EventModel& model, const VisitPlan& plan) {
  std::vector<Time> due;
  for (const Visit& visit : plan.visits) {
    const double share = triangle(world.random.uniform(kMoment, decides(plan, visit).value));
    due.push_back(model.start - model.arrive_from + duration_of(seconds(model.arrive_from) * share));
  }
  return due;
}

/// Spots filled in their order, by those who come first.
void take_places(const FocusArea& site, const std::vector<Time>& due, std::vector<Visit>& visits) {
  std::vector<std::uint32_t> order(visits.size());
  for (std::uint32_t row = 0; row < order.size(); ++row) order[row] = row;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(due[a], visits[a].person) < std::tie(due[b], visits[b].person);
  });
  std::uint32_t spot = 0, taken = 0;
  for (const std::uint32_t row : order) {
    while (taken == site.spots[spot].room) ++spot, taken = 0;
    visits[row].spot = spot;
    ++taken;
  }
}

/// From home, or from the moment when a car turns into its park, to the gate.
Duration walk_to_gate(const World& world, const EventModel& model, const EventSetting& setting,
                      const GateWays& ways, const VisitPlan& plan, const Visit& visit) {
  const Population& people = *world.people;
  const bool drives = visit.party != kAlone;
  const double access = drives ? setting.visitors.car_parks[plan.parties[visit.party].park].metres
                               : double{people.access_distance[visit.person]};
  const double way = ways.metres(visit.gate_in, foot_end(world, setting, plan, visit)) + access;
  return duration_of(way / double{people.free_speed[visit.person]}) +
         (drives ? model.parking_time : Duration{0});
}

/// When they must leave home. Who shares a car leaves for the slowest of them; who comes by train comes out
/// of the station one by one after a train.
void time_departures(const World& world, const EventModel& model, const EventSetting& setting,
                     const GateWays& ways, const std::vector<Time>& due, VisitPlan& plan) {
  std::vector<Visit>& visits = plan.visits;
  std::map<Time, std::vector<std::uint32_t>> trains;
  for (std::uint32_t row = 0; row < visits.size(); ++row) {
    Visit& visit = visits[row];
    visit.leaves_home = std::max(kStart, due[row] - walk_to_gate(world, model, setting, ways, plan, visit));
    if (visit.by != ComesBy::train) continue;
    const auto train = (visit.leaves_home - kStart) / model.train_every;
    visit.leaves_home = kStart + train * model.train_every;
    trains[visit.leaves_home].push_back(row);
  }
  for (const Party& party : plan.parties) {
    const auto members = std::span(visits).subspan(party.first, party.people);
    Time first = kNever;
    for (const Visit& visit : members) first = std::min(first, visit.leaves_home);
    for (Visit& visit : members) visit.leaves_home = std::max(kStart, first - party.drive);
  }
  Time gates_free = kStart;
  for (auto& [time, riders] : trains) {
    std::sort(riders.begin(), riders.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tuple(world.random.uniform(kOutOfStation, visits[a].person.value), visits[a].person) <
             std::tuple(world.random.uniform(kOutOfStation, visits[b].person.value), visits[b].person);
    });
    const Time first = std::max(time, gates_free);  // those of the last train may still be coming out
    const auto nth = [&](std::size_t i) { return duration_of(static_cast<double>(i) / model.station_gates); };
    for (std::size_t i = 0; i < riders.size(); ++i) visits[riders[i]].leaves_home = first + nth(i);
    gates_free = first + nth(riders.size());
  }
}

/// Block 0, the outermost of the `spots` in use, sets out first; each in its share of the release.
Time sets_out(const World& world, const EventModel& model, std::uint32_t spots, const Visit& visit,
              PersonId decides) {
  const auto blocks = static_cast<std::uint64_t>(model.blocks);
  const std::uint64_t from_centre = visit.spot * blocks / spots;
  const double share =
      (static_cast<double>(blocks - 1 - from_centre) + world.random.uniform(kSetsOut, decides.value)) /
      static_cast<double>(blocks);
  return model.end + duration_of(seconds(model.release) * share);
}

}  // namespace

NodeId foot_end(const World& world, const EventSetting& setting, const VisitPlan& plan, const Visit& visit) {
  if (visit.party == kAlone) return world.people->home_node[visit.person];
  return setting.visitors.car_parks[plan.parties[visit.party].park].on_foot;
}

VisitPlan plan_visits(const World& world, const EventModel& model, const EventSetting& setting,
                      const GateWays& ways) {
  VisitPlan plan;
  for (const PersonId person : who_comes(world, model, setting, ways)) {
    Visit visit;
    visit.person = person;
    if (person.value >= setting.visitors.residents) visit.by = ComesBy::train;
    if (person.value >= setting.visitors.by_car_from) visit.by = ComesBy::car;
    plan.visits.push_back(visit);
  }
  form_parties(world, model.persons_per_car, plan);
  const std::vector<Time> due = moments(world, model, plan);
  choose_car_parks(world, setting, ways, due, model.start, plan);
  take_places(world.areas.front(), due, plan.visits);
  std::uint32_t in_use = 0;
  for (const Visit& visit : plan.visits) in_use = std::max(in_use, visit.spot + 1);
  for (Visit& visit : plan.visits) {
    visit.gate_in = ways.way_in(foot_end(world, setting, plan, visit), visit.spot);
    const PersonId leads = decides(plan, visit);
    visit.sets_out = sets_out(world, model, in_use, visit, leads);
    visit.guided = world.random.uniform(kGuided, leads.value) < model.guided ? 1 : 0;
  }
  time_departures(world, model, setting, ways, due, plan);
  return plan;
}

}  // namespace chimata
