/// How comfortable a density is: Fruin's levels of service.
#pragma once

#include <cstddef>
#include <cstdint>

namespace chimata::pedestrian {

/// Levels from A, free, to F, stuck. John J. Fruin, Pedestrian Planning and Design (1971).
enum class ServiceLevel : std::uint8_t { a, b, c, d, e, f };
inline constexpr std::size_t kServiceLevels = 6;

/// Level of a walkway at a density in persons/m²: A up to 1/3.25 (35 sq ft per person), then B up to 1/2.32
/// (25), C 1/1.39 (15), D 1/0.93 (10), E 1/0.46 (5).
[[nodiscard]] ServiceLevel level_of_service(double density);

/// Level of a queue or waiting area: A up to 1/1.21 (13 sq ft per person), then B up to 1/0.93 (10), C 1/0.65
/// (7), D 1/0.28 (3), E 1/0.19 (2).
[[nodiscard]] ServiceLevel queue_level_of_service(double density);

}  // namespace chimata::pedestrian
