/// Ropes and fences in an area, and which of its parts hang together.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chimata/mobility/focus_area.hpp"

namespace chimata {

/// A gap narrower than this lets nobody through, m: the breadth of shoulders, Fruin (1971) (A).
inline constexpr double kBodyBreadth = 0.46;

/// The straight pieces of a line that lie in an area. Where an end stops short of the border, or of a piece
/// of `others`, by less than nobody gets through, a piece more closes the gap.
[[nodiscard]] std::vector<Wall> barrier_pieces(const Area& area, const std::vector<Point>& line,
                                               const std::vector<Wall>& others = {});

/// Puts barriers up: their pieces become gates of the area, to be shut while they stand. Spots crossed by
/// those that always stand are nobody's.
/// @throws InputError at `where`, naming the barrier: shorter than a step, or nothing of it in the area
void put_up(FocusArea& site, std::vector<AreaBarrier> barriers, const std::string& where);

/// What nobody can get to.
struct CutOff {
  std::size_t spots = 0;
  std::int64_t room = 0;             ///< persons who would have stood on these spots
  std::vector<std::uint32_t> gates;  ///< rows
};

/// Finds which gates lead to which spots past all that always stands. Spots to which no gate leads in are
/// taken away, gates that lead to no spot are shut.
/// @throws InputError at `where` if no spot is left, or people could get in but not out
CutOff find_sides(FocusArea& site, const std::string& where);

/// What is cut off once the last barrier has been put up and the last one taken away: spots without a gate to
/// leave by, and gates to leave by without a spot. Nothing is changed.
[[nodiscard]] CutOff cut_off_at_last(const FocusArea& site);

}  // namespace chimata
