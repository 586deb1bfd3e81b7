/// A hash over many things, one after the other: columns, texts, numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chimata/core/archive.hpp"

namespace chimata {

/// The same on every machine. Two columns in a row differ from the same values in one, because lengths count.
///
///     Digest digest;
///     digest.add(network.length);
///     digest.add(city.name);
///     const std::uint64_t hash = digest.value();
class Digest {
 public:
  Digest() = default;
  explicit Digest(std::uint64_t seed) : value_(seed) {}

  /// Plain values: numbers, ids, and structs of either without padding, such as points.
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void add(const std::vector<T>& column) {
    add(std::uint64_t{column.size()});
    value_ = hash_bytes(std::as_bytes(std::span(column)), value_);
  }
  void add(const std::vector<std::string>& texts) {
    add(std::uint64_t{texts.size()});
    for (const std::string& text : texts) add(text);
  }
  void add(std::string_view text) {
    add(std::uint64_t{text.size()});
    value_ = hash_bytes(std::as_bytes(std::span(text)), value_);
  }
  template <class T>
  requires SnapshotValue<T>
  void add(T number) { value_ = hash_bytes(std::as_bytes(std::span(&number, 1)), value_); }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = hash_bytes({});
};

}  // namespace chimata
