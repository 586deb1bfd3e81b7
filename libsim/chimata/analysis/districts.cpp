#include "chimata/analysis/districts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "chimata/core/percentile.hpp"

namespace chimata {

namespace {

constexpr double kFirstCutOff = 0.05;  // share of the residents whose last safe departure is the district's

/// What is counted of one district.
struct District {
  std::array<std::int64_t, 10> counts{};
  std::vector<double> told, departed, travel, latest;
  std::map<std::uint32_t, std::int64_t> shelters;  // persons by row
};

struct CountColumn {
  const char* name;
  const char* what;
};
constexpr CountColumn kCounts[] = {
    {"residents", "people who live here"},
    {"told", "people who learned of the danger"},
    {"decided", "people who decided to leave"},
    {"departed", "people who left home"},
    {"sheltered", "people in a shelter at the end"},
    {"not_arrived", "people who decided to leave and are in no shelter at the end"},
    {"caught", "people whom the water caught at least once"},
    {"casualties", "people swept away, drowned or overcome by smoke"},
    {"vertical", "people who went upstairs"},
    {"need_help", "people who cannot leave without help"},
};

struct People {
  explicit People(const Outcome& o)
      : told(o.told()),
        decided(o.person("decided")),
        departed(o.person("departed_s")),
        sheltered(o.person("sheltered_s")),
        shelter(o.person("shelter")),
        state(o.person("state")) {}
  static double at(const std::vector<double>& column, std::size_t i) {
    return i < column.size() ? column[i] : std::numeric_limits<double>::quiet_NaN();
  }
  std::vector<double> told, decided, departed, sheltered, shelter, state;
};

void count(District& d, const Outcome& o, const People& p, std::uint32_t i) {
  const Outcome::Fate& fate = o.fate(i);
  const double told = People::at(p.told, i), left = People::at(p.departed, i),
               arrived = People::at(p.sheltered, i);
  const bool inside = People::at(p.state, i) == static_cast<double>(PersonState::sheltered);
  const bool wants = People::at(p.decided, i) == 1;
  const auto& needs_help = o.context.people->needs_help;
  const bool flags[] = {true,
                        !std::isnan(told),
                        wants,
                        !std::isnan(left),
                        inside,
                        wants && !inside,
                        !std::isnan(o.caught_s(i)),
                        !std::isnan(fate.casualty_s),
                        !std::isnan(fate.upstairs_s),
                        i < needs_help.size() && needs_help[PersonId{i}] != 0};
  for (std::size_t c = 0; c < d.counts.size(); ++c) d.counts[c] += flags[c];
  d.told.push_back(told);
  d.departed.push_back(left);
  d.travel.push_back(arrived - left);
  if (i < o.context.latest_departure.size()) d.latest.push_back(o.context.latest_departure[i]);
  const double shelter = People::at(p.shelter, i);
  if (!std::isnan(shelter) && shelter < kNoShelterRow) ++d.shelters[static_cast<std::uint32_t>(shelter)];
}

/// The shelters with most people, of equal ones the first.
std::vector<std::pair<std::uint32_t, std::int64_t>> main_shelters(const District& d) {
  std::vector<std::pair<std::uint32_t, std::int64_t>> ranked(d.shelters.begin(), d.shelters.end());
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  ranked.resize(kMainShelters, {kNoShelterRow, 0});
  return ranked;
}

}  // namespace

Table districts(const Outcome& outcome, std::size_t zones) {
  const Population* people = outcome.context.people;
  if (!people) throw std::logic_error("districts need the population of the run");
  std::vector<District> all(zones + 1);
  const People columns(outcome);
  for (std::uint32_t i = 0; i < people->size(); ++i) {
    const ZoneId zone = people->zone[PersonId{i}];
    count(all[zone.value < zones ? zone.value : zones], outcome, columns, i);
  }

  Table table{"One row per district, the last for people outside all of them"};
  for (std::size_t c = 0; c < std::size(kCounts); ++c) {
    auto& column = table.column<std::int64_t>(kCounts[c].name, kCounts[c].what);
    for (const District& d : all) column.push_back(d.counts[c]);
  }
  const auto times = [&](const char* name, const char* what, std::vector<double> District::*of,
                         double share) {
    auto& column = table.column<double>(name, what);
    for (const District& d : all) column.push_back(percentile(d.*of, share));
  };
  times("told_p50_s", "half of those told know by then, s since the start", &District::told, 0.5);
  times("departed_p50_s", "half of those who leave have left by then, s since the start", &District::departed,
        0.5);
  times("travel_p50_s", "from the door to the shelter, median, s", &District::travel, 0.5);
  times("travel_p95_s", "from the door to the shelter, 95 %, s", &District::travel, 0.95);
  times("leave_by_s", "last safe departure of the first twentieth to be cut off, s since the start",
        &District::latest, kFirstCutOff);
  for (std::size_t rank = 0; rank < kMainShelters; ++rank) {
    const std::string name = "shelter_" + std::to_string(rank + 1);
    auto& row = table.column<std::uint32_t>(name, "row of the shelter, 4294967295 for none");
    auto& persons = table.column<std::int64_t>(name + "_persons", "people who are there or head for it");
    for (const District& d : all) {
      row.push_back(main_shelters(d)[rank].first);
      persons.push_back(main_shelters(d)[rank].second);
    }
  }
  return table;
}

}  // namespace chimata
