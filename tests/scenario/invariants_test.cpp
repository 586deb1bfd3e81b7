/// What must hold in every run, on towns nobody would build.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "chimata/evacuation/evacuation.hpp"
#include "chimata/hazard/flood.hpp"
#include "chimata/simulation/kernel.hpp"
#include "chimata/walking/walking.hpp"
#include "support/random_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

constexpr double kEnd = 3000;  // s

std::shared_ptr<const Population> residents(const Network& network, std::size_t count, Dice& dice) {
  auto people = std::make_shared<Population>();
  for (std::size_t i = 0; i < count; ++i) {
    const NodeId node = dice.node(network);
    const auto person_class = static_cast<PersonClass>(dice.below(kPersonClasses));
    people->home.push_back(network.position[node]);
    people->home_node.push_back(node);
    people->access_distance.push_back(static_cast<float>(20 * dice.uniform()));
    people->zone.push_back(ZoneId::none());
    people->age.push_back(40);
    people->person_class.push_back(person_class);
    people->free_speed.push_back(static_cast<float>(0.4 + dice.uniform()));
  }
  return people;
}

/// Water that comes from a random corner at `speed` m/s, stays a while and falls again.
std::shared_ptr<const DepthSeries> water(const Network& network, Dice& dice, float speed) {
  auto series = std::make_shared<DepthSeries>();
  const Box box = network.box();
  series->frame = RasterFrame{box.min_x - 50, box.max_y + 50, 20, 20, 40, 40};
  series->source = "in memory";
  const double corner_x = dice.chance(0.5) ? 0 : 39, corner_y = dice.chance(0.5) ? 0 : 39;
  const double height = 0.3 + dice.uniform(), lasting = 5 + dice.below(30);
  for (int minute = 0; minute <= 50; minute += 5) {
    std::vector<float> grid(series->frame.size(), 0.0f);
    const double level = std::min({height, 0.1 * minute, std::max(0.0, 0.1 * (2 * lasting - minute))});
    for (std::size_t cell = 0; cell < grid.size(); ++cell) {
      const double dx = std::abs(static_cast<double>(cell % 40) - corner_x);
      const double dy = std::abs(static_cast<double>(cell / 40) - corner_y);
      grid[cell] = static_cast<float>(std::max(0.0, level - 0.02 * (dx + dy)));
    }
    series->time.push_back(time_of(60.0 * minute));
    series->velocity.emplace_back(grid.size(), speed);
    series->depth.push_back(std::move(grid));
  }
  return series;
}

std::vector<Closure> closures(const Network& network, Dice& dice) {
  std::vector<Closure> all;
  for (std::uint32_t l = 0; l < network.link_count(); ++l) {
    if (!dice.chance(0.1)) continue;
    const double from = dice.below(1500), to = from + 1 + dice.below(1500);
    all.push_back({LinkId{l}, {time_of(from), time_of(to)}});
  }
  return all;
}

