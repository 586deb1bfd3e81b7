#include "chimata/pedestrian/guard_posts.hpp"

#include <algorithm>
#include <cmath>

namespace chimata::pedestrian {

namespace {

/// Need by cell, and the sum of it over squares of cells.
class Needs {
 public:
  Needs(const Safety& safety, double reach, double counter_weight)
      : columns_(safety.columns()), rows_(safety.rows()), need_(safety.places().size()) {
    reach_ = static_cast<std::size_t>(std::llround(reach / safety.model().cell));
    for (std::size_t cell = 0; cell < need_.size(); ++cell) {
      const PlaceRecord& place = safety.places()[cell];
      need_[cell] = double{place.alert_person_s} + counter_weight * double{place.counter_person_s};
    }
  }

  template <class Visit>
  void around(std::size_t cell, Visit&& visit) const {
    const std::size_t x = cell % columns_, y = cell / columns_;
    for (std::size_t v = y - std::min(y, reach_); v <= std::min(y + reach_, rows_ - 1); ++v) {
      for (std::size_t u = x - std::min(x, reach_); u <= std::min(x + reach_, columns_ - 1); ++u)
        visit(v * columns_ + u);
    }
  }

  /// The cell whose square needs most, the first of equal ones; `need_.size()` if nobody needs anything.
  [[nodiscard]] std::size_t worst() {
    add_up();
    std::size_t best = need_.size();
    double most = 0;
    for (std::size_t cell = 0; cell < need_.size(); ++cell) {
      // a post stands where something happens; among squares that hold the same, at its worst place
      if (need_[cell] <= 0) continue;
      const double sum = square(cell) + 1e-3 * need_[cell];
      if (sum > most * (1 + 1e-12)) most = sum, best = cell;
    }
    return best;
  }
  void satisfy(std::size_t cell) { need_[cell] = 0; }
  [[nodiscard]] double of(std::size_t cell) const { return need_[cell]; }
  [[nodiscard]] std::size_t cells() const { return need_.size(); }

 private:
  /// sums_(x, y) is the need of all cells west of x and south of y.
  void add_up() {
    sums_.assign((columns_ + 1) * (rows_ + 1), 0);
    for (std::size_t y = 0; y < rows_; ++y) {
      double line = 0;
      for (std::size_t x = 0; x < columns_; ++x) {
        line += need_[y * columns_ + x];
        sums_[(y + 1) * (columns_ + 1) + x + 1] = sums_[y * (columns_ + 1) + x + 1] + line;
      }
    }
  }
  [[nodiscard]] double square(std::size_t cell) const {
    const std::size_t x = cell % columns_, y = cell / columns_;
    const std::size_t west = x - std::min(x, reach_), east = std::min(x + reach_ + 1, columns_);
    const std::size_t south = y - std::min(y, reach_), north = std::min(y + reach_ + 1, rows_);
    const auto at = [&](std::size_t u, std::size_t v) { return sums_[v * (columns_ + 1) + u]; };
    return at(east, north) - at(west, north) - at(east, south) + at(west, south);
  }

  std::size_t columns_, rows_, reach_ = 0;
  std::vector<double> need_, sums_;
};

Danger danger_of(const GuardPost& post) {
  if (post.crush_person_min > 0) return Danger::crush;
  if (post.turbulent_s > 0) return Danger::turbulent;
  return post.alert_person_min > 0 ? Danger::dense : Danger::counterflow;
}

}  // namespace

const char* name_of(Danger danger) {
  static constexpr const char* kNames[] = {"counterflow", "dense", "turbulent", "crush"};
  return kNames[static_cast<std::size_t>(danger)];
}

std::vector<GuardPost> guard_posts(const Safety& safety, std::size_t count, double reach,
                                   double counter_weight) {
  Needs needs(safety, reach, counter_weight);
  std::vector<GuardPost> posts;
  while (posts.size() < count) {
    const std::size_t worst = needs.worst();
    if (worst == needs.cells()) break;
    GuardPost post;
    post.at = safety.centre(worst);
    post.first_alarm = post.first_crush = double{PlaceRecord::kNever};
    needs.around(worst, [&](std::size_t cell) {
      if (needs.of(cell) <= 0) return;
      const PlaceRecord& place = safety.places()[cell];
      post.alert_person_min += double{place.alert_person_s} / 60;
      post.crush_person_min += double{place.crush_person_s} / 60;
      post.counter_person_min += double{place.counter_person_s} / 60;
      post.turbulent_s = std::max(post.turbulent_s, double{place.turbulent_s});
      post.alert_s = std::max(post.alert_s, double{place.alert_s});
      post.density_max = std::max(post.density_max, double{place.density_max});
      post.pressure_max = std::max(post.pressure_max, double{place.pressure_max});
      post.first_alarm = std::min(post.first_alarm, double{place.first_alarm});
      post.first_crush = std::min(post.first_crush, double{place.first_crush});
      needs.satisfy(cell);
    });
    post.danger = danger_of(post);
    posts.push_back(post);
  }
  return posts;
}

}  // namespace chimata::pedestrian
