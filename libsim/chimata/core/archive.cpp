#include "chimata/core/archive.hpp"

namespace chimata {

std::uint64_t hash_bytes(std::span<const std::byte> bytes, std::uint64_t seed) {
  constexpr std::uint64_t prime = 1099511628211ull;
  std::uint64_t hash = seed;
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    hash = (hash ^ word) * prime;
    hash ^= hash >> 32;  // FNV alone never carries high bits down
  }
  for (; i < bytes.size(); ++i) hash = (hash ^ static_cast<std::uint64_t>(bytes[i])) * prime;
  return hash;
}

std::uint64_t hash_of(const Snapshot& snapshot) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const auto& [name, column] : snapshot) {
    hash = hash_bytes(std::as_bytes(std::span(name)), hash);
    hash = hash_bytes(column, hash);
  }
  return hash;
}

}  // namespace chimata
