#include "chimata/pedestrian/cell_order.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chimata::pedestrian {

namespace {

constexpr std::size_t kBlock = 8192;
constexpr std::size_t kCellBlock = 4096;

/// Sorts the few rows of one cell, which are nearly sorted already.
void sort_by_person(std::span<std::uint32_t> rows, std::span<const PersonId> person) {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::uint32_t row = rows[i];
    const PersonId id = person[row];
    std::size_t j = i;
    for (; j > 0 && id < person[rows[j - 1]]; --j) rows[j] = rows[j - 1];
    rows[j] = row;
  }
}

}  // namespace

void CellOrder::lay_out(const Box& box, double least_size, std::size_t people) {
  const double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
  const double most_cells = 4.0 * static_cast<double>(people) + 4096;
  grid_.size = least_size;
  // few people far apart: fewer, larger cells rather than a table of empty ones
  while ((width / grid_.size + 3) * (height / grid_.size + 3) > most_cells) grid_.size *= 2;
  grid_.inverse = 1 / grid_.size;
  grid_.shift = {1 - std::floor(box.min_x * grid_.inverse), 1 - std::floor(box.min_y * grid_.inverse)};
  const auto last_column = static_cast<std::uint32_t>(box.max_x * grid_.inverse + grid_.shift.x);
  const auto last_row = static_cast<std::uint32_t>(box.max_y * grid_.inverse + grid_.shift.y);
  grid_.columns = last_column + 2, grid_.rows = last_row + 2;
  const bool upright = grid_.columns > grid_.rows;
  grid_.step_x = upright ? grid_.rows : 1, grid_.step_y = upright ? 1 : grid_.columns;
}

void CellOrder::sort(std::span<const Point> position, std::span<const PersonId> person, const Box& box,
                     double least_size, std::span<std::uint32_t> key, Arena& arena) {
  const std::size_t people = position.size();
  lay_out(box, least_size, people);
  people_ = people;
  if (order_.size() < people) order_.resize(people);
  blocks_.resize((people + kBlock - 1) / kBlock);
  arena.for_blocks(people, kBlock, [&](std::size_t begin, std::size_t end) {
    Block block{std::numeric_limits<std::uint32_t>::max(), 0, 0};
    for (std::size_t row = begin; row < end; ++row) {
      const std::uint32_t cell = grid_.cell_of(position[row]);
      key[row] = cell;
      block.least = std::min(block.least, cell), block.most = std::max(block.most, cell);
    }
    blocks_[begin / kBlock] = block;
  });
  std::size_t total = 0;
  for (Block& block : blocks_) {
    block.counts = total;
    total += block.most - block.least + 1;
  }
  first_.assign(grid_.cells() + 1, 0);
  // newcomers in any order: blocks would each count all cells
  const bool by_blocks = total <= 4 * grid_.cells() + 4 * people && count_by_blocks(total, key, arena);
  if (by_blocks) {
    arena.for_blocks(people, kBlock, [&](std::size_t begin, std::size_t end) {
      const Block& block = blocks_[begin / kBlock];
      std::uint16_t* places = counts_.data() + block.counts;
      for (std::size_t row = begin; row < end; ++row)
        order_[first_[key[row]] + places[key[row] - block.least]++] = static_cast<std::uint32_t>(row);
    });
  } else {
    count_all(key);
  }
  arena.for_blocks(grid_.cells(), kCellBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t cell = begin; cell < end; ++cell)
      sort_by_person({order_.data() + first_[cell], order_.data() + first_[cell + 1]}, person);
  });
}

/// Leaves in `first_` where each cell begins, and in `counts_` how many of earlier blocks come before those
/// of a block in each of its cells. False if a cell holds more people than can be counted so.
bool CellOrder::count_by_blocks(std::size_t total, std::span<const std::uint32_t> keys, Arena& arena) {
  // the first order is often a poor one
  if (counts_.capacity() > 2 * total) std::vector<std::uint16_t>().swap(counts_);
  counts_.assign(total, 0);
  arena.for_blocks(keys.size(), kBlock, [&](std::size_t begin, std::size_t end) {
    const Block& block = blocks_[begin / kBlock];
    std::uint16_t* counts = counts_.data() + block.counts;
    for (std::size_t row = begin; row < end; ++row) ++counts[keys[row] - block.least];
  });
  std::uint32_t most = 0;
  for (const Block& block : blocks_) {
    for (std::uint32_t cell = block.least; cell <= block.most; ++cell) {
      std::uint16_t& count = counts_[block.counts + cell - block.least];
      const std::uint32_t before = first_[cell + 1];
      most = std::max(most, first_[cell + 1] += count);
      count = static_cast<std::uint16_t>(before);
    }
  }
  if (most > std::numeric_limits<std::uint16_t>::max()) return false;
  add_up();
  return true;
}

void CellOrder::count_all(std::span<const std::uint32_t> keys) {
  first_.assign(grid_.cells() + 1, 0);
  for (const std::uint32_t cell : keys) ++first_[cell + 1];
  add_up();
  for (std::size_t row = 0; row < keys.size(); ++row)
    order_[first_[keys[row]]++] = static_cast<std::uint32_t>(row);
  // where a cell ends the next begins
  std::copy_backward(first_.begin(), first_.end() - 1, first_.end());
  first_.front() = 0;
}

/// From how many there are in each cell, one place behind its own, to where it begins.
void CellOrder::add_up() {
  for (std::size_t cell = 1; cell < first_.size(); ++cell) first_[cell] += first_[cell - 1];
}

void CellOrder::reorder_last(std::vector<std::uint32_t>& column, Arena& arena) {
  arena.for_blocks(people_, kBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) order_[row] = column[order_[row]];
  });
  order_.swap(column);
}

std::size_t CellOrder::bytes() const {
  return (order_.capacity() + first_.capacity()) * 4 + counts_.capacity() * 2;
}

}  // namespace chimata::pedestrian
