#include "chimata/hazard/flood.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/hazard/series_fields.hpp"

namespace chimata {

namespace {

constexpr float kWet = 0.01f;  // m, shallower water does not count as wet area

/// Depths, then velocities, where it is ever wet.
SeriesFields fields_of(const DepthSeries& series, const FloodModel& model) {
  check_series(series);
  std::vector<std::uint32_t> wet_cells;
  if (model.depth_factor > 0) wet_cells = cells_above_zero({&series.depth}, series.frame.size());
  return {series.frame,
          series.time,
          {{&series.depth, model.depth_factor}, {&series.velocity, 1}},
          std::move(wet_cells),
          {model.interpolation, model.update_every, model.delay_h},
          "flood"};
}

class Flood final : public Process {
 public:
  Flood(std::shared_ptr<const DepthSeries> series, const FloodModel& model,
        const std::vector<DepthTarget>& targets, Fields& fields)
      : series_(std::move(series)), water_(fields_of(*series_, model)) {
    place(targets, fields);
  }

  [[nodiscard]] std::string_view name() const override { return "flood"; }
  [[nodiscard]] Time next_event() const override { return water_.next_event(); }
  void start(Outbox&) override { water_.start(); }
  void advance(Window window, const Inbox&, Outbox&, Arena& arena) override {
    water_.advance(window.to, arena);
  }

  void record(Time time, TableSet& tables) override {
    std::size_t wet_cells = 0;
    double sum = 0;
    float deepest = 0;
    for (const float depth : water_.values(0)) {
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

  void save(SnapshotWriter& out) const override { water_.save(out); }
  void load(const SnapshotReader& in) override { water_.load(in); }

 private:
  void place(const std::vector<DepthTarget>& targets, Fields& fields) {
    std::size_t points = 0, inside = 0;
    for (const DepthTarget& target : targets) {
      const bool speed = target.quantity == WaterQuantity::velocity;
      if (speed && series_->velocity.empty()) continue;
      Field& field = fields.create(target.field, speed ? "m/s" : "m", target.points.size());
      points += target.points.size();
      inside += water_.follow(field, speed ? 1 : 0, target.points);
    }
    if (points > 0 && inside == 0) {
      throw InputError(series_->source.empty() ? "flood" : series_->source, "covers none of the city",
                       "check the coordinate system of the depth rasters and their axis order");
    }
  }

  std::shared_ptr<const DepthSeries> series_;
  SeriesFields water_;
};

}  // namespace

std::unique_ptr<Process> make_flood(std::shared_ptr<const World>, std::shared_ptr<const DepthSeries> series,
                                    const FloodModel& model, std::vector<DepthTarget> targets,
                                    Fields& fields) {
  return std::make_unique<Flood>(std::move(series), model, targets, fields);
}

}  // namespace chimata
