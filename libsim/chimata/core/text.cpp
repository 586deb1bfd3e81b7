#include "chimata/core/text.hpp"

#include <algorithm>
#include <numeric>

namespace chimata {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::string* best = nullptr;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    // an abbreviation is as near as a slip of the pen
    const bool abbreviated = word.size() >= 3 && candidate.find(word) != std::string::npos;
    const std::size_t distance = abbreviated ? 1 : edit_distance(word, candidate);
    if (distance < least) least = distance, best = &candidate;
  }
  return best ? "did you mean " + *best + "?" : std::string{};
}

std::vector<std::string> parts_of(std::string_view text, std::size_t most) {
  constexpr std::string_view kBlank = " \t";
  std::vector<std::string> parts;
  while (true) {
    const std::size_t comma = parts.size() + 1 < most ? text.find(',') : text.npos;
    std::string_view part = text.substr(0, comma);
    part.remove_prefix(std::min(part.find_first_not_of(kBlank), part.size()));
    parts.emplace_back(part.substr(0, part.find_last_not_of(kBlank) + 1));
    if (comma == text.npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

std::string listed(std::span<const std::string> words, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(words.size(), most); ++i) text += (i ? ", " : "") + words[i];
  if (words.size() > most) text += ", … (" + std::to_string(words.size() - most) + " more)";
  return text;
}

}  // namespace chimata
