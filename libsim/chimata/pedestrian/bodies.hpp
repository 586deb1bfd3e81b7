/// Where there is room for one more body.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata::pedestrian {

/// Discs in the plane, found quickly near a point. Answers do not depend on the order in which they came.
class Bodies {
 public:
  void clear();
  void add(Point at, double radius);
  /// Whether a disc here overlaps none of them by more than a micrometre.
  [[nodiscard]] bool free(Point at, double radius) const;
  [[nodiscard]] std::size_t size() const { return discs_.size(); }

 private:
  struct Disc {
    Point at;
    double radius;
    std::uint32_t next;  ///< in the same bucket
  };
  void grow();

  std::vector<Disc> discs_;
  std::vector<std::uint32_t> first_;  ///< by bucket; buckets hold the cells that hash to them
  double widest_ = 0;
};

}  // namespace chimata::pedestrian
