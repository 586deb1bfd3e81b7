#include "chimata/network/network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

namespace chimata {

std::string_view name_of(RoadClass road_class) {
  static constexpr std::string_view names[] = {"motorway", "trunk",        "primary",     "secondary",
                                               "tertiary", "unclassified", "residential", "living_street",
                                               "service",  "pedestrian",   "track",       "cycleway",
                                               "footway",  "path",         "steps"};
  return names[static_cast<std::size_t>(road_class)];
}

double Network::grade(LinkId link) const {
  const double rise = double{elevation[head(link)]} - double{elevation[tail(link)]};
  return std::isnan(rise) ? 0 : rise / length_of(link);
}

Box Network::box() const {
  return box_of(position.values());
}

Components components(const Network& network, ModeMask mode) {
  std::vector<std::uint32_t> parent(network.node_count());
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](std::uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  std::vector<std::uint8_t> served(network.node_count(), 0);
  const auto usable = [&](std::uint32_t s) {
    const LinkId link = Network::forward(SegmentId{s});
    return network.allows(link, mode) || network.allows(Network::twin_of(link), mode);
  };
  for (std::uint32_t s = 0; s < network.segment_count(); ++s) {
    if (!usable(s)) continue;
    const std::uint32_t a = network.from[SegmentId{s}].value, b = network.to[SegmentId{s}].value;
    served[a] = served[b] = 1;
    parent[std::max(root(a), root(b))] = std::min(root(a), root(b));
  }
  std::vector<double> length_at_root(network.node_count(), 0);
  for (std::uint32_t s = 0; s < network.segment_count(); ++s) {
    if (usable(s)) length_at_root[root(network.from[SegmentId{s}].value)] += network.length[SegmentId{s}];
  }
  std::vector<std::uint32_t> roots;
  for (std::uint32_t i = 0; i < network.node_count(); ++i) {
    if (served[i] && root(i) == i) roots.push_back(i);
  }
  std::stable_sort(roots.begin(), roots.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return length_at_root[a] > length_at_root[b]; });
  Components result;
  std::vector<std::uint32_t> rank(network.node_count(), NodeId::none_value);
  for (const std::uint32_t r : roots) {
    rank[r] = static_cast<std::uint32_t>(result.length.size());
    result.length.push_back(length_at_root[r]);
  }
  result.of_node.resize(network.node_count());
  for (std::uint32_t i = 0; i < network.node_count(); ++i) {
    result.of_node[NodeId{i}] = served[i] ? rank[root(i)] : NodeId::none_value;
  }
  return result;
}

}  // namespace chimata
