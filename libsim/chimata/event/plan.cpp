#include "chimata/event/plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>

namespace chimata {

namespace {

constexpr Purpose kMoment{"event.moment"}, kSetsOut{"event.sets_out"}, kGuided{"event.guided"},
    kOutOfStation{"event.out_of_station"};

/// From 0 to 1 by a triangle with its peak in the middle.
double triangle(double u) {
  return u < 0.5 ? std::sqrt(u / 2) : 1 - std::sqrt((1 - u) / 2);
}

/// Who decides for somebody: the driver of their party, or the first of their group.
PersonId decides(const VisitPlan& plan, const Visit& visit) {
  if (visit.group != 0) return PersonId{visit.group - 1};
  return visit.party == kAlone ? visit.person : plan.visits[plan.parties[visit.party].first].person;
}

/// Whoever shares a car comes together.
void group_parties(VisitPlan& plan) {
  for (Visit& visit : plan.visits) {
    if (visit.party != kAlone && plan.parties[visit.party].people > 1)
      visit.group = 1 + plan.visits[plan.parties[visit.party].first].person.value;
  }
}

/// Who pushes or carries something keeps to it, and a group to the slowest of them.
void agree_on_pace(const World& world, const VisitorKinds* kinds, VisitPlan& plan) {
  const auto& own = world.people->free_speed;
  const auto speed = [&](PersonId person) { return kinds == nullptr ? own[person] : kinds->speed[person]; };
  std::map<std::uint32_t, float> slowest;
  for (const Visit& visit : plan.visits) {
    if (visit.group == 0) continue;
    float& pace = slowest.try_emplace(visit.group, speed(visit.person)).first->second;
    pace = std::min(pace, speed(visit.person));
  }
  for (Visit& visit : plan.visits) {
    const float pace = visit.group != 0 ? slowest.at(visit.group) : speed(visit.person);
    if (pace < own[visit.person]) visit.pace_mm_s = static_cast<std::uint16_t>(std::max(1.0f, pace * 1000));
  }
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

/// Spots filled in their order, by those who come first. A group takes the first that has room for all of it,
/// or where there is none each the first with room.
void take_places(const FocusArea& site, const std::vector<Time>& due, VisitPlan& plan) {
  std::vector<Visit>& visits = plan.visits;
  std::vector<std::uint32_t> order(visits.size());
  for (std::uint32_t row = 0; row < order.size(); ++row) order[row] = row;
  const auto turn = [&](std::uint32_t row) {
    return std::tuple(due[row], decides(plan, visits[row]), visits[row].person);
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return turn(a) < turn(b); });
  std::vector<std::uint32_t> left;
  for (const AreaSpot& spot : site.spots) left.push_back(spot.room);
  std::uint32_t open = 0;
  const auto with_room = [&](std::uint32_t people) {
    while (left[open] == 0) ++open;
    std::uint32_t spot = open;
    while (spot < left.size() && left[spot] < people) ++spot;
    return spot;
  };
  for (std::size_t i = 0, end = 0; i < order.size(); i = end) {
    const std::uint32_t group = visits[order[i]].group;
    for (end = i + 1; end < order.size() && group != 0 && visits[order[end]].group == group;) ++end;
    const std::uint32_t together = with_room(static_cast<std::uint32_t>(end - i));
    for (std::size_t member = i; member < end; ++member) {
      const std::uint32_t spot = together < left.size() ? together : with_room(1);
      visits[order[member]].spot = spot;
      --left[spot];
    }
  }
}

/// From home, or from the moment when a car turns into its park, to the gate.
Duration walk_to_gate(const World& world, const EventModel& model, const EventSetting& setting,
                      const GateWays& ways, const VisitPlan& plan, const Visit& visit) {
  const bool drives = visit.party != kAlone;
  const double access = drives ? setting.visitors.car_parks[plan.parties[visit.party].park].metres
                               : double{world.people->access_distance[visit.person]};
  const double way = ways.metres(visit.gate_in, foot_end(world, setting, plan, visit)) + access;
  return duration_of(way / walking_speed(world, visit)) + (drives ? model.parking_time : Duration{0});
}

/// A group leaves when the first of them has to.
void leave_together(VisitPlan& plan) {
  std::map<std::uint32_t, Time> first;
  for (const Visit& visit : plan.visits) {
    if (visit.group == 0) continue;
    Time& time = first.try_emplace(visit.group, visit.leaves_home).first->second;
    time = std::min(time, visit.leaves_home);
  }
  for (Visit& visit : plan.visits) {
    if (visit.group != 0) visit.leaves_home = first.at(visit.group);
  }
}

/// When they must leave home. Who shares a car leaves for the slowest of them; who comes by train comes out
/// of the station one by one after a train.
void time_departures(const World& world, const EventModel& model, const EventSetting& setting,
                     const GateWays& ways, const std::vector<Time>& due, VisitPlan& plan) {
  std::vector<Visit>& visits = plan.visits;
  for (std::uint32_t row = 0; row < visits.size(); ++row)
    visits[row].leaves_home =
        std::max(kStart, due[row] - walk_to_gate(world, model, setting, ways, plan, visits[row]));
  leave_together(plan);
  std::map<Time, std::vector<std::uint32_t>> trains;
  for (std::uint32_t row = 0; row < visits.size(); ++row) {
    Visit& visit = visits[row];
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
    const auto turn = [&](std::uint32_t row) {
      const PersonId leads = decides(plan, visits[row]);
      return std::tuple(world.random.uniform(kOutOfStation, leads.value), leads, visits[row].person);
    };
    std::sort(riders.begin(), riders.end(),
              [&](std::uint32_t a, std::uint32_t b) { return turn(a) < turn(b); });
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

const Visit& company(const VisitPlan& plan, const Visit& visit) {
  if (visit.group == 0) return visit;
  return *std::lower_bound(plan.visits.begin(), plan.visits.end(), PersonId{visit.group - 1},
                           [](const Visit& one, PersonId person) { return one.person < person; });
}

double walking_speed(const World& world, const Visit& visit) {
  return visit.pace_mm_s > 0 ? visit.pace_mm_s * 1e-3 : double{world.people->free_speed[visit.person]};
}

VisitPlan plan_visits(const World& world, const EventModel& model, const EventSetting& setting,
                      const GateWays& ways) {
  VisitPlan plan;
  for (const Comer& comer : who_comes(world, model, setting, ways)) {
    Visit visit;
    visit.person = comer.person, visit.group = comer.group;
    if (comer.person.value >= setting.visitors.residents) visit.by = ComesBy::train;
    if (comer.person.value >= setting.visitors.by_car_from) visit.by = ComesBy::car;
    plan.visits.push_back(visit);
  }
  form_parties(world, model.persons_per_car, plan);
  if (!model.groups.empty()) group_parties(plan);
  agree_on_pace(world, setting.visitors.kinds.get(), plan);
  const std::vector<Time> due = moments(world, model, plan);
  choose_car_parks(world, setting, ways, due, model.start, plan);
  take_places(world.areas.front(), due, plan);
  std::uint32_t in_use = 0;
  for (const Visit& visit : plan.visits) in_use = std::max(in_use, visit.spot + 1);
  for (Visit& visit : plan.visits) {
    const Visit& with = company(plan, visit);
    visit.gate_in = ways.way_in(foot_end(world, setting, plan, with), with.spot);
    if (visit.gate_in == ways.size())
      throw InputError(
          "event", "no street leads some of the visitors to a gate of the part of the area that they fill",
          "open another gate, or leave a gap in the barriers");
    const PersonId leads = decides(plan, visit);
    visit.sets_out = sets_out(world, model, in_use, with, leads);
    visit.guided = world.random.uniform(kGuided, leads.value) < model.guided ? 1 : 0;
  }
  time_departures(world, model, setting, ways, due, plan);
  return plan;
}

}  // namespace chimata
