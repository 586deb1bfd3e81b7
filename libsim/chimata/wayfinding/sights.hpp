/// Straight pieces of way, and which gates cut them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/space/walls.hpp"

namespace chimata {

/// A straight piece of way that no lasting wall cuts.
struct Sight {
  std::uint32_t from = 0, to = 0;
  Point a, b;
  double radius = 0;  ///< m, kept free on both sides
  double length = 0;  ///< m
  double cost = 0;    ///< m, with delays
};

/// Straight pieces of way, each with the number of gates and barriers that stand across it now. To shut a
/// gate is then no more than to count.
class Sights {
 public:
  void add(const Sight& sight) { sights_.push_back(sight), shut_.push_back(0); }
  [[nodiscard]] std::size_t size() const { return sights_.size(); }
  [[nodiscard]] const Sight& operator[](std::size_t row) const { return sights_[row]; }
  [[nodiscard]] bool open(std::size_t row) const { return shut_[row] == 0; }
  /// Counts from here on a wall that may stand or not, for the sights from row `first` on. Walls are known
  /// by the order of their coming.
  void watch(std::size_t gate, const Wall& wall, bool stands, std::size_t first = 0);
  void set_standing(std::size_t gate, bool stands);
  /// Rows of the sights that a gate or barrier cuts while it stands.
  [[nodiscard]] std::span<const std::uint32_t> across(std::size_t gate) const { return across_[gate]; }
  template <class Cost>
  void set_costs(Cost&& cost) {
    for (Sight& sight : sights_) sight.cost = cost(sight);
  }

 private:
  std::vector<Sight> sights_;
  std::vector<std::uint16_t> shut_;
  std::vector<std::vector<std::uint32_t>> across_;  ///< by gate: the sights that it cuts
};

}  // namespace chimata
