/// Who stands before a flight that lets on only so many a second, or before an elevator.
#include <algorithm>

#include "chimata/pedestrian/levels/storeys.hpp"

namespace chimata::pedestrian {

void Storeys::admit(double now, double dt, const Crowd& crowd, Column<PersonId, Plan>& plans) {
  constexpr double kBefore = 0.1;   // m between body and seam where people stand
  constexpr double kLanding = 2.2;  // m before an elevator's door where they wait (C)
  const auto first_new = static_cast<std::ptrdiff_t>(waiting_.size());
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const PersonId person = crowd.person()[row];
    Plan& plan = plans[person];
    if (plan.via == kNoRow || plan.held != 0 || plan.admitted == plan.via) continue;
    const Passage& passage = passages_[plan.via];
    if (!must_wait(passage)) continue;
    const double within = passage.shaft != kNoRow ? kLanding : kBefore + double{crowd.radius()[row]};
    const Point at = crowd.position()[row];
    if (distance(nearest_on(passage.line, at), at) > within) continue;
    plan.held = 1;
    waiting_.push_back({person, plan.via});
  }
  std::sort(waiting_.begin() + first_new, waiting_.end(),
            [](const Waiting& a, const Waiting& b) { return a.person < b.person; });
  // who has gone elsewhere waits no longer
  std::erase_if(waiting_, [&](const Waiting& one) {
    return plans[one.person].via != one.passage || plans[one.person].held == 0;
  });
  for (const Waiting& one : waiting_) {
    if (passages_[one.passage].shaft != kNoRow || free_from_[one.passage] > now) continue;
    Plan& plan = plans[one.person];
    plan.admitted = one.passage, plan.held = 0;
    free_from_[one.passage] =
        std::max(free_from_[one.passage], now - dt) + 1 / laws_[passages_[one.passage].flight].rate();
  }
  std::erase_if(waiting_, [&](const Waiting& one) { return plans[one.person].held == 0; });
}

void Storeys::ride(double now, Crowd& crowd, const Walls& walls, Column<PersonId, Plan>& plans,
                   std::vector<PersonId>& in, std::vector<PersonId>& out) {
  in.clear(), out.clear();
  for (std::uint32_t shaft = 0; shaft < elevators_.size(); ++shaft) {
    calls_.clear();
    for (const Waiting& one : waiting_) {
      const Passage& passage = passages_[one.passage];
      if (passage.shaft == shaft) calls_.push_back({one.person, passage.landing, passage.goal});
    }
    const bool closed = use_[laws_.size() + shaft] == Use::closed;
    elevators_[shaft].step(now, closed, crowd, walls, calls_, in, out);
  }
  for (const PersonId person : in) plans[person].held = kRides;
  for (const PersonId person : out) {
    Plan& plan = plans[person];
    plan.lost = 1, plan.via = plan.admitted = kNoRow, plan.held = 0, plan.held_up = 0;
  }
  std::erase_if(waiting_, [&](const Waiting& one) { return plans[one.person].held != 1; });
}

}  // namespace chimata::pedestrian
