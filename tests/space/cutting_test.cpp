#include "chimata/space/cutting.hpp"

#include <doctest/doctest.h>

#include "chimata/space/area.hpp"

using namespace chimata;

namespace {

Polygon box(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}

double size_of(const std::vector<Polygon>& polygons) {
  double sum = 0;
  for (const Polygon& polygon : polygons) sum += polygon.area();
  return sum;
}

}  // namespace

TEST_CASE("obstacles that overlap or touch become one, others stay as they are") {
  const Polygon slanted{{{{20, 0}, {26, 6}, {20, 6}}}};
  const auto apart =
      set_apart({box(0, 0, 4, 4), box(10, 0, 12, 2), box(3, 3, 6, 6), slanted, box(12, 0, 14, 2)});
  CHECK(apart.size() == 3);
  CHECK(size_of(apart) == doctest::Approx(16 + 9 - 1 + 8 + 18));
}

TEST_CASE("many obstacles cut out at once leave what they leave one by one") {
  std::vector<Polygon> houses;
  for (int i = 0; i < 60; ++i) {
    const double x = 3.7 * (i % 10), y = 4.1 * static_cast<double>(i / 10);
    houses.push_back(box(x, y, x + 2.5 + 0.3 * (i % 7), y + 2.2 + 0.4 * (i % 5)));
  }
  const std::vector<Polygon> field{box(1, 1, 30, 20)};
  const auto once = cut_out_apart(field, set_apart(houses)), one_by_one = cut_out(field, houses);
  CHECK(once.size() == one_by_one.size());
  CHECK(size_of(once) == doctest::Approx(size_of(one_by_one)));
  CHECK(Area{once}.size() == doctest::Approx(size_of(once)));
}
