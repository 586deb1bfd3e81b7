/// Places to stand inside a shape, one person each.
#pragma once

#include <algorithm>

#include "chimata/pedestrian/stages/usher.hpp"

namespace chimata::pedestrian {

/// Filled from the far side, as seen by whoever comes, so that nobody who stands bars the way of those who
/// come later by the same way (our own rule, grade C).
class Spots {
 public:
  /// A hexagonal pattern with `spacing` metres between neighbours, none nearer to a wall than a third of it;
  /// a shape that is too small for any of it has one place.
  void lay_out(const Site& site, const std::vector<Polygon>& shapes, double spacing);

  /// The farthest free place in sight to which nobody at another bars the way; false if there is none, or all
  /// that are in use make `most`.
  /// @param beside  the nearest to their place instead
  bool take(PersonId person, Point from, const Walls& walls, Point& spot, std::size_t most = kNoRow,
            PersonId beside = PersonId::none());
  /// The nearest free place in sight, or else anywhere, whoever bars the way to it.
  bool take_nearest(PersonId person, Point from, const Walls& walls, Point& spot, std::size_t most);
  void give_back(PersonId person);

  /// Whoever has the first place of those for whom `good` holds; none if it holds for nobody.
  template <class Good>
  [[nodiscard]] PersonId find(const Good& good) const {
    const auto it = std::find_if(of_.begin(), of_.end(), [&](PersonId p) { return p.valid() && good(p); });
    return it == of_.end() ? PersonId::none() : *it;
  }

  [[nodiscard]] std::size_t size() const { return spots_.size(); }
  [[nodiscard]] std::size_t in_use() const { return in_use_; }
  void save(SnapshotWriter& out, const std::string& name) const;
  void load(const SnapshotReader& in, const std::string& name);

 private:
  /// Whether somebody's place lies on a straight way.
  [[nodiscard]] bool barred(const Wall& way) const;
  void give(std::size_t spot, PersonId person);

  std::vector<Point> spots_;
  std::vector<PersonId> of_;  ///< by spot; none: free
  std::size_t in_use_ = 0;
};

}  // namespace chimata::pedestrian
