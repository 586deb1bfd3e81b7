// Movements and signals of GMNS.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "chimata/core/error.hpp"
#include "chimata/io/gmns_reading.hpp"

namespace chimata::io {

namespace {

bool forbidden(const CsvTable& table, std::size_t row) {
  const std::string type = cell(table, row, {"type"});
  return type == "prohibited" || type == "prohibit" || type.starts_with("no_");
}

LinkId end_of(const CsvTable& table, std::size_t row, const RoadDraft& draft, const char* column) {
  const std::string id = cell(table, row, {column});
  const auto found = draft.link(id);
  if (!found)
    throw InputError(table.where(row),
                     std::string(column) + " names link " + id + ", which is not in link.csv",
                     "correct the id");
  return draft.link_of(*found);
}

// The link of this street that arrives at, or leaves, the node: undirected links serve both ways.
LinkId towards(const Network& network, LinkId link, NodeId node, bool arriving) {
  if (!link.valid()) return link;
  for (const LinkId l : {link, Network::twin_of(link)}) {
    if ((arriving ? network.head(l) : network.tail(l)) == node) return l;
  }
  return LinkId::none();
}

struct Phase {
  std::string id;
  double green = 0, clearance = 0, barrier = 0, position = 0, number = 0;
  double start = 0, end = 0;  // s of green in the cycle
};

// Rings run side by side, each its phases by barrier and position; behind a barrier all rings start
// together, and whoever is done waits in its last phase (NEMA TS 2 dual ring).
void lay_out(std::map<double, std::vector<Phase>>& rings, double cycle) {
  std::set<double> barriers;
  for (auto& [ring, phases] : rings) {
    std::stable_sort(phases.begin(), phases.end(), [](const Phase& a, const Phase& b) {
      return std::pair(a.barrier, a.position) < std::pair(b.barrier, b.position);
    });
    for (const Phase& p : phases) barriers.insert(p.barrier);
  }
  const auto longest = [&](double barrier) {
    double most = 0;
    for (const auto& [ring, phases] : rings) {
      double sum = 0;
      for (const Phase& p : phases) sum += p.barrier == barrier ? p.green + p.clearance : 0;
      most = std::max(most, sum);
    }
    return most;
  };
  double total = 0;
  for (const double barrier : barriers) total += longest(barrier);
  const double stretch = total > 0 ? cycle / total : 0;
  double begin = 0;
  for (const double barrier : barriers) {
    const double end = begin + longest(barrier) * stretch;
    for (auto& [ring, phases] : rings) {
      double at = begin;
      Phase* last = nullptr;
      for (Phase& p : phases) {
        if (p.barrier != barrier) continue;
        const double split = (p.green + p.clearance) * stretch;
        p.start = at;
        p.end = std::max(at, at + split - p.clearance);
        at += split;
        last = &p;
      }
      if (last) last->end = std::max(last->start, end - last->clearance);
    }
    begin = end;
  }
}

}  // namespace

std::vector<GmnsMovement> read_gmns_movements(const GmnsTables& tables, RoadDraft& draft) {
  std::vector<GmnsMovement> movements;
  const CsvTable* table = tables.find("movement");
  if (!table) return movements;
  (void)table->required("inbound link", {"ib_link_id"});
  (void)table->required("outbound link", {"ob_link_id"});
  std::set<LinkId> listed;
  std::set<std::pair<LinkId, LinkId>> allowed, closed;
  std::size_t apart = 0, penalties = 0, missing = 0;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const NodeId node = draft.node_of(draft.node(cell(*table, row, {"node_id"}), table->where(row)));
    const LinkId in = towards(draft.network(), end_of(*table, row, draft, "ib_link_id"), node, true);
    const LinkId out = towards(draft.network(), end_of(*table, row, draft, "ob_link_id"), node, false);
    if (!in.valid() || !out.valid()) {
      ++apart;
      continue;
    }
    penalties += figure(*table, row, {"penalty"}).value_or(0) != 0;
    if (forbidden(*table, row)) {
      if (closed.insert({in, out}).second) draft.forbid(in, out, kCar | kBicycle);
      continue;
    }
    listed.insert(in);
    allowed.insert({in, out});
    movements.push_back({cell(*table, row, {"mvmt_id"}), in, out, node});
  }
  for (const LinkId in : listed) {
    for (const LinkId out : draft.leaving(draft.network().head(in))) {
      if (allowed.contains({in, out}) || closed.contains({in, out})) continue;
      draft.forbid(in, out, kCar);
      missing += draft.network().allows(in, kCar) && draft.network().allows(out, kCar);
    }
  }
  if (apart)
    draft.warn(std::to_string(apart) +
               " movements join links that do not meet at their node, or that were "
               "left out; they say nothing here");
  if (missing)
    draft.note(std::to_string(missing) + " turns that movement.csv does not list are forbidden to cars");
  if (penalties) draft.note(std::to_string(penalties) + " penalties of movements are not used");
  return movements;
}

