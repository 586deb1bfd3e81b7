/// Small helpers for messages to a person.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chimata {

/// Edits of one byte each that turn one word into the other (Levenshtein's distance).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// "; did you mean shelter:S07?" for the candidate nearest to `word`, or "" if none is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

/// "a, b, c" and, beyond `most`, "… (12 more)".
[[nodiscard]] std::string listed(std::span<const std::string> words, std::size_t most = 12);

}  // namespace chimata
