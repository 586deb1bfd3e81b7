#include "chimata/pedestrian/stages/usher.hpp"

#include "chimata/core/error.hpp"

namespace chimata::pedestrian {

Target Site::target() const {
  check(!shapes.empty() || !lines.empty(), "has neither an area nor a line");
  for (const Wall& line : lines)
    check(distance(line.a, line.b) > 0, "has a line of no width", "give two different points");
  return shapes.empty() ? ways.add_target(lines) : ways.add_target(shapes);
}

void Site::check(bool good, const std::string& problem, const std::string& fix) const {
  if (!good) throw InputError("stage " + id, problem, fix);
}

}  // namespace chimata::pedestrian
