/// Turn restrictions as states: what has been driven, as far as some restriction still cares.
///
/// The restrictions that bind a mode are laid into one tree of link sequences with failure links
/// (Aho and Corasick, "Efficient string matching", CACM 18(6), 1975). A state is the last link, plus,
/// while some restriction is under way, how far along it one is; so restrictions over any number of
/// via ways, overlapping ones too, cost only as many extra states as they have links.
///
/// no_*: the whole path must not be driven. only_*: whoever comes along the first link must go on along
/// the path to its end; where several begin alike, along any one of them.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "chimata/network/network.hpp"

namespace chimata {

/// Whether a vehicle may turn round into the street it came from.
enum class UTurns : std::uint8_t {
  allowed,
  at_dead_ends  ///< only where no other open link may be taken
};

class TurnRules {
 public:
  using State = std::uint32_t;

  /// The restrictions of `network` that bind any mode of `mode`.
  TurnRules(const Network& network, ModeMask mode);

  [[nodiscard]] std::size_t state_count() const { return link_count_ + steps_.size() - 1; }
  /// State of whoever starts with `link`.
  [[nodiscard]] State enter(LinkId link) const;
  /// State after turning from `state` into `link`, which must leave where the last link ends; none if
  /// the turn is forbidden.
  [[nodiscard]] std::optional<State> turn(State state, LinkId link) const;
  /// The link one is on.
  [[nodiscard]] LinkId link_of(State state) const {
    return state < link_count_ ? LinkId{state} : steps_[state - link_count_ + 1].link;
  }

 private:
  /// A node of the tree: the links from the root to here have just been driven. Step 0 is the root.
  struct Step {
    LinkId link;
    std::uint32_t fallback = 0;  ///< longest proper ending of this sequence that is in the tree too
    bool forbidden = false;      ///< a no_* path ends here, or at one of the fallbacks
    std::vector<std::pair<LinkId, std::uint32_t>> next;
    std::vector<LinkId> mandatory;  ///< ways on along only_* paths; empty: free
  };
  [[nodiscard]] std::uint32_t child(std::uint32_t step, LinkId link) const;
  [[nodiscard]] std::uint32_t after(std::uint32_t step, LinkId link) const;
  [[nodiscard]] State state_at(std::uint32_t step, LinkId link) const;
  void add(const TurnRestriction& restriction);
  void set_fallbacks();

  std::uint32_t link_count_;
  std::vector<Step> steps_;
  Column<LinkId, std::uint32_t> first_;  ///< step of depth one by link; 0 if no restriction begins so
};

}  // namespace chimata
