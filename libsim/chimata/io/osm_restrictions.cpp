#include <algorithm>

#include "chimata/io/osm_source.hpp"

namespace chimata::io {

namespace {

using Path = std::vector<LinkId>;

class Mapper {
 public:
  Mapper(const Network& network, const std::vector<WaySegments>& ways) : network_(network), ways_(ways) {}

  // The one path of links that the restriction means; empty if there is none, or no telling which.
  [[nodiscard]] Path path(std::int64_t from, const OsmRestriction& restriction, std::int64_t to) const {
    std::vector<Path> found;
    const WaySegments* start = segments(from);
    if (!start || !segments(to)) return {};
    for (std::uint32_t s = start->first; s < start->end; ++s) {
      for (const LinkId link :
           {Network::forward(SegmentId{s}), Network::twin_of(Network::forward(SegmentId{s}))}) {
        if (restriction.via_ways.empty()) {
          if (network_.node_source[network_.head(link)] == restriction.via_node)
            end_with({link}, to, restriction.u_turn, found);
        } else {
          follow({link}, restriction.via_ways, to, found);
          if (restriction.via_ways.size() > 1) {
            follow({link}, {restriction.via_ways.rbegin(), restriction.via_ways.rend()}, to, found);
          }
        }
      }
    }
    if (found.size() > 1) {
      // a way that runs on past the node: cars may come from one side only, or the other link is one-way
      std::erase_if(found, [&](const Path& path) {
        return std::any_of(path.begin(), path.end(),
                           [&](LinkId l) { return !network_.allows(l, restriction.modes); });
      });
    }
    return found.size() == 1 ? found.front() : Path{};
  }

 private:
  [[nodiscard]] const WaySegments* segments(std::int64_t way) const {
    const auto it = std::lower_bound(ways_.begin(), ways_.end(), way,
                                     [](const WaySegments& w, std::int64_t id) { return w.way < id; });
    return it != ways_.end() && it->way == way && it->first < it->end ? &*it : nullptr;
  }

  void end_with(const Path& path, std::int64_t to, bool u_turn, std::vector<Path>& found) const {
    const bool same_way = network_.segment_source[Network::segment_of(path.back())] == to;
    for (const LinkId out : network_.leaving(network_.head(path.back()))) {
      if (network_.segment_source[Network::segment_of(out)] != to) continue;
      // turning back into one's own street is meant by no_u_turn on one way, and by nothing else
      if (same_way && u_turn != (out == Network::twin_of(path.back()))) continue;
      Path whole = path;
      whole.push_back(out);
      if (std::find(found.begin(), found.end(), whole) == found.end()) found.push_back(std::move(whole));
    }
  }

  // Walks each via way from end to end, then into the last way.
  void follow(Path path, const std::vector<std::int64_t>& via, std::int64_t to,
              std::vector<Path>& found) const {
    for (const std::int64_t way : via) {
      const WaySegments* span = segments(way);
      if (!span) return;
      const NodeId here = network_.head(path.back());
      if (network_.from[SegmentId{span->first}] == here) {
        for (std::uint32_t s = span->first; s < span->end; ++s)
          path.push_back(Network::forward(SegmentId{s}));
      } else if (network_.to[SegmentId{span->end - 1}] == here) {
        for (std::uint32_t s = span->end; s-- > span->first;)
          path.push_back(Network::twin_of(Network::forward(SegmentId{s})));
      } else {
        return;
      }
    }
    end_with(path, to, false, found);
  }

  const Network& network_;
  const std::vector<WaySegments>& ways_;
};

}  // namespace

std::vector<TurnRestriction> map_restrictions(const Network& network, const std::vector<WaySegments>& ways,
                                              const std::vector<OsmRestriction>& restrictions,
                                              OsmCounts& counts) {
  const Mapper mapper{network, ways};
  std::vector<TurnRestriction> result;
  for (const OsmRestriction& restriction : restrictions) {
    bool mapped = false;
    // no_entry names several ways from, no_exit several ways to
    for (const std::int64_t from : restriction.from) {
      for (const std::int64_t to : restriction.to) {
        Path path = mapper.path(from, restriction, to);
        if (path.empty()) continue;
        mapped = true;
        result.push_back({std::move(path), restriction.only, restriction.modes});
      }
    }
    counts.mapped_restrictions += mapped;
  }
  return result;
}

}  // namespace chimata::io
