#include "chimata/io/text_file.hpp"

#include <iconv.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "chimata/core/error.hpp"

namespace chimata::io {

std::string file_name(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

bool is_utf8(std::string_view bytes) {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* end = at + bytes.size();
  while (at < end) {
    const int more = *at < 0x80             ? 0
                     : (*at & 0xE0) == 0xC0 ? 1
                     : (*at & 0xF0) == 0xE0 ? 2
                     : (*at & 0xF8) == 0xF0 ? 3
                                            : -1;
    if (more < 0 || end - at <= more || *at == 0xC0 || *at == 0xC1) return false;
    for (int i = 1; i <= more; ++i) {
      if ((at[i] & 0xC0) != 0x80) return false;
    }
    at += more + 1;
  }
  return true;
}

std::optional<std::string> to_utf8(std::string_view bytes, const char* encoding) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string result(bytes.size() * 3 + 4,
                     '\0');  // no character of these encodings needs more than 3 bytes per byte
  char* in = const_cast<char*>(bytes.data());
  char* out = result.data();
  std::size_t in_left = bytes.size(), out_left = result.size();
  const bool good = iconv(converter, &in, &in_left, &out, &out_left) != static_cast<std::size_t>(-1);
  iconv_close(converter);
  if (!good) return std::nullopt;
  result.resize(result.size() - out_left);
  return result;
}

std::string read_text_file(const std::string& path) {
  const std::string file = file_name(path);
  std::ifstream stream(path, std::ios::binary);
  if (!stream || std::filesystem::is_directory(path))
    throw InputError(path, "cannot be opened", "does the file exist, and may it be read?");
  std::ostringstream buffer;
  buffer << stream.rdbuf();
  std::string bytes = std::move(buffer).str();
  if (bytes.empty())
    throw InputError(file, "is empty", "give a file with a header line and one line per entry");

  const std::string_view view = bytes;
  if (view.starts_with("PK\x03\x04"))
    throw InputError(file, "is an Excel workbook or zip archive, not text", "save it as CSV (UTF-8)");
  if (view.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  if (view.starts_with("\xFF\xFE") || view.starts_with("\xFE\xFF")) {
    if (auto text = to_utf8(view, "UTF-16")) return *text;
  }
  if (is_utf8(bytes) && bytes.find('\0') == std::string::npos) return bytes;
  if (bytes.find('\0') == std::string::npos) {
    if (auto text = to_utf8(bytes, "CP932")) return *text;
  }
  throw InputError(file, "is neither UTF-8 nor Shift-JIS (CP932) text", "save it as CSV in UTF-8");
}

}  // namespace chimata::io
