#include "chimata/io/shelter_columns.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "support/input_error.hpp"

using namespace chimata;

namespace {

/// What a table of one shelter with these columns says it is fit for.
HazardMask fit(const std::vector<std::pair<std::string_view, std::string>>& cells) {
  const io::TextTable table{1,
                            [&](std::span<const std::string_view> names) -> std::optional<std::size_t> {
                              for (const auto name : names) {
                                for (std::size_t c = 0; c < cells.size(); ++c) {
                                  if (cells[c].first == name) return c;
                                }
                              }
                              return std::nullopt;
                            },
                            [&](std::size_t, std::size_t column) { return cells[column].second; }};
  return io::ShelterColumns{table}.fit(0, "here");
}

constexpr HazardMask without(int hazards) {
  return static_cast<HazardMask>(kAnyHazard & ~hazards);
}

}  // namespace

TEST_CASE("a shelter of which nothing is said is fit for everything") {
  CHECK(fit({}) == kAnyHazard);
  CHECK(fit({{"災害種別_津波", ""}}) == kAnyHazard);
}

TEST_CASE("a table that knows only floods means all waters") {
  CHECK(fit({{"flood_safe", "0"}}) == without(kAnyWater));
  CHECK(fit({{"災害種別_洪水", "0"}, {"災害種別_地震", "1"}}) == without(kAnyWater));
  CHECK(fit({{"災害種別_洪水", "0"}, {"災害種別_津波", "1"}}) == without(kRiverFlood | kInlandFlood));
  CHECK(fit({{"災害種別_洪水", "1"}, {"災害種別_内水氾濫", "0"}}) == without(kInlandFlood));
}

TEST_CASE("the National Land Numerical Information's flags are understood") {
  // earthquake, tsunami, water, volcano
  CHECK(fit({{"P20_007", "1"}, {"P20_008", "0"}, {"P20_009", "1"}, {"P20_010", "0"}}) ==
        without(kTsunami | kVolcano));
  CHECK(fit({{"P20_007", "0"}, {"P20_008", "1"}, {"P20_009", "0"}, {"P20_010", "1"}}) ==
        without(kEarthquake | kRiverFlood | kInlandFlood | kStormSurge));
}

TEST_CASE("only a circle is fit, a triangle is not") {
  for (const char* yes : {"1", "○", "〇", "yes", "有"}) CHECK(fit({{"tsunami_safe", yes}}) == kAnyHazard);
  for (const char* no : {"0", "△", "×", "2", "3", "no"})
    CHECK(fit({{"tsunami_safe", no}}) == without(kTsunami));
  CHECK(test::contains(test::complaint([] {
                         (void)fit({{"tsunami_safe", "maybe"}});
                       }),
                       "here: tsunami_safe is 'maybe'; give 1 if it may be used then, else 0"));
}
