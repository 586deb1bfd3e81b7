#include "chimata/io/sumo_net.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/io/road_draft.hpp"
#include "chimata/io/sumo_reading.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

constexpr double kDrawn = 0.01;  // share by which a lane's length may differ from its drawing by rounding

// What SUMO writes for UTM, as a code that every other tool knows; other systems stay PROJ strings.
std::string crs_of(const std::string& projection) {
  if (projection.empty() || !projection.starts_with("+proj")) return {};  // "!": none, ".": a simple one
  const auto zone = projection.find("+zone=");
  if (projection.starts_with("+proj=utm") && zone != std::string::npos &&
      projection.find("WGS84") != std::string::npos) {
    const int number = std::atoi(projection.c_str() + zone + 6);
    const bool south = projection.find("+south") != std::string::npos;
    if (number >= 1 && number <= 60) return "EPSG:" + std::to_string((south ? 32700 : 32600) + number);
  }
  return projection + " +type=crs";
}

class Builder {
 public:
  Builder(SumoNet net, const std::string& file, const RoadOptions& options)
      : net_(std::move(net)), file_(file), draft_(file, options) {}

  RoadResult result() {
    const std::string crs = crs_of(net_.projection);
    const Point offset = crs.empty() ? Point{0, 0} : net_.offset;
    for (const SumoJunction& j : net_.junctions)
      draft_.add_node({j.id, {j.place.x - offset.x, j.place.y - offset.y}, j.signal}, j.where);
    for (const SumoEdge& edge : net_.edges) add(edge, offset);
    if (draft_.links.empty())
      throw InputError(file_, "holds no edges between junctions", "give a network that netconvert wrote");
    for (const std::string& id : net_.roundabout_edges) {
      if (const auto row = draft_.link(id)) draft_.links[*row].flags |= kRoundabout;
    }
    draft_.left_hand = net_.left_hand;
    draft_.assemble(crs, false);
    connect();
    plan_signals();
    return std::move(draft_).result();
  }

 private:
  void add(const SumoEdge& edge, Point offset) {
    RoadLink link;
    link.id = edge.id;
    link.from = draft_.node(edge.from, edge.where);
    link.to = draft_.node(edge.to, edge.where);
    link.name = edge.name;
    link.shape = edge.shape;
    for (Point& p : link.shape) p = {p.x - offset.x, p.y - offset.y};
    if (const auto c = road_class_named(edge.type)) link.road_class = *c;
    link.modes = 0;
    link.walk_both_ways = true;
    int cars = 0;
    double fastest = 0;
    for (const SumoLane& lane : edge.lanes) {
      link.modes |= lane.modes;
      cars += (lane.modes & kCar) != 0;
      if ((lane.modes & kCar) || !(fastest > 0)) fastest = std::max(fastest, lane.speed);
      if (lane.modes == kFoot && edge.lanes.size() > 1) link.flags |= kSidewalk;
    }
    link.lanes = cars;
    link.speed = fastest;
    if (!edge.lanes.empty()) {
      const SumoLane& lane = edge.lanes.front();
      const double stretch = lane.drawn > 0 ? lane.length / lane.drawn : 1;
      if (std::fabs(stretch - 1) > kDrawn) {
        const double whole = link.shape.size() < 2
                                 ? distance(draft_.nodes[link.from].place, draft_.nodes[link.to].place)
                                 : polyline_length(link.shape);
        link.length = whole > 0 ? whole * stretch : lane.length;
      }
    }
    draft_.add_link(std::move(link), edge.where);
  }

  // Turns without a connection are forbidden. Connections ascend by edges of departure and arrival.
  void connect() {
    std::map<std::pair<LinkId, LinkId>, ModeMask> allowed;
    for (const SumoConnection& c : net_.connections) {
      const auto from = draft_.link(c.from), to = draft_.link(c.to);
      if (!from || !to)
        throw InputError(c.where, "there is no edge " + (from ? c.to : c.from), "add it, or correct the id");
      const LinkId in = draft_.link_of(*from), out = draft_.link_of(*to);
      if (!in.valid() || !out.valid()) continue;
      const auto lane_modes = [&](std::uint32_t row, std::size_t lane) {
        const auto& lanes = net_.edges[row].lanes;
        return lane < lanes.size() ? lanes[lane].modes : ModeMask{0};
      };
      allowed[{in, out}] |=
          static_cast<ModeMask>(lane_modes(*from, c.from_lane) & lane_modes(*to, c.to_lane));
    }
    if (net_.connections.empty()) {
      draft_.note("has no connections; every turn is taken as allowed");
      return;
    }
    for (std::uint32_t row = 0; row < draft_.links.size(); ++row) {
      const LinkId in = draft_.link_of(row);
      if (!in.valid()) continue;
      for (const LinkId out : draft_.leaving(draft_.node_of(draft_.links[row].to))) {
        const auto found = allowed.find({in, out});
        const ModeMask open = found == allowed.end() ? ModeMask{0} : found->second;
        draft_.forbid(in, out, static_cast<ModeMask>((kCar | kBicycle) & ~open));
      }
    }
  }

  void plan_signals() {
    // junction → movements of one program: which position in its states
    struct Movement {
      LinkId in, out;
      std::size_t position;
    };
    std::map<std::pair<std::string, std::uint32_t>, std::vector<Movement>> parts;
    for (const SumoConnection& c : net_.connections) {
      if (c.program.empty()) continue;
      const auto from = *draft_.link(c.from), to = *draft_.link(c.to);
      if (!draft_.link_of(from).valid() || !draft_.link_of(to).valid()) continue;
      parts[{c.program, draft_.links[from].to}].push_back(
          {draft_.link_of(from), draft_.link_of(to), c.position});
    }
    std::size_t actuated = 0, further = 0;
    std::map<std::string, const SumoProgram*> programs;
    for (const SumoProgram& program : net_.programs) {
      const bool fresh = programs.try_emplace(program.id, &program).second;
      further += !fresh;
      actuated += fresh && program.actuated;
    }
    for (const auto& [key, movements] : parts) {
      const auto found = programs.find(key.first);
      if (found == programs.end()) continue;
      std::vector<SignalInterval> intervals;
      for (const SumoPhase& phase : found->second->phases) {
        SignalInterval& interval = intervals.emplace_back(SignalInterval{phase.duration, {}});
        for (const Movement& m : movements) {
          if (m.position >= phase.state.size()) {
            throw InputError(phase.where,
                             "the state of program " + key.first + " has " +
                                 std::to_string(phase.state.size()) + " signals, a connection names number " +
                                 std::to_string(m.position),
                             "give every connection its letter");
          }
          // G and g go; o and O are signals that are switched off
          if (std::string_view("GgoO").find(phase.state[m.position]) != std::string_view::npos)
            interval.green.emplace_back(m.in, m.out);
        }
      }
      if (auto plan = signal_plan(draft_.node_of(key.second), found->second->offset, std::move(intervals)))
        draft_.add_signal_plan(std::move(*plan));
    }
    if (actuated)
      draft_.note(std::to_string(actuated) + " actuated signal programs run with the durations they name");
    if (further) draft_.note(std::to_string(further) + " further programs of the same signals were left out");
  }

  SumoNet net_;
  std::string file_;
  RoadDraft draft_;
};

}  // namespace

RoadResult parse_sumo_net(std::istream& stream, const std::string& file, const RoadOptions& options) {
  return Builder{read_sumo_elements(stream, file), file, options}.result();
}

RoadResult read_sumo_net(const std::string& path, const RoadOptions& options) {
  return parse_sumo_net(*open_packed(path), file_name(path), options);
}

}  // namespace chimata::io
