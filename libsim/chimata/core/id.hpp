/// Strong indices and the columns they index.
///
/// Every row of every table is named by an id of its own type, so that a link can never be looked up
/// where a node is meant. Ids are dense: they count rows from zero.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace chimata {

/// Index of a row in the table that `Tag` names.
template <class Tag>
struct Id {
  static constexpr std::uint32_t none_value = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t value = none_value;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t row) : value(row) {}
  constexpr explicit Id(std::size_t row) : value(static_cast<std::uint32_t>(row)) {}

  /// The id that names no row.
  static constexpr Id none() { return Id{}; }
  [[nodiscard]] constexpr bool valid() const { return value != none_value; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using NodeId = Id<struct NodeTag>;        ///< a junction or end of a street
using SegmentId = Id<struct SegmentTag>;  ///< a piece of street between two nodes, both directions
using LinkId = Id<struct LinkTag>;        ///< one direction of a segment
using PersonId = Id<struct PersonTag>;
using HouseholdId = Id<struct HouseholdTag>;
using VehicleId = Id<struct VehicleTag>;
using ShelterId = Id<struct ShelterTag>;
using ZoneId = Id<struct ZoneTag>;

/// A vector indexed by an id: one attribute of every row of a table.
template <class I, class T>
class Column : public std::vector<T> {
 public:
  using std::vector<T>::vector;
  [[nodiscard]] T& operator[](I id) { return std::vector<T>::operator[](id.value); }
  [[nodiscard]] const T& operator[](I id) const { return std::vector<T>::operator[](id.value); }
  [[nodiscard]] std::span<const T> values() const { return {this->data(), this->size()}; }
};

}  // namespace chimata

/// @cond
template <class Tag>
struct std::hash<chimata::Id<Tag>> {
  std::size_t operator()(chimata::Id<Tag> id) const noexcept { return id.value; }
};
/// @endcond
