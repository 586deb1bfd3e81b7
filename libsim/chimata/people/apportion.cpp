#include "chimata/people/apportion.hpp"

#include <algorithm>
#include <cmath>

namespace chimata {

std::vector<std::size_t> apportion(std::span<const double> weights, std::size_t total) {
  std::vector<std::size_t> part(weights.size(), 0);
  double sum = 0;
  for (const double w : weights) sum += w > 0 ? w : 0;
  if (!(sum > 0)) return part;

  struct Remainder {
    double value;
    std::size_t row;
  };
  std::vector<Remainder> remainders;
  std::size_t given = 0;
  for (std::size_t row = 0; row < weights.size(); ++row) {
    if (!(weights[row] > 0)) continue;
    const double exact = static_cast<double>(total) * (weights[row] / sum);
    part[row] = static_cast<std::size_t>(exact);
    given += part[row];
    remainders.push_back({exact - std::floor(exact), row});
  }
  std::stable_sort(remainders.begin(), remainders.end(),
                   [](const Remainder& a, const Remainder& b) { return a.value > b.value; });
  // rounding of the exact shares can at worst leave one unit too many given out
  for (std::size_t i = 0; given < total; i = (i + 1) % remainders.size()) ++part[remainders[i].row], ++given;
  for (std::size_t i = remainders.size(); given > total; --i) {
    if (part[remainders[i - 1].row] > 0) --part[remainders[i - 1].row], --given;
  }
  return part;
}

}  // namespace chimata
