#include "chimata/io/osm.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "chimata/core/error.hpp"
#include "chimata/io/country.hpp"
#include "chimata/io/crs.hpp"
#include "chimata/io/osm_source.hpp"
#include "chimata/network/builder.hpp"

namespace chimata::io {

namespace {

using Row = std::uint32_t;  // of the table of highway nodes
constexpr Row kMissing = ~Row{0};

// Distinct nodes of all highway ways, and what becomes of them.
struct Nodes {
  std::vector<std::int64_t> id;
  std::vector<Point> place;
  std::vector<std::uint8_t> half_edges;  // capped at 3
  std::vector<std::uint8_t> keep;        // must be a node of the network
  std::vector<ModeMask> stops;
  std::vector<std::uint8_t> signal;
  std::vector<NodeId> node;  // in the network, once made

  [[nodiscard]] Row row(std::int64_t wanted) const {
    const auto it = std::lower_bound(id.begin(), id.end(), wanted);
    return it != id.end() && *it == wanted ? static_cast<Row>(it - id.begin()) : kMissing;
  }
};

// A stretch of a way whose nodes are all there.
struct Run {
  const OsmWay* way;
  std::vector<Row> nodes;
};

class Importer {
 public:
  Importer(OsmSource source, const OsmOptions& options, std::string file)
      : source_(std::move(source)), options_(options), file_(std::move(file)) {}

  OsmResult result() {
    collect_nodes();
    collect_runs();
    project();
    mark_nodes();
    for (const Run& run : runs_) add_run(run);
    finish();
    return std::move(result_);
  }

 private:
  void collect_nodes();
  void collect_runs();
  void project();
  void mark_nodes();
  void add_run(const Run& run);
  void add_piece(const OsmWay& way, std::vector<Row> piece);
  void add_customs(SegmentDraft& draft);
  NodeId node_at(Row row);
  void restrict_barriers(const Network& network);
  void finish();
  void remark(Problem::Severity severity, std::string message, std::string fix);

