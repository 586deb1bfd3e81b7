#include "chimata/core/random.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace chimata;

TEST_CASE("Philox gives the published vectors") {
  // known answers of Random123, philox4x32-10
  CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) ==
        std::array<std::uint32_t, 4>{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u});
  CHECK(philox4x32({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}) ==
        std::array<std::uint32_t, 4>{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu});
  CHECK(philox4x32({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}, {0xa4093822u, 0x299f31d0u}) ==
        std::array<std::uint32_t, 4>{0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u});
}

TEST_CASE("the same address gives the same number, another purpose another") {
  const Random a{Seed{7}}, b{Seed{7}}, other{Seed{8}};
  constexpr Purpose leaving{"leaving"}, speed{"speed"};
  CHECK(a.uniform(leaving, 3, 1) == b.uniform(leaving, 3, 1));
  CHECK(a.uniform(leaving, 3) != a.uniform(speed, 3));
  CHECK(a.uniform(leaving, 3) != a.uniform(leaving, 4));
  CHECK(a.uniform(leaving, 3) != other.uniform(leaving, 3));
}

TEST_CASE("uniform and normal numbers have the right moments") {
  const Random random{Seed{1}};
  constexpr Purpose test{"moments"};
  const int n = 100'000;
  double sum = 0, normal_sum = 0, normal_squares = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double u = random.uniform(test, i);
    REQUIRE((u > 0 && u < 1));
    sum += u;
    const double z = random.normal(test, i, 1);
    normal_sum += z;
    normal_squares += z * z;
  }
  CHECK(sum / n == doctest::Approx(0.5).epsilon(0.01));
  CHECK(std::fabs(normal_sum / n) < 4 / std::sqrt(n));
  CHECK(normal_squares / n == doctest::Approx(1.0).epsilon(0.02));
}
