/// A town of one street for the evacuation service, a stand-in for walking, and a stand-in for the kernel.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "chimata/evacuation/evacuation.hpp"
#include "support/small_city.hpp"

namespace chimata::testing {

/// Everybody lives at a node of a street with nodes 100 m apart and walks 1.25 m/s, so a block takes 80 s.
struct StreetTown {
  Network network;
  Population people;
  Zones zones;
  std::vector<ShelterPlan> shelters;
  EvacuationModel model;
  HomeHazard hazard;
  bool cars_run = false;  ///< there is an engine that moves cars
  std::uint64_t seed = 1;
  Time end = time_of(7200);

  explicit StreetTown(int nodes = 21) : network(straight_street(nodes, 100)) {
    model.compliance = model.elderly_compliance = 1;
    model.departure = DepartureLaw::immediate;
    model.informed = 0;
  }
  void add_people(std::uint32_t node, int count, PersonClass person_class = PersonClass::adult,
                  ZoneId zone = ZoneId::none()) {
    for (int i = 0; i < count; ++i) {
      people.home.push_back(network.position[NodeId{node}]);
      people.home_node.push_back(NodeId{node});
      people.access_distance.push_back(0);
      people.zone.push_back(zone);
      people.age.push_back(40);
      people.person_class.push_back(person_class);
      people.free_speed.push_back(1.25f);
    }
  }
  /// People who live together; a town has either households throughout or none.
  HouseholdId add_household(std::uint32_t node, const std::vector<PersonClass>& members,
                            std::uint8_t cars = 0, float upper_floor = 0) {
    Households& homes = people.households;
    const HouseholdId id{homes.size()};
    if (homes.first.empty()) homes.first.push_back(0);
    for (const PersonClass c : members) {
      homes.members.push_back(PersonId{people.size()});
      add_people(node, 1, c);
      people.household.push_back(id);
      const bool adult = c == PersonClass::adult;
      people.age.back() = c == PersonClass::child ? 8 : c == PersonClass::elderly ? 80 : 40;
      people.can_drive.push_back(adult && cars > 0 ? 1 : 0);
      people.needs_help.push_back(c == PersonClass::impaired ? 1 : 0);
    }
    homes.first.push_back(static_cast<std::uint32_t>(homes.members.size()));
    homes.dwelling.push_back(network.position[NodeId{node}]);
    homes.dwelling_node.push_back(NodeId{node});
    homes.access_distance.push_back(0);
    homes.cars.push_back(cars);
    homes.upper_floor.push_back(upper_floor);
    homes.in_collapse_zone.push_back(0);
    homes.supplies_h.push_back(72);
    return id;
  }
  ShelterPlan& add_place(std::uint32_t node, std::uint32_t capacity, bool flood_safe = true,
                         double access = 0) {
    const std::string id = "S" + std::to_string(shelters.size() + 1);
    const HazardMask fit = flood_safe ? kAnyHazard : HazardMask{kEarthquake};
    shelters.push_back({id, id, network.position[NodeId{node}], capacity, fit, {NodeId{node}, access}});
    return shelters.back();
  }
};

/// Stands in for an engine: everyone goes straight along the street at one speed, and stops where it is
/// blocked.
class StraightEngine {
 public:
  StraightEngine(const StreetTown& town, bool cars) : town_(town), cars_(cars) {}

  std::optional<std::uint32_t> blocked_after;  ///< nobody gets from this node to the next or back
  std::optional<std::uint32_t> stalls_at;      ///< cars stop in the middle of the street before this node
  PersonId drowns;                             ///< is swept away after a block
  PersonId held_up;                            ///< takes 300 s longer than others

  void advance(Window window, std::span<const Handover> arrivals, std::span<const Order> orders,
               std::vector<Handover>& departures) {
    for (const Handover& h : arrivals) {
      REQUIRE(h.state == PersonState::travelling);
      REQUIRE(h.goal.valid());
      REQUIRE(h.time < window.to);
      REQUIRE(h.leader.valid() == cars_);
      Trip trip{h, h, 100.0 * h.at.value, speed(h)};
      if (h.on.valid()) trip.from = position(h.on, h.along_mm * 1e-3);
      plan(trip);
      trips_.push_back(trip);
    }
    for (const Order& order : orders) redirect(order);
    const auto stay = std::stable_partition(trips_.begin(), trips_.end(),
                                            [&](const Trip& t) { return t.end.time >= window.to; });
    for (auto it = stay; it != trips_.end(); ++it) departures.push_back(it->end);
    trips_.erase(stay, trips_.end());
  }
  [[nodiscard]] std::size_t size() const { return trips_.size(); }
  [[nodiscard]] std::vector<Handover> walkers() const {
    std::vector<Handover> all;
    for (const Trip& trip : trips_) all.push_back(trip.end);
    return all;
  }

