#include "chimata/hazard/series_reader.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"

namespace chimata {

void check_series(const DepthSeries& series) {
  const std::string where = series.source.empty() ? "flood" : series.source;
  if (series.time.empty() || series.time.size() != series.depth.size()) {
    throw InputError(where,
                     "has " + std::to_string(series.depth.size()) + " depth grids for " +
                         std::to_string(series.time.size()) + " times",
                     "give one grid per time, at least one");
  }
  if (!series.velocity.empty() && series.velocity.size() != series.time.size()) {
    throw InputError(where,
                     "has " + std::to_string(series.velocity.size()) + " velocity grids for " +
                         std::to_string(series.time.size()) + " times",
                     "give one per time, or none");
  }
  for (std::size_t k = 0; k < series.time.size(); ++k) {
    if (k > 0 && series.time[k] <= series.time[k - 1]) {
      throw InputError(where, "frame " + std::to_string(k + 1) + " is not later than the one before",
                       "sort the frames by time and give each time once");
    }
    if (series.depth[k].size() != series.frame.size()) {
      throw InputError(where,
                       "frame " + std::to_string(k + 1) + " has " + std::to_string(series.depth[k].size()) +
                           " cells, the grid " + std::to_string(series.frame.size()),
                       "give all frames on one grid");
    }
    if (!series.velocity.empty() && series.velocity.at(k).size() != series.frame.size()) {
      throw InputError(where,
                       "frame " + std::to_string(k + 1) + " has " +
                           std::to_string(series.velocity[k].size()) + " velocities, the grid " +
                           std::to_string(series.frame.size()) + " cells",
                       "give depth and velocity on one grid");
    }
  }
}

SeriesReader::SeriesReader(std::shared_ptr<const DepthSeries> series, const FloodModel& model)
    : series_(std::move(series)), model_(model), delay_(duration_of(model.delay_h * 3600)) {
  check_series(*series_);
  const auto& depth = series_->depth;
  if (model_.depth_factor > 0) {
    for (std::uint32_t cell = 0; cell < series_->frame.size(); ++cell) {
      if (std::any_of(depth.begin(), depth.end(), [&](const auto& grid) { return grid[cell] > 0; }))
        cells_.push_back(cell);
    }
  }
  for (std::size_t k = 0; k < depth.size(); ++k) {
    const auto changed = [k](const std::vector<std::vector<float>>& grids, std::uint32_t cell) {
      return !grids.empty() && wet(grids[k][cell]) != (k == 0 ? 0 : wet(grids[k - 1][cell]));
    };
    changes_.push_back(std::any_of(cells_.begin(), cells_.end(), [&](std::uint32_t cell) {
      return changed(depth, cell) || changed(series_->velocity, cell);
    }));
  }
}

std::ptrdiff_t SeriesReader::frame_at(Time t) const {
  return std::upper_bound(series_->time.begin(), series_->time.end(), t) - series_->time.begin() - 1;
}

void SeriesReader::read(const std::vector<std::vector<float>>& grids, double factor, Time time,
                        std::vector<float>& out, Arena& arena) const {
  const Time t = time - delay_;
  const std::ptrdiff_t k = frame_at(t);
  out.resize(cells_.size());
  if (k < 0) {
    std::fill(out.begin(), out.end(), 0.0f);
    return;
  }
  const auto now = static_cast<std::size_t>(k);
  const bool last = now + 1 == series_->time.size();
  const std::size_t next = last ? now : now + 1;
  const bool between = !last && model_.interpolation == BetweenFrames::linear;
  const double share =
      between ? seconds(t - series_->time[now]) / seconds(series_->time[next] - series_->time[now]) : 0;
  const auto &from = grids[now], &to = grids[next];
  arena.for_blocks(cells_.size(), 16384, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const double a = wet(from[cells_[i]]), b = wet(to[cells_[i]]);
      out[i] = static_cast<float>(factor * (a + share * (b - a)));
    }
  });
}

Time SeriesReader::next_change(Time time) const {
  const Time t = time - delay_;
  const auto frames = static_cast<std::ptrdiff_t>(series_->time.size());
  for (std::ptrdiff_t k = frame_at(t); k + 1 < frames; ++k) {
    if (!changes_after(k)) continue;
    // water rises between frames from the first on, at frames when they are held; before the first frame it
    // is dry
    const bool gradual = k >= 0 && model_.interpolation == BetweenFrames::linear;
    const Time from = series_->time[static_cast<std::size_t>(gradual ? k : k + 1)];
    return std::max(from, t + Duration{1}) + delay_;
  }
  return kNever;
}

}  // namespace chimata
