#include <limits>

#include "chimata/city/city.hpp"
#include "chimata/geo/point_index.hpp"

namespace chimata {

namespace {

std::vector<AccessPoint> access_by(ModeMask mode, const Network& network, std::span<const Point> places) {
  const Components parts = components(network, mode);
  std::vector<NodeId> node;
  std::vector<Point> position;
  for (std::size_t n = 0; n < network.node_count(); ++n) {
    if (parts.of_node[NodeId{n}] != 0) continue;
    node.push_back(NodeId{n});
    position.push_back(network.position[NodeId{n}]);
  }

  // nodes were taken in ascending order, so the index gives ties to the smaller node
  const PointIndex index{position};
  std::vector<AccessPoint> access;
  access.reserve(places.size());
  for (const Point place : places) {
    const auto nearest = index.nearest(place);
    if (nearest) {
      access.push_back({node[*nearest], distance(place, position[*nearest])});
    } else {
      access.push_back({NodeId::none(), std::numeric_limits<double>::infinity()});
    }
  }
  return access;
}

}  // namespace

std::vector<AccessPoint> walking_access(const Network& network, std::span<const Point> places) {
  return access_by(kFoot, network, places);
}

std::vector<AccessPoint> driving_access(const Network& network, std::span<const Point> places) {
  return access_by(kCar, network, places);
}

void drape(Network& network, const Raster& terrain) {
  for (std::size_t n = 0; n < network.node_count(); ++n) {
    const NodeId node{n};
    network.elevation[node] = terrain.empty()
                                  ? std::numeric_limits<float>::quiet_NaN()
                                  : static_cast<float>(terrain.interpolate(network.position[node]));
  }
}

}  // namespace chimata
