#include "chimata/hazard/series_reader.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"

namespace chimata {

void check_ascending(const std::vector<Time>& time, const std::string& where) {
  for (std::size_t k = 1; k < time.size(); ++k) {
    if (time[k] > time[k - 1]) continue;
    throw InputError(where, "frame " + std::to_string(k + 1) + " is not later than the one before",
                     "sort the frames by time and give each time once");
  }
}

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
  check_ascending(series.time, where);
  for (std::size_t k = 0; k < series.time.size(); ++k) {
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

std::vector<std::uint32_t> cells_above_zero(const std::vector<const Grids*>& quantities, std::size_t cells) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t cell = 0; cell < cells; ++cell) {
    const auto anything = [cell](const Grids* grids) {
      return std::any_of(grids->begin(), grids->end(), [cell](const auto& grid) { return grid[cell] > 0; });
    };
    if (std::any_of(quantities.begin(), quantities.end(), anything)) found.push_back(cell);
  }
  return found;
}

SeriesReader::SeriesReader(const std::vector<Time>& time, std::vector<const Grids*> quantities,
                           std::vector<std::uint32_t> cells, BetweenFrames interpolation, Duration delay)
    : time_(time),
      quantities_(std::move(quantities)),
      cells_(std::move(cells)),
      interpolation_(interpolation),
      delay_(delay) {
  for (std::size_t k = 0; k < time_.size(); ++k) {
    const auto changed = [k](const Grids* grids, std::uint32_t cell) {
      return !grids->empty() && wet((*grids)[k][cell]) != (k == 0 ? 0 : wet((*grids)[k - 1][cell]));
    };
    changes_.push_back(std::any_of(cells_.begin(), cells_.end(), [&](std::uint32_t cell) {
      return std::any_of(quantities_.begin(), quantities_.end(),
                         [&](const Grids* grids) { return changed(grids, cell); });
    }));
  }
}

std::ptrdiff_t SeriesReader::frame_at(Time t) const {
  return std::upper_bound(time_.begin(), time_.end(), t) - time_.begin() - 1;
}

void SeriesReader::read(std::size_t quantity, double factor, Time time, std::vector<float>& out,
                        Arena& arena) const {
  const Grids& grids = *quantities_[quantity];
  const Time t = time - delay_;
  const std::ptrdiff_t k = frame_at(t);
  out.resize(cells_.size());
  if (k < 0 || grids.empty()) {
    std::fill(out.begin(), out.end(), 0.0f);
    return;
  }
  const auto now = static_cast<std::size_t>(k);
  const bool last = now + 1 == time_.size();
  const std::size_t next = last ? now : now + 1;
  const bool between = !last && interpolation_ == BetweenFrames::linear;
  const double share = between ? seconds(t - time_[now]) / seconds(time_[next] - time_[now]) : 0;
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
  const auto frames = static_cast<std::ptrdiff_t>(time_.size());
  for (std::ptrdiff_t k = frame_at(t); k + 1 < frames; ++k) {
    if (!changes_after(k)) continue;
    // values change between frames from the first on, at frames when they are held; before the first frame
    // there is nothing
    const bool gradual = k >= 0 && interpolation_ == BetweenFrames::linear;
    const Time from = time_[static_cast<std::size_t>(gradual ? k : k + 1)];
    return std::max(from, t + Duration{1}) + delay_;
  }
  return kNever;
}

}  // namespace chimata
