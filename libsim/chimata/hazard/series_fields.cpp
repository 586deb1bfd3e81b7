#include "chimata/hazard/series_fields.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"

namespace chimata {

namespace {

std::vector<const Grids*> grids_of(const std::vector<SeriesFields::Quantity>& quantities) {
  std::vector<const Grids*> grids;
  for (const auto& quantity : quantities) grids.push_back(quantity.grids);
  return grids;
}

}  // namespace

SeriesFields::SeriesFields(const RasterFrame& frame, const std::vector<Time>& time,
                           std::vector<Quantity> quantities, std::vector<std::uint32_t> cells,
                           const SeriesPace& pace, const std::string& model)
    : frame_(frame),
      reader_(time, grids_of(quantities), std::move(cells), pace.interpolation,
              duration_of(pace.delay_h * 3600)),
      every_(pace.every),
      values_(quantities.size()) {
  if (every_ < Duration{1000} || every_ % Duration{1000} != Duration{0}) {
    throw InputError(model + ".update_every", "is " + std::to_string(seconds(every_)) + " s",
                     "give whole seconds, 1 or more");
  }
  for (const Quantity& quantity : quantities) factor_.push_back(quantity.factor);
}

std::size_t SeriesFields::follow(Field& field, std::size_t quantity, std::span<const Point> points) {
  const auto& cells = reader_.cells();
  Sampled sampled{&field, quantity, {}, {}};
  std::size_t inside = 0;
  for (std::uint32_t p = 0; p < points.size(); ++p) {
    const std::size_t cell = frame_.cell_of(points[p]);
    if (cell == RasterFrame::outside) continue;
    ++inside;
    const auto row = std::lower_bound(cells.begin(), cells.end(), cell);
    if (row == cells.end() || *row != cell) continue;
    sampled.point.push_back(p);
    sampled.cell.push_back(static_cast<std::uint32_t>(row - cells.begin()));
  }
  sampled_.push_back(std::move(sampled));
  return inside;
}

Time SeriesFields::next_event() const {
  // the window that ends at the update has to run, so that readers find the new values from that moment on
  return next_ == kNever ? kNever : next_ - Duration{1};
}

void SeriesFields::start() {
  Arena alone{1};
  update(kStart, alone);
}

void SeriesFields::advance(Time to, Arena& arena) {
  if (to >= next_) update(Time{to.time_since_epoch() / every_ * every_}, arena);
}

void SeriesFields::read(Time time, Arena& arena) {
  for (std::size_t q = 0; q < values_.size(); ++q) reader_.read(q, factor_[q], time, values_[q], arena);
}

/// Brings values and fields to `time` and finds out when to do so again.
void SeriesFields::update(Time time, Arena& arena) {
  read(time, arena);
  for (Sampled& sampled : sampled_) {
    bool changed = false;
    const auto& now = values_[sampled.quantity];
    auto& values = sampled.field->next();
    for (std::size_t i = 0; i < sampled.point.size(); ++i) {
      float& value = values[sampled.point[i]];
      changed = changed || value != now[sampled.cell[i]];
      value = now[sampled.cell[i]];
    }
    if (changed) sampled.field->publish();
  }
  updated_ = time;
  next_ = reader_.next_change(time);
  if (next_ == kNever) return;
  const auto periods = (next_.time_since_epoch() + every_ - Duration{1}) / every_;
  next_ = std::max(Time{periods * every_}, time + every_);
}

void SeriesFields::save(SnapshotWriter& out) const {
  // values follow from the moment of the last update
  out.put_value("updated", updated_);
  out.put_value("next", next_);
}

void SeriesFields::load(const SnapshotReader& in) {
  in.get_value("updated", updated_);
  in.get_value("next", next_);
  Arena alone{1};
  read(updated_, alone);
}

}  // namespace chimata
