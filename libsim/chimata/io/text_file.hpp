/// Private to io: text files of unknown encoding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chimata::io {

/// Whole file as UTF-8: with or without byte order mark, UTF-16 with one, else Shift-JIS as Windows writes it
/// (CP932).
/// @throws InputError if there is no such file, it is empty, no text, or in another encoding
[[nodiscard]] std::string read_text_file(const std::string& path);

[[nodiscard]] bool is_utf8(std::string_view bytes);

/// `bytes` in UTF-8; none if they are not valid in `encoding` (a name iconv knows).
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view bytes, const char* encoding);

/// The last part of a path: what messages call a file.
[[nodiscard]] std::string file_name(const std::string& path);

}  // namespace chimata::io
