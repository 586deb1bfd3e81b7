#include "chimata/pedestrian/weighted_sums.hpp"

#include "chimata/core/fast_math.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kCutOff = 3;  // ranges; what lies further adds less than 2e-4 of a person's weight

/// Which eighth of the circle a velocity points to; that of its opposite is always the one across.
std::size_t sector_of(Point v) {
  const bool across = v.y < 0 || (v.y == 0 && v.x < 0);
  if (across) v = {-v.x, -v.y};
  const std::size_t eighth = v.x > 0 ? (v.y < v.x ? 0u : 1u) : (-v.x < v.y ? 2u : 3u);
  return eighth + (across ? 4 : 0);
}

}  // namespace

WeightedSums::WeightedSums(const PlaceGrid& grid, double range, double walking)
    : grid_(grid), range_(range), walking_(walking), block_columns_((grid.columns + kBlock - 1) / kBlock) {
  const std::size_t cells = grid.columns * grid.rows;
  for (auto* column : {&weight_, &x_, &y_, &square_}) column->resize(cells);
  for (auto& column : towards_) column.resize(cells);
  across_.resize(grid.columns);
  is_near_.resize(block_columns_ * ((grid.rows + kBlock - 1) / kBlock));
}

void WeightedSums::add_up(std::span<const Point> position, std::span<const Point> velocity) {
  near_.swap(before_);
  near_.clear();
  for (const std::uint32_t block : before_) clear(block);
  for (std::size_t row = 0; row < position.size(); ++row) add(position[row], velocity[row]);
}

void WeightedSums::clear(std::uint32_t block) {
  is_near_[block] = 0;
  each_in(block, [&](std::size_t cell) {
    weight_[cell] = x_[cell] = y_[cell] = square_[cell] = 0;
    for (auto& column : towards_) column[cell] = 0;
  });
}

void WeightedSums::touch(std::size_t west, std::size_t east, std::size_t south, std::size_t north) {
  for (std::size_t y = south / kBlock; y <= north / kBlock; ++y) {
    for (std::size_t x = west / kBlock; x <= east / kBlock; ++x) {
      const std::size_t block = y * block_columns_ + x;
      if (is_near_[block] != 0) continue;
      is_near_[block] = 1;
      near_.push_back(static_cast<std::uint32_t>(block));
    }
  }
}

void WeightedSums::add(Point at, Point v) {
  const double reach = kCutOff * range_, scale = 1 / (range_ * range_), one = scale / kPi;
  const std::size_t west = grid_.column_of(at.x - reach), east = grid_.column_of(at.x + reach);
  const std::size_t south = grid_.row_of(at.y - reach), north = grid_.row_of(at.y + reach);
  touch(west, east, south, north);
  const double square = dot(v, v);
  auto& towards = towards_[sector_of(v)];
  const bool walks = square >= walking_ * walking_;
  // the weight is a product of one factor by column and one by row
  for (std::size_t x = west; x <= east; ++x) {
    const double dx = grid_.x_of(x) - at.x;
    across_[x - west] = one * fast::exp(-dx * dx * scale);
  }
  const std::size_t width = east - west + 1;
  const double* const across = across_.data();
  for (std::size_t y = south; y <= north; ++y) {
    const double dy = grid_.y_of(y) - at.y, along = fast::exp(-dy * dy * scale);
    const std::size_t first = y * grid_.columns + west;
    double* const weights = &weight_[first];
    double* const xs = &x_[first];
    double* const ys = &y_[first];
    double* const squares = &square_[first];
#pragma omp simd
    for (std::size_t i = 0; i < width; ++i) {
      const double weight = across[i] * along;
      weights[i] += weight, squares[i] += weight * square;
      xs[i] += weight * v.x, ys[i] += weight * v.y;
    }
    if (!walks) continue;
    float* const walkers = &towards[first];
#pragma omp simd
    for (std::size_t i = 0; i < width; ++i) walkers[i] += static_cast<float>(across[i] * along);
  }
}

double WeightedSums::own(Point at) const {
  const double scale = 1 / (range_ * range_);
  const double dx = grid_.x_of(grid_.column_of(at.x)) - at.x, dy = grid_.y_of(grid_.row_of(at.y)) - at.y;
  return scale / kPi * fast::exp(-dx * dx * scale) * fast::exp(-dy * dy * scale);
}

double WeightedSums::against(std::size_t cell, Point velocity) const {
  if (dot(velocity, velocity) < walking_ * walking_) return 0;
  const std::size_t across = sector_of(velocity) + kSectors / 2;
  double sum = 0;
  for (const std::size_t turn : {kSectors - 1, std::size_t{0}, std::size_t{1}})
    sum += double{towards_[(across + turn) % kSectors][cell]};
  return sum;
}

void WeightedSums::restart(std::span<const std::uint32_t> cells) {
  for (const auto* blocks : {&before_, &near_}) {
    for (const std::uint32_t block : *blocks) clear(block);
  }
  near_.clear(), before_.clear();
  for (const std::uint32_t cell : cells)
    touch(cell % grid_.columns, cell % grid_.columns, cell / grid_.columns, cell / grid_.columns);
}

}  // namespace chimata::pedestrian
