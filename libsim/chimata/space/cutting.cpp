#include "chimata/space/cutting.hpp"

#include <algorithm>
#include <numeric>

#include "chimata/space/area.hpp"
#include "chimata/space/boost_polygons.hpp"

namespace chimata {

namespace {

constexpr double kTouch = 1e-3;  // m, what is nearer than this touches

/// By obstacle, the first one of those that hang together with it by boxes that meet.
std::vector<std::size_t> heaps_of(const std::vector<Polygon>& obstacles) {
  std::vector<Box> boxes;
  for (const Polygon& obstacle : obstacles) boxes.push_back(obstacle.box().widened(kTouch));
  std::vector<std::size_t> heap(obstacles.size());
  std::iota(heap.begin(), heap.end(), std::size_t{0});
  const auto first_of = [&](std::size_t i) {
    while (heap[i] != i) i = heap[i] = heap[heap[i]];
    return i;
  };
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!boxes[i].intersects(boxes[j])) continue;
      const std::size_t one = first_of(i), other = first_of(j);
      heap[std::max(one, other)] = std::min(one, other);
    }
  }
  for (std::size_t i = 0; i < heap.size(); ++i) heap[i] = first_of(i);
  return heap;
}

boosted::Shapes shapes_of(const std::vector<Polygon>& polygons) {
  boosted::Shapes shapes;
  for (const Polygon& polygon : polygons) shapes.push_back(boosted::shape_of(polygon));
  return shapes;
}

}  // namespace

std::vector<Polygon> set_apart(const std::vector<Polygon>& obstacles) {
  const std::vector<std::size_t> heap = heaps_of(obstacles);
  std::vector<std::vector<Polygon>> heaps(obstacles.size());
  for (std::size_t i = 0; i < obstacles.size(); ++i) heaps[heap[i]].push_back(obstacles[i]);
  std::vector<Polygon> apart;
  for (const auto& together : heaps) {
    const auto whole = together.size() > 1 ? joined(together) : together;
    apart.insert(apart.end(), whole.begin(), whole.end());
  }
  return apart;
}

std::vector<Polygon> cut_out_apart(const std::vector<Polygon>& parts, const std::vector<Polygon>& obstacles) {
  boosted::Shapes left;
  boosted::bg::difference(shapes_of(parts), shapes_of(obstacles), left);
  std::vector<Polygon> rest;
  for (const auto& shape : left) rest.push_back(boosted::polygon_of(shape));
  return rest;
}

}  // namespace chimata