/// A town with everything in it, run window by window and watched from outside.
class WatchedTown {
 public:
  explicit WatchedTown(std::uint32_t number)
      : dice_("invariants", number), world_(std::make_shared<World>()) {
    world_->network = std::make_shared<const Network>(perturbed_grid(4 + dice_.below(4), dice_));
    const Network& network = *world_->network;
    world_->people = residents(network, 60 + dice_.below(240), dice_);
    world_->samples = std::make_shared<const SegmentSamples>(sample_segments(network));
    world_->closures = closures(network, dice_);
    world_->random = Random{Seed{number}};
    world_->end = time_of(kEnd);
    std::vector<ShelterPlan> shelters;
    std::vector<Point> sites;
    for (std::uint32_t s = 0; s < 1 + dice_.below(3); ++s) {
      const NodeId node = dice_.node(network);
      capacity_.push_back(dice_.below(150));
      const std::string id = "S" + std::to_string(s);
      shelters.push_back(
          {id, id, network.position[node], capacity_.back(), kAnyHazard, {node, 10 * dice_.uniform()}});
      sites.push_back(network.position[node]);
    }
    EvacuationModel evacuation;
    evacuation.order_at = time_of(dice_.below(900));
    evacuation.compliance = 0.5 + 0.5 * dice_.uniform();
    evacuation.departure_mean = Duration{60'000 + 1000 * dice_.below(900)};
    evacuation.destination = static_cast<DestinationLaw>(dice_.below(3));
    WalkingModel walking;
    walking.law = number % 3 == 2 ? WalkingLaw::crowdwalk : WalkingLaw::weidmann;
    std::vector<std::unique_ptr<Process>> processes(3);
    // in every fourth town it flows fast enough to sweep people away
    const float speed = number % 4 == 3 ? 2.0f : 0.0f;
    processes[2] = make_flood(world_, water(network, dice_, speed), FloodModel{},
                              {{"depth.streets", world_->samples->point},
                               {"velocity.streets", world_->samples->point, WaterQuantity::velocity},
                               {"depth.homes", world_->people->home},
                               {"depth.shelters", sites}},
                              *fields_);
    processes[0] = make_evacuation(world_, Zones{}, shelters, evacuation, wading_, *fields_, 1);
    processes[1] = make_walking(world_, walking, wading_, *fields_, 0);
    KernelOptions options;
    options.record_every = Duration{1000};
    kernel_ = std::make_unique<Kernel>(world_, fields_, std::move(processes), options);
  }

  void run() {
    for (double now = 0; now < kEnd; ++now) {
      note_deepest();
      kernel_->run_until(time_of(now + 1));
      const Census census = kernel_->census();  // throws if the two counts of everyone differ
      REQUIRE(std::accumulate(census.begin(), census.end(), std::int64_t{0}) ==
              static_cast<std::int64_t>(world_->people->size()));
    }
    tables_ = kernel_->finish();
    for (std::size_t row = 0; row < events().rows(); ++row) {
      if (events().get<std::uint8_t>("kind")[row] != static_cast<std::uint8_t>(Event::Kind::turned_back))
        continue;
      // they come onto the opposite direction of the street on which they turn
      turned_.insert({events().get<std::uint32_t>("person")[row],
                      Network::twin_of(LinkId{events().get<std::uint32_t>("place")[row]}).value});
    }
  }

  void check_shelters() const {
    const Table& shelters = tables_.at("shelters");
    const auto& inside = shelters.get<std::uint32_t>("occupancy");
    const auto& shelter = shelters.get<std::uint32_t>("shelter");
    for (std::size_t row = 0; row < inside.size(); ++row) REQUIRE(inside[row] <= capacity_[shelter[row]]);
  }

  void check_entries() {
    const Table& entries = tables_.at("entries");
    const auto& person = entries.get<std::uint32_t>("person");
    const auto& link = entries.get<std::uint32_t>("link");
    const auto& time = entries.get<double>("t_s");
    for (std::size_t row = 0; row < time.size(); ++row) {
      if (turned_.count({person[row], link[row]}) != 0) continue;
      CAPTURE(person[row]);
      CAPTURE(link[row]);
      CAPTURE(time[row]);
      for (const Closure& closure : world_->closures) {
        if (closure.link != LinkId{link[row]}) continue;
        const bool closed = seconds(closure.when.from) <= time[row] && time[row] < seconds(closure.when.to);
        REQUIRE_FALSE(closed);
      }
      // a handover travels one window, so an entry is decided up to two seconds after its moment
      const float limit =
          static_cast<float>(wading_limit(wading_, world_->people->person_class[PersonId{person[row]}]));
      const SegmentId segment = Network::segment_of(LinkId{link[row]});
      REQUIRE(least_depth(segment, time[row], time[row] + 3) < limit);
      ++entered;
    }
  }

  void check_arrivals() {
    const Table& legs = tables_.at("legs");
    for (std::size_t row = 0; row < legs.rows(); ++row) {
      if (legs.get<std::uint8_t>("outcome")[row] != 0) continue;
      const double taken = legs.get<double>("end_s")[row] - legs.get<double>("start_s")[row];
      const double free = double{legs.get<float>("free_flow_s")[row]};
      REQUIRE(taken >= free - 1e-3 - 1e-6 * free);
      ++arrived;
    }
  }

  /// What the service says of everybody at the end is what was last logged of them.
  void check_persons() {
    std::vector<std::uint8_t> logged(world_->people->size(), 0);
    for (std::size_t row = 0; row < events().rows(); ++row) {
      if (events().get<std::uint8_t>("kind")[row] != 0) continue;
      logged[events().get<std::uint32_t>("person")[row]] =
          static_cast<std::uint8_t>(events().get<std::uint32_t>("value")[row]);
    }
    const auto& state = tables_.at("persons").get<std::uint8_t>("state");
    for (std::size_t person = 0; person < logged.size(); ++person) {
      // who is with an engine is on the way, whatever keeps them
      const bool stranded = logged[person] == static_cast<std::uint8_t>(PersonState::stranded);
      CAPTURE(person);
      REQUIRE(int{state[person]} ==
              (stranded ? static_cast<int>(PersonState::travelling) : int{logged[person]}));
      swept_away += logged[person] == static_cast<std::uint8_t>(PersonState::casualty);
    }
  }

  std::size_t entered = 0, arrived = 0, swept_away = 0;
  [[nodiscard]] std::size_t stranded() const {
    std::size_t count = 0;
    for (std::size_t row = 0; row < events().rows(); ++row) {
      count += events().get<std::uint8_t>("kind")[row] == 0 &&
               events().get<std::uint32_t>("value")[row] == static_cast<std::uint32_t>(PersonState::stranded);
    }
    return count;
  }

 private:
  [[nodiscard]] const Table& events() const { return tables_.at("events"); }

  /// The deepest water on every segment as the processes see it in the window that begins now.
  void note_deepest() {
    const Field& depth = *fields_->find("depth.streets");
    if (!deepest_.empty() && depth.version() == version_) {
      deepest_.push_back(deepest_.back());
      return;
    }
    version_ = depth.version();
    auto now = std::make_shared<std::vector<float>>(world_->network->segment_count(), 0.0f);
    for (std::uint32_t s = 0; s < now->size(); ++s) {
      for (std::uint32_t i = world_->samples->offset[SegmentId{s}];
           i < world_->samples->offset[SegmentId{s + 1}]; ++i) {
        (*now)[s] = std::max((*now)[s], depth.values()[i]);
      }
    }
    deepest_.push_back(std::move(now));
  }

  [[nodiscard]] float least_depth(SegmentId segment, double from, double to) const {
    float least = 1e9f;
    for (auto t = static_cast<std::size_t>(std::max(0.0, from));
         t < deepest_.size() && static_cast<double>(t) < to; ++t) {
      least = std::min(least, (*deepest_[t])[segment.value]);
    }
    return least;
  }

  Dice dice_;
  std::shared_ptr<World> world_;
  std::shared_ptr<Fields> fields_ = std::make_shared<Fields>();
  WadingModel wading_;
  std::vector<std::uint32_t> capacity_;
  std::unique_ptr<Kernel> kernel_;
  TableSet tables_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> turned_;
  std::vector<std::shared_ptr<std::vector<float>>> deepest_;  // by second
  std::uint64_t version_ = 0;
};

}  // namespace

TEST_CASE("on 50 random flooded towns everyone is somewhere, and nobody is where they cannot be") {
  std::size_t entered = 0, arrived = 0, stranded = 0, swept_away = 0;
  for (std::uint32_t number = 0; number < 50; ++number) {
    CAPTURE(number);
    WatchedTown town(number);
    town.run();
    town.check_shelters();
    town.check_entries();
    town.check_arrivals();
    town.check_persons();
    entered += town.entered, arrived += town.arrived, stranded += town.stranded();
    swept_away += town.swept_away;
  }
  // the towns have to be lively for the checks to mean anything
  CHECK(entered > 10'000);
  CHECK(arrived > 2000);
  CHECK(stranded > 50);
  CHECK(swept_away > 50);
}
