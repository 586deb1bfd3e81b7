#include "chimata/pedestrian/counting_lines.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

std::uint32_t CountingLines::add(CountingLine line) {
  const std::string where = "line " + line.id;
  if (!(distance(line.ends.a, line.ends.b) > 0))
    throw InputError(where, "has no length", "give its two ends");
  for (const CountingLine& other : lines_) {
    if (other.id == line.id) throw InputError(where, "is there already", "give it another name");
  }
  lines_.push_back(std::move(line));
  return static_cast<std::uint32_t>(lines_.size() - 1);
}

void CountingLines::look(std::span<const PersonId> person, std::span<const Point> position, double now) {
  for (std::size_t row = 0; row < person.size(); ++row) {
    if (last_.size() <= person[row].value) last_.resize(person[row].value + 1, Last{});
    Last& last = last_[person[row]];
    const Point from = last.at, to = position[row];
    const bool known = looks_ > 0 && last.look == looks_ - 1;
    last = {to, looks_};
    if (!known) continue;
    for (std::uint32_t line = 0; line < lines_.size(); ++line) {
      const Wall& ends = lines_[line].ends;
      const Point along = ends.b - ends.a;
      const double before = cross(along, from - ends.a), after = cross(along, to - ends.a);
      // on the line counts as beyond it, so that nobody crosses twice who stops there
      if ((before > 0) == (after > 0)) continue;
      const double share = before / (before - after);
      const Point through = between(from, to, share);
      const double place = dot(along, through - ends.a) / dot(along, along);
      if (place < 0 || place > 1) continue;
      crossings_.push_back({before_ + share * (now - before_), person[row], line, before > 0,
                            static_cast<float>(distance(from, to) / (now - before_))});
    }
  }
  ++looks_;
  before_ = now;
}

}  // namespace chimata::pedestrian
