#include "chimata/pedestrian/own_law.hpp"

#include <cmath>
#include <string>

#include "chimata/core/error.hpp"
#include "chimata/pedestrian/move.hpp"

namespace chimata::pedestrian {

void check_own_velocity(PersonId person, Point velocity) {
  if (!(std::isfinite(velocity.x) && std::isfinite(velocity.y)))
    throw InputError("own law",
                     "gives person " + std::to_string(person.value) + " a velocity that is no number",
                     "return finite m/s");
}

void OwnStep::see(const Step& step, double range, std::size_t row) {
  const Point at = step.position[row];
  const CellGrid& grid = step.cells->grid();
  const std::uint32_t* cell_first = step.cells->first().data();
  const std::uint32_t middle = grid.cell_of(at);
  walls_.clear();
  step.walls->collect({at.x - step.reach, at.y - step.reach, at.x + step.reach, at.y + step.reach}, walls_);
  const auto hidden = [&](Point other) {
    for (const WallRow wall : walls_) {
      if (step.walls->stands(wall) && hides((*step.walls)[wall], at, other)) return true;
    }
    return false;
  };
  for (const std::uint32_t cell : {middle - grid.line(), middle, middle + grid.line()}) {
    for (std::uint32_t j = cell_first[cell - 1]; j < cell_first[cell + 2]; ++j) {
      const Point other = step.position[j];
      const double x = other.x - at.x, y = other.y - at.y,
                   limit = range + double{step.radius[row]} + double{step.radius[j]};
      if (j != row && x * x + y * y <= limit * limit && !hidden(other)) neighbour_.push_back(j);
    }
  }
}

const Point* OwnStep::velocities(const OwnLaw& law, const Step& step, std::span<const PersonId> person) {
  const std::size_t people = person.size();
  mine_.resize(people), velocity_.assign(people, {});
  first_.assign(1, 0), neighbour_.clear();
  for (std::size_t row = 0; row < people; ++row) {
    mine_[row] = step.law[row] == Law::own ? 1 : 0;
    if (mine_[row] != 0) see(step, law.range, row);
    first_.push_back(static_cast<std::uint32_t>(neighbour_.size()));
  }
  law.everybody({step.dt,
                 person,
                 {step.position, people},
                 {step.velocity, people},
                 {step.aim, people},
                 {step.radius, people},
                 {step.speed, people},
                 {step.factor, people},
                 {step.time_gap, people},
                 mine_,
                 first_,
                 neighbour_},
                velocity_);
  for (std::size_t row = 0; row < people; ++row) {
    if (mine_[row] != 0) check_own_velocity(person[row], velocity_[row]);
  }
  return velocity_.data();
}

}  // namespace chimata::pedestrian
