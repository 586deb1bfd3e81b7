#include "chimata/people/expansion.hpp"

#include <cmath>

namespace chimata {

namespace {
constexpr Purpose kExpansion{"people.expansion"};
}

std::vector<std::size_t> expand(std::span<const double> counts, const Random& random) {
  double sum = 0;
  for (const double c : counts) sum += c;
  const double total = std::floor(sum + 0.5);
  std::vector<std::size_t> whole(counts.size(), 0);
  if (!(total > 0)) return whole;
  // rows are lengths of a line on which points lie at whole numbers less `start`; a row gets those within
  const double start = random.uniform(kExpansion, 0), scale = total / sum;
  double end = 0, before = 0;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    end += counts[row];
    const double after = std::floor(end * scale + start);
    whole[row] = static_cast<std::size_t>(after - before);
    before = after;
  }
  return whole;
}

}  // namespace chimata
