/// Ways that differ from the best one and still make sense to a driver.
///
/// Candidates go by way of the vertices where the two sides of the router's search meet. One is admissible
/// if it is little longer than the best way, shares little with the ways chosen before, and has no detour:
/// every stretch of it about the place it goes by is itself a shortest way. Abraham, Delling, Goldberg and
/// Werneck, "Alternative Routes in Road Networks", JEA 18, 2013: the single-via-vertex method.
#pragma once

#include <vector>

#include "chimata/routing/router.hpp"

namespace chimata {

/// When an alternative is admissible; the values are those of Abraham et al. (2013), section 3. Grade A.
struct Admissibility {
  double stretch = 0.25;  ///< it may cost this share more than the best way
  double sharing = 0.8;   ///< links it has in common with ways chosen before, as a share of the best cost
  double local = 0.25;    ///< stretches of this share of the best cost have to be shortest
};

/// Finds alternatives on one router, and keeps its memory between questions. One per thread.
class AlternativeSearch {
 public:
  explicit AlternativeSearch(const Router& router, const Admissibility& rules = {});

  /// At most `count` ways: the best first, then alternatives, the less costly first. None if there is no
  /// way; fewer where the streets offer no more. No way but the best comes to a node twice.
  [[nodiscard]] std::vector<Path> find(NodeId from, NodeId to, std::size_t count);

 private:
  /// A way by its arcs, and how many of them lie before the vertex it goes by.
  struct Candidate {
    PathCost cost = 0;
    std::uint32_t start = 0;
    std::vector<std::uint32_t> arcs;
    std::size_t before = 0;
  };
  [[nodiscard]] std::vector<Candidate> candidates(NodeId from, NodeId to);
  [[nodiscard]] bool comes_twice(const std::vector<LinkId>& links) const;
  [[nodiscard]] PathCost shared(const std::vector<LinkId>& links) const;
  [[nodiscard]] bool has_no_detour(const Candidate& way, PathCost length);

  const Router* router_;
  Admissibility rules_;
  HierarchyQuery query_;
  Column<LinkId, std::uint8_t> used_;  ///< on a way chosen before
  mutable std::vector<NodeId> nodes_;
};

}  // namespace chimata
