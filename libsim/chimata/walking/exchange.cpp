#include "chimata/walking/exchange.hpp"

#include <algorithm>
#include <tuple>

namespace chimata::walking {

namespace {

constexpr std::size_t kLanesPerBlock = 64;
constexpr std::size_t kGroupsPerBlock = 64;
// nobody further back at a kerb could find room within a tick: no street passes 200 persons a second
constexpr std::uint32_t kMostFromKerb = 256;

}  // namespace

bool Exchange::round(const std::vector<Lane>& lanes, Tick tick, Arena& arena, Outbox& outbox) {
  entered_.clear();
  again_.clear();
  propose(lanes, tick, arena);
  if (proposals_.empty()) return !again_.empty();
  accept(tick, arena);
  leave(arena);
  enter(arena);
  tell(outbox);
  return true;
}

void Exchange::propose(const std::vector<Lane>& lanes, Tick tick, Arena& arena) {
  blocks_.resize((lanes.size() + kLanesPerBlock - 1) / kLanesPerBlock);
  arena.for_blocks(lanes.size(), kLanesPerBlock, [&](std::size_t begin, std::size_t end) {
    Block& block = blocks_[begin / kLanesPerBlock];
    block.proposals.clear(), block.unknown.clear(), block.waiting.clear();
    for (std::size_t i = begin; i < end; ++i) propose(lanes[i], tick, block);
  });
  proposals_.clear();
  sources_.clear();
  std::vector<Routes::Goal> unknown;
  for (const Block& block : blocks_) {
    for (const Proposal& proposal : block.proposals) {
      const auto row = static_cast<std::uint32_t>(proposals_.size());
      if (sources_.empty() || proposals_.back().from != proposal.from) sources_.push_back(row);
      proposals_.push_back(proposal);
    }
    unknown.insert(unknown.end(), block.unknown.begin(), block.unknown.end());
    again_.insert(again_.end(), block.waiting.begin(), block.waiting.end());
  }
  sources_.push_back(static_cast<std::uint32_t>(proposals_.size()));
  std::sort(unknown.begin(), unknown.end());
  unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
  for (const Routes::Goal goal : unknown) state_.routes.inform(goal);
  state_.routes.learn(unknown, time_of(tick.from), arena);
}

Exchange::Choice Exchange::choose(const Walker& walker, NodeId node) {
  Stay& stay = state_.stays[walker.person];
  const LinkId link = state_.routes.next(stay.goal, stay.knowledge, node);
  if (link.valid() && state_.streets.open(link, walker.person_class))
    return {state_.streets.shut(link) ? Choice::Kind::wait : Choice::Kind::go, link};
  // on the usual map there is no way at all, and orders and water open none
  if (!link.valid() && stay.knowledge == Knowledge::map_only) return {Choice::Kind::none, link};
  if (stay.knowledge == Knowledge::map_only) {
    stay.knowledge = Knowledge::informed;
    if (state_.routes.fresh(stay.goal)) return choose(walker, node);
    return {Choice::Kind::learn, link};
  }
  return {state_.routes.fresh(stay.goal) ? Choice::Kind::none : Choice::Kind::learn, link};
}

bool Exchange::crosses(Lane from, LinkId to) const {
  return state_.roadside.has_cars() && to.valid() && state_.is_link(from) &&
         Network::segment_of(LinkId{from}) != Network::segment_of(to);
}

void Exchange::propose(Lane lane, Tick tick, Block& block) {
  const Lanes& lanes = state_.lanes;
  // as on most streets most of the time; nobody further back leaves before the first
  if (lanes.queued[lane] == 0 || lanes.walkers[lane].front().clock >= tick.to) return;
  const bool kerb = !state_.is_link(lane);
  const auto links = static_cast<Lane>(state_.streets.network().link_count());
  const NodeId node = kerb ? NodeId{lane - links} : state_.streets.network().head(LinkId{lane});
  double headway = 0;
  if (!kerb) {
    const LinkId link{lane};
    headway = 1 / (state_.streets[link].flow *
                   share_of_width(lanes.count[lane], lanes.count[Network::twin_of(link).value]));
  }
  const std::uint32_t most = kerb ? std::min(lanes.queued[lane], kMostFromKerb) : lanes.queued[lane];
  double free_from = lanes.next_exit[lane];
  for (std::uint32_t i = 0; i < most; ++i) {
    const Walker& walker = lanes.walkers[lane][i];
    double moment = std::max(walker.clock, free_from);
    if (moment >= tick.to) break;  // everybody behind leaves later still
    const Stay& stay = state_.stays[walker.person];
    Proposal proposal{
        .moment = moment, .from = lane, .index = i, .to = LinkId::none(), .person = walker.person};
    if (stay.goal_node == node) {
      proposal.kind = Proposal::Kind::arrive;
    } else {
      const Choice choice = choose(walker, node);
      if (choice.kind == Choice::Kind::learn) {
        block.unknown.push_back(stay.goal);
        if (block.waiting.empty() || block.waiting.back() != lane) block.waiting.push_back(lane);
        continue;
      }
      if (choice.kind == Choice::Kind::wait) continue;
      proposal.kind = choice.kind == Choice::Kind::go ? Proposal::Kind::enter : Proposal::Kind::give_up;
      proposal.to = choice.kind == Choice::Kind::go ? choice.link : LinkId::none();
      if (crosses(lane, proposal.to)) {
        // those who have waited long enough since they came go now, even if the traffic has just eased
        moment = std::max(moment, std::max(walker.clock + state_.roadside.wait(node), tick.from));
        if (moment >= tick.to) break;
        proposal.moment = moment;
      }
    }
    block.proposals.push_back(proposal);
    free_from = moment + headway;
  }
}

void Exchange::accept(Tick tick, Arena& arena) {
  order_.clear();
  for (std::uint32_t p = 0; p < proposals_.size(); ++p) {
    Proposal& proposal = proposals_[p];
    if (proposal.kind == Proposal::Kind::enter) {
      order_.push_back(p);
    } else {
      proposal.verdict = Proposal::Verdict::accepted;
      proposal.entry = proposal.moment;
    }
  }
  // proposals lie in the order (lane, index) already, so that their number ends every tie
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Proposal &x = proposals_[a], &y = proposals_[b];
    return std::tuple(Network::segment_of(x.to), x.moment, a) <
           std::tuple(Network::segment_of(y.to), y.moment, b);
  });
  groups_.clear();
  for (std::uint32_t i = 0; i < order_.size(); ++i) {
    if (i == 0 ||
        Network::segment_of(proposals_[order_[i]].to) != Network::segment_of(proposals_[order_[i - 1]].to)) {
      groups_.push_back(i);
    }
  }
  groups_.push_back(static_cast<std::uint32_t>(order_.size()));
  arena.for_blocks(groups_.size() - 1, kGroupsPerBlock, [&](std::size_t begin, std::size_t end) {
    std::vector<Lane> refused;
    for (std::size_t g = begin; g < end; ++g) {
      accept({order_.data() + groups_[g], order_.data() + groups_[g + 1]}, tick, refused);
    }
  });
}

