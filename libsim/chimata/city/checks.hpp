/// What the checks of `validate` share; private to this room.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "chimata/city/city.hpp"

namespace chimata {

/// Problems found so far.
class Findings {
 public:
  void add(Problem::Severity severity, std::string layer, std::string id, std::string message,
           std::string fix) {
    problems_.push_back({severity, std::move(layer), std::move(id), std::move(message), std::move(fix)});
  }
  /// One problem per row, but the first five only; then one that counts the rest. `describe` gives id and
  /// message.
  struct Row {
    std::string id, message;
  };
  void add_rows(Problem::Severity severity, std::string_view layer, const std::vector<std::size_t>& rows,
                const std::function<Row(std::size_t)>& describe, std::string_view fix);

  /// All problems, worst first, otherwise in the order in which they were added.
  [[nodiscard]] std::vector<Problem> sorted() &&;

 private:
  std::vector<Problem> problems_;
};

/// A number as a person writes it: at most `decimals`, no trailing zeros.
[[nodiscard]] std::string written(double value, int decimals = 1);

/// Reports every id that occurs twice or is empty.
void check_ids(const std::vector<std::string>& ids, std::string_view layer, Findings& findings);

/// Reports places outside the streets' box (with a margin of 500 m), and says so if they would fit with
/// x and y swapped. `name` gives the id of a row.
void check_inside(const Box& streets, const std::vector<Point>& places, std::string_view layer,
                  const std::function<std::string(std::size_t)>& name, Findings& findings);

void check_network(const City& city, Findings& findings);
/// Capacities and signal plans.
void check_traffic(const Network& network, Findings& findings);
void check_terrain(const City& city, Findings& findings);
void check_shelters(const City& city, Findings& findings);
void check_zones(const City& city, Findings& findings);
void check_residences(const City& city, Findings& findings);

}  // namespace chimata