 private:
  struct Trip {
    Handover start, end;
    double from;   // m along the street
    double speed;  // m/s
  };
  static double position(LinkId link, double along) {
    const double tail = 100.0 * (link.value / 2);
    return link.value % 2 == 0 ? tail + along : tail + 100 - along;
  }
  [[nodiscard]] double speed(const Handover& h) const {
    if (cars_) return 10;
    const double own = double{town_.people.free_speed[h.person]};
    return h.pace_mm_s == 0 ? own : std::min(own, h.pace_mm_s * 1e-3);
  }
  void plan(Trip& trip) const {
    Handover& h = trip.end;
    std::uint32_t reached = h.goal.value;
    const double here = trip.from / 100;
    if (blocked_after && here <= *blocked_after && reached > *blocked_after) reached = *blocked_after;
    if (blocked_after && here > *blocked_after && reached <= *blocked_after) reached = *blocked_after + 1;
    double to = 100.0 * reached;
    h.reason = reached == h.goal.value ? HandoverReason::arrived : HandoverReason::no_way;
    if (cars_ && stalls_at && here < *stalls_at && reached >= *stalls_at) {
      h.reason = HandoverReason::left_car;
      h.on = LinkId{2 * (*stalls_at - 1)};
      h.along_mm = 50'000;
      reached = *stalls_at;
      to = 100.0 * reached - 50;
    } else {
      h.on = LinkId::none();
    }
    if (h.person == drowns) {
      h.state = PersonState::casualty;
      h.reason = HandoverReason::swept_away;
      to = trip.from + (to > trip.from ? 100 : -100);
    }
    h.time = trip.start.time + duration_of(std::abs(to - trip.from) / trip.speed);
    if (h.person == held_up) h.time += duration_of(300);
    h.at = NodeId{reached};
    h.to = 0;
  }
  void redirect(const Order& order) {
    for (Trip& trip : trips_) {
      const bool meant = trip.start.person == order.person || (cars_ && trip.start.leader == order.person);
      if (!meant) continue;
      const double way = seconds(order.time - trip.start.time) * trip.speed;
      const double towards = 100.0 * trip.end.goal.value >= trip.from ? 1 : -1;
      trip.from += towards * std::max(0.0, way);
      trip.start.time = std::max(order.time, trip.start.time);
      trip.end = trip.start;
      trip.end.goal = order.goal;
      plan(trip);
    }
  }

  const StreetTown& town_;
  bool cars_;
  std::vector<Trip> trips_;
};

/// Stands in for the kernel: windows of one second, messages delivered in the next, everyone counted twice.
class Drill {
 public:
  explicit Drill(StreetTown town)
      : town_(std::move(town)),
        walking(town_, false),
        driving(town_, true),
        world_(std::make_shared<World>()) {
    const std::size_t n = town_.people.size();
    fields.create("depth.homes", "m", n);
    fields.create("depth.shelters", "m", town_.shelters.size());
    world_->network = std::make_shared<const Network>(town_.network);
    world_->people = std::make_shared<const Population>(town_.people);
    world_->random = Random{Seed{town_.seed}};
    world_->end = town_.end;
    service = make();
    state.assign(n, PersonState::home);
    holder.assign(n, 0);
  }

  /// Another service of the same town that reads this drill's fields.
  [[nodiscard]] std::unique_ptr<Process> make() const {
    EvacuationSetting setting{.walking = 1, .driving = {}, .hazard = town_.hazard};
    if (town_.cars_run) setting.driving = ProcessIndex{2};
    return make_evacuation(world_, town_.zones, town_.shelters, town_.model, WadingModel{}, fields, setting);
  }

  void run(double until_s) {
    while (now < time_of(until_s)) step();
  }
  void run_to_end() { run(seconds(town_.end)); }

  void set_depth(const char* field, std::size_t row, float metres) {
    fields.all().at(field).next()[row] = metres;
    fields.all().at(field).publish();
  }

  [[nodiscard]] TableSet tables() const {
    TableSet all = series;
    service->finish(now, all);
    return all;
  }
  template <class T>
  [[nodiscard]] std::vector<T> persons(const char* column) const {
    return tables().at("persons").get<T>(column);
  }
  /// People inside each shelter, or arrivals turned away, now.
  [[nodiscard]] std::vector<std::uint32_t> shelters(const char* column) const {
    TableSet once;
    service->record(now, once);
    return once.at("shelters").get<std::uint32_t>(column);
  }
  [[nodiscard]] std::int64_t in(PersonState s) const { return std::count(state.begin(), state.end(), s); }
  /// "preparing@10 travelling@10 sheltered@90": the states of one person with their moments in seconds.
  [[nodiscard]] std::string story(std::uint32_t person) const {
    static const char* kinds[] = {"",     "warned", "redirected", "turned_back", "squeezed",
                                  "told", "mode",   "left_car",   "helped",      "gridlocked"};
    std::string text;
    for (const Event& e : events) {
      if (e.person.value != person) continue;
      const std::string what = e.kind == Event::Kind::state_change
                                   ? std::string(name_of(static_cast<PersonState>(e.value)))
                                   : kinds[static_cast<int>(e.kind)];
      std::string moment = std::to_string(seconds(e.time));
      moment.erase(moment.find_last_not_of('0') + 1);
      if (moment.back() == '.') moment.pop_back();
      text += (text.empty() ? "" : " ") + what + "@" + moment;
    }
    return text;
  }