void Exchange::accept(std::span<const std::uint32_t> group, Tick tick, std::vector<Lane>& refused) {
  Lanes& lanes = state_.lanes;
  const LinkId forward = Network::forward(Network::segment_of(proposals_[group.front()].to));
  std::uint32_t count[] = {lanes.count[forward.value], lanes.count[forward.value + 1]};
  refused.clear();
  for (const std::uint32_t p : group) {
    Proposal& proposal = proposals_[p];
    const LinkId link = proposal.to;
    const Street& street = state_.streets[link];
    std::uint32_t &own = count[link.value & 1u], &oncoming = count[~link.value & 1u];
    double entry = std::max(proposal.moment, lanes.next_entry[link.value]);
    // late by handover and just reopened: nobody enters at a moment when the street was closed
    if (state_.streets.closed_at(link, entry)) entry = std::max(entry, tick.from);
    const bool full = own + oncoming >= street.room && own >= street.quarter;
    if (full) {
      // only the first of a lane runs out of patience; whoever stands behind waits for their own turn
      Walker& walker = lanes.walkers[proposal.from][proposal.index];
      const bool first = std::find(refused.begin(), refused.end(), proposal.from) == refused.end();
      proposal.verdict = Proposal::Verdict::full;
      if (!first) continue;
      refused.push_back(proposal.from);
      if (walker.blocked_since == kNotBlocked) walker.blocked_since = std::max(proposal.moment, tick.from);
      const double patience = walker.blocked_since + seconds(state_.model.squeeze_after);
      entry = std::max({entry, patience, tick.from});
      if (entry >= tick.to) continue;
      proposal.verdict = Proposal::Verdict::squeezed;
    } else {
      if (own + oncoming > 0) {
        entry = std::max({entry, lanes.full_until[forward.value], lanes.full_until[forward.value + 1]});
      }
      proposal.verdict = entry < tick.to ? Proposal::Verdict::accepted : Proposal::Verdict::later;
      if (entry >= tick.to) continue;
    }
    ++own;
    proposal.entry = entry;
    lanes.next_entry[link.value] = entry + 1 / (street.flow * share_of_width(own, oncoming));
  }
}

