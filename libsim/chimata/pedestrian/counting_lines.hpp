/// Who walked through which line when: the N-t method.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/id.hpp"
#include "chimata/geo/point.hpp"
#include "chimata/space/levels.hpp"

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
///
/// In a building a line lies on one sheet, and whoever steps over a seam goes straight on in the building's
/// coordinates. Between two looks people walk over one seam at most, or they are not seen to cross.
class CountingLines {
 public:
  CountingLines() = default;
  /// Lines and people in the plane of a building.
  explicit CountingLines(std::shared_ptr<const Levels> building);

  /// @throws InputError for a line of no length or an id used twice
  std::uint32_t add(CountingLine line);
  void look(std::span<const PersonId> person, std::span<const Point> position, double now);

  [[nodiscard]] const std::vector<CountingLine>& lines() const { return lines_; }
  /// By look, then in the order people were given: sort by (line, time, person) for N-t curves.
  [[nodiscard]] const std::vector<Crossing>& crossings() const { return crossings_; }

  /// Everything that changes; `load` goes to one with the same lines.
  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  struct Last {
    Point at;
    std::int64_t look = -1;
    std::uint32_t sheet = 0;
  };
  [[nodiscard]] std::uint32_t sheet_of(Point at) const { return building_ ? building_->sheet_of(at) : 0; }
  /// Whether people walk from one sheet to another without a third between.
  [[nodiscard]] bool walked(std::uint32_t from, std::uint32_t to) const;
  /// From the plane of one sheet to that of another.
  [[nodiscard]] Point shift(std::uint32_t from, std::uint32_t to) const;
  void look_at_line(std::uint32_t line, PersonId person, Point from, Point to, double now);

  std::shared_ptr<const Levels> building_;                       ///< none: one area
  std::vector<std::pair<std::uint32_t, std::uint32_t>> joined_;  ///< sheets with a seam between, sorted
  std::vector<CountingLine> lines_;
  std::vector<std::uint32_t> sheet_;  ///< by line
  Column<PersonId, Last> last_;
  std::vector<Crossing> crossings_;
  std::int64_t looks_ = 0;
  double before_ = 0;  // s, moment of the last look
};

}  // namespace chimata::pedestrian
