/// The state of a crowd, column by column.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

#include "chimata/core/parallel.hpp"

namespace chimata::pedestrian {

/// Bytes that hold one column or, after an exchange, another one of the same width.
class Buffer {
 public:
  /// Keeps the first `used` bytes.
  void reserve(std::size_t used, std::size_t bytes) {
    std::unique_ptr<std::byte[]> wider(new std::byte[bytes]);  // not zeroed: first touched by who fills it
    if (used > 0) std::copy_n(bytes_.get(), used, wider.get());
    bytes_ = std::move(wider);
  }
  [[nodiscard]] std::byte* data() const { return bytes_.get(); }

 private:
  std::unique_ptr<std::byte[]> bytes_;
};

/// A column of plain values without a length of its own.
template <class T>
class Rows {
 public:
  static_assert(std::is_trivially_copyable_v<T>);
  [[nodiscard]] T* data() const { return reinterpret_cast<T*>(buffer_.data()); }
  [[nodiscard]] T& operator[](std::size_t row) const { return data()[row]; }
  void reserve(std::size_t used, std::size_t rows) { buffer_.reserve(used * sizeof(T), rows * sizeof(T)); }

  /// Puts the rows in a new order by way of `spare`, with which it changes its storage.
  template <class Other>
  void reorder(std::span<const std::uint32_t> order, Rows<Other>& spare, Arena& arena) {
    static_assert(sizeof(T) == sizeof(Other));
    const T* from = data();
    T* to = reinterpret_cast<T*>(spare.buffer_.data());
    arena.for_blocks(order.size(), 8192, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) to[row] = from[order[row]];
    });
    exchange(spare);
  }
  /// Drops the rows with `gone[row] != 0`.
  void compact(std::span<const std::uint8_t> gone) {
    std::size_t kept = 0;
    for (std::size_t row = 0; row < gone.size(); ++row) {
      data()[kept] = data()[row];
      kept += gone[row] == 0 ? 1 : 0;
    }
  }
  template <class Other>
  void exchange(Rows<Other>& other) {
    static_assert(sizeof(T) == sizeof(Other));
    std::swap(buffer_, other.buffer_);
  }

 private:
  template <class Other>
  friend class Rows;
  Buffer buffer_;
};

}  // namespace chimata::pedestrian
