#include "chimata/pedestrian/counting_lines.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

CountingLines::CountingLines(std::shared_ptr<const Levels> building) : building_(std::move(building)) {
  if (building_ == nullptr) return;
  for (const Seam& seam : building_->seams()) joined_.emplace_back(seam.sheet, seam.beyond);
  std::sort(joined_.begin(), joined_.end());
}

bool CountingLines::walked(std::uint32_t from, std::uint32_t to) const {
  return from == to || std::binary_search(joined_.begin(), joined_.end(), std::pair{from, to});
}

Point CountingLines::shift(std::uint32_t from, std::uint32_t to) const {
  return from == to ? Point{} : building_->sheets()[to].offset - building_->sheets()[from].offset;
}

std::uint32_t CountingLines::add(CountingLine line) {
  const std::string where = "line " + line.id;
  if (!(distance(line.ends.a, line.ends.b) > 0))
    throw InputError(where, "has no length", "give its two ends");
  for (const CountingLine& other : lines_) {
    if (other.id == line.id) throw InputError(where, "is there already", "give it another name");
  }
  sheet_.push_back(sheet_of(between(line.ends.a, line.ends.b, 0.5)));
  lines_.push_back(std::move(line));
  return static_cast<std::uint32_t>(lines_.size() - 1);
}

void CountingLines::look(std::span<const PersonId> person, std::span<const Point> position, double now) {
  for (std::size_t row = 0; row < person.size(); ++row) {
    if (last_.size() <= person[row].value) last_.resize(person[row].value + 1, Last{});
    Last& last = last_[person[row]];
    const Last before = last;
    last = {position[row], looks_, sheet_of(position[row])};
    const bool known = looks_ > 0 && before.look == looks_ - 1 && walked(before.sheet, last.sheet);
    for (std::uint32_t line = 0; known && line < lines_.size(); ++line) {
      // in the plane of the line's sheet the way goes straight on over a seam
      if (sheet_[line] != before.sheet && sheet_[line] != last.sheet) continue;
      look_at_line(line, person[row], before.at + shift(before.sheet, sheet_[line]),
                   last.at + shift(last.sheet, sheet_[line]), now);
    }
  }
  ++looks_;
  before_ = now;
}

void CountingLines::look_at_line(std::uint32_t line, PersonId person, Point from, Point to, double now) {
  const Wall& ends = lines_[line].ends;
  const Point along = ends.b - ends.a;
  const double before = cross(along, from - ends.a), after = cross(along, to - ends.a);
  // on the line counts as beyond it, so that nobody crosses twice who stops there
  if ((before > 0) == (after > 0)) return;
  const double share = before / (before - after);
  const Point through = between(from, to, share);
  const double place = dot(along, through - ends.a) / dot(along, along);
  if (place < 0 || place > 1) return;
  crossings_.push_back({before_ + share * (now - before_), person, line, before > 0,
                        static_cast<float>(distance(from, to) / (now - before_))});
}

}  // namespace chimata::pedestrian
