/// Japanese depth ranks (浸水深ランク): a rank is an interval of depths, not a depth.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "chimata/hazard/flood.hpp"

namespace chimata {

/// Depths from `lower` up to, but without, `upper`; the topmost rank has no upper end.
struct DepthInterval {
  double lower = 0;             ///< m
  std::optional<double> upper;  ///< m
};

/// Which rank scheme whole numbers follow.
///
/// Without edges: 11–15 and 21–27 are those of 国土数値情報 A31 (version 1), 1–6 are the classes of the
/// hazard map guideline (0.5, 3, 5, 10, 20 m) that A31a and PLATEAU's `rank` use. With edges e0 < e1 < … code
/// k is [e(k-1), ek), and the last one is open: this is how a municipality's own ranks (PLATEAU rankOrg) are
/// given.
/// @returns none if the code is not in the scheme
[[nodiscard]] std::optional<DepthInterval> rank_of_code(int code, std::span<const double> edges = {});

/// A rank written out: "0.5m以上3m未満", "0.5～3.0m未満", "0.5-3.0", "5m以上", "0.5m未満"; full-width figures
/// are understood. @returns none if the text is no interval
[[nodiscard]] std::optional<DepthInterval> rank_of_text(std::string_view text);

/// The one depth that stands for an interval. An open interval has its lower end whatever the bound.
[[nodiscard]] double depth_of(const DepthInterval& interval, RankBound bound);

}  // namespace chimata
