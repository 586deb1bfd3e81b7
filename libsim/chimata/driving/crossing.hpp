/// One junction for a moment: who goes over, in the order of exact time.
#pragma once

#include <vector>

#include "chimata/driving/traffic.hpp"

namespace chimata::driving {

/// A second of simulated time, or less.
struct Tick {
  double from, until;  ///< s
};

/// Somebody went over a node.
struct Passage {
  double time;
  VehicleRow vehicle;
  LinkId from;  ///< none for who started here
  LinkId to;    ///< a link, kArrives or kNoWay
};

/// The first of a movement.
struct Candidate {
  double ready;  ///< s, could leave if there were room beyond
  double entry;  ///< s, can leave
  LinkId from, to;
  VehicleRow vehicle;
  std::uint32_t place;     ///< how many stand before it on its link
  std::uint32_t movement;  ///< row of `Traffic::pass`
  Signals::Phases green;   ///< all bits where there is no signal
};

/// Cars of one movement that stand at the end of the approach that is looked at.
struct Bay {
  LinkId movement;
  std::uint32_t cars;
};

/// What a block of junctions has to tell, and its memory to work with.
struct Notes {
  std::vector<Passage> passages;
  std::vector<Routes::Tree> unknown;  ///< ways that somebody has to learn
  std::vector<NodeId> asking;         ///< where they stand
  std::vector<Candidate> candidates;
  std::vector<Bay> beside;
};

/// Lets vehicles over the nodes of a block, one node after the other.
///
/// The node model is first in, first out on each approach, with as many movements side by side as there are
/// lanes as long as their bays have room. Whoever could leave first goes first; where several wait for
/// room on the same link, they are served in proportion to their flow (priority of Daganzo 1995 and of
/// Tampère et al. 2011) by start-time fair queueing (Goyal, Vin, Cheng 1996): in whole numbers, without dice.
class Crossing {
 public:
  Crossing(Traffic& traffic, Notes& notes)
      : t_(traffic), notes_(notes), candidates_(notes.candidates), beside_(notes.beside) {}

  /// Lets everybody over `node` who can go before `tick.until`. Returns when to look again, not before.
  double run(NodeId node, Tick tick);
  /// Ask for the memory that a node's turn will need while others have theirs: its links, then the first
  /// places at their ends, the cars there, and where their ways go on. On a large city's network most of the
  /// time would else be spent waiting for it.
  void expect_links(NodeId node, double until) const;
  void expect_slots(NodeId node, double until) const;
  void expect_vehicles(NodeId node, double until) const;
  void expect_ways(NodeId node, double until) const;

 private:
  /// Adds who could go over from an approach, a row of `Traffic::in`.
  void look(std::uint32_t row);
  /// The same where somebody is; false if somebody has to learn the way first.
  bool look_at(LinkId approach);
  void look_beside(LinkId link);
  template <class Expect>
  void each_stirred(NodeId node, double until, Expect&& expect) const;
  /// Adds a candidate if it can go in this tick.
  void add(Candidate candidate);
  /// When a candidate can enter; false if not before the tick ends.
  [[nodiscard]] bool may_enter(Candidate& candidate);
  /// Row of the candidate that goes first.
  [[nodiscard]] std::size_t next() const;
  /// Renews the candidates after somebody went `from` a link, or from beside, `to` another.
  void look_after(LinkId from, LinkId to);
  [[nodiscard]] double entry_from(LinkId link, double ready);
  void wait_until(double moment) { again_ = std::min(again_, moment); }
  void go(const Candidate& candidate);
  void leave(const Candidate& candidate);
  void enter(const Candidate& candidate);

  Traffic& t_;
  Notes& notes_;
  NodeId node_;
  Junction* junction_ = nullptr;
  Tick tick_{0, 0};
  double again_ = kForever;
  std::vector<Candidate>& candidates_;
  std::vector<Bay>& beside_;
};

}  // namespace chimata::driving
