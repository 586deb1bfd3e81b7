/// What makes one city another one.
#pragma once

#include <cstdint>

#include "chimata/city/city.hpp"

namespace chimata {

/// Hash of everything in the city but what is only there for people to read: sources, licences, notes of the
/// import.
[[nodiscard]] std::uint64_t digest_of(const City& city);

}  // namespace chimata
