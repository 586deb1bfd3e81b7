/// An error of a drawn shape that knows where it lies.
#pragma once

#include <string>

#include "chimata/core/error.hpp"
#include "chimata/geo/point.hpp"

namespace chimata {

/// A shape that meets itself at a point. `what()` tells the point in metres of the city; whoever knows in
/// which coordinates it was drawn tells `flaw()` and `at()` in those.
class ShapeError : public InputError {
 public:
  /// @param flaw  what is wrong, without the place: "crosses itself"
  /// @param told  the point as the message tells it
  ShapeError(std::string where, std::string flaw, Point at, const std::string& told, std::string fix)
      : InputError(std::move(where), flaw + " at " + told, std::move(fix)), flaw_(std::move(flaw)), at_(at) {}

  [[nodiscard]] const std::string& flaw() const { return flaw_; }
  [[nodiscard]] Point at() const { return at_; }

 private:
  std::string flaw_;
  Point at_;
};

}  // namespace chimata
