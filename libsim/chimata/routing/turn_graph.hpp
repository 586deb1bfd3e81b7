/// The network of one mode with its turns spelled out: what a vehicle may do next, given how it came.
///
/// A vertex is a *state* of the turn rules: a link just driven, and how far along some restriction one is.
/// An arc is a turn from the end of one link into the next; whoever takes it drives the whole next link,
/// so an arc costs what the link it enters costs, plus the turn's penalty. Links the mode may not use are
/// no part of it. States are numbered by link, hence those of one link lie side by side.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "chimata/network/network.hpp"
#include "chimata/routing/travel_cost.hpp"
#include "chimata/routing/turn_rules.hpp"

namespace chimata {

using TurnState = std::uint32_t;
inline constexpr TurnState kNoState = std::numeric_limits<std::uint32_t>::max();

/// What a turn from one link into another costs beyond the links, ms; kClosed forbids it.
using TurnPenalty = std::function<Cost(LinkId from, LinkId to)>;

class TurnGraph {
 public:
  /// The network must outlive the graph unchanged.
  TurnGraph(const Network& network, ModeMask mode, UTurns u_turns = UTurns::at_dead_ends,
            const TurnPenalty& penalty = {});

  [[nodiscard]] const Network& network() const { return *network_; }
  [[nodiscard]] std::uint32_t state_count() const { return static_cast<std::uint32_t>(link_.size()); }
  [[nodiscard]] std::uint32_t arc_count() const { return static_cast<std::uint32_t>(to_.size()); }

  /// The link one is on.
  [[nodiscard]] LinkId link_of(TurnState state) const { return link_[state]; }
  /// The node one comes to.
  [[nodiscard]] NodeId head(TurnState state) const { return network_->head(link_[state]); }
  /// The node one comes from.
  [[nodiscard]] NodeId tail(TurnState state) const { return network_->tail(link_[state]); }
  /// State of whoever starts with `link`; kNoState if the mode may not use it.
  [[nodiscard]] TurnState enter(LinkId link) const { return enter_[link]; }
  /// State after turning from `state` into `link`; kNoState if no such turn is ever allowed.
  [[nodiscard]] TurnState turn(TurnState state, LinkId link) const;
  /// States of `link`, from the first up to, not including, the second.
  [[nodiscard]] TurnState first_of(LinkId link) const { return state_offset_[link]; }
  [[nodiscard]] TurnState end_of(LinkId link) const { return state_offset_[LinkId{link.value + 1}]; }

  // arcs, by the state they leave; u-turns among them even where the present costs forbid them
  [[nodiscard]] std::uint32_t first_arc(TurnState state) const { return first_arc_[state]; }
  [[nodiscard]] std::uint32_t end_arc(TurnState state) const { return first_arc_[state + 1]; }
  [[nodiscard]] TurnState from(std::uint32_t arc) const { return from_[arc]; }
  [[nodiscard]] TurnState to(std::uint32_t arc) const { return to_[arc]; }
  [[nodiscard]] std::span<const TurnState> tails() const { return from_; }
  [[nodiscard]] std::span<const TurnState> heads() const { return to_; }
  /// Arcs that enter a state, ascending.
  [[nodiscard]] std::span<const std::uint32_t> arcs_into(TurnState state) const {
    return {into_.data() + first_into_[state], into_.data() + first_into_[state + 1]};
  }

  /// ms; kClosed where the link entered is closed, and for a u-turn where one can go on otherwise.
  [[nodiscard]] PathCost cost(std::uint32_t arc, const LinkCosts& costs) const {
    const Cost link = costs[link_[to_[arc]]];
    return link == kClosed || !may_turn(arc, costs) ? kUnreachable : PathCost{link} + penalty(arc);
  }
  /// Whether the turn may be taken where the link that it enters is open: always, unless it turns round
  /// where one can go on otherwise.
  [[nodiscard]] bool may_turn(std::uint32_t arc, const LinkCosts& costs) const {
    return !turns_round(arc) || !goes_on(from_[arc], costs);
  }
  [[nodiscard]] bool has_penalties() const { return !penalty_.empty(); }
  /// What the turn costs beyond the link, ms.
  [[nodiscard]] Cost penalty(std::uint32_t arc) const { return penalty_.empty() ? 0 : penalty_[arc]; }

 private:
  void find_states(const TurnRules& rules);
  void find_arcs(const TurnRules& rules, const TurnPenalty& penalty);
  [[nodiscard]] bool turns_round(std::uint32_t arc) const {
    return u_turns_ != UTurns::allowed && link_[to_[arc]] == Network::twin_of(link_[from_[arc]]);
  }
  /// Whether any turn but the one round is open.
  [[nodiscard]] bool goes_on(TurnState state, const LinkCosts& costs) const;

  const Network* network_;
  ModeMask mode_;
  UTurns u_turns_;
  Column<LinkId, TurnState> enter_, state_offset_;
  std::vector<LinkId> link_;            ///< by state
  std::vector<TurnRules::State> rule_;  ///< by state: its name in the turn rules
  std::vector<std::uint32_t> first_arc_, first_into_, into_;
  std::vector<TurnState> from_, to_;  ///< by arc
  std::vector<Cost> penalty_;         ///< by arc; empty if there are none
};

}  // namespace chimata