void read_gmns_signals(const GmnsTables& tables, const std::vector<GmnsMovement>& movements,
                       RoadDraft& draft) {
  const CsvTable *plans = tables.find("signal_timing_plan"), *phases = tables.find("signal_timing_phase"),
                 *links = tables.find("signal_phase_mvmt"),
                 *coordination = tables.find("signal_coordination");
  if (!plans || !phases || !links || movements.empty()) return;
  std::map<std::string, const GmnsMovement*> by_id;
  for (const GmnsMovement& m : movements) by_id[m.id] = &m;
  std::map<std::string, std::vector<const GmnsMovement*>> freed;  // by phase
  for (std::size_t row = 0; row < links->rows(); ++row) {
    const auto found = by_id.find(cell(*links, row, {"mvmt_id"}));
    if (found != by_id.end()) freed[cell(*links, row, {"timing_phase_id"})].push_back(found->second);
  }

  std::set<std::string> controllers;
  std::size_t further = 0;
  for (std::size_t row = 0; row < plans->rows(); ++row) {
    const double cycle = figure(*plans, row, {"cycle_length"}).value_or(0);
    if (!(cycle > 0 && cycle < 86'400)) continue;
    if (!controllers.insert(cell(*plans, row, {"controller_id"})).second) {
      ++further;
      continue;
    }
    const std::string plan = cell(*plans, row, {"timing_plan_id"});
    std::map<double, std::vector<Phase>> rings;
    for (std::size_t i = 0; i < phases->rows(); ++i) {
      if (cell(*phases, i, {"timing_plan_id"}) != plan) continue;
      const auto value = [&](const char* column) { return figure(*phases, i, {column}).value_or(0); };
      Phase phase{cell(*phases, i, {"timing_phase_id"}),
                  value("max_green"),
                  value("clearance"),
                  value("barrier"),
                  value("position"),
                  value("signal_phase_num")};
      if (phase.green == 0) phase.green = value("min_green");
      if (!(phase.green >= 0 && phase.green < 86'400 && phase.clearance >= 0 && phase.clearance < 86'400))
        throw InputError(phases->where(i), "a green or clearance is negative or longer than a day",
                         "give seconds, 0 or more");
      rings[value("ring")].push_back(std::move(phase));
    }
    lay_out(rings, cycle);

    double offset = 0;
    for (std::size_t i = 0; coordination && i < coordination->rows(); ++i) {
      if (cell(*coordination, i, {"timing_plan_id"}) != plan) continue;
      offset = figure(*coordination, i, {"offset"}).value_or(0);
      const auto number = figure(*coordination, i, {"coord_phase"});
      const bool at_end = cell(*coordination, i, {"coord_ref_to"}).find("end") != std::string::npos;
      for (const auto& [ring, list] : rings) {
        for (const Phase& p : list) {
          if (number && p.number == *number) offset -= at_end ? p.end : p.start;
        }
      }
    }

    // stretches between which nothing changes, per node
    std::set<double> changes{0, cycle};
    std::set<NodeId> nodes;
    for (const auto& [ring, list] : rings) {
      for (const Phase& p : list) {
        changes.insert(p.start), changes.insert(p.end);
        for (const GmnsMovement* m : freed[p.id]) nodes.insert(m->node);
      }
    }
    for (const NodeId node : nodes) {
      std::vector<SignalInterval> intervals;
      for (auto it = changes.begin(); std::next(it) != changes.end(); ++it) {
        SignalInterval& interval = intervals.emplace_back(SignalInterval{*std::next(it) - *it, {}});
        const double middle = (*it + *std::next(it)) / 2;
        for (const auto& [ring, list] : rings) {
          for (const Phase& p : list) {
            if (!(p.start <= middle && middle < p.end)) continue;
            for (const GmnsMovement* m : freed[p.id]) {
              if (m->node == node) interval.green.emplace_back(m->in, m->out);
            }
          }
        }
      }
      if (auto made = signal_plan(node, offset, std::move(intervals)))
        draft.add_signal_plan(std::move(*made));
    }
  }
  if (further)
    draft.note(std::to_string(further) +
               " timing plans for other hours were left out; each controller runs "
               "its first plan with a cycle all day");
}

}  // namespace chimata::io
