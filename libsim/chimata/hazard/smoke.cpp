#include "chimata/hazard/smoke.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "chimata/core/error.hpp"
#include "chimata/hazard/series_fields.hpp"

namespace chimata {

namespace {

constexpr float kVisible = 0.1f;  // 1/m, thinner smoke does not count as area with smoke: one sees 30 m (C)

constexpr double kRounded = 1e-4;  // %, less lacks only because a file holds floats

/// How files call a quantity, and what they may say of it.
struct About {
  const char *name, *field, *unit;
  double most;
};
constexpr About kAbout[kAirQuantities] = {{"extinction coefficient", "smoke.areas", "1/m", 1000},
                                          {"CO", "co.areas", "ppm", 1e6},
                                          {"CO2", "co2.areas", "%", 100},
                                          {"O2", "o2_lack.areas", "%", 25}};

const About& about(AirQuantity quantity) {
  return kAbout[static_cast<std::size_t>(quantity)];
}

std::string text(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", value);
  return buffer;
}

std::string source_of(const SmokeSeries& series) {
  return series.source.empty() ? "smoke" : series.source;
}

void check_values(const SmokeSeries& series, AirQuantity quantity, const Grids& grids) {
  const About& a = about(quantity);
  double highest = 0;
  for (std::size_t k = 0; k < grids.size(); ++k) {
    for (const float value : grids[k]) {
      if (std::isnan(value)) continue;
      highest = std::max(highest, double{value});
      if (value >= 0 && double{value} <= a.most) continue;
      throw InputError(source_of(series),
                       std::string(a.name) + " of frame " + std::to_string(k + 1) + " is " +
                           text(double{value}) + " " + a.unit + " somewhere",
                       "give 0 to " + text(a.most) + " " + a.unit + ", missing where it is not known");
    }
  }
  if (quantity == AirQuantity::o2_lack && highest > 0 && highest <= 1) {
    throw InputError(source_of(series), "O2 is " + text(highest) + " % at most",
                     "give % of volume, 20.9 in clean air, not a share of 1");
  }
}

void check_grids(const SmokeSeries& series) {
  if (series.time.empty()) throw InputError(source_of(series), "has no moment", "give one grid per moment");
  check_ascending(series.time, source_of(series));
  for (std::size_t q = 0; q < kAirQuantities; ++q) {
    const Grids& grids = series.grids[q];
    const bool sized = std::all_of(grids.begin(), grids.end(),
                                   [&](const auto& grid) { return grid.size() == series.frame.size(); });
    if (grids.empty() || (grids.size() == series.time.size() && sized)) continue;
    throw InputError(source_of(series),
                     std::string(kAbout[q].name) + " has other moments or another grid than the smoke",
                     "give one grid of the same cells per moment");
  }
}

SeriesFields fields_of(const SmokeSeries& series, const SmokeFieldModel& model) {
  check_grids(series);
  std::vector<SeriesFields::Quantity> quantities;
  std::vector<const Grids*> all;
  for (const Grids& grids : series.grids) {
    quantities.push_back({&grids, all.empty() ? model.factor : 1});
    all.push_back(&grids);
  }
  return {series.frame,
          series.time,
          std::move(quantities),
          cells_above_zero(all, series.frame.size()),
          {model.interpolation, model.update_every, model.delay_h},
          "smoke"};
}

float greatest(const std::vector<float>& values) {
  return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

class Smoke final : public Process {
 public:
  Smoke(std::shared_ptr<const SmokeSeries> series, const SmokeFieldModel& model,
        const std::vector<Point>& points, Fields& fields)
      : series_(std::move(series)), air_(fields_of(*series_, model)) {
    for (std::size_t q = 0; q < kAirQuantities; ++q) {
      if (series_->grids[q].empty()) continue;
      air_.follow(fields.create(kAbout[q].field, kAbout[q].unit, points.size()), q, points);
    }
  }

  [[nodiscard]] std::string_view name() const override { return "smoke"; }
  [[nodiscard]] Time next_event() const override { return air_.next_event(); }
  void start(Outbox&) override { air_.start(); }
  void advance(Window window, const Inbox&, Outbox&, Arena& arena) override {
    air_.advance(window.to, arena);
  }

  void record(Time time, TableSet& tables) override {
    const auto of = [&](AirQuantity quantity) -> const std::vector<float>& {
      return air_.values(static_cast<std::size_t>(quantity));
    };
    const auto& smoke = of(AirQuantity::extinction);
    const auto cells = std::count_if(smoke.begin(), smoke.end(), [](float k) { return k >= kVisible; });
    Table& table = tables.try_emplace("smoke", "Smoke and gases over time").first->second;
    table.column<double>("t_s", "time since the start, s").push_back(seconds(time));
    table.column<double>("smoke_area_m2", "area with an extinction coefficient of 0.1/m or more, m²")
        .push_back(static_cast<double>(cells) * series_->frame.cell_x * series_->frame.cell_y);
    table.column<double>("extinction_per_m", "greatest extinction coefficient, 1/m")
        .push_back(double{greatest(smoke)});
    table.column<double>("co_ppm", "most CO, ppm").push_back(double{greatest(of(AirQuantity::co))});
    table.column<double>("co2_percent", "most CO2 from the smoke, % of volume")
        .push_back(double{greatest(of(AirQuantity::co2))});
    table.column<double>("o2_percent", "least O2, % of volume")
        .push_back(kCleanO2 - double{greatest(of(AirQuantity::o2_lack))});
  }

  void save(SnapshotWriter& out) const override { air_.save(out); }
  void load(const SnapshotReader& in) override { air_.load(in); }

 private:
  std::shared_ptr<const SmokeSeries> series_;
  SeriesFields air_;
};

}  // namespace

const char* field_of(AirQuantity quantity) {
  return about(quantity).field;
}

void add_air(SmokeSeries& series, AirQuantity quantity, Grids grids) {
  check_values(series, quantity, grids);
  if (quantity == AirQuantity::o2_lack) {
    for (auto& grid : grids) {
      for (float& value : grid) {
        const double lack = kCleanO2 - double{value};
        value = lack > kRounded ? static_cast<float>(lack) : 0;
      }
    }
  }
  series.grids[static_cast<std::size_t>(quantity)] = std::move(grids);
}

std::unique_ptr<Process> make_smoke(std::shared_ptr<const SmokeSeries> series, const SmokeFieldModel& model,
                                    const std::vector<Point>& points, Fields& fields) {
  return std::make_unique<Smoke>(std::move(series), model, points, fields);
}

}  // namespace chimata
