/// Private to io: HDF5 files as named columns, written whole or not at all.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/geo/point.hpp"

namespace chimata::io {

/// Closes an HDF5 handle with the function of its kind.
class Hdf5Handle {
 public:
  Hdf5Handle() = default;
  Hdf5Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(other.id_), close_(other.close_) {
    other.id_ = H5I_INVALID_HID;
  }
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    std::swap(id_, other.id_), std::swap(close_, other.close_);
    return *this;
  }
  ~Hdf5Handle() { reset(); }
  void reset() {
    if (id_ >= 0) close_(id_);
    id_ = H5I_INVALID_HID;
  }
  [[nodiscard]] hid_t get() const { return id_; }
  [[nodiscard]] bool good() const { return id_ >= 0; }

 private:
  hid_t id_ = H5I_INVALID_HID;
  herr_t (*close_)(hid_t) = nullptr;
};

/// One thread at a time in the library, whose own error printing is off.
class Hdf5Session {
 public:
  Hdf5Session();
  ~Hdf5Session();
  Hdf5Session(const Hdf5Session&) = delete;
  Hdf5Session& operator=(const Hdf5Session&) = delete;

 private:
  std::unique_lock<std::recursive_mutex> lock_;
  H5E_auto2_t old_function_ = nullptr;
  void* old_data_ = nullptr;
};

/// How a column's element lies in the file: a number type, and how many make one row.
template <class T>
struct Hdf5Element {
  using number =
      typename std::conditional_t<std::is_enum_v<T>, std::underlying_type<T>, std::type_identity<T>>::type;
  static constexpr std::size_t per_row = 1;
};
template <class Tag>
struct Hdf5Element<Id<Tag>> {
  using number = std::uint32_t;
  static constexpr std::size_t per_row = 1;
};
template <>
struct Hdf5Element<Point> {
  using number = double;
  static constexpr std::size_t per_row = 2;
};

/// Type of numbers in memory and in the file (little endian everywhere we run).
template <class Number>
[[nodiscard]] hid_t hdf5_type() {
  if constexpr (std::is_same_v<Number, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<Number, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<Number, std::uint8_t> || std::is_same_v<Number, std::byte>)
    return H5T_NATIVE_UINT8;
  if constexpr (std::is_same_v<Number, std::uint32_t>) return H5T_NATIVE_UINT32;
  if constexpr (std::is_same_v<Number, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<Number, std::uint64_t>) return H5T_NATIVE_UINT64;
}

/// Writes `path`.tmp and puts it in place of `path` at the end: a reader finds the old file or the whole new
/// one, whenever the machine stops. Columns carry checksums and are compressed (shuffle and deflate 1).
/// Between its calls others may use the library.
class Hdf5Writer {
 public:
  /// @param format   what the file holds, e.g. "chimata-city"
  /// @throws InputError if the file cannot be made
  Hdf5Writer(std::string path, const std::string& format, std::int64_t version);
  ~Hdf5Writer();

  template <class T>
  void put(const std::string& name, const std::vector<T>& column, const std::string& description = {}) {
    using Element = Hdf5Element<T>;
    static_assert(sizeof(T) == sizeof(typename Element::number) * Element::per_row &&
                  std::is_trivially_copyable_v<T>);
    put_numbers(name, hdf5_type<typename Element::number>(), sizeof(T), column.size(), Element::per_row,
                column.data(), description);
  }
  void put(const std::string& name, const std::vector<std::string>& column,
           const std::string& description = {});
  void put(const std::string& name, const std::string& text) { put(name, std::vector<std::string>{text}); }
  /// Adds rows to a column that grows; the first call makes it, with its description.
  template <class T>
  void append(const std::string& name, const std::vector<T>& rows, const std::string& description = {}) {
    append_numbers(name, hdf5_type<T>(), sizeof(T), rows.size(), rows.data(), description);
  }
  /// A text that describes a group (made if it is not there).
  void describe_group(const std::string& group, const std::string& description);

  /// Makes the file durable and visible under its name. @throws InputError if the disk is full or the like
  void finish();

 private:
  void put_numbers(const std::string& name, hid_t type, std::size_t row_bytes, std::size_t rows,
                   std::size_t per_row, const void* data, const std::string& description);
  void append_numbers(const std::string& name, hid_t type, std::size_t row_bytes, std::size_t rows,
                      const void* data, const std::string& description);
  void check(bool good) const;

  struct Growing {
    Hdf5Handle dataset;
    hsize_t rows = 0;
  };
  std::string path_, temporary_;
  Hdf5Handle file_, links_;
  std::map<std::string, Growing> growing_;
};

/// Reads such a file.
class Hdf5Reader {
 public:
  /// @param what  for messages: "a city file"
  /// @throws InputError if the file is missing, damaged, of another format, or newer than `version`
  Hdf5Reader(const std::string& path, const std::string& format, std::int64_t version, std::string what);

  template <class T>
  void get(const std::string& name, std::vector<T>& column) const {
    using Element = Hdf5Element<T>;
    column.resize(open(name, Element::per_row));
    read(hdf5_type<typename Element::number>(), column.data(), column.size());
  }
  void get(const std::string& name, std::vector<std::string>& column) const;
  void get(const std::string& name, std::string& text) const;
  /// Names in a group, in the order of writing.
  [[nodiscard]] std::vector<std::string> list(const std::string& group) const;
  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] std::string description(const std::string& name) const;
  /// Class and size of a column's numbers; H5T_STRING for text.
  [[nodiscard]] std::pair<H5T_class_t, std::size_t> type(const std::string& name) const;

  /// @throws InputError saying that the file is damaged, if not `good`
  void check(bool good, const std::string& detail) const;

 private:
  std::size_t open(const std::string& name, std::size_t per_row) const;
  void read(hid_t type, void* data, std::size_t rows) const;

  Hdf5Session session_;
  std::string name_, what_;
  Hdf5Handle file_;
  mutable Hdf5Handle dataset_;
  mutable std::string dataset_name_;
};

}  // namespace chimata::io