  OsmSource source_;
  const OsmOptions& options_;
  std::string file_;
  Nodes nodes_;
  std::vector<Run> runs_;
  NetworkBuilder builder_;
  std::vector<WaySegments> way_segments_;
  std::set<std::vector<Row>> pieces_;
  std::optional<double> ferry_speed_;  // m/s, of the run under way
  std::string country_;
  OsmResult result_;
};

void Importer::collect_nodes() {
  for (const OsmWay& way : source_.ways) {
    ++source_.counts.highway_ways;
    nodes_.id.insert(nodes_.id.end(), way.refs.begin(), way.refs.end());
  }
  std::sort(nodes_.id.begin(), nodes_.id.end());
  nodes_.id.erase(std::unique(nodes_.id.begin(), nodes_.id.end()), nodes_.id.end());
  // both tables ascend by id: one walk finds every place
  std::size_t found = 0;
  auto at = source_.nodes.begin();
  for (const std::int64_t id : nodes_.id) {
    while (at != source_.nodes.end() && at->id < id) ++at;
    if (at == source_.nodes.end() || at->id != id) continue;
    nodes_.id[found++] = id;
    nodes_.place.push_back({at->place.lon, at->place.lat});
  }
  nodes_.id.resize(found);
  source_.counts.highway_nodes = found;
  nodes_.half_edges.assign(found, 0);
  nodes_.keep.assign(found, 0);
  nodes_.stops.assign(found, 0);
  nodes_.signal.assign(found, 0);
  nodes_.node.assign(found, NodeId::none());
}

void Importer::collect_runs() {
  OsmCounts& counts = source_.counts;
  for (const OsmWay& way : source_.ways) {
    std::size_t missing = 0, used = 0;
    Run run{&way, {}};
    const auto end_run = [&] {
      if (run.nodes.size() >= 2 && way.street) runs_.push_back(run), ++used;
      run.nodes.clear();
    };
    for (const std::int64_t ref : way.refs) {
      const Row row = nodes_.row(ref);
      if (row == kMissing) {
        ++missing;
        end_run();  // never a straight line across what is not there
      } else if (run.nodes.empty() || run.nodes.back() != row) {
        run.nodes.push_back(row);
      }
    }
    end_run();
    counts.missing_nodes += missing;
    counts.clipped_ways += missing > 0;
    if (!way.street) continue;
    if (used == 0) {
      ++counts.degenerate_ways;
      continue;
    }
    ++counts.street_ways;
    counts.areas += way.street->area && way.refs.front() == way.refs.back();
  }
  if (runs_.empty())
    throw InputError(file_, "holds no streets (no usable way tagged highway=*)",
                     "export an area with streets, with ways and their nodes");
}

void Importer::project() {
  Box box;
  LonLat middle;
  std::size_t count = 0;
  for (const Run& run : runs_) {
    for (const Row row : run.nodes) {
      const Point p = nodes_.place[row];
      box.add(p);
      middle.lon += p.x, middle.lat += p.y, ++count;
    }
  }
  result_.lonlat = source_.box.value_or(box);
  const double n = static_cast<double>(count);
  result_.crs = options_.crs.empty() ? metric_crs_for(middle.lon / n, middle.lat / n) : options_.crs;
  const std::string here = country_at(middle.lon / n, middle.lat / n);
  builder_.set_left_hand(
      drives_left(options_.country.empty() || options_.country == "auto" ? here : options_.country));
  country_ = options_.country == "auto" ? here : options_.country;
  if (!country_.empty() && !knows_country(country_)) {
    throw InputError("country " + country_, "is not one whose roads are known",
                     "give JP, DE, US, GB or auto, or leave it out");
  }
  if (options_.country == "auto") {
    if (country_.empty())
      remark(Problem::Severity::warning,
             "the country cannot be told from the place; roads are as usual by class",
             "say country: DE, US or GB");
    else
      remark(Problem::Severity::note, "speeds, lanes and widths without tags are those usual in " + country_,
             "");
  }
  Projection{result_.crs}.to_city(nodes_.place);
}

void Importer::mark_nodes() {
  const auto add = [&](Row row, int half_edges) {
    auto& count = nodes_.half_edges[row];
    count = static_cast<std::uint8_t>(std::min(3, count + half_edges));
  };
  for (const Run& run : runs_) {
    for (std::size_t i = 0; i < run.nodes.size(); ++i) {
      const bool end = i == 0 || i + 1 == run.nodes.size();
      add(run.nodes[i], end ? 1 : 2);
      if (end) nodes_.keep[run.nodes[i]] = 1;
    }
  }
  for (std::size_t i = 0; i < nodes_.id.size(); ++i) nodes_.keep[i] |= nodes_.half_edges[i] > 2;
  for (const OsmNodeRole& role : source_.roles) {
    const Row row = nodes_.row(role.id);
    if (row == kMissing || nodes_.half_edges[row] == 0) continue;
    nodes_.keep[row] = 1;
    nodes_.signal[row] = role.signal;
    nodes_.stops[row] = role.stops;
    source_.counts.signals += role.signal;
    source_.counts.barriers += role.stops != 0;
  }
  for (const OsmRestriction& restriction : source_.restrictions) {
    const Row row = restriction.via_node ? nodes_.row(restriction.via_node) : kMissing;
    if (row != kMissing) nodes_.keep[row] = 1;
  }
}

NodeId Importer::node_at(Row row) {
  // a wall across the street: each side ends in a node of its own
  const bool solid = nodes_.stops[row] == (kFoot | kBicycle | kCar);
  if (solid) return builder_.add_node(nodes_.place[row], nodes_.id[row]);
  if (!nodes_.node[row].valid())
    nodes_.node[row] = builder_.add_node(nodes_.place[row], nodes_.id[row], nodes_.signal[row]);
  return nodes_.node[row];
}

void Importer::add_run(const Run& run) {
  const auto first = static_cast<std::uint32_t>(builder_.so_far().segment_count());
  const bool continues = !way_segments_.empty() && way_segments_.back().way == run.way->id;
  if (!continues) way_segments_.push_back({run.way->id, first, first});
  ferry_speed_.reset();
  if (run.way->street->duration) {
    double length = 0;
    for (std::size_t i = 1; i < run.nodes.size(); ++i)
      length += distance(nodes_.place[run.nodes[i - 1]], nodes_.place[run.nodes[i]]);
    // a boat that is cut off by the edge of the map would be slow: its duration is for the whole way
    if (run.nodes.size() == run.way->refs.size()) ferry_speed_ = length / *run.way->street->duration;
  }
  std::vector<Row> piece{run.nodes.front()};
  for (std::size_t i = 1; i < run.nodes.size(); ++i) {
    piece.push_back(run.nodes[i]);
    if (!nodes_.keep[run.nodes[i]]) continue;
    add_piece(*run.way, std::move(piece));
    piece = {run.nodes[i]};
  }
  way_segments_.back().end = static_cast<std::uint32_t>(builder_.so_far().segment_count());
}

void Importer::add_piece(const OsmWay& way, std::vector<Row> piece) {
  if (piece.front() == piece.back()) {
    // a loop: cut at its middle node, so that a segment always joins two nodes
    const std::size_t middle = piece.size() / 2;
    nodes_.keep[piece[middle]] = 1;
    add_piece(way, {piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(middle) + 1});
    add_piece(way, {piece.begin() + static_cast<std::ptrdiff_t>(middle), piece.end()});
    return;
  }
  std::vector<Row> key = piece;
  if (key.front() > key.back()) std::reverse(key.begin(), key.end());
  key.push_back(static_cast<Row>(way.street->road_class));
  if (!pieces_.insert(std::move(key)).second) {
    ++source_.counts.duplicate_streets;
    return;
  }
  const StreetTags& street = *way.street;
  SegmentDraft draft;
  draft.from = node_at(piece.front());
  draft.to = node_at(piece.back());
  draft.shape.reserve(piece.size());
  for (const Row row : piece) draft.shape.push_back(nodes_.place[row]);
  draft.road_class = street.road_class;
  draft.flags = street.flags;
  draft.source = way.id;
  draft.name = street.name;
  draft.width = street.width;
  draft.modes_forward = street.modes_forward;
  draft.modes_backward = street.modes_backward;
  draft.lanes_forward = street.lanes_forward;
  draft.lanes_backward = street.lanes_backward;
  draft.speed = ferry_speed_ ? ferry_speed_ : street.speed;
  add_customs(draft);
  builder_.add_segment(std::move(draft));
}

// What the country is used to, where tags are silent: imputed all the same.
void Importer::add_customs(SegmentDraft& draft) {
  if (country_.empty() || (draft.flags & kFerry)) return;
  const RoadCustom custom = road_custom(country_, draft.road_class);
  if (!draft.speed && custom.speed) draft.usual_speed = custom.speed;
  if (!draft.lanes_forward && !draft.lanes_backward && custom.lanes) draft.usual_lanes = custom.lanes;
  if (!draft.width && custom.width) draft.usual_width = custom.width;
}

// Whom a barrier stops may reach it from any side but not pass it: a forbidden turn for each pair of links.
void Importer::restrict_barriers(const Network& network) {
  for (std::size_t row = 0; row < nodes_.id.size(); ++row) {
    const NodeId node = nodes_.node[row];
    const ModeMask stops = nodes_.stops[row];
    if (!stops || !node.valid()) continue;
    for (const LinkId out : network.leaving(node)) {
      for (const LinkId back : network.leaving(node)) {
        const LinkId in = Network::twin_of(back);
        const auto modes = static_cast<ModeMask>(stops & network.modes[in] & network.modes[out]);
        if (back != out && modes) result_.network.restrictions.push_back({{in, out}, false, modes});
      }
    }
  }
}

void Importer::remark(Problem::Severity severity, std::string message, std::string fix) {
  result_.notes.push_back({severity, "network", "", file_ + ": " + std::move(message), std::move(fix)});
}

void Importer::finish() {
  Network network = builder_.build();
  OsmCounts& counts = source_.counts;
  auto turns = map_restrictions(network, way_segments_, source_.restrictions, counts);
  result_.network = std::move(network);
  result_.network.restrictions = std::move(turns);
  restrict_barriers(result_.network);
  result_.counts = counts;
  result_.licence =
      "Streets: © OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright";

  note_counts(counts, options_, file_, result_.notes);
}

}  // namespace

OsmResult read_osm(const std::string& path, const OsmOptions& options) {
  return Importer(read_osm_source(path, options), options, std::filesystem::path(path).filename().string())
      .result();
}

}  // namespace chimata::io
