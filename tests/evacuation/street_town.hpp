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
  void add_place(std::uint32_t node, std::uint32_t capacity, bool flood_safe = true, double access = 0) {
    const std::string id = "S" + std::to_string(shelters.size() + 1);
    shelters.push_back(
        {id, id, network.position[NodeId{node}], capacity, flood_safe, {NodeId{node}, access}});
  }
};

/// Stands in for walking: everyone walks straight along the street at free speed, and turns back where
/// it is blocked.
class StraightWalking {
 public:
  explicit StraightWalking(const StreetTown& town) : town_(town) {}

  std::optional<std::uint32_t> blocked_after;  ///< nobody gets from this node to the next or back

  void advance(Window window, std::span<const Handover> arrivals, std::vector<Handover>& departures) {
    for (Handover h : arrivals) {
      REQUIRE(h.state == PersonState::travelling);
      REQUIRE(h.goal.valid());
      REQUIRE(h.time < window.to);
      std::uint32_t reached = h.goal.value;
      if (blocked_after && h.at.value <= *blocked_after && reached > *blocked_after) reached = *blocked_after;
      if (blocked_after && h.at.value > *blocked_after && reached <= *blocked_after)
        reached = *blocked_after + 1;
      const double metres = 100.0 * std::abs(static_cast<double>(reached) - static_cast<double>(h.at.value));
      h.time += duration_of(metres / double{town_.people.free_speed[h.person]});
      h.at = NodeId{reached};
      h.to = 0;
      walkers_.push_back(h);
    }
    const auto stay = std::stable_partition(walkers_.begin(), walkers_.end(),
                                            [&](const Handover& h) { return h.time >= window.to; });
    departures.insert(departures.end(), stay, walkers_.end());
    walkers_.erase(stay, walkers_.end());
  }
  [[nodiscard]] std::size_t size() const { return walkers_.size(); }
  [[nodiscard]] const std::vector<Handover>& walkers() const { return walkers_; }

 private:
  const StreetTown& town_;
  std::vector<Handover> walkers_;
};

/// Stands in for the kernel: windows of one second, messages delivered in the next, everyone counted twice.
class Drill {
 public:
  explicit Drill(StreetTown town) : town_(std::move(town)), walking(town_) {
    const std::size_t n = town_.people.size();
    fields.create("depth.homes", "m", n);
    fields.create("depth.shelters", "m", town_.shelters.size());
    auto world = std::make_shared<World>();
    world->network = std::make_shared<const Network>(town_.network);
    world->people = std::make_shared<const Population>(town_.people);
    world->random = Random{Seed{town_.seed}};
    world->end = town_.end;
    service = make_evacuation(world, town_.zones, town_.shelters, town_.model, WadingModel{}, fields, 1);
    state.assign(n, PersonState::home);
    holder.assign(n, 0);
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
    static const char* kinds[] = {"", "warned", "redirected", "turned_back", "squeezed"};
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
  StraightWalking walking;
  Fields fields;
  std::unique_ptr<Process> service;
  std::vector<Handover> to_service, to_walking;  // on their way
  std::vector<Event> events;
  std::vector<PersonState> state;  // second count, from events alone
  std::vector<int> holder;
  TableSet series;
  Time now{};
  Arena arena{1};

 private:
  void step() {
    const Window window{now, now + Duration{1000}};
    auto for_service = std::exchange(to_service, {}), for_walking = std::exchange(to_walking, {});
    Outbox outbox;
    if (!for_service.empty() || service->next_event() < window.to)
      service->advance(window, {for_service, {}}, outbox, arena);
    walking.advance(window, for_walking, to_service);
    to_walking = std::move(outbox.departures);
    const auto by_time = [](const auto& a, const auto& b) {
      return a.time != b.time ? a.time < b.time : a.person < b.person;
    };
    std::stable_sort(to_service.begin(), to_service.end(), by_time);
    std::stable_sort(to_walking.begin(), to_walking.end(), by_time);
    std::stable_sort(outbox.events.begin(), outbox.events.end(), by_time);
    for (const Handover& h : to_walking) REQUIRE(std::exchange(holder[h.person.value], 1) == 0);
    for (const Handover& h : to_service) REQUIRE(std::exchange(holder[h.person.value], 0) == 1);
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

  void check_counts() const {
    Census census{};
    service->count(census);
    const auto travelling = static_cast<std::size_t>(PersonState::travelling);
    census[travelling] += static_cast<std::int64_t>(walking.size() + to_walking.size() + to_service.size());
    Census second{};
    for (const PersonState s : state) ++second[static_cast<std::size_t>(s)];
    REQUIRE(census == second);
    const auto occupancy = shelters("occupancy");
    std::uint32_t inside = 0;
    for (std::size_t s = 0; s < occupancy.size(); ++s) {
      REQUIRE(occupancy[s] <= town_.shelters[s].capacity);
      inside += occupancy[s];
    }
    REQUIRE(inside == census[static_cast<std::size_t>(PersonState::sheltered)]);
  }
};

}  // namespace chimata::testing
