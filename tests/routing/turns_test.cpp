#include <doctest/doctest.h>

#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include "chimata/routing/path.hpp"
#include "support/random_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// A drawn map: letters are crossings, `-` and `|` streets between neighbours, 10 ms each way.
class Map {
 public:
  explicit Map(const std::vector<std::string>& rows) {
    NetworkBuilder builder;
    for (std::size_t y = 0; y < rows.size(); ++y) {
      for (std::size_t x = 0; x < rows[y].size(); ++x) {
        if (std::isalpha(rows[y][x])) node_[rows[y][x]] = builder.add_node({x * 1.0, y * 1.0});
      }
    }
    const auto street = [&](char from, char to) {
      SegmentDraft draft;
      draft.from = node_.at(from), draft.to = node_.at(to);
      builder.add_segment(draft);
    };
    for (std::size_t y = 0; y < rows.size(); ++y) {
      for (std::size_t x = 0; x < rows[y].size(); ++x) {
        if (rows[y][x] == '-') street(rows[y][x - 1], rows[y][x + 1]);
        if (rows[y][x] == '|') street(rows[y - 1][x], rows[y + 1][x]);
      }
    }
    network_ = builder.build();
    costs_.assign(network_.link_count(), 10);
  }
  Map& no(const std::string& path) { return restrict(path, false); }
  Map& only(const std::string& path) { return restrict(path, true); }
  Map& for_bicycles() {
    network_.restrictions.back().modes = kBicycle;
    return *this;
  }
  Map& close(char from, char to) {
    costs_[link(from, to)] = kClosed;
    return *this;
  }
  /// The way as letters; empty if there is none.
  std::string route(char from, char to, UTurns u_turns = UTurns::at_dead_ends) const {
    AStar search = AStar::with_turns(network_, costs_, kCar, u_turns);
    const auto path = search.find(node_.at(from), node_.at(to));
    if (!path) return "";
    std::string letters{from};
    for (const LinkId link : path->links) {
      for (const auto& [letter, node] : node_) {
        if (node == network_.head(link)) letters += letter;
      }
    }
    CHECK(path->cost == 10 * path->links.size());
    return letters;
  }

 private:
  LinkId link(char from, char to) const {
    for (const LinkId link : network_.leaving(node_.at(from))) {
      if (network_.head(link) == node_.at(to)) return link;
    }
    throw std::logic_error("no such street on the map");
  }
  Map& restrict(const std::string& path, bool only) {
    TurnRestriction restriction;
    for (std::size_t i = 1; i < path.size(); ++i) restriction.path.push_back(link(path[i - 1], path[i]));
    restriction.only = only;
    network_.restrictions.push_back(restriction);
    return *this;
  }
  std::map<char, NodeId> node_;
  Network network_;
  LinkCosts costs_;
};

// clang-format off
const std::vector<std::string> kBlock{"A-B-C",
                                      "  | |",
                                      "D-E-F",
                                      "  |  ",
                                      "  G  "};
// clang-format on

}  // namespace

TEST_CASE("a forbidden turn is driven around") {
  CHECK(Map(kBlock).route('A', 'G') == "ABEG");
  CHECK(Map(kBlock).no("ABE").route('A', 'G') == "ABCFEG");
  CHECK(Map(kBlock).no("ABE").route('C', 'E') != "");
  CHECK(Map(kBlock).no("ABE").route('B', 'G') == "BEG");  // it binds only who comes from A
}

TEST_CASE("a restriction over a via way binds only the whole path") {
  CHECK(Map(kBlock).no("ABEG").close('E', 'D').route('A', 'G') == "ABCFEG");
  CHECK(Map(kBlock).no("ABEG").route('B', 'G') == "BEG");
  CHECK(Map(kBlock).no("ABEG").route('A', 'D') == "ABED");
  CHECK(Map(kBlock).no("ABCFEG").no("ABE").route('A', 'G') == "ABCFEDEG");  // turns round in the dead end D
}

TEST_CASE("a mandatory turn leaves no other") {
  CHECK(Map(kBlock).only("ABC").route('A', 'G') == "ABCFEG");
  CHECK(Map(kBlock).only("ABE").route('A', 'C') == "ABEFC");
  CHECK(Map(kBlock).only("ABE").route('E', 'C') != "");
  CHECK(Map(kBlock).only("ABC").only("ABE").route('A', 'E') == "ABE");  // two from one street: either
}

TEST_CASE("a mandatory path over via ways is followed to its end") {
  CHECK(Map(kBlock).only("ABED").route('A', 'G') == "ABEDEG");
  CHECK(Map(kBlock).only("ABED").route('B', 'G') == "BEG");
  CHECK(Map(kBlock).only("ABED").route('A', 'F') == "ABEDEF");
}

TEST_CASE("overlapping restrictions all hold") {
  CHECK(Map(kBlock).no("ABEG").no("BEF").route('A', 'F') == "ABCF");
  CHECK(Map(kBlock).no("ABEG").no("BED").route('A', 'D') == "ABCFED");
  CHECK(Map(kBlock).only("ABEG").no("BEG").route('A', 'G') == "");  // must and must not
}

