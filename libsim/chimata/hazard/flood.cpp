#include "chimata/hazard/flood.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/hazard/series_reader.hpp"

namespace chimata {

namespace {

constexpr float kWet = 0.01f;  // m, shallower water does not count as wet area

/// Points of one field that are ever wet, and their row among the series' wet cells.
struct Sampled {
  Field* field;
  WaterQuantity quantity;
  std::vector<std::uint32_t> point, cell;
};

class Flood final : public Process {
 public:
  Flood(std::shared_ptr<const DepthSeries> series, const FloodModel& model, std::vector<DepthTarget> targets,
        Fields& fields)
      : series_(std::move(series)), reader_(series_, model), every_(model.update_every) {
    if (every_ < Duration{1000} || every_ % Duration{1000} != Duration{0}) {
      throw InputError("flood.update_every", "is " + std::to_string(seconds(every_)) + " s",
                       "give whole seconds, 1 or more");
    }
    place(targets, fields);
  }

  [[nodiscard]] std::string_view name() const override { return "flood"; }

  [[nodiscard]] Time next_event() const override {
    // the window that ends at the update has to run, so that readers find the new depths from that moment on
    return next_ == kNever ? kNever : next_ - Duration{1};
  }

  void start(Outbox&) override {
    Arena alone{1};
    update(kStart, alone);
  }

  void advance(Window window, const Inbox&, Outbox&, Arena& arena) override {
    if (window.to < next_) return;
    update(Time{window.to.time_since_epoch() / every_ * every_}, arena);
  }

  void record(Time time, TableSet& tables) override {
    std::size_t wet_cells = 0;
    double sum = 0;
    float deepest = 0;
    for (const float depth : depth_) {
      wet_cells += depth >= kWet ? 1 : 0;
      sum += double{depth};
      deepest = std::max(deepest, depth);
    }
    const double cell_area = series_->frame.cell_x * series_->frame.cell_y;
    Table& table = tables.try_emplace("flood", "Water on the ground over time").first->second;
    table.column<double>("t_s", "time since the start, s").push_back(seconds(time));
    table.column<double>("wet_area_m2", "area with 1 cm of water or more, m²")
        .push_back(static_cast<double>(wet_cells) * cell_area);
    table.column<double>("volume_m3", "water on the ground, m³").push_back(sum * cell_area);
    table.column<double>("deepest_m", "greatest depth, m").push_back(double{deepest});
  }

  void save(SnapshotWriter& out) const override {
    // depths follow from the moment of the last update
    out.put_value("updated", updated_);
    out.put_value("next", next_);
  }

  void load(const SnapshotReader& in) override {
    in.get_value("updated", updated_);
    in.get_value("next", next_);
    Arena alone{1};
    reader_.read(updated_, depth_, alone);
  }

 private:
  void place(const std::vector<DepthTarget>& targets, Fields& fields) {
    constexpr auto kDry = static_cast<std::uint32_t>(-1);
    std::vector<std::uint32_t> row_of_cell(series_->frame.size(), kDry);
    for (std::uint32_t row = 0; row < reader_.cells().size(); ++row) row_of_cell[reader_.cells()[row]] = row;
    std::size_t points = 0, inside = 0;
    for (const DepthTarget& target : targets) {
      const bool speed = target.quantity == WaterQuantity::velocity;
      if (speed && series_->velocity.empty()) continue;
      Field& field = fields.create(target.field, speed ? "m/s" : "m", target.points.size());
      Sampled sampled{&field, target.quantity, {}, {}};
      for (std::uint32_t p = 0; p < target.points.size(); ++p) {
        const std::size_t cell = series_->frame.cell_of(target.points[p]);
        ++points;
        if (cell == RasterFrame::outside) continue;
        ++inside;
        if (row_of_cell[cell] == kDry) continue;
        sampled.point.push_back(p);
        sampled.cell.push_back(row_of_cell[cell]);
      }
      sampled_.push_back(std::move(sampled));
    }
    if (points > 0 && inside == 0) {
      throw InputError(series_->source.empty() ? "flood" : series_->source, "covers none of the city",
                       "check the coordinate system of the depth rasters and their axis order");
    }
  }

  /// Brings depths and fields to `time` and finds out when to do so again.
  void update(Time time, Arena& arena) {
    reader_.read(time, depth_, arena);
    if (!series_->velocity.empty()) reader_.read_velocity(time, velocity_, arena);
    for (Sampled& sampled : sampled_) {
      bool changed = false;
      const auto& water = sampled.quantity == WaterQuantity::depth ? depth_ : velocity_;
      auto& values = sampled.field->next();
      for (std::size_t i = 0; i < sampled.point.size(); ++i) {
        float& value = values[sampled.point[i]];
        changed = changed || value != water[sampled.cell[i]];
        value = water[sampled.cell[i]];
      }
      if (changed) sampled.field->publish();
    }
    updated_ = time;
    next_ = reader_.next_change(time);
    if (next_ == kNever) return;
    const auto periods = (next_.time_since_epoch() + every_ - Duration{1}) / every_;
    next_ = std::max(Time{periods * every_}, time + every_);
  }

  std::shared_ptr<const DepthSeries> series_;
  SeriesReader reader_;
  Duration every_;
  std::vector<Sampled> sampled_;
  std::vector<float> depth_;     // m, of the reader's cells at updated_
  std::vector<float> velocity_;  // m/s, likewise; not needed to go on from a snapshot
  Time updated_{};
  Time next_ = kNever;
};

}  // namespace

std::unique_ptr<Process> make_flood(std::shared_ptr<const World>, std::shared_ptr<const DepthSeries> series,
                                    const FloodModel& model, std::vector<DepthTarget> targets,
                                    Fields& fields) {
  return std::make_unique<Flood>(std::move(series), model, std::move(targets), fields);
}

}  // namespace chimata