  const StreetTown& town() const { return town_; }

 private:
  StreetTown town_;

 public:
  StraightEngine walking, driving;

 private:
  std::shared_ptr<World> world_;

 public:
  Fields fields;
  std::unique_ptr<Process> service;
  std::vector<Handover> to_service, to_walking, to_driving;  // on their way
  std::vector<Order> orders;
  std::vector<Event> events;
  std::vector<PersonState> state;  // second count, from events alone
  std::vector<int> holder;
  TableSet series;
  Time now{};
  Arena arena{1};

 private:
  void step() {
    const Window window{now, now + Duration{1000}};
    auto for_service = std::exchange(to_service, {}), for_walking = std::exchange(to_walking, {}),
         for_driving = std::exchange(to_driving, {});
    const auto given = std::exchange(orders, {});
    for (const Handover& h : for_service) {
      if (h.state == PersonState::casualty) state[h.person.value] = h.state;  // as their engine has said
    }
    Outbox outbox;
    if (!for_service.empty() || service->next_event() < window.to)
      service->advance(window, {for_service, {}}, outbox, arena);
    walking.advance(window, for_walking, given, to_service);
    driving.advance(window, for_driving, given, to_service);
    const auto by_time = [](const auto& a, const auto& b) {
      return a.time != b.time ? a.time < b.time : a.person < b.person;
    };
    orders = std::move(outbox.orders);
    std::stable_sort(outbox.departures.begin(), outbox.departures.end(), by_time);
    std::stable_sort(to_service.begin(), to_service.end(), by_time);
    check_chronology(outbox.events);
    std::stable_sort(outbox.events.begin(), outbox.events.end(), by_time);
    for (const Handover& h : to_service) REQUIRE(std::exchange(holder[h.person.value], 0) == h_engine(h));
    for (const Handover& h : outbox.departures) {
      REQUIRE(std::exchange(holder[h.person.value], int{h.to}) == 0);
      check_company(h, outbox.departures);
      (h.to == 1 ? to_walking : to_driving).push_back(h);
    }
    for (const Event& e : outbox.events) {
      REQUIRE(e.time < window.to);
      if (e.kind != Event::Kind::state_change) continue;
      const auto next = static_cast<PersonState>(e.value);
      REQUIRE(next != state[e.person.value]);
      state[e.person.value] = next;
    }
    events.insert(events.end(), outbox.events.begin(), outbox.events.end());
    now = window.to;
    for (auto& [name, field] : fields.all()) field.exchange();
    check_counts();
    if (now.time_since_epoch() % Duration{60'000} == Duration{0}) service->record(now, series);
  }

  [[nodiscard]] static int h_engine(const Handover& h) { return h.leader.valid() ? 2 : 1; }

  /// Nobody who needs help sets out without somebody to give it.
  /// What is told of one person was told in the order in which it happened.
  static void check_chronology(const std::vector<Event>& told) {
    std::map<PersonId, Time> last;
    for (const Event& e : told) {
      const auto [before, fresh] = last.try_emplace(e.person, e.time);
      REQUIRE(before->second <= e.time);
      before->second = e.time;
    }
  }
  void check_company(const Handover& h, const std::vector<Handover>& all) const {
    const Population& people = town_.people;
    if (people.needs_help.empty() || !people.needs_help[h.person]) return;
    REQUIRE(std::any_of(all.begin(), all.end(), [&](const Handover& other) {
      const bool able =
          people.person_class[other.person] == PersonClass::adult && !people.needs_help[other.person];
      return able && other.time == h.time && other.at == h.at && other.goal == h.goal &&
             other.leader == h.leader;
    }));
  }

  void check_counts() const {
    Census census{};
    service->count(census);
    const auto travelling = static_cast<std::size_t>(PersonState::travelling);
    census[travelling] += static_cast<std::int64_t>(walking.size() + driving.size() + to_walking.size() +
                                                    to_driving.size() + to_service.size());
    Census second{};
    for (const PersonState s : state) ++second[static_cast<std::size_t>(s)];
    REQUIRE(census == second);
    const auto occupancy = shelters("occupancy");
    std::uint32_t inside = 0;
    for (std::size_t s = 0; s < occupancy.size(); ++s) {
      if (!town_.shelters[s].exit) REQUIRE(occupancy[s] <= town_.shelters[s].capacity);
      REQUIRE(shelters("parked")[s] <= town_.shelters[s].parking);
      inside += occupancy[s];
    }
    REQUIRE(inside == census[static_cast<std::size_t>(PersonState::sheltered)]);
  }
};

}  // namespace chimata::testing
