/// Cars with fixed routes on a drawn network, without persons: what theory can be held against.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "chimata/driving/flow.hpp"
#include "chimata/network/builder.hpp"

namespace chimata::test {

using namespace chimata::driving;

/// One-way streets of 20 m/s. With spacing 5 m and waves of 5 m/s a lane carries at most 0.8 veh/s, at 0.04
/// veh/m; it holds 0.2 veh/m.
struct OneWay {
  std::string from, to;
  double length = 1000;
  int lanes = 1;
  double speed = 20;
};

using Streets = std::vector<OneWay>;

[[nodiscard]] inline DrivingModel textbook() {
  DrivingModel model;
  model.jam_spacing = 5, model.wave_speed = 5, model.saturation_flow = 1;
  return model;
}

class FlowRun {
 public:
  explicit FlowRun(const Streets& streets, DrivingModel driving = textbook(), int threads = 1)
      : model(driving), arena(threads) {
    for (const OneWay& street : streets) {
      for (const std::string& end : {street.from, street.to}) {
        if (nodes.count(end) == 0)
          nodes[end] = builder.add_node({1000.0 * static_cast<double>(nodes.size() % 7),
                                         1000.0 * static_cast<double>(nodes.size() / 7)});
      }
      SegmentDraft draft;
      draft.from = nodes[street.from], draft.to = nodes[street.to];
      draft.length = street.length;
      draft.modes_forward = kCar, draft.modes_backward = ModeMask{0};
      draft.lanes_forward = street.lanes, draft.lanes_backward = 0;
      draft.speed = street.speed;
      links[street.from + street.to] = Network::forward(builder.add_segment(draft));
    }
  }

  [[nodiscard]] LinkId link(const std::string& name) const { return links.at(name); }

  void start() {
    if (traffic) return;
    network = std::make_shared<const Network>(builder.build());
    world.network = network;
    traffic = std::make_unique<Traffic>(world, model, gates);
    flow = std::make_unique<Flow>(*traffic);
  }

  /// A car that starts at `moment` along the streets between `stops`, e.g. {"A", "B", "C"}.
  VehicleRow drive(double moment, const std::vector<std::string>& stops) {
    start();
    std::vector<LinkId> route;
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) route.push_back(link(stops[i] + stops[i + 1]));
    return drive(moment, route);
  }
  VehicleRow drive(double moment, const std::vector<LinkId>& route) {
    start();
    Vehicle vehicle;
    vehicle.fixed = 1, vehicle.present = 1;
    vehicle.since = moment;
    vehicle.guide = traffic->routes.add_route(route);
    const auto row = static_cast<VehicleRow>(traffic->vehicles.size());
    traffic->put(row, vehicle);
    arrival.push_back(-1);
    asked.push_back({moment, row, network->tail(route.front())});
    return row;
  }
  /// `rate` cars a second from `from` up to `until`, evenly.
  void stream(double from, double until, double rate, const std::vector<std::string>& stops) {
    const auto cars = static_cast<int>((until - from) * rate + 0.5);
    for (int i = 0; i < cars; ++i) drive(from + i / rate, stops);
  }

  void run_until(double end) {
    start();
    if (reversed) std::reverse(asked.begin(), asked.end());
    for (const Flow::Start& each : asked) flow->add(each);
    asked.clear();
    for (; now < end; now += 1) {
      flow->step({now, now + 1}, arena);
      for (const Passage& passage : flow->passages()) {
        passages.push_back(passage);
        if (!driving::is_link(passage.to)) arrival[passage.vehicle] = passage.time;
      }
      check();
    }
  }

  /// Conservation, storage, headways: at every moment, everywhere.
  void check() const {
    std::size_t on_links = 0, beside = 0, done = 0;
    for (std::uint32_t l = 0; l < network->link_count(); ++l) {
      const LinkId each{l};
      on_links += traffic->present(each);
      if (traffic->present(each) > traffic->roads[each].slots) FAIL("more cars on a link than it holds");
      for (VehicleRow v = traffic->queues[each].first_waiting; v != kNobody; v = traffic->vehicles[v].behind)
        ++beside;
    }
    std::size_t begun = 0;
    for (std::size_t v = 0; v < arrival.size(); ++v) {
      done += arrival[v] >= 0 ? 1 : 0;
      begun += traffic->departed[v] < now + 1 ? 1 : 0;
    }
    if (on_links + beside + done != begun) FAIL("a car was lost or made");
  }

  /// Moments at which cars left `link`, in order.
  [[nodiscard]] std::vector<double> exits(LinkId link) const {
    std::vector<double> moments;
    for (const Passage& passage : passages) {
      if (passage.from == link) moments.push_back(passage.time);
    }
    return moments;
  }
  [[nodiscard]] std::vector<double> entries(LinkId link) const {
    std::vector<double> moments;
    for (const Passage& passage : passages) {
      if (passage.to == link) moments.push_back(passage.time);
    }
    return moments;
  }
  [[nodiscard]] double total_time() const {
    double sum = 0;
    for (std::size_t v = 0; v < arrival.size(); ++v) sum += arrival[v] - traffic->departed[v];
    return sum;
  }

  NetworkBuilder builder;
  DrivingModel model;
  World world;
  std::vector<CarGate> gates;
  std::map<std::string, NodeId> nodes;
  std::map<std::string, LinkId> links;
  std::shared_ptr<const Network> network;
  std::unique_ptr<Traffic> traffic;
  std::unique_ptr<Flow> flow;
  Arena arena;
  double now = 0;
  std::vector<Flow::Start> asked;  ///< not yet given to the flow
  bool reversed = false;           ///< give them in the opposite order
  std::vector<double> arrival;     ///< by vehicle; -1 on the way
  std::vector<Passage> passages;
};

}  // namespace chimata::test
