/// A snapshot of state as named columns of bytes, and its hash.
///
/// Processes write their tables by name; a snapshot can be held in memory, restored, compared, hashed,
/// or stored by io. Only state is kept: caches and scratch are rebuilt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace chimata {

/// Hash of bytes, the same on every machine (FNV-1a over 64-bit words, little endian).
[[nodiscard]] std::uint64_t hash_bytes(std::span<const std::byte> bytes,
                                       std::uint64_t seed = 14695981039346656037ull);

/// Named columns of bytes, in the order of their names.
using Snapshot = std::map<std::string, std::vector<std::byte>, std::less<>>;

/// Hash of every column and its name.
[[nodiscard]] std::uint64_t hash_of(const Snapshot& snapshot);

/// What a column of a snapshot may hold: plain values, or structs of whole numbers without padding (whose
/// bytes would differ from run to run).
template <class T>
concept SnapshotValue =
    std::is_arithmetic_v<T> || std::is_enum_v<T> || std::has_unique_object_representations_v<T>;

/// Writes the columns of one owner below `prefix/`.
class SnapshotWriter {
 public:
  SnapshotWriter(Snapshot& snapshot, std::string prefix) : snapshot_(snapshot), prefix_(std::move(prefix)) {}

  template <SnapshotValue T>
  void put(std::string_view name, std::span<const T> column) {
    const auto bytes = std::as_bytes(column);
    snapshot_[prefix_ + "/" + std::string(name)] = {bytes.begin(), bytes.end()};
  }
  template <SnapshotValue T>
  void put(std::string_view name, const std::vector<T>& column) {
    put(name, std::span<const T>(column));
  }
  /// Writes below `prefix/name/`, for a part that an owner has several of.
  [[nodiscard]] SnapshotWriter below(std::string_view name) const {
    return {snapshot_, prefix_ + "/" + std::string(name)};
  }
  template <SnapshotValue T>
  void put_value(std::string_view name, const T& value) {
    put(name, std::span<const T>(&value, 1));
  }

 private:
  Snapshot& snapshot_;
  std::string prefix_;
};

/// Reads what a `SnapshotWriter` with the same prefix wrote.
/// @throws std::runtime_error if a column is missing or has another size than expected
class SnapshotReader {
 public:
  SnapshotReader(const Snapshot& snapshot, std::string prefix)
      : snapshot_(snapshot), prefix_(std::move(prefix)) {}

  template <SnapshotValue T>
  void get(std::string_view name, std::vector<T>& column) const {
    const auto& bytes = find(name);
    if (bytes.size() % sizeof(T) != 0)
      throw std::runtime_error("snapshot column " + prefix_ + "/" + std::string(name) + " is damaged");
    column.resize(bytes.size() / sizeof(T));
    if (!bytes.empty()) std::memcpy(static_cast<void*>(column.data()), bytes.data(), bytes.size());
  }
  [[nodiscard]] SnapshotReader below(std::string_view name) const {
    return {snapshot_, prefix_ + "/" + std::string(name)};
  }
  template <SnapshotValue T>
  void get_value(std::string_view name, T& value) const {
    const auto& bytes = find(name);
    if (bytes.size() != sizeof(T))
      throw std::runtime_error("snapshot value " + prefix_ + "/" + std::string(name) + " is damaged");
    std::memcpy(static_cast<void*>(&value), bytes.data(), sizeof(T));
  }

 private:
  [[nodiscard]] const std::vector<std::byte>& find(std::string_view name) const {
    const auto it = snapshot_.find(prefix_ + "/" + std::string(name));
    if (it == snapshot_.end())
      throw std::runtime_error("snapshot lacks " + prefix_ + "/" + std::string(name));
    return it->second;
  }
  const Snapshot& snapshot_;
  std::string prefix_;
};

}  // namespace chimata
