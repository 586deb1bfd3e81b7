#include "chimata/verification/town.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "chimata/analysis/kpi.hpp"
#include "chimata/hazard/flood.hpp"
#include "chimata/verification/draw.hpp"

namespace chimata::verification {

namespace {

constexpr std::uint32_t kSide = 12;
constexpr double kSpacing = 100;  // m

std::shared_ptr<const Population> residents(const Network& network, std::size_t count) {
  Draw draw("verification.residents", 0);
  auto people = std::make_shared<Population>();
  constexpr float speed[] = {1.34f, 1.07f, 1.07f, 0.5f};
  for (std::size_t i = 0; i < count; ++i) {
    const NodeId node{draw.below(static_cast<std::uint32_t>(network.node_count()))};
    const double kind = draw.uniform(), pace = 0.8 + 0.4 * draw.uniform();
    const auto c = kind < 0.6    ? PersonClass::adult
                   : kind < 0.7  ? PersonClass::child
                   : kind < 0.95 ? PersonClass::elderly
                                 : PersonClass::impaired;
    people->home.push_back(network.position[node]);
    people->home_node.push_back(node);
    people->access_distance.push_back(static_cast<float>(30 * draw.uniform()));
    people->zone.push_back(ZoneId::none());
    people->age.push_back(c == PersonClass::child ? 10 : c == PersonClass::adult ? 40 : 75);
    people->person_class.push_back(c);
    people->free_speed.push_back(speed[static_cast<int>(c)] * static_cast<float>(pace));
  }
  return people;
}

/// A front of water moves east by 10 m a minute from 20 min on, the ground falling slowly to the west.
std::shared_ptr<const DepthSeries> rising_water() {
  auto series = std::make_shared<DepthSeries>();
  series->frame = RasterFrame{-100, 1400, 25, 25, 60, 60};
  series->source = "synthetic";
  for (int minute = 0; minute <= 120; minute += 5) {
    std::vector<float> grid(series->frame.size(), 0.0f);
    const double front = -100 + 10.0 * std::max(0, minute - 20);
    for (std::size_t cell = 0; cell < grid.size(); ++cell) {
      const double x = -100 + 25 * (static_cast<double>(cell % series->frame.columns) + 0.5);
      grid[cell] = static_cast<float>(std::clamp((front - x) / 200, 0.0, 2.0));
    }
    series->time.push_back(time_of(60.0 * minute));
    series->depth.push_back(std::move(grid));
  }
  return series;
}

}  // namespace

Town::Town(const TownPlan& plan, const Verification& models) {
  Draw draw("verification.town", 0);
  auto world = std::make_shared<World>();
  world->network = town_network(kSide, kSpacing, draw);
  world->people = residents(*world->network, plan.people);
  world->samples = std::make_shared<const SegmentSamples>(sample_segments(*world->network));
  world->random = Random{Seed{plan.seed}};
  world->end = end();
  std::vector<ShelterPlan> shelters;
  std::vector<Point> sites;
  for (const std::uint32_t node : {kSide - 1, kSide * (kSide / 2) + kSide - 2, kSide * kSide - 1}) {
    const std::string id = "S" + std::to_string(shelters.size() + 1);
    const Point site = world->network->position[NodeId{node}];
    capacity_.push_back(
        static_cast<std::uint32_t>(0.25 * plan.capacity_factor * static_cast<double>(plan.people)));
    shelters.push_back({id, id, site, capacity_.back(), kAnyHazard, {NodeId{node}, 10}});
    sites.push_back(site);
  }
  EvacuationModel evacuation = models.evacuation;
  evacuation.order_at = time_of(plan.order_at);
  evacuation.compliance = plan.compliance;
  evacuation.departure_mean = plan.departure_mean;
  evacuation.destination = plan.destination;
  auto fields = std::make_shared<Fields>();
  std::vector<std::unique_ptr<Process>> processes(2);
  if (plan.flood) {
    processes.push_back(make_flood(world, rising_water(), FloodModel{},
                                   {{"depth.streets", world->samples->point},
                                    {"depth.homes", world->people->home},
                                    {"depth.shelters", sites}},
                                   *fields));
  }
  processes[0] = make_evacuation(world, Zones{}, shelters, evacuation, models.wading, *fields, 1);
  processes[1] = make_walking(world, models.walking, models.wading, *fields, 0);
  kernel_ =
      std::make_unique<Kernel>(world, fields, std::move(processes), KernelOptions{.threads = plan.threads});
}

double Town::kpi(std::string_view id) const {
  const std::vector<double> values = kpis(kernel_->finish(), {capacity_});
  const auto& catalogue = kpi_catalogue();
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    if (catalogue[i].id == id) return values[i];
  }
  throw std::logic_error("no key figure " + std::string(id));
}

}  // namespace chimata::verification