TEST_CASE("cars turn round only in dead ends, unless they may anywhere") {
  CHECK(Map(kBlock).no("ABE").close('C', 'F').route('A', 'E') == "ABCBE");  // C has become a dead end
  CHECK(Map({"A-B-C", "  |  ", "  D  "}).no("ABD").route('A', 'D') == "ABCBD");
  const std::vector<std::string> ladder{"A-B-C-E", "  | | |", "  D F-G"};
  CHECK(Map(ladder).no("ABD").route('A', 'D', UTurns::allowed) == "ABCBD");
  CHECK(Map(ladder).no("ABD").no("BCF").route('A', 'D') == "ABCEGFCBD");  // round the block
  CHECK(Map(ladder).no("ABD").no("ABCB").route('A', 'D', UTurns::allowed) == "ABCECBD");
}

TEST_CASE("a restriction binds the modes it names") {
  CHECK(Map(kBlock).no("ABE").for_bicycles().route('A', 'G') == "ABEG");
}

namespace {

using Links = std::vector<LinkId>;

bool ends_with(const Links& driven, const Links& path, std::size_t length) {
  return driven.size() >= length && std::equal(path.begin(), path.begin() + length, driven.end() - length);
}

/// The rules word by word, on the whole list of links driven.
bool may_turn(const Network& network, const Links& driven, LinkId next) {
  Links then = driven;
  then.push_back(next);
  std::map<std::size_t, std::set<LinkId>> mandatory;  // by how much of a path has been driven
  for (const TurnRestriction& r : network.restrictions) {
    if ((r.modes & kCar) == 0) continue;
    if (!r.only && ends_with(then, r.path, r.path.size())) return false;
    for (std::size_t done = 1; r.only && done < r.path.size(); ++done) {
      if (ends_with(driven, r.path, done)) mandatory[done].insert(r.path[done]);
    }
  }
  return std::all_of(mandatory.begin(), mandatory.end(),
                     [&](const auto& m) { return m.second.contains(next); });
}

/// Dijkstra over the last four links driven; restrictions must not be longer than five.
PathCost by_the_letter(const Network& network, const LinkCosts& costs, NodeId from, NodeId to) {
  if (from == to) return 0;
  std::set<std::pair<PathCost, Links>> queue;
  std::set<Links> done;
  const auto push = [&](PathCost cost, Links driven, LinkId link) {
    driven.push_back(link);
    if (driven.size() > 4) driven.erase(driven.begin());
    queue.insert({cost + costs[link], driven});
  };
  for (const LinkId link : network.leaving(from)) {
    if (costs[link] != kClosed) push(0, {}, link);
  }
  while (!queue.empty()) {
    const auto [cost, driven] = *queue.begin();
    queue.erase(queue.begin());
    if (!done.insert(driven).second) continue;
    if (network.head(driven.back()) == to) return cost;
    for (const LinkId link : network.leaving(network.head(driven.back()))) {
      if (costs[link] != kClosed && may_turn(network, driven, link)) push(cost, driven, link);
    }
  }
  return kUnreachable;
}

}  // namespace

TEST_CASE("ways under random restrictions cost what the rules taken by the letter allow") {
  int longer = 0, none = 0;
  for (std::uint32_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    Dice dice("restrictions", number);
    Network network = make(RandomNetwork{.nodes = 8, .segments = 14}, dice);
    const LinkCosts costs = make(RandomCosts{.zero = 0.05, .closed = 0.05}, network, dice);
    for (int i = 0; i < 25; ++i) {
      TurnRestriction r;
      r.path.push_back(LinkId{dice.below(static_cast<std::uint32_t>(network.link_count()))});
      for (std::uint32_t more = 1 + dice.below(4); more > 0; --more) {
        const auto on = network.leaving(network.head(r.path.back()));
        r.path.push_back(on[dice.below(static_cast<std::uint32_t>(on.size()))]);
      }
      r.only = dice.chance(0.3);
      if (dice.chance(0.1)) r.modes = kBicycle;
      network.restrictions.push_back(r);
    }
    AStar search = AStar::with_turns(network, costs, kCar, UTurns::allowed);
    for (int query = 0; query < 5; ++query) {
      const NodeId from = dice.node(network), to = dice.node(network);
      const PathCost expected = by_the_letter(network, costs, from, to);
      const auto path = search.find(from, to);
      REQUIRE((path ? path->cost : kUnreachable) == expected);
      Links driven;
      if (path) {
        for (const LinkId link : path->links) {
          if (!driven.empty()) REQUIRE(may_turn(network, driven, link));
          driven.push_back(link);
        }
      }
      const auto free = shortest_path(network, costs, from, to);
      longer += path && free->cost < path->cost;
      none += free && !path;
    }
  }
  CHECK(longer > 50);
  CHECK(none > 10);
}
