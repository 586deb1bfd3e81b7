#include "chimata/io/mesh_code.hpp"

#include <algorithm>

namespace chimata::io {

std::optional<MeshCell> mesh_cell(std::string_view code) {
  const auto digits = code.size();
  if (digits != 4 && digits != 6 && (digits < 8 || digits > 11)) return std::nullopt;
  if (!std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  const auto digit = [&](std::size_t i) { return code[i] - '0'; };

  double height = 2.0 / 3, width = 1;  // degrees
  double south = (digit(0) * 10 + digit(1)) * height, west = 100 + digit(2) * 10 + digit(3);
  if (south < 20 || south > 46 || west < 122 || west > 154) return std::nullopt;  // JIS X 0410 covers Japan
  if (digits >= 6) {
    if (digit(4) > 7 || digit(5) > 7) return std::nullopt;
    height /= 8, width /= 8;
    south += digit(4) * height, west += digit(5) * width;
  }
  if (digits >= 8) {
    height /= 10, width /= 10;
    south += digit(6) * height, west += digit(7) * width;
  }
  for (std::size_t i = 8; i < digits; ++i) {
    const int quarter = digit(i) - 1;  // 1 south-west, 2 south-east, 3 north-west, 4 north-east
    if (quarter < 0 || quarter > 3) return std::nullopt;
    height /= 2, width /= 2;
    south += quarter / 2 * height, west += quarter % 2 * width;
  }
  return MeshCell{{west, south}, {west + width, south + height}};
}

}  // namespace chimata::io
