#include "chimata/pedestrian/company.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace chimata::pedestrian {

void Company::renew(const Crowd& crowd, std::vector<StageRow> aims, double within) {
  aims_ = std::move(aims);
  Box box = box_of(crowd.position());
  if (box.empty()) box.add({0, 0});
  const auto cells = [&](double length) { return static_cast<std::size_t>(length / within) + 1; };
  frame_ = {box.min_x, box.max_y, within, within, cells(box.max_x - box.min_x), cells(box.max_y - box.min_y)};
  first_.assign(frame_.size() + 1, 0);
  for (const Point at : crowd.position()) ++first_[frame_.cell_of(at) + 1];
  for (std::size_t cell = 0; cell < frame_.size(); ++cell) first_[cell + 1] += first_[cell];
  rows_.resize(crowd.size());
  auto place = first_;
  for (std::uint32_t row = 0; row < crowd.size(); ++row)
    rows_[place[frame_.cell_of(crowd.position()[row])]++] = row;
}

StageRow Company::majority(const Crowd& crowd, const Walls& walls, std::size_t row, double within,
                           double least) const {
  constexpr std::size_t kMost = 8;  // stages that people round somebody go to; the rest agree with nobody
  std::array<std::pair<StageRow, std::size_t>, kMost> counts{};
  std::size_t kinds = 0, seen = 0;
  const Point at = crowd.position()[row];
  const std::size_t home = frame_.cell_of(at);
  const auto column = static_cast<std::ptrdiff_t>(home % frame_.columns);
  const auto line = static_cast<std::ptrdiff_t>(home / frame_.columns);
  for (auto r = std::max<std::ptrdiff_t>(0, line - 1);
       r <= line + 1 && r < static_cast<std::ptrdiff_t>(frame_.rows); ++r) {
    for (auto c = std::max<std::ptrdiff_t>(0, column - 1);
         c <= column + 1 && c < static_cast<std::ptrdiff_t>(frame_.columns); ++c) {
      const std::size_t cell = static_cast<std::size_t>(r) * frame_.columns + static_cast<std::size_t>(c);
      for (auto i = first_[cell]; i < first_[cell + 1]; ++i) {
        const std::uint32_t other = rows_[i];
        if (other == row || aims_[other] == kNoRow) continue;
        if (distance(at, crowd.position()[other]) > within || !walls.sees(at, crowd.position()[other]))
          continue;
        ++seen;
        std::size_t kind = 0;
        while (kind < kinds && counts[kind].first != aims_[other]) ++kind;
        if (kind == kMost) continue;
        if (kind == kinds) counts[kinds++] = {aims_[other], 0};
        ++counts[kind].second;
      }
    }
  }
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    if (2 * counts[kind].second > seen && static_cast<double>(counts[kind].second) >= least)
      return counts[kind].first;
  }
  return kNoRow;
}

}  // namespace chimata::pedestrian
