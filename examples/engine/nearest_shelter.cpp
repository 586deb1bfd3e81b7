/// A town drawn in the program, and how long people walk to the nearest shelter.
#include <chimata/network/builder.hpp>
#include <chimata/routing/costs.hpp>
#include <chimata/routing/nearest.hpp>
#include <cstdio>
#include <vector>

int main() {
  using namespace chimata;
  // A----B----C----D   200 m each; shelters at A and D
  NetworkBuilder town;
  std::vector<NodeId> corner;
  for (int i = 0; i < 4; ++i) corner.push_back(town.add_node({200.0 * i, 0}));
  for (int i = 0; i < 3; ++i) town.add_segment({.from = corner[i], .to = corner[i + 1], .width = 3.0});
  const Network streets = town.build();

  const std::vector<NodeId> shelters{corner[3], corner[0]};
  const char* names[] = {"east", "west"};
  // the way from A to B is closed: whoever stands in B has to go east
  LinkCosts walk = walking_costs(streets, 1.34);
  walk[Network::twin_of(LinkId{0u})] = kClosed;
  const Nearest nearest = nearest_of(streets, walk, shelters);
  for (int i = 0; i < 4; ++i) {
    const std::uint32_t goal = nearest.goal[corner[i]];
    std::printf("%c -> %s: %.0f s\n", "ABCD"[i], names[goal], nearest.cost[corner[i]] / 1000.0);
  }
  return 0;
}
