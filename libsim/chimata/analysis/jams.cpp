#include "chimata/analysis/jams.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "chimata/analysis/outcome.hpp"

namespace chimata {

namespace {

struct Loss {
  double persons = 0, delay = 0;
};

/// Rows of a table, person by person in order of time.
std::vector<std::size_t> by_person(const std::vector<double>& person, const std::vector<double>& time) {
  std::vector<std::size_t> order(person.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(person[a], time[a]) < std::tie(person[b], time[b]);
  });
  return order;
}

/// Ends of everybody's stays on the streets, to know when somebody left the last link of each.
class Stays {
 public:
  explicit Stays(const TableSet& tables)
      : person_(numbers(tables, "legs", "person")),
        start_(numbers(tables, "legs", "start_s")),
        end_(numbers(tables, "legs", "end_s")),
        outcome_(numbers(tables, "legs", "outcome")),
        order_(by_person(person_, start_)) {}
  struct Stay {
    double end;
    bool stranded;  ///< it ended in water and not in a crowd
  };
  /// The stay that holds `time`; one that ends at once if there is none. Ask in order of (person, time).
  Stay at(double person, double time) {
    while (at_ < order_.size() && std::tie(person_[order_[at_]], end_[order_[at_]]) < std::tie(person, time))
      ++at_;
    if (at_ == order_.size() || person_[order_[at_]] != person) return {time, false};
    return {end_[order_[at_]], outcome_[order_[at_]] == kStranded};
  }

 private:
  static constexpr double kStranded = 3;
  std::vector<double> person_, start_, end_, outcome_;
  std::vector<std::size_t> order_;
  std::size_t at_ = 0;
};

}  // namespace

Table jams_by_zone(const TableSet& tables, const Network& network, const Population& people,
                   std::size_t zones, std::size_t most, double least) {
  const auto person = numbers(tables, "entries", "person"), time = numbers(tables, "entries", "t_s"),
             link = numbers(tables, "entries", "link");
  std::map<std::pair<std::uint32_t, std::uint32_t>, Loss> lost;  // by zone and segment
  const auto order = by_person(person, time);
  Stays stays(tables);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t row = order[i];
    const PersonId who{static_cast<std::uint32_t>(person[row])};
    const ZoneId zone = people.zone[who];
    const auto stay = stays.at(person[row], time[row]);
    const bool more = i + 1 < order.size() && person[order[i + 1]] == person[row];
    const double next = more ? time[order[i + 1]] : stay.end;
    const double left = std::min(stay.end, next);
    if (zone.value >= zones || (stay.stranded && !(next < stay.end))) continue;
    const LinkId on{static_cast<std::uint32_t>(link[row])};
    const double delay = left - time[row] - network.length_of(on) / double{people.free_speed[who]};
    if (!(delay > 0)) continue;
    Loss& loss = lost[{zone.value, Network::segment_of(on).value}];
    ++loss.persons;
    loss.delay += delay;
  }

  std::vector<std::tuple<std::uint32_t, double, std::uint32_t, double>>
      ranked;  // zone, -delay, segment, persons
  for (const auto& [where, loss] : lost) {
    if (loss.delay >= least) ranked.emplace_back(where.first, -loss.delay, where.second, loss.persons);
  }
  std::sort(ranked.begin(), ranked.end());
  Table table{"Streets on which the people of a district lose most time, worst first"};
  auto& zone_column = table.column<std::uint32_t>("zone", "row of the zones");
  auto& segment = table.column<std::uint32_t>("segment", "street segment; its links are 2 s and 2 s + 1");
  auto& persons = table.column<std::int64_t>("persons", "people of the zone who were delayed there");
  auto& delay = table.column<double>("delay_s", "lost by all of them together, s");
  std::size_t rank = 0;
  for (const auto& [z, minus, s, n] : ranked) {
    rank = !zone_column.empty() && zone_column.back() == z ? rank + 1 : 0;
    // once the quota of a zone is full, its further rows change nothing
    if (rank >= most) continue;
    zone_column.push_back(z);
    segment.push_back(s);
    persons.push_back(static_cast<std::int64_t>(n));
    delay.push_back(-minus);
  }
  return table;
}

}  // namespace chimata
