#include "chimata/people/shares.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"

namespace chimata {

namespace {

constexpr double kRounded = 1e-3;  // what shares with three digits may miss 1 by

/// Below 0 if the text is no number from 0 to 1.
double share_in(const std::string& text) {
  char* end = nullptr;
  const double share = std::strtod(text.c_str(), &end);
  const bool good = end != text.c_str() && *end == '\0' && share >= 0 && share <= 1;
  return good ? share : -1;
}

}  // namespace

std::vector<WrittenShare> read_shares(const std::vector<std::string>& texts, const std::string& example,
                                      const std::string& where) {
  std::vector<WrittenShare> shares;
  double total = 0;
  for (const std::string& text : texts) {
    const std::vector<std::string> parts = parts_of(text, 3);
    const double share = parts.size() < 2 ? -1 : share_in(parts[1]);
    if (share < 0 || parts[0].empty() || (parts.size() == 3 && parts[2].empty()))
      throw InputError(where, "is \"" + text + "\"", "write \"" + example + "\" with a share from 0 to 1");
    if (std::any_of(shares.begin(), shares.end(), [&](const auto& one) { return one.what == parts[0]; }))
      throw InputError(where, "names " + parts[0] + " twice", "give it one share");
    shares.push_back({parts[0], share, parts.size() == 3 ? parts[2] : ""});
    total += share;
  }
  if (!shares.empty() && std::fabs(total - 1) > kRounded) {
    char sum[32];
    std::snprintf(sum, sizeof sum, "%g", total);
    throw InputError(where, std::string("has shares that add up to ") + sum, "make them 1 together");
  }
  return shares;
}

}  // namespace chimata
