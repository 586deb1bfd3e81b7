/// Which features lie at a point.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chimata/city/features.hpp"

namespace chimata {

/// Finds the polygon that contains a point, or the feature whose middle is nearest within `reach` metres.
/// Refers to `features`.
class FeatureLookup {
 public:
  FeatureLookup(const Features& features, double reach);
  [[nodiscard]] std::optional<std::size_t> at(Point p) const;
  /// All polygons that contain the point, ascending.
  [[nodiscard]] std::vector<std::size_t> containing(Point p) const;

 private:
  struct Entry {
    std::int64_t cell;
    std::uint32_t row;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  [[nodiscard]] std::int64_t cell_of(double x, double y) const;

  const Features& features_;
  double reach_;
  std::vector<Entry> entries_;  // every cell that a feature's box, widened by the reach, touches; sorted
};

}  // namespace chimata
