#include <algorithm>
#include <cmath>

#include "chimata/city/checks.hpp"

namespace chimata {

namespace {

using Severity = Problem::Severity;

/// Area that two shapes share, counted on 32 x 32 points of their common box, m².
double shared_area(const Polygon& a, const Polygon& b, const Box& box_a, const Box& box_b) {
  const Box common{std::max(box_a.min_x, box_b.min_x), std::max(box_a.min_y, box_b.min_y),
                   std::min(box_a.max_x, box_b.max_x), std::min(box_a.max_y, box_b.max_y)};
  constexpr int kSide = 32;
  const double step_x = (common.max_x - common.min_x) / kSide, step_y = (common.max_y - common.min_y) / kSide;
  int both = 0;
  for (int row = 0; row < kSide; ++row) {
    for (int column = 0; column < kSide; ++column) {
      const Point p{common.min_x + (column + 0.5) * step_x, common.min_y + (row + 0.5) * step_y};
      both += a.contains(p) && b.contains(p) ? 1 : 0;
    }
  }
  return both * step_x * step_y;
}

void check_overlaps(const Zones& zones, Findings& findings) {
  std::vector<Box> box;
  std::vector<double> area;
  for (const Polygon& shape : zones.shape) box.push_back(shape.box()), area.push_back(shape.area());
  std::vector<std::size_t> pairs;
  for (std::size_t a = 0; a < zones.size(); ++a) {
    for (std::size_t b = a + 1; b < zones.size(); ++b) {
      if (!box[a].intersects(box[b])) continue;
      // neighbours share a strip of drawing error; a fiftieth of the smaller one is more than that
      const double shared = shared_area(zones.shape[ZoneId{a}], zones.shape[ZoneId{b}], box[a], box[b]);
      if (shared > 0.02 * std::min(area[a], area[b])) pairs.push_back(a * zones.size() + b);
    }
  }
  findings.add_rows(
      Severity::warning, "zones", pairs,
      [&](std::size_t pair) {
        const std::string &a = zones.id[ZoneId{pair / zones.size()}],
                          &b = zones.id[ZoneId{pair % zones.size()}];
        return Findings::Row{a, "overlaps zone " + b + "; people there count to the first, " + a};
      },
      "cut the shapes so that they only touch");
}

void check_statistics(const Zones& zones, Findings& findings) {
  std::vector<std::size_t> shapeless, nobody, broken_count, broken_share;
  for (std::size_t row = 0; row < zones.size(); ++row) {
    const ZoneId z{row};
    if (!(zones.shape[z].area() > 0)) shapeless.push_back(row);
    if (zones.population[z] == 0) nobody.push_back(row);
    if (!(zones.population[z] >= 0) || !std::isfinite(zones.population[z])) broken_count.push_back(row);
    const float young = zones.share_under_15[z], old = zones.share_65_to_74[z],
                very_old = zones.share_75_up[z];
    const float impaired = zones.share_impaired[z];
    const bool sound = young >= 0 && old >= 0 && very_old >= 0 && young + old + very_old <= 1.0001f &&
                       impaired >= 0 && impaired <= 1;
    if (!sound) broken_share.push_back(row);
  }
  const auto says = [&](std::string message) {
    return [&zones, message](std::size_t row) { return Findings::Row{zones.id[ZoneId{row}], message}; };
  };
  findings.add_rows(Severity::error, "zones", shapeless, says("has no area"), "give a polygon");
  findings.add_rows(Severity::note, "zones", nobody, says("has no residents"),
                    "check the join with the population table");
  findings.add_rows(Severity::error, "zones", broken_count,
                    says("has a population that is negative or no number"), "give 0 or more residents");
  findings.add_rows(Severity::error, "zones", broken_share,
                    says("has shares by age or impairment outside 0 to 1"),
                    "give fractions (0.28, not 28); the three ages together at most 1");
}

}  // namespace

void check_zones(const City& city, Findings& findings) {
  const Zones& zones = city.zones;
  if (zones.size() == 0) {
    findings.add(Severity::warning, "zones", "",
                 "there are no zones: warnings reach everyone, all people count as adults",
                 "load districts with population by age");
    return;
  }
  check_ids(zones.id, "zones", findings);
  check_statistics(zones, findings);
  check_overlaps(zones, findings);
  std::vector<Point> centre;
  for (const Polygon& shape : zones.shape) centre.push_back(shape.centroid());
  check_inside(
      city.network.box(), centre, "zones", [&](std::size_t row) { return zones.id[ZoneId{row}]; }, findings);
  if (std::none_of(zones.in_warning_area.begin(), zones.in_warning_area.end(),
                   [](auto in) { return in != 0; })) {
    findings.add(Severity::note, "zones", "",
                 "no zone is in the warning area: an order reaches all zones unless the scenario names some",
                 "mark the zones that the hazard map floods");
  }
}

void check_residences(const City& city, Findings& findings) {
  const Residences& residences = city.residences;
  if (residences.size() == 0) {
    findings.add(Severity::warning, "residences", "", "there are no residences: nobody lives here",
                 "load population points or a mesh, or give a table of people");
    return;
  }
  std::vector<std::size_t> broken;
  double inside = 0, outside = 0, by_zone = 0;
  for (std::size_t row = 0; row < residences.size(); ++row) {
    const double count = residences.residents[row];
    if (!(count >= 0) || !std::isfinite(count)) {
      broken.push_back(row);
    } else {
      (residences.zone[row].valid() ? inside : outside) += count;
    }
  }
  const auto name = [](std::size_t row) { return "row " + std::to_string(row + 1); };
  findings.add_rows(
      Severity::error, "residences", broken,
      [&](std::size_t row) {
        return Findings::Row{name(row), "has a head count that is negative or no number"};
      },
      "give 0 or more people");
  check_inside(city.network.box(), residences.position, "residences", name, findings);
  if (city.zones.size() == 0) return;

  if (outside > 0) {
    findings.add(
        outside > 0.05 * (inside + outside) ? Severity::warning : Severity::note, "residences", "",
        written(outside, 0) + " of " + written(inside + outside, 0) + " residents live outside all zones",
        "they get the city's mean ages and no warning by zone; extend the zones to cover them");
  }
  for (const double population : city.zones.population) by_zone += population;
  if (std::fabs(by_zone - inside) > 0.2 * by_zone) {
    findings.add(Severity::note, "residences", "",
                 "residents inside zones add up to " + written(inside, 0) +
                     ", the zones' own population to " + written(by_zone, 0),
                 "check that both are of the same year and area");
  }
}

}  // namespace chimata
