#include <cmath>

#include "chimata/city/checks.hpp"

namespace chimata {

namespace {

using Severity = Problem::Severity;
constexpr double kFar = 200, kTooFar = 500;  // m from the walking network

std::string where(const Shelters& shelters, std::size_t row) {
  const ShelterId s{row};
  const bool sourced = s.value < shelters.source_row.size() && !shelters.source_row[s].empty();
  return sourced ? shelters.id[s] + " (" + shelters.source_row[s] + ")" : shelters.id[s];
}

void check_access(const City& city, Findings& findings) {
  const auto access = walking_access(city.network, city.shelters.position);
  std::vector<std::size_t> far, too_far;
  for (std::size_t row = 0; row < access.size(); ++row) {
    if (access[row].distance > kTooFar)
      too_far.push_back(row);
    else if (access[row].distance > kFar)
      far.push_back(row);
  }
  const auto describe = [&](std::size_t row) {
    return Findings::Row{where(city.shelters, row), "is " + written(access[row].distance, 0) +
                                                        " m from the nearest street one can walk on"};
  };
  findings.add_rows(Severity::warning, "shelters", far, describe,
                    "check its position, or draw the missing street");
  findings.add_rows(Severity::error, "shelters", too_far, describe,
                    "check its position, or draw the missing street");
}

void check_room(const City& city, Findings& findings) {
  double room = 0, in_danger = 0;
  for (std::size_t row = 0; row < city.shelters.size(); ++row) {
    const ShelterId s{row};
    if (city.shelters.fit[s] & kRiverFlood) room += city.shelters.capacity[s];
  }
  for (std::size_t row = 0; row < city.zones.size(); ++row) {
    if (city.zones.in_warning_area[ZoneId{row}]) in_danger += city.zones.population[ZoneId{row}];
  }
  if (room == 0) {
    findings.add(Severity::error, "shelters", "", "no shelter that is fit for floods has any room",
                 "give capacities, or mark the shelters that may be used in a flood");
  } else if (room < in_danger) {
    findings.add(Severity::warning, "shelters", "",
                 "shelters fit for floods hold " + written(room, 0) + " people, the warning area has " +
                     written(in_danger, 0) + " (" + written(100 * room / in_danger, 0) + " %)",
                 "expect overflow if most people leave; add room or plan for upper floors");
  }
}

}  // namespace

void check_shelters(const City& city, Findings& findings) {
  const Shelters& shelters = city.shelters;
  if (shelters.size() == 0) {
    findings.add(Severity::error, "shelters", "", "there are no shelters",
                 "load the places people can go to");
    return;
  }
  check_ids(shelters.id, "shelters", findings);
  std::vector<std::size_t> no_room;
  for (std::size_t row = 0; row < shelters.size(); ++row) {
    if (shelters.capacity[ShelterId{row}] == 0) no_room.push_back(row);
  }
  findings.add_rows(
      Severity::warning, "shelters", no_room,
      [&](std::size_t row) {
        return Findings::Row{where(shelters, row), "has capacity 0 and will not be used"};
      },
      "give the number of people it can hold");
  check_inside(
      city.network.box(), shelters.position, "shelters",
      [&](std::size_t row) { return where(shelters, row); }, findings);
  check_access(city, findings);
  check_room(city, findings);
}

}  // namespace chimata
