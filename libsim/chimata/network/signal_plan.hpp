/// Fixed-time traffic signals: who may cross a junction when.
#pragma once

#include <utility>
#include <vector>

#include "chimata/core/id.hpp"

namespace chimata {

/// A stretch of the cycle in which the same movements are free.
struct SignalPhase {
  double duration_s = 0;    ///< s of green
  double intergreen_s = 0;  ///< s of yellow and red for all that follow, before the next phase turns green
  std::vector<std::pair<LinkId, LinkId>> green;  ///< movements (in, out) over the node, ascending
};

/// The plan of one node. Phases follow one another from `offset_s` after midnight and repeat every
/// `cycle_s`; their greens and intergreens add up to the cycle. A movement in no phase never has green.
struct SignalPlan {
  NodeId node;
  double cycle_s = 0;   ///< s, > 0
  double offset_s = 0;  ///< s, start of the first phase's green, 0 <= offset < cycle
  std::vector<SignalPhase> phases;
};

}  // namespace chimata
