/// The air in areas, as fields tell of it. Private to this room.
#pragma once

#include <array>

#include "chimata/mobility/field.hpp"
#include "chimata/pedestrian/surroundings.hpp"

namespace chimata::pedestrian {

/// What a field tells of the cells of one area now.
/// @param first_cell  row of the area's first cell in the field
[[nodiscard]] Layer layer_of(Quantity quantity, const Field& field, const RasterFrame& cells,
                             std::size_t first_cell);

/// Smoke and gases in the cells of all areas.
class AreaAir {
 public:
  AreaAir(const Fields& fields, const SmokeModel& model);

  /// Whether anybody tells of smoke or gases at all.
  [[nodiscard]] bool told() const { return told_; }
  /// Grows whenever there is something new; 0: clean air so far.
  [[nodiscard]] std::uint64_t version() const;
  /// Adds what people in an area look through and breathe now.
  void add_to(Surroundings& surroundings, const RasterFrame& cells, std::size_t first_cell) const;
  /// Whether somebody in this row of the fields counts as in smoke.
  [[nodiscard]] bool smoky(std::size_t row) const {
    return smoke_ != nullptr && double{smoke_->values()[row]} >= model_.counts_from;
  }

 private:
  SmokeModel model_;
  const Field* smoke_;
  struct Gas {
    Quantity quantity;
    const Field* field;
  };
  std::array<Gas, 3> gases_;
  bool told_;
};

}  // namespace chimata::pedestrian
