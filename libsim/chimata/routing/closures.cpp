#include "chimata/routing/closures.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace chimata {

Closures::Closures(std::size_t link_count, std::vector<LinkClosure> closures) : offset_(link_count + 1, 0) {
  std::erase_if(closures, [](const LinkClosure& c) { return c.window.to <= c.window.from; });
  std::sort(closures.begin(), closures.end(), [](const LinkClosure& a, const LinkClosure& b) {
    return std::tie(a.link, a.window.from, a.window.to) < std::tie(b.link, b.window.from, b.window.to);
  });
  LinkId last;
  for (const LinkClosure& closure : closures) {
    assert(closure.link.value < link_count);
    if (closure.link == last && closure.window.from <= windows_.back().to) {
      windows_.back().to = std::max(windows_.back().to, closure.window.to);
    } else {
      windows_.push_back(closure.window);
      ++offset_[LinkId{closure.link.value + 1}];
    }
    last = closure.link;
  }
  for (std::uint32_t row = 0; row < link_count; ++row) offset_[LinkId{row + 1}] += offset_[LinkId{row}];
}

Time Closures::open_from(LinkId link, Time at) const {
  const std::span<const Window> windows = of(link);
  const auto next = std::upper_bound(windows.begin(), windows.end(), at,
                                     [](Time t, const Window& window) { return t < window.to; });
  return next != windows.end() && next->from <= at ? next->to : at;
}

}  // namespace chimata
