/// The flow of vehicles through the network: knows nothing of persons.
#pragma once

#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/driving/crossing.hpp"
#include "chimata/driving/wheel.hpp"

namespace chimata::driving {

/// Advances `Traffic` second by second.
///
/// In a *round* every node with something due lets vehicles over in the order of exact time, seeing of its
/// neighbours what was published after the last round: an exit is felt at the other end of the link only
/// L/w later, an entry only L/u later, so on links longer than a second's drive one round is exact. What
/// comes about within the same second, on shorter links, is seen to in further rounds, at its exact time.
class Flow {
 public:
  explicit Flow(Traffic& traffic) : t_(traffic), wheel_(traffic.network.node_count()) {}

  /// A vehicle that will start at `node` at `moment` towards what its guide says.
  struct Start {
    double moment;
    VehicleRow vehicle;
    NodeId node;
  };
  /// Starts may be given in any order, late ones too; those at one moment start in the order of rows.
  void add(Start start) { starts_.push_back(start); }

  /// Advances to `tick.until`; from and until lie in the same second.
  void step(Tick tick, Arena& arena);
  /// Who went over which node in the last step, in an order that depends on nothing else.
  [[nodiscard]] const std::vector<Passage>& passages() const { return passages_; }

  /// The next moment at which anything happens by itself, not before `from`.
  [[nodiscard]] double next_event(double from);
  /// By tree of the informed, 1 if anybody under way or about to start (`Vehicle::present`) follows it.
  [[nodiscard]] std::vector<std::uint8_t> followed_trees() const;
  /// All at the end of a link, or beside the road, think again: roads or news have changed.
  void reconsider(double moment);
  /// The road of `link` has been changed at `moment`.
  void changed(LinkId link, double moment);
  void wake(NodeId node, double moment) {
    t_.stir(node);
    wheel_.wake(node, moment, -kForever);
  }
  /// Changes what the first of `link` wants.
  void redirect(LinkId link, LinkId wish, double moment);
  /// Takes the i-th vehicle from the exit off its link. Its gap sets out backwards from the exit.
  void remove(LinkId link, std::uint32_t place, double moment);
  /// Makes the i-th vehicle from the exit think again.
  void reconsider(LinkId link, std::uint32_t place, double moment);

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in, double now);

 private:
  void begin(const Start& start, Arena& arena);
  void round(const std::vector<NodeId>& due, Tick tick, Arena& arena);
  void publish(const Passage& passage, double until);
  void look_again(NodeId node, double moment, double until) {
    if (wheel_.wake(node, moment, until)) again_.push_back(node);
  }

  Traffic& t_;
  Wheel wheel_;
  std::vector<Start> starts_;  ///< by (moment, vehicle) from `next_start_` on, once sorted
  std::size_t next_start_ = 0;
  std::size_t sorted_ = 0;  ///< those before are in order
  std::vector<Passage> passages_;

  std::vector<NodeId> due_, again_;  // scratch
  std::vector<double> next_;
  std::vector<Notes> notes_;
};

}  // namespace chimata::driving
