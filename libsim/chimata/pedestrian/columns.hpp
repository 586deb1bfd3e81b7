/// The state of a crowd, column by column.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "chimata/core/parallel.hpp"

namespace chimata::pedestrian {

/// Bytes that hold one column or, after an exchange, another one of the same width. Others may look at them
/// without a copy: what they have been shown is never written again.
class Buffer {
 public:
  /// Keeps the first `used` bytes.
  void reserve(std::size_t used, std::size_t bytes) {
    Storage wider(allocate(bytes), Free{});  // not zeroed: first touched by who fills it
    if (used > 0) std::copy_n(bytes_.get(), used, wider.get());
    bytes_ = std::move(wider), room_ = bytes;
  }
  [[nodiscard]] std::byte* data() const { return bytes_.get(); }
  /// Memory that stays as it is for as long as it is held.
  [[nodiscard]] std::shared_ptr<const std::byte[]> share() const { return bytes_; }
  /// Before writing: leaves the memory to those who look at it, if any, and goes on in new memory with the
  /// first `used` bytes.
  void part(std::size_t used) {
    if (bytes_.use_count() > 1) reserve(used, room_);
  }

 private:
  struct Free {
    void operator()(std::byte* bytes) const { std::free(bytes); }
  };
  using Storage = std::shared_ptr<std::byte[]>;

  /// Large columns on large pages where the system has them: neighbours of one person lie all over a column.
  static std::byte* allocate(std::size_t bytes) {
    constexpr std::size_t kLine = 64, kLargePage = std::size_t{2} << 20;
    const std::size_t unit = bytes < 2 * kLargePage ? kLine : kLargePage;
    const std::size_t whole = (std::max(bytes, unit) + unit - 1) / unit * unit;
    void* memory = std::aligned_alloc(unit, whole);
    if (memory == nullptr) throw std::bad_alloc();
#if defined(__linux__)
    if (unit == kLargePage) ::madvise(memory, whole, MADV_HUGEPAGE);
#endif
    return static_cast<std::byte*>(memory);
  }

  Storage bytes_;
  std::size_t room_ = 0;
};

/// A column of plain values without a length of its own.
template <class T>
class Rows {
 public:
  static_assert(std::is_trivially_copyable_v<T>);
  [[nodiscard]] T* data() const { return reinterpret_cast<T*>(buffer_.data()); }
  [[nodiscard]] T& operator[](std::size_t row) const { return data()[row]; }
  void reserve(std::size_t used, std::size_t rows) { buffer_.reserve(used * sizeof(T), rows * sizeof(T)); }
  /// The rows, shown without a copy: they stay as they are for as long as this is held.
  [[nodiscard]] std::shared_ptr<const T[]> share() const {
    const auto bytes = buffer_.share();
    return {bytes, data()};
  }
  /// Before rows are written one by one. As of `Buffer`.
  void part(std::size_t used) { buffer_.part(used * sizeof(T)); }

  /// Puts the rows in a new order by way of `spare`, with which it changes its storage.
  template <class Other>
  void reorder(std::span<const std::uint32_t> order, Rows<Other>& spare, Arena& arena) {
    static_assert(sizeof(T) == sizeof(Other));
    spare.part(0);
    const T* from = data();
    T* to = reinterpret_cast<T*>(spare.buffer_.data());
    arena.for_blocks(order.size(), 8192, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) to[row] = from[order[row]];
    });
    exchange(spare);
  }
  /// Drops the rows with `gone[row] != 0`.
  void compact(std::span<const std::uint8_t> gone) {
    part(gone.size());
    std::size_t kept = 0;
    for (std::size_t row = 0; row < gone.size(); ++row) {
      data()[kept] = data()[row];
      kept += gone[row] == 0 ? 1 : 0;
    }
  }
  /// Puts the rows in a new order by way of the storage of `spare`, which is as wide or wider.
  template <class Wider>
  void reorder_in_place(std::span<const std::uint32_t> order, Rows<Wider>& spare, Arena& arena) {
    static_assert(sizeof(T) <= sizeof(Wider));
    spare.part(0), part(order.size());
    T *from = data(), *by = reinterpret_cast<T*>(spare.buffer_.data());
    arena.for_blocks(order.size(), 8192, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) by[row] = from[order[row]];
    });
    arena.for_blocks(order.size(), 8192, [&](std::size_t begin, std::size_t end) {
      std::copy(by + begin, by + end, from + begin);
    });
  }
  template <class Other>
  void exchange(Rows<Other>& other) {
    static_assert(sizeof(T) == sizeof(Other));
    std::swap(buffer_, other.buffer_);
  }

 private:
  template <class Other>
  friend class Rows;
  friend class FourRows;
  Buffer buffer_;
};

/// Four columns of small numbers, one after the other in storage as wide as a column of `Four`.
class FourRows {
 public:
  struct Four {
    float value[4];
  };
  [[nodiscard]] float* operator[](std::size_t column) const {
    return reinterpret_cast<float*>(buffer_.data()) + column * room_;
  }
  void reserve(std::size_t used, std::size_t rows) {
    FourRows wider;
    wider.buffer_.reserve(0, rows * sizeof(Four));
    wider.room_ = rows;
    for (std::size_t column = 0; column < 4; ++column) std::copy_n((*this)[column], used, wider[column]);
    *this = std::move(wider);
  }
  /// As of `Rows`.
  template <class Other>
  void reorder(std::span<const std::uint32_t> order, Rows<Other>& spare, Arena& arena) {
    static_assert(sizeof(Four) == sizeof(Other));
    spare.part(0);
    auto* to = reinterpret_cast<float*>(spare.buffer_.data());
    arena.for_blocks(order.size(), 8192, [&](std::size_t begin, std::size_t end) {
      for (std::size_t column = 0; column < 4; ++column) {
        const float* from = (*this)[column];
        for (std::size_t row = begin; row < end; ++row) to[column * room_ + row] = from[order[row]];
      }
    });
    std::swap(buffer_, spare.buffer_);
  }
  void compact(std::span<const std::uint8_t> gone) {
    for (std::size_t column = 0; column < 4; ++column) {
      float* values = (*this)[column];
      std::size_t kept = 0;
      for (std::size_t row = 0; row < gone.size(); ++row) {
        values[kept] = values[row];
        kept += gone[row] == 0 ? 1 : 0;
      }
    }
  }

 private:
  Buffer buffer_;
  std::size_t room_ = 0;
};

}  // namespace chimata::pedestrian
