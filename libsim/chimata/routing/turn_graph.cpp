#include "chimata/routing/turn_graph.hpp"

#include <algorithm>
#include <numeric>

namespace chimata {

TurnGraph::TurnGraph(const Network& network, ModeMask mode, UTurns u_turns, const TurnPenalty& penalty)
    : network_(&network), mode_(mode), u_turns_(u_turns) {
  const TurnRules rules(network, mode);
  find_states(rules);
  find_arcs(rules, penalty);
}

void TurnGraph::find_states(const TurnRules& rules) {
  std::vector<bool> known(rules.state_count(), false);
  const auto find = [&](TurnRules::State state) {
    if (known[state]) return;
    known[state] = true;
    rule_.push_back(state);
  };
  for (std::uint32_t row = 0; row < network_->link_count(); ++row) {
    if (network_->allows(LinkId{row}, mode_)) find(rules.enter(LinkId{row}));
  }
  for (std::size_t i = 0; i < rule_.size(); ++i) {
    for (const LinkId link : network_->leaving(network_->head(rules.link_of(rule_[i])))) {
      if (!network_->allows(link, mode_)) continue;
      if (const auto next = rules.turn(rule_[i], link)) find(*next);
    }
  }

  std::sort(rule_.begin(), rule_.end(), [&](TurnRules::State a, TurnRules::State b) {
    return std::pair{rules.link_of(a), a} < std::pair{rules.link_of(b), b};
  });
  state_offset_.assign(network_->link_count() + 1, 0);
  for (const TurnRules::State state : rule_) {
    link_.push_back(rules.link_of(state));
    ++state_offset_[LinkId{link_.back().value + 1}];
  }
  std::partial_sum(state_offset_.begin(), state_offset_.end(), state_offset_.begin());
}

void TurnGraph::find_arcs(const TurnRules& rules, const TurnPenalty& penalty) {
  std::vector<TurnState> state_of(rules.state_count(), kNoState);
  for (TurnState state = 0; state < state_count(); ++state) state_of[rule_[state]] = state;
  enter_.assign(network_->link_count(), kNoState);
  for (std::uint32_t row = 0; row < network_->link_count(); ++row) {
    if (network_->allows(LinkId{row}, mode_)) enter_.at(row) = state_of[rules.enter(LinkId{row})];
  }

  first_arc_.assign(1, 0);
  first_into_.assign(state_count() + 1, 0);
  for (TurnState state = 0; state < state_count(); ++state) {
    for (const LinkId link : network_->leaving(head(state))) {
      if (!network_->allows(link, mode_)) continue;
      const auto next = rules.turn(rule_[state], link);
      if (!next) continue;
      const Cost extra = penalty ? penalty(link_[state], link) : 0;
      if (extra == kClosed) continue;
      from_.push_back(state);
      to_.push_back(state_of[*next]);
      if (penalty) penalty_.push_back(extra);
      ++first_into_[to_.back() + 1];
    }
    first_arc_.push_back(arc_count());
  }
  std::partial_sum(first_into_.begin(), first_into_.end(), first_into_.begin());
  into_.resize(arc_count());
  std::vector<std::uint32_t> place(first_into_.begin(), first_into_.end() - 1);
  for (std::uint32_t arc = 0; arc < arc_count(); ++arc) into_[place[to_[arc]]++] = arc;
}

TurnState TurnGraph::turn(TurnState state, LinkId link) const {
  for (std::uint32_t arc = first_arc(state); arc < end_arc(state); ++arc) {
    if (link_[to_[arc]] == link) return to_[arc];
  }
  return kNoState;
}

bool TurnGraph::goes_on(TurnState state, const LinkCosts& costs) const {
  const LinkId back = Network::twin_of(link_[state]);
  for (std::uint32_t arc = first_arc(state); arc < end_arc(state); ++arc) {
    const LinkId link = link_[to_[arc]];
    if (link != back && costs[link] != kClosed) return true;
  }
  return false;
}

}  // namespace chimata