void Exchange::leave(Arena& arena) {
  moving_.resize(proposals_.size());
  arena.for_blocks(sources_.size() - 1, kLanesPerBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t s = begin; s < end; ++s) {
      const Lane lane = proposals_[sources_[s]].from;
      auto& walkers = state_.lanes.walkers[lane];
      std::uint32_t gone = 0;
      double first = 0;
      const bool link = state_.is_link(lane);
      const std::uint32_t own = state_.lanes.count[lane];
      const std::uint32_t oncoming = link ? state_.lanes.count[lane ^ 1u] : 0;
      for (std::uint32_t p = sources_[s]; p < sources_[s + 1]; ++p) {
        const Proposal& proposal = proposals_[p];
        if (!proposal.leaves()) continue;
        Walker& walker = walkers[proposal.index];
        moving_[p] = walker;
        walker.person = PersonId::none();
        first = gone == 0 ? proposal.entry : std::min(first, proposal.entry);
        ++gone;
        if (!link) continue;
        const Street& street = state_.streets[LinkId{lane}];
        Stay& stay = state_.stays[proposal.person];
        const double way = street.length - double{walker.entered_at};
        stay.distance += static_cast<float>(way);
        stay.free_flow += static_cast<float>(way / (double{walker.free_speed} * street.factor));
        const double after = proposal.entry + 1 / (street.flow * share_of_width(own, oncoming));
        state_.lanes.next_exit[lane] = std::max(state_.lanes.next_exit[lane], after);
      }
      if (gone == 0) continue;
      if (link && own + oncoming >= state_.streets[LinkId{lane}].room) state_.lanes.full_until[lane] = first;
      // those who left stood in the queue, so nobody behind it has to be looked at
      auto& queued = state_.lanes.queued[lane];
      const auto queue_end = walkers.begin() + queued;
      const auto kept =
          std::remove_if(walkers.begin(), queue_end, [](const Walker& w) { return !w.person.valid(); });
      walkers.erase(kept, queue_end);
      queued -= gone;
    }
  });
  for (std::size_t s = 0; s + 1 < sources_.size(); ++s) {
    const Lane lane = proposals_[sources_[s]].from;
    state_.lanes.count[lane] = static_cast<std::uint32_t>(state_.lanes.walkers[lane].size());
  }
}

