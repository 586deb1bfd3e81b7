/// Who walked through which line when: the N-t method.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/geo/point.hpp"
#include "chimata/space/walls.hpp"

namespace chimata::pedestrian {

struct CountingLine {
  std::string id;
  Wall ends;
};

/// Somebody walked through a line.
struct Crossing {
  double time_s;  ///< on a straight way between the two looks before and after
  PersonId person;
  std::uint32_t line;
  bool forward;  ///< from the left of the line to its right, seen from its first end
  float speed;   ///< m/s, between the two looks
};

/// Compares where people are with where they were at the last look. Who appears beyond a line, or leaves
/// within less than a look behind it, is not seen to cross. O(people * lines) per look.
class CountingLines {
 public:
  /// @throws InputError for a line of no length or an id used twice
  std::uint32_t add(CountingLine line);
  void look(std::span<const PersonId> person, std::span<const Point> position, double now);

  [[nodiscard]] const std::vector<CountingLine>& lines() const { return lines_; }
  /// By look, then in the order people were given: sort by (line, time, person) for N-t curves.
  [[nodiscard]] const std::vector<Crossing>& crossings() const { return crossings_; }

 private:
  struct Last {
    Point at;
    std::int64_t look = -1;
  };
  std::vector<CountingLine> lines_;
  Column<PersonId, Last> last_;
  std::vector<Crossing> crossings_;
  std::int64_t looks_ = 0;
  double before_ = 0;  // s, moment of the last look
};

}  // namespace chimata::pedestrian
