#include "chimata/city/checks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace chimata {

namespace {
constexpr std::size_t kNamed = 5;
constexpr double kMargin = 500;  // m
}  // namespace

void Findings::add_rows(Problem::Severity severity, std::string_view layer,
                        const std::vector<std::size_t>& rows, const std::function<Row(std::size_t)>& describe,
                        std::string_view fix) {
  for (std::size_t i = 0; i < std::min(kNamed, rows.size()); ++i) {
    Row row = describe(rows[i]);
    add(severity, std::string(layer), std::move(row.id), std::move(row.message), std::string(fix));
  }
  if (rows.size() <= kNamed) return;
  const Row next = describe(rows[kNamed]);
  add(severity, std::string(layer), "",
      "and " + std::to_string(rows.size() - kNamed) + " more like these, e.g. " + next.id + ": " +
          next.message,
      std::string(fix));
}

std::vector<Problem> Findings::sorted() && {
  std::stable_sort(problems_.begin(), problems_.end(),
                   [](const Problem& a, const Problem& b) { return a.severity > b.severity; });
  return std::move(problems_);
}

std::string written(double value, int decimals) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
  std::string text = buffer;
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

void check_ids(const std::vector<std::string>& ids, std::string_view layer, Findings& findings) {
  std::map<std::string_view, std::size_t> first;
  std::vector<std::size_t> repeated, unnamed;
  for (std::size_t row = 0; row < ids.size(); ++row) {
    if (ids[row].empty()) {
      unnamed.push_back(row);
    } else if (!first.emplace(ids[row], row).second) {
      repeated.push_back(row);
    }
  }
  findings.add_rows(
      Problem::Severity::error, layer, repeated,
      [&](std::size_t row) {
        return Findings::Row{ids[row], "rows " + std::to_string(first.at(ids[row]) + 1) + " and " +
                                           std::to_string(row + 1) + " have the same id"};
      },
      "give each its own id");
  findings.add_rows(
      Problem::Severity::error, layer, unnamed,
      [&](std::size_t row) {
        return Findings::Row{"", "row " + std::to_string(row + 1) + " has no id"};
      },
      "give each its own id");
}

void check_inside(const Box& streets, const std::vector<Point>& places, std::string_view layer,
                  const std::function<std::string(std::size_t)>& name, Findings& findings) {
  if (streets.empty() || places.empty()) return;
  const Box around = streets.widened(kMargin);
  std::vector<std::size_t> outside;
  std::size_t fit_swapped = 0;
  for (std::size_t row = 0; row < places.size(); ++row) {
    const Point p = places[row];
    if (around.contains(p)) continue;
    outside.push_back(row);
    if (around.contains({p.y, p.x})) ++fit_swapped;
  }
  if (outside.empty()) return;
  if (2 * fit_swapped > places.size()) {
    findings.add(
        Problem::Severity::error, std::string(layer), "",
        std::to_string(fit_swapped) + " of " + std::to_string(places.size()) +
            " places lie outside the streets but inside them with x and y swapped",
        "swap the coordinate columns: x is east, y is north (plane rectangular sheets print X north)");
    return;
  }
  findings.add_rows(
      Problem::Severity::error, layer, outside,
      [&](std::size_t row) {
        return Findings::Row{name(row), "lies at x " + written(places[row].x, 0) + ", y " +
                                            written(places[row].y, 0) + ", outside the streets (x " +
                                            written(streets.min_x, 0) + " to " + written(streets.max_x, 0) +
                                            ", y " + written(streets.min_y, 0) + " to " +
                                            written(streets.max_y, 0) + ")"};
      },
      "check the coordinate system and the coordinates, or load streets that reach there");
}

}  // namespace chimata
