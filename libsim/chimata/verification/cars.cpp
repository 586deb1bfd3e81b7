#include "chimata/verification/cars.hpp"

#include <algorithm>

namespace chimata::verification {

using namespace driving;

Cars::Cars(const std::vector<OneWay>& streets, const SignalPlan* plan_at_b) {
  model_.jam_spacing = 5, model_.wave_speed = 5, model_.saturation_flow = 1;
  NetworkBuilder builder;
  std::map<char, NodeId> nodes;
  for (const OneWay& street : streets) {
    for (const char end : {street.from, street.to}) {
      if (nodes.count(end) == 0) nodes[end] = builder.add_node({100.0 * end, 0});
    }
    SegmentDraft draft;
    draft.from = nodes[street.from], draft.to = nodes[street.to];
    draft.length = street.length, draft.speed = 20;
    draft.modes_forward = kCar, draft.modes_backward = ModeMask{0};
    draft.lanes_forward = street.lanes, draft.lanes_backward = 0;
    links_[{street.from, street.to}] = Network::forward(builder.add_segment(draft));
  }
  if (plan_at_b != nullptr) {
    SignalPlan plan = *plan_at_b;
    plan.node = nodes.at('B');
    builder.set_signal(plan.node);
    builder.add_signal_plan(plan);
  }
  world_.network = std::make_shared<const Network>(builder.build());
  traffic_ = std::make_unique<Traffic>(world_, model_, std::vector<CarGate>{});
  flow_ = std::make_unique<Flow>(*traffic_);
  for (const OneWay& street : streets) {
    const LinkId link = links_.at({street.from, street.to});
    set_road(traffic_->roads[link], *world_.network, model_, link, {.capacity_factor = street.share});
  }
}

void Cars::start(double moment, const std::string& way) {
  std::vector<LinkId> route;
  for (std::size_t i = 0; i + 1 < way.size(); ++i) route.push_back(links_.at(way.substr(i, 2)));
  Vehicle vehicle;
  vehicle.fixed = 1;
  vehicle.since = moment;
  vehicle.guide = traffic_->routes.add_route(route);
  const auto row = static_cast<VehicleRow>(traffic_->vehicles.size());
  flow_->add({moment, row, world_.network->tail(route.front())});
  traffic_->put(row, vehicle);
}

void Cars::stream(double from, double until, double rate, const std::string& way) {
  const int cars = static_cast<int>((until - from) * rate + 0.5);
  for (int i = 0; i < cars; ++i) start(from + i / rate, way);
}

void Cars::run_until(double end) {
  for (; now_ < end; now_ += 1) {
    flow_->step({now_, now_ + 1}, arena_);
    for (const Passage& passage : flow_->passages()) {
      passages_.push_back(passage);
      if (is_link(passage.to)) continue;
      ++arrived_;
      total_time_ += passage.time - traffic_->departed[passage.vehicle];
    }
  }
}

std::vector<double> Cars::exits(const std::string& street) const {
  std::vector<double> moments;
  for (const Passage& passage : passages_) {
    if (passage.from == link(street)) moments.push_back(passage.time);
  }
  return moments;
}

std::vector<double> Cars::entries(const std::string& street) const {
  std::vector<double> moments;
  for (const Passage& passage : passages_) {
    if (passage.to == link(street)) moments.push_back(passage.time);
  }
  return moments;
}

double Cars::outflow(const std::string& street, double from, double until) const {
  const auto moments = exits(street);
  const auto cars =
      std::count_if(moments.begin(), moments.end(), [&](double t) { return from <= t && t < until; });
  return static_cast<double>(cars) / (until - from);
}

}  // namespace chimata::verification
