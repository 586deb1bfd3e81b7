/// A network with costs, seen as a graph of the Boost Graph Library; nothing is copied.
///
/// Models VertexListGraph and IncidenceGraph. Vertices are rows of nodes, edges are links. A closed
/// link is an edge of infinite weight. Include it only where Boost's algorithms are wanted: our own
/// searches do without, and are tested against it.
#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstdint>
#include <utility>

#include "chimata/network/network.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata {

class BoostView {
 public:
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = LinkId;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  struct traversal_category : boost::vertex_list_graph_tag, boost::incidence_graph_tag {};
  using vertex_iterator = boost::counting_iterator<vertex_descriptor>;
  using out_edge_iterator = const LinkId*;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  // not models of these; named because graph_traits asks for them
  using edge_iterator = void;
  using adjacency_iterator = void;
  using in_edge_iterator = void;
  static vertex_descriptor null_vertex() { return NodeId::none_value; }

  /// @param against_traffic  a way is then found from its end: edges cost what their opposites do
  BoostView(const Network& network, const LinkCosts& costs, bool against_traffic = false)
      : network_(&network), costs_(&costs), against_traffic_(against_traffic) {}

  [[nodiscard]] const Network& network() const { return *network_; }
  /// ms; kUnreachable if the link is closed
  [[nodiscard]] PathCost weight(LinkId link) const {
    const Cost cost = (*costs_)[against_traffic_ ? Network::twin_of(link) : link];
    return cost == kClosed ? kUnreachable : cost;
  }

 private:
  const Network* network_;
  const LinkCosts* costs_;
  bool against_traffic_;
};

inline std::size_t num_vertices(const BoostView& view) {
  return view.network().node_count();
}
inline std::pair<BoostView::vertex_iterator, BoostView::vertex_iterator> vertices(const BoostView& view) {
  return {BoostView::vertex_iterator(0),
          BoostView::vertex_iterator(static_cast<std::uint32_t>(num_vertices(view)))};
}
inline std::pair<const LinkId*, const LinkId*> out_edges(std::uint32_t vertex, const BoostView& view) {
  const auto links = view.network().leaving(NodeId{vertex});
  return {links.data(), links.data() + links.size()};
}
inline std::size_t out_degree(std::uint32_t vertex, const BoostView& view) {
  return view.network().leaving(NodeId{vertex}).size();
}
inline std::uint32_t source(LinkId link, const BoostView& view) {
  return view.network().tail(link).value;
}
inline std::uint32_t target(LinkId link, const BoostView& view) {
  return view.network().head(link).value;
}

/// The property map from edge to weight. The view must outlive it.
inline auto weight_map(const BoostView& view) {
  return boost::make_function_property_map<LinkId>([&view](LinkId link) { return view.weight(link); });
}

}  // namespace chimata
