/// When links are closed: a flooded street, a level crossing, a gate.
#pragma once

#include <span>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/core/time.hpp"

namespace chimata {

/// During `window` nobody may enter `link`; whoever is on it already goes on to its end. A window up to
/// kNever closes for good.
struct LinkClosure {
  LinkId link;
  Window window;
};

/// Closures by link, in any order given, kept sorted and disjoint.
class Closures {
 public:
  Closures(std::size_t link_count, std::vector<LinkClosure> closures);

  [[nodiscard]] std::span<const Window> of(LinkId link) const {
    return {windows_.data() + offset_[link], windows_.data() + offset_[LinkId{link.value + 1}]};
  }
  [[nodiscard]] bool closed(LinkId link, Time at) const { return open_from(link, at) != at; }
  /// The first moment from `at` on when the link may be entered; kNever if it stays closed.
  [[nodiscard]] Time open_from(LinkId link, Time at) const;

 private:
  Column<LinkId, std::uint32_t> offset_;  ///< size links + 1; rows of `windows_`
  std::vector<Window> windows_;
};

}  // namespace chimata
