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

/// The parts of a text between commas, without the blanks around them: `most` at most, what follows in the
/// last.
[[nodiscard]] std::vector<std::string> parts_of(std::string_view text,
                                                std::size_t most = static_cast<std::size_t>(-1));

/// "a, b, c" and, beyond `most`, "… (12 more)".
[[nodiscard]] std::string listed(std::span<const std::string> words, std::size_t most = 12);

}  // namespace chimata
