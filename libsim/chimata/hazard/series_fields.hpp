/// Fields that follow a series of grids: what flood and smoke have in common. Private to this room.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/hazard/series_reader.hpp"
#include "chimata/mobility/field.hpp"

namespace chimata {

/// How a run follows a series.
struct SeriesPace {
  BetweenFrames interpolation = BetweenFrames::linear;
  Duration every{60'000};  ///< values are those of the last whole multiple of it
  double delay_h = 0;
};

/// Values of the series at the last update, and the fields made of them. A field is published only when a
/// value changed, and while nothing changes nobody is woken.
class SeriesFields {
 public:
  /// A quantity of the series, multiplied by `factor`.
  struct Quantity {
    const Grids* grids;
    double factor = 1;
  };
  /// @param cells  ascending; where there is ever anything
  /// @param model  for messages: "flood"
  /// @throws InputError if the interval is no whole seconds
  SeriesFields(const RasterFrame& frame, const std::vector<Time>& time, std::vector<Quantity> quantities,
               std::vector<std::uint32_t> cells, const SeriesPace& pace, const std::string& model);

  /// From now on `field` holds a quantity at these points; 0 outside the grid. Returns how many of them lie
  /// inside.
  std::size_t follow(Field& field, std::size_t quantity, std::span<const Point> points);

  [[nodiscard]] Time next_event() const;
  void start();
  /// Brings values and fields to the end of a window, if anything may have changed.
  void advance(Time to, Arena& arena);
  /// A quantity in the cells where there is ever anything, at the last update.
  [[nodiscard]] const std::vector<float>& values(std::size_t quantity) const { return values_[quantity]; }

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  /// Points of one field inside the grid, and their row among the reader's cells.
  struct Sampled {
    Field* field;
    std::size_t quantity;
    std::vector<std::uint32_t> point, cell;
  };
  void read(Time time, Arena& arena);
  void update(Time time, Arena& arena);

  RasterFrame frame_;
  SeriesReader reader_;
  std::vector<double> factor_;  // by quantity
  Duration every_;
  std::vector<Sampled> sampled_;
  std::vector<std::vector<float>> values_;  // by quantity, of the reader's cells at updated_
  Time updated_{};
  Time next_ = kNever;
};

}  // namespace chimata
