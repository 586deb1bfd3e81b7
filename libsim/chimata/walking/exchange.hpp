/// Changing links at nodes: propose, accept by rule, commit.
#pragma once

#include <span>
#include <vector>

#include "chimata/core/row_sorter.hpp"
#include "chimata/walking/movement.hpp"

namespace chimata::walking {

/// Somebody at the end of their link (or at a kerb) who wants to go on within the tick.
struct Proposal {
  enum class Kind : std::uint8_t { enter, arrive, give_up };
  enum class Verdict : std::uint8_t { open, accepted, squeezed, full, later };
  double moment;     ///< s, when they could leave
  double entry = 0;  ///< s, when they do
  Lane from;
  std::uint32_t index;  ///< in the lane
  LinkId to;
  PersonId person;
  Kind kind = Kind::enter;
  Verdict verdict = Verdict::open;

  [[nodiscard]] bool leaves() const { return verdict == Verdict::accepted || verdict == Verdict::squeezed; }
};

/// The exchanges of one simulation, with their scratch memory.
///
/// A *round*: every lane lists those of its queue who can leave within the tick, one headway of its flow
/// apart; every segment accepts in the order (moment, lane) up to its flow and its room; those accepted
/// move over. Whoever changes link in a round walks on with the time they have left and may propose again
/// in the next, so that no time is lost on links shorter than a step.
class Exchange {
 public:
  Exchange(State& state, ProcessIndex hand_over_to)
      : state_(state), hand_over_to_(hand_over_to), sorter_(state.lanes.walkers.size()) {}

  /// One round over `lanes`. Returns false if nobody could propose anything.
  bool round(const std::vector<Lane>& lanes, Tick tick, Arena& arena, Outbox& outbox);
  /// Lanes that somebody entered in the last round, ascending.
  [[nodiscard]] const std::vector<Lane>& entered() const { return entered_; }
  /// Lanes worth asking again after the last round besides, ascending.
  [[nodiscard]] const std::vector<Lane>& again() const { return again_; }
  /// Link changes of the last round, in the order of `Proposal`s.
  [[nodiscard]] const std::vector<Proposal>& proposals() const { return proposals_; }

  /// Puts those who turned back onto the other side of their street.
  void turn_back(const std::vector<Turn>& turns);

 private:
  /// Proposals of a block of lanes, and the goals to which somebody has to learn the way.
  struct Block {
    std::vector<Proposal> proposals;
    std::vector<Routes::Goal> unknown;
    std::vector<Lane> waiting;
  };
  struct Choice {
    enum class Kind : std::uint8_t { go, learn, wait, none } kind;
    LinkId link;
  };

  void propose(const std::vector<Lane>& lanes, Tick tick, Arena& arena);
  void propose(Lane lane, Tick tick, Block& block);
  Choice choose(const Walker& walker, NodeId node);
  /// Whether somebody who goes from lane `from` onto `to` crosses a street where cars may come.
  [[nodiscard]] bool crosses(Lane from, LinkId to) const;
  void accept(Tick tick, Arena& arena);
  void accept(std::span<const std::uint32_t> group, Tick tick, std::vector<Lane>& refused);
  void leave(Arena& arena);
  void enter(Arena& arena);
  void tell(Outbox& outbox);

  State& state_;
  ProcessIndex hand_over_to_;
  std::vector<Block> blocks_;
  std::vector<Proposal> proposals_;
  std::vector<Walker> moving_;          ///< by proposal
  std::vector<std::uint32_t> sources_;  ///< first proposal of each lane, and the end
  std::vector<std::uint32_t> order_;    ///< proposals to enter, by (segment, moment, lane, index)
  std::vector<std::uint32_t> groups_;   ///< first of each segment in `order_`, and the end
  std::vector<Lane> entered_, again_;
  RowSorter sorter_;  ///< of lanes and segments
};

}  // namespace chimata::walking
