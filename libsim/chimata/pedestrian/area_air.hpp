/// The air in areas, as fields tell of it. Private to this room.
#pragma once

#include <array>

#include "chimata/core/table.hpp"
#include "chimata/mobility/field.hpp"
#include "chimata/pedestrian/surroundings.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::pedestrian {

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

/// Rows of the table "doses": everybody who breathed in something harmful in the venue.
void write_doses(const Venue& venue, std::size_t people, std::uint32_t area, TableSet& tables);

}  // namespace chimata::pedestrian
