#include "chimata/driving/road.hpp"

#include <algorithm>
#include <cmath>

namespace chimata::driving {

namespace {

constexpr double kSlowest = 0.5;  // m/s, so that everybody arrives some day

/// Free speed, wave speed and flow of one lane, consistent with one another.
struct Diagram {
  double free_speed, wave_speed, flow;
  [[nodiscard]] double peak(double jam_density) const {
    return jam_density * free_speed * wave_speed / (free_speed + wave_speed);
  }
};

Diagram diagram_of(const Network& network, const DrivingModel& model, LinkId link, double free_speed) {
  const double jam_density = 1 / model.jam_spacing;
  Diagram lane{free_speed, model.wave_speed, 0};
  const double stated = double{network.capacity[link]} / std::max<int>(1, network.lanes[link]);
  lane.flow = stated > 0 ? stated : model.saturation_flow;
  if (stated > lane.peak(jam_density)) {
    const double room = jam_density - stated / free_speed;
    const double faster = room > 0 ? stated / room : free_speed;
    lane.wave_speed = std::max(model.wave_speed, std::min(faster, free_speed));
  }
  lane.flow = std::min(lane.flow, lane.peak(jam_density));
  return lane;
}

}  // namespace

std::uint32_t room_of(const Network& network, const DrivingModel& model, LinkId link, int lanes) {
  if (lanes <= 0) return 0;
  return static_cast<std::uint32_t>(
      std::max(1.0, std::floor(network.length_of(link) * lanes / model.jam_spacing + 0.5)));
}

double passable_share(const DrivingModel& model, int lanes, std::uint32_t wrecks) {
  // HCM 2000, exhibit 22-6: capacity left with one, two and three lanes of a direction blocked
  static constexpr double left[3][3] = {{0.35, 0, 0}, {0.49, 0.17, 0}, {0.58, 0.25, 0.13}};
  if (wrecks == 0) return 1;
  if (lanes < 2 || wrecks >= static_cast<std::uint32_t>(lanes)) return model.past_wreck;
  return std::max(model.past_wreck, left[std::min(lanes, 4) - 2][std::min(wrecks, 3u) - 1]);
}

void set_road(Road& road, const Network& network, const DrivingModel& model, LinkId link,
              const RoadChange& change) {
  const double length = network.length_of(link);
  const double map_speed = double{network.speed[link]};
  const double free_speed = std::max(kSlowest, map_speed * change.speed_factor);
  const int lanes = std::clamp(int{network.lanes[link]} + change.lanes, 0, 255);
  const Diagram lane = diagram_of(network, model, link, free_speed);
  road.lanes = static_cast<std::uint8_t>(lanes);
  road.length = static_cast<float>(length);
  road.dry_time = static_cast<float>(length / std::max(kSlowest, map_speed));
  road.free_time = std::max(length / free_speed, change.wet_time);
  const std::uint32_t room = room_of(network, model, link, lanes);
  road.room = lanes == 0 ? 0 : std::max(1u, room - std::min(room, change.wrecks));
  const double peak = std::max(1, lanes) * lane.peak(1 / model.jam_spacing);
  road.wave_time = std::max(0.0, room / peak - length / free_speed);
  const double flow = std::max(1, lanes) * lane.flow;
  road.entry_headway = 1 / flow;
  const double share = change.capacity_factor * passable_share(model, lanes, change.wrecks) *
                       std::max(0.05, 1 - change.blocked);
  road.exit_headway = share > 0 ? 1 / (flow * share) : 0;  // none at all is a matter of `Shutters`
  road.stride = static_cast<std::uint32_t>(std::clamp(1e6 / flow, 1.0, 1e9));
  road.bay = static_cast<std::uint16_t>(
      std::clamp(std::min(model.bay_length, length) / model.jam_spacing, 1.0, 1e4));
}

Shutters::Shutters(const World& world) : rows_(1) {
  std::vector<LinkId> links;
  for (const Closure& closure : world.closures) {
    if ((closure.modes & kCar) != 0) links.push_back(closure.link);
  }
  for (const LinkChange& change : world.link_changes) {
    if (change.capacity_factor <= 0) links.push_back(change.link);
  }
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end()), links.end());
  for (const LinkId link : links) rows_.push_back({link, {}, {}});

  const auto span = [](Window when) {
    return Span{seconds(when.from), when.to == kNever ? kForever : seconds(when.to)};
  };
  for (const Closure& closure : world.closures) {
    if ((closure.modes & kCar) != 0) rows_[row_of(closure.link)].entry.push_back(span(closure.when));
  }
  for (const LinkChange& change : world.link_changes) {
    if (change.capacity_factor <= 0) rows_[row_of(change.link)].exit.push_back(span(change.when));
  }
  for (Row& row : rows_) {
    for (auto* spans : {&row.entry, &row.exit}) {
      std::sort(spans->begin(), spans->end(), [](Span a, Span b) { return a.from < b.from; });
    }
  }
}

std::uint32_t Shutters::row_of(LinkId link) const {
  const auto found = std::lower_bound(rows_.begin() + 1, rows_.end(), link,
                                      [](const Row& row, LinkId wanted) { return row.link < wanted; });
  return found != rows_.end() && found->link == link ? static_cast<std::uint32_t>(found - rows_.begin()) : 0;
}

double Shutters::open_from(const std::vector<Span>& closed, double moment) {
  for (const Span& span : closed) {
    if (span.from > moment) break;
    if (moment < span.to) moment = span.to;
  }
  return moment;
}

}  // namespace chimata::driving