void Exchange::enter(Arena& arena) {
  arena.for_blocks(groups_.size() - 1, kGroupsPerBlock, [&](std::size_t begin, std::size_t end) {
    for (std::uint32_t i = groups_[begin]; i < groups_[end]; ++i) {
      const Proposal& proposal = proposals_[order_[i]];
      if (!proposal.leaves()) continue;
      Walker walker = moving_[order_[i]];
      walker.position = 0;
      walker.entered_at = 0;
      walker.clock = proposal.entry;
      walker.gait = Gait::walking;
      walker.blocked_since = kNotBlocked;
      state_.lanes.walkers[proposal.to.value].push_back(walker);
      ++state_.lanes.count[proposal.to.value];
    }
  });
  std::vector<std::uint32_t> left;  // segments that somebody left
  for (const Proposal& proposal : proposals_) {
    if (!proposal.leaves()) continue;
    if (proposal.kind == Proposal::Kind::enter) entered_.push_back(proposal.to.value);
    if (crosses(proposal.from, proposal.to)) {
      state_.roadside.cross(state_.streets.network().tail(proposal.to));
    }
    if (state_.is_link(proposal.from)) left.push_back(proposal.from >> 1);
  }
  sorter_.sort_unique(entered_);
  sorter_.sort_unique(left);
  for (const Proposal& proposal : proposals_) {
    const bool freed = proposal.verdict == Proposal::Verdict::full &&
                       std::binary_search(left.begin(), left.end(), proposal.to.value >> 1);
    const bool more =
        proposal.leaves() && !state_.is_link(proposal.from) && proposal.index + 1 == kMostFromKerb;
    if (freed || more) again_.push_back(proposal.from);
  }
  sorter_.sort_unique(again_);
}

void Exchange::tell(Outbox& outbox) {
  const bool keep = state_.model.record_entries;
  for (std::uint32_t p = 0; p < proposals_.size(); ++p) {
    const Proposal& proposal = proposals_[p];
    if (!proposal.leaves()) continue;
    const Time moment = time_of(proposal.entry);
    if (proposal.kind == Proposal::Kind::enter) {
      state_.journal.enter({proposal.entry, proposal.person, proposal.to}, keep);
      if (proposal.verdict == Proposal::Verdict::squeezed) {
        outbox.events.push_back({moment, proposal.person, Event::Kind::squeezed, proposal.to.value, 0});
      }
      continue;
    }
    const bool arrived = proposal.kind == Proposal::Kind::arrive;
    const bool link = state_.is_link(proposal.from);
    const auto links = static_cast<Lane>(state_.streets.network().link_count());
    const NodeId at =
        link ? state_.streets.network().head(LinkId{proposal.from}) : NodeId{proposal.from - links};
    Stay& stay = state_.stays[proposal.person];
    const PersonState next = arrived ? PersonState::travelling : PersonState::waiting;
    Handover handover{};
    handover.time = moment;
    handover.person = proposal.person;
    handover.at = at;
    handover.goal = stay.goal_node;
    handover.knowledge = stay.knowledge;
    handover.to = hand_over_to_;
    handover.state = next;
    outbox.departures.push_back(handover);
    if (!arrived) {
      outbox.events.push_back({moment, proposal.person, Event::Kind::state_change, at.value,
                               static_cast<std::uint32_t>(PersonState::waiting)});
    }
    Leg leg{};
    leg.start = stay.start;
    leg.end = proposal.entry;
    leg.distance = stay.distance;
    leg.free_flow = stay.free_flow;
    leg.wet = stay.wet;
    leg.exposure = stay.exposure;
    leg.last_fraction = link ? 1.0f : 0.0f;
    leg.person = proposal.person;
    leg.from = stay.from;
    leg.goal = stay.goal_node;
    leg.last_link = link ? LinkId{proposal.from} : LinkId::none();
    leg.outcome = arrived ? Outcome::arrived : Outcome::handed_back;
    state_.journal.close(leg);
    stay.present = 0;
  }
}

void Exchange::turn_back(const std::vector<Turn>& turns) {
  for (const Turn& turn : turns) {
    const Lane back = turn.back.value, old = back ^ 1u;
    state_.lanes.walkers[back].push_back(turn.walker);
    for (const Lane lane : {back, old}) {
      state_.lanes.count[lane] = static_cast<std::uint32_t>(state_.lanes.walkers[lane].size());
    }
    state_.routes.inform(state_.stays[turn.walker.person].goal);
    state_.journal.enter({turn.walker.clock, turn.walker.person, turn.back}, state_.model.record_entries);
  }
}

}  // namespace chimata::walking
