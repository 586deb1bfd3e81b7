#include "chimata/routing/tree.hpp"

#include <doctest/doctest.h>

#include "chimata/network/builder.hpp"

using namespace chimata;

TEST_CASE("a tree leads every node to its nearest goal") {
  // A --- B --- C --- D      E alone
  NetworkBuilder builder;
  std::vector<NodeId> nodes;
  for (int i = 0; i < 5; ++i) nodes.push_back(builder.add_node({i * 100.0, 0}));
  for (int i = 0; i < 3; ++i) {
    SegmentDraft draft;
    draft.from = nodes[i], draft.to = nodes[i + 1];
    builder.add_segment(draft);
  }
  const Network network = builder.build();
  LinkCosts costs(network.link_count(), 10);
  const std::vector<NodeId> goals{nodes[0], nodes[3]};

  const Tree tree = tree_to(network, costs, goals);
  CHECK(tree.cost == Column<NodeId, PathCost>{0, 10, 10, 0, kUnreachable});
  CHECK(tree.next == Column<NodeId, LinkId>{LinkId{}, LinkId{1u}, LinkId{4u}, LinkId{}, LinkId{}});

  costs[LinkId{4u}] = kClosed;  // C can no longer reach D
  CHECK(tree_to(network, costs, goals).cost == Column<NodeId, PathCost>{0, 10, 20, 0, kUnreachable});
  CHECK(tree_from(network, costs, goals).cost == Column<NodeId, PathCost>{0, 10, 10, 0, kUnreachable});
}
