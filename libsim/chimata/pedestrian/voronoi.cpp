#include "chimata/pedestrian/voronoi.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

using Corners = std::vector<Point>;

/// Keeps what of a convex polygon lies where dot(normal, p - through) <= 0.
void clip(Corners& polygon, Corners& scratch, Point through, Point normal) {
  scratch.clear();
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i], b = polygon[(i + 1) % polygon.size()];
    const double from = dot(normal, a - through), to = dot(normal, b - through);
    if (from <= 0) scratch.push_back(a);
    if ((from < 0 && to > 0) || (from > 0 && to < 0)) scratch.push_back(between(a, b, from / (from - to)));
  }
  polygon.swap(scratch);
}

double farthest(const Corners& polygon, Point from) {
  double most = 0;
  for (const Point corner : polygon) most = std::max(most, distance(corner, from));
  return most;
}

Corners rectangle(const Box& box) {
  return {{box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}};
}

void cut_circle(Corners& polygon, Corners& scratch, Point centre, double radius) {
  // sides of a regular twelve-gon with corners at 0, 30, 60 ... degrees, by their middles at 15, 45, 75 ...
  const double near = (std::sqrt(6.0) + std::sqrt(2.0)) / 4, far = (std::sqrt(6.0) - std::sqrt(2.0)) / 4;
  const double half = std::sqrt(0.5);
  for (const Point side : {Point{near, far}, Point{half, half}, Point{far, near}}) {
    for (const Point n : {side, Point{-side.y, side.x}, Point{-side.x, -side.y}, Point{side.y, -side.x}})
      clip(polygon, scratch, centre + near * radius * n, n);
  }
}

/// People in the order of the squares they stand in.
class Squares {
 public:
  Squares(std::span<const Point> people, const Box& box)
      : people_(people), west_(box.min_x), south_(box.min_y) {
    const double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
    side_ = std::max(std::sqrt(2 * width * height / static_cast<double>(people.size() + 1)), 1e-3);
    columns_ = static_cast<std::int64_t>(width / side_) + 1,
    rows_ = static_cast<std::int64_t>(height / side_) + 1;
    first_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
    for (const Point p : people) ++first_[square(p) + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    order_.resize(people.size());
    for (std::uint32_t row = 0; row < people.size(); ++row) order_[next[square(people[row])]++] = row;
  }

  /// What of `cell` is nearer to person `row` than to anybody else. Rings of squares are searched until
  /// whoever stands further out is too far to matter.
  void shape(std::size_t row, Corners& cell, Corners& scratch) const {
    const Point owner = people_[row];
    const std::int64_t column = column_of(owner.x), line = row_of(owner.y);
    for (std::int64_t ring = 0; ring <= std::max(columns_, rows_); ++ring) {
      if (static_cast<double>(ring - 1) * side_ > 2 * farthest(cell, owner)) break;
      for (std::int64_t y = std::max<std::int64_t>(line - ring, 0); y <= std::min(line + ring, rows_ - 1);
           ++y) {
        const bool edge = y == line - ring || y == line + ring;
        const std::int64_t step = edge || ring == 0 ? 1 : 2 * ring;
        for (std::int64_t x = column - ring; x <= column + ring; x += step) {
          if (x >= 0 && x < columns_) cut_by(static_cast<std::size_t>(y * columns_ + x), row, cell, scratch);
        }
      }
    }
  }

 private:
  void cut_by(std::size_t square, std::size_t row, Corners& cell, Corners& scratch) const {
    for (std::uint32_t i = first_[square]; i < first_[square + 1]; ++i) {
      const Point away = people_[order_[i]] - people_[row];
      // whoever stands on the very same spot has the same cell
      if (order_[i] == row || dot(away, away) < 1e-12) continue;
      clip(cell, scratch, people_[row] + 0.5 * away, away);
    }
  }
  [[nodiscard]] std::int64_t column_of(double x) const {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>((x - west_) / side_), 0, columns_ - 1);
  }
  [[nodiscard]] std::int64_t row_of(double y) const {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>((y - south_) / side_), 0, rows_ - 1);
  }
  [[nodiscard]] std::size_t square(Point p) const {
    return static_cast<std::size_t>(row_of(p.y) * columns_ + column_of(p.x));
  }

  std::span<const Point> people_;
  double west_, south_, side_ = 1;
  std::int64_t columns_ = 1, rows_ = 1;
  std::vector<std::uint32_t> first_, order_;
};

/// Size of what two shapes share, whatever they look like: one is taken as a sum of triangles, each with the
/// sign of its turn, and the other is clipped by each.
double shared(const Polygon& shape, const Polygon& zone, Corners& clipped, Corners& scratch) {
  double sum = 0;
  const Point from = shape.rings.front().front();
  for (const Corners& ring : shape.rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      std::array<Point, 3> triangle = {from, ring[i], ring[(i + 1) % ring.size()]};
      const double sign = cross(triangle[1] - from, triangle[2] - from) < 0 ? -1 : 1;
      if (sign < 0) std::swap(triangle[1], triangle[2]);
      for (const Corners& outline : zone.rings) {
        clipped = outline;
        for (std::size_t side = 0; side < 3 && !clipped.empty(); ++side) {
          const Point along = triangle[(side + 1) % 3] - triangle[side];
          clip(clipped, scratch, triangle[side], {along.y, -along.x});
        }
        if (clipped.size() > 2) sum += sign * signed_area(clipped);
      }
    }
  }
  return sum;
}

}  // namespace

Voronoi::Voronoi(std::shared_ptr<const Area> area, const VoronoiModel& model)
    : area_(std::move(area)), model_(model), cutter_(*area_) {}

VoronoiCell Voronoi::cut(Corners cell, Point owner) const {
  VoronoiCell result;
  if (cell.size() < 3 || !area_->contains(owner)) return result;
  Polygon part = cutter_.cut(std::move(cell), owner);
  result.size = part.area();
  if (result.size > 0) result.parts.push_back(std::move(part));
  return result;
}

std::vector<VoronoiCell> Voronoi::cells(std::span<const Point> people, Arena& arena) const {
  Box box = area_->box();
  const Squares squares(people, box);
  // a cell's own edges shall not lie on walls, where rounding would decide
  box = box.widened(1);
  std::vector<VoronoiCell> cells(people.size());
  arena.for_blocks(people.size(), 256, [&](std::size_t begin, std::size_t end) {
    Corners cell, scratch;
    for (std::size_t row = begin; row < end; ++row) {
      cell = rectangle(box);
      if (model_.cut_off > 0) cut_circle(cell, scratch, people[row], model_.cut_off);
      squares.shape(row, cell, scratch);
      cells[row] = cut(cell, people[row]);
    }
  });
  return cells;
}

ZoneMeasure measure(const Area& zone, std::span<const VoronoiCell> cells, std::span<const Point> people,
                    std::span<const double> speeds) {
  ZoneMeasure sum;
  Corners clipped, scratch;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (zone.contains(people[row])) sum.counted += 1;
    for (const Polygon& part : cells[row].parts) {
      if (!part.box().intersects(zone.box())) continue;
      double both = 0;
      for (const Polygon& piece : zone.parts()) both += shared(part, piece, clipped, scratch);
      sum.density += both / cells[row].size;
      sum.speed += both * speeds[row];
    }
  }
  const double size = zone.size();
  return {sum.density / size, sum.speed / size, sum.counted / size};
}

}  // namespace chimata::pedestrian
