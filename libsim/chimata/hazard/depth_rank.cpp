#include "chimata/hazard/depth_rank.hpp"

#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace chimata {

namespace {

// edges of codes 11-15, 21-27 (国土数値情報 A31, 浸水深コード) and of 1-6 (水害ハザードマップ作成の手引き,
// MLIT)
constexpr std::array<double, 5> kOld{0, 0.5, 1, 2, 5};
constexpr std::array<double, 7> kFine{0, 0.5, 1, 2, 3, 4, 5};
constexpr std::array<double, 6> kGuideline{0, 0.5, 3, 5, 10, 20};

std::optional<DepthInterval> class_of(int rank, std::span<const double> edges) {
  if (rank < 1 || static_cast<std::size_t>(rank) > edges.size()) return std::nullopt;
  const auto i = static_cast<std::size_t>(rank);
  return DepthInterval{edges[i - 1], i < edges.size() ? std::optional(edges[i]) : std::nullopt};
}

/// Full-width digits and signs as ASCII; every kind of dash as '~'; units and spaces go.
std::string plain(std::string_view text) {
  static const std::vector<std::pair<std::string_view, std::string_view>> replaced = {
      {"０", "0"}, {"１", "1"}, {"２", "2"}, {"３", "3"},      {"４", "4"}, {"５", "5"}, {"６", "6"},
      {"７", "7"}, {"８", "8"}, {"９", "9"}, {"．", "."},      {"～", "~"}, {"〜", "~"}, {"－", "~"},
      {"–", "~"},  {"-", "~"},  {"ｍ", ""},  {"メートル", ""}, {"m", ""},   {"　", ""},  {" ", ""}};
  std::string result;
  while (!text.empty()) {
    bool found = false;
    for (const auto& [from, to] : replaced) {
      if (!text.starts_with(from)) continue;
      result += to;
      text.remove_prefix(from.size());
      found = true;
      break;
    }
    if (found) continue;
    result += text.front();
    text.remove_prefix(1);
  }
  return result;
}

/// Takes a number off the front of `text`.
std::optional<double> number_at(std::string_view& text) {
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  return value;
}

bool takes(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

}  // namespace

std::optional<DepthInterval> rank_of_code(int code, std::span<const double> edges) {
  if (!edges.empty()) return class_of(code, edges);
  if (code >= 11 && code <= 15) return class_of(code - 10, kOld);
  if (code >= 21 && code <= 27) return class_of(code - 20, kFine);
  return class_of(code, kGuideline);
}

std::optional<DepthInterval> rank_of_text(std::string_view text) {
  const std::string words = plain(text);
  std::string_view rest = words;
  const auto first = number_at(rest);
  if (!first || *first < 0) return std::nullopt;
  if (takes(rest, "未満") || takes(rest, "以下"))
    return rest.empty() ? std::optional(DepthInterval{0, *first}) : std::nullopt;
  const bool from = takes(rest, "以上");
  if (from && (rest.empty() || rest == "~")) return DepthInterval{*first, std::nullopt};
  const bool range = takes(rest, "~");
  if (!from && !range) return std::nullopt;
  if (rest.empty()) return DepthInterval{*first, std::nullopt};
  const auto second = number_at(rest);
  if (!second || *second <= *first) return std::nullopt;
  if (!takes(rest, "未満")) (void)takes(rest, "以下");
  return rest.empty() ? std::optional(DepthInterval{*first, *second}) : std::nullopt;
}

double depth_of(const DepthInterval& interval, RankBound bound) {
  if (!interval.upper || bound == RankBound::lower) return interval.lower;
  return bound == RankBound::upper ? *interval.upper : (interval.lower + *interval.upper) / 2;
}

}  // namespace chimata
