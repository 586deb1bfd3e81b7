#include "chimata/space/levels.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata {

namespace {

constexpr double kOnEdge = 0.01;     // m between a line and the edge it lies on
constexpr double kLook = 0.02;       // m beside a line, to see which side is which
constexpr double kSameWidth = 0.01;  // m
constexpr double kGap = 0.05;        // m between two skirts at least
constexpr double kStep = 0.1;        // m; levels that differ by less are at one height (C: a door sill)
constexpr double kOverlap = 0.01;    // m² that two levels at one height may share
constexpr double kSliver = 1e-3;     // m; what is thinner is no floor

void check(bool good, const std::string& where, const std::string& what, const std::string& fix = {}) {
  if (!good) throw InputError(where, what, fix);
}

std::string metres(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f m", value);
  return text;
}

bool on_edge(const Wall& line, const Walls& edge) {
  const auto near = [&](double share) { return edge.clearance(between(line.a, line.b, share)) <= kOnEdge; };
  return near(0.05) && near(0.5) && near(0.95);
}

Point beside(const Wall& line, double off) {
  return between(line.a, line.b, 0.5) + off * left_of(unit(line.b - line.a));
}

/// The line turned so that `area` lies on its left.
Wall facing(const Wall& line, const Area& area, const std::string& where) {
  const bool left = area.contains(beside(line, kLook)), right = area.contains(beside(line, -kLook));
  check(left != right, where, left ? "lies inside, not on the edge" : "has no floor at its side",
        "draw it on the edge, and leave the stairs out of the level");
  return left ? line : Wall{line.b, line.a};
}

/// The strip left of a line, wider by so much before its begin and behind its end.
Polygon strip(const Wall& line, double before = 0, double behind = 0) {
  const Point along = unit(line.b - line.a), out = Levels::kSkirt * left_of(along);
  const Point a = line.a - before * along, b = line.b + behind * along;
  return {{{a, b, b + out, a + out}}};
}

double size_of(const std::vector<Polygon>& parts) {
  double sum = 0;
  for (const Polygon& part : parts) sum += part.area();
  return sum;
}

void drop_slivers(std::vector<Polygon>& parts) {
  std::erase_if(parts, [](const Polygon& part) {
    double round = 0;
    const auto& ring = part.rings.front();
    for (std::size_t i = 0; i < ring.size(); ++i) round += distance(ring[i], ring[(i + 1) % ring.size()]);
    return part.area() <= kSliver * round;
  });
}

/// What of a floor people see who come off a flight: as far to either side as the flight itself and the floor
/// beyond its other end leave room for in the plane.
std::vector<Polygon> seen_beyond(const Wall& out, const Area& floor, const std::vector<Polygon>& taken) {
  double side[] = {0, 0};
  for (const int i : {0, 1}) {
    for (const double wider : {Levels::kSkirt, 1.5, 0.7, 0.3, 0.1}) {
      // skirts that touch would be one floor
      const auto all =
          floor.within(strip(out, i == 0 ? wider + kGap : side[0], i == 1 ? wider + kGap : side[1]));
      if (size_of(all) - size_of(cut_out(all, taken)) > 1e-3) continue;
      side[i] = wider;
      break;
    }
  }
  auto seen = cut_out(floor.within(strip(out, side[0], side[1])), taken);
  drop_slivers(seen);
  return seen;
}

Polygon moved(Polygon shape, Point by) {
  for (auto& ring : shape.rings) {
    for (Point& point : ring) point = point + by;
  }
  return shape;
}

Wall moved(const Wall& line, Point by) {
  return {line.a + by, line.b + by};
}

}  // namespace

Levels::Levels(std::vector<Level> levels, std::vector<Flight> flights, std::vector<Shaft> shafts)
    : levels_(std::move(levels)), flights_(std::move(flights)), shafts_(std::move(shafts)) {
  check(!levels_.empty(), "building", "has no levels", "give at least one");
  check_ids();
  std::vector<Area> floors, surfaces;
  std::vector<std::vector<Polygon>> parts;
  for (const Level& level : levels_) {
    try {
      floors.emplace_back(level.parts, level.gates, level.zones);
    } catch (const InputError& error) {
      throw error.at("level " + level.id + ", " + error.where());
    }
    check(std::isfinite(level.height), "level " + level.id, "has no height", "give metres");
    sheets_.push_back({level.id, 0xffffffffu, {}, {}});
  }
  for (std::uint32_t row = 0; row < flights_.size(); ++row) {
    sheets_.push_back({flights_[row].id, row, {}, {}});
    add_flight(row, floors, surfaces);
  }
  for (std::uint32_t shaft = 0; shaft < shafts_.size(); ++shaft) {
    const std::string where = "elevator " + shafts_[shaft].id;
    check(shafts_[shaft].landings.size() >= 2, where, "stops at fewer than two levels", "give two landings");
    for (std::uint32_t i = 0; i < shafts_[shaft].landings.size(); ++i) {
      const Landing& landing = shafts_[shaft].landings[i];
      const std::uint32_t level = level_row(where, landing.level);
      const std::string place = where + ", door on " + landing.level;
      check(distance(landing.door.a, landing.door.b) > kSameWidth, place, "has no width", "give two ends");
      check(on_edge(landing.door, floors[level].walls()), place, "does not lie on the edge of the level",
            "draw it on a wall");
      landings_.push_back({shaft, i, level, facing(landing.door, floors[level], place)});
    }
  }
  check_reachable();
  check_apart(floors);
  for (const Area& floor : floors) parts.push_back(floor.parts());
  for (const Area& surface : surfaces) parts.push_back(surface.parts());
  lay_out(parts);
}

void Levels::check_ids() const {
  std::set<std::string> known;
  const auto add = [&](const std::string& kind, const std::string& id) {
    check(!id.empty(), kind, "has no id", "give each a name of its own");
    check(known.insert(id).second, kind + " " + id, "is there twice", "give each a name of its own");
  };
  for (const Level& level : levels_) add("level", level.id);
  for (const Flight& flight : flights_) add("flight", flight.id);
  for (const Shaft& shaft : shafts_) add("elevator", shaft.id);
}

std::uint32_t Levels::level_row(const std::string& where, const std::string& id) const {
  std::vector<std::string> ids;
  for (std::uint32_t row = 0; row < levels_.size(); ++row) {
    if (levels_[row].id == id) return row;
    ids.push_back(levels_[row].id);
  }
  const std::string hint = did_you_mean(id, ids);
  throw InputError(where, "leads to level " + id + ", which is not there",
                   hint.empty() ? "levels are " + listed(ids) : hint);
}

void Levels::add_flight(std::uint32_t row, const std::vector<Area>& floors, std::vector<Area>& surfaces) {
  Flight& flight = flights_[row];
  const std::string where = "flight " + flight.id;
  const std::uint32_t levels[] = {level_row(where, flight.from), level_row(where, flight.to)};
  check(levels[0] != levels[1], where, "leads from " + flight.from + " to itself", "give two levels");
  const double width = distance(flight.foot.a, flight.foot.b), other = distance(flight.head.a, flight.head.b);
  check(width > kSameWidth, where, "has no width", "give the two ends of its foot");
  check(std::fabs(width - other) <= kSameWidth, where,
        "is " + metres(width) + " wide at its foot and " + metres(other) + " at its head",
        "make both ends equally wide");
  const double run =
      distance(between(flight.foot.a, flight.foot.b, 0.5), between(flight.head.a, flight.head.b, 0.5));
  check(!flight.shape.empty() || run > 0.1, where, "has no length", "draw foot and head apart");
  if (flight.shape.empty()) {
    if (dot(flight.foot.b - flight.foot.a, flight.head.b - flight.head.a) < 0)
      flight.head = {flight.head.b, flight.head.a};
    flight.shape = {{{{flight.foot.a, flight.foot.b, flight.head.b, flight.head.a}}}};
  }
  try {
    surfaces.emplace_back(flight.shape);
  } catch (const InputError& error) {
    throw error.at(where);
  }
  const double rises = std::fabs(rise(row));
  // of a winding flight its area tells how long it is
  const double along = std::max(run, surfaces.back().size() / width);
  check(flight.length == 0 || flight.length >= along - kOnEdge, where,
        "is " + metres(flight.length) + " long, but " + metres(along) + " seen from above",
        "give its length along the slope");
  steepness_.push_back(flight.length > 0 ? std::max(1.0, flight.length / along)
                                         : std::sqrt(along * along + rises * rises) / along);
  const auto own = static_cast<std::uint32_t>(levels_.size() + row);
  std::vector<Polygon> taken = surfaces.back().parts();
  for (const bool head : {false, true}) {
    const Wall& end = head ? flight.head : flight.foot;
    const std::uint32_t level = levels[head ? 1 : 0];
    const std::string place = where + (head ? ", head" : ", foot");
    check(on_edge(end, floors[level].walls()), place,
          "does not lie on the edge of level " + levels_[level].id,
          "draw it on the level's outline, where the stairs begin");
    check(on_edge(end, surfaces.back().walls()), place, "does not lie on the edge of its own shape",
          "let the shape begin and end with foot and head");
    const Wall out = facing(end, floors[level], place), in = facing(end, surfaces.back(), place);
    check(out.a == in.b, place, "has its level on the same side as the flight",
          "leave the stairs out of the level's floor");
    auto obstacles = taken;
    if (head) {
      const auto beside = floors[level].within(strip(out, kGap, kGap));
      check(size_of(beside) - size_of(cut_out(beside, taken)) < 1e-3, place,
            "ends beside its own foot, or over it", "draw it as two flights, and the landing as a level");
    }
    if (!head) obstacles.push_back(strip(facing(flight.head, floors[levels[1]], where + ", head")));
    auto floor = seen_beyond(out, floors[level], obstacles);
    taken.insert(taken.end(), floor.begin(), floor.end());
    std::vector<Polygon> others = floors[level].parts();
    for (const Seam& seam : seams_) {
      if (seam.sheet == level) others.insert(others.end(), seam.skirt.begin(), seam.skirt.end());
    }
    auto steps = cut_out(surfaces.back().within(strip(in)), others);
    drop_slivers(steps);
    check(size_of(steps) > 0.1 * width, place, "lies on the floor of level " + levels_[level].id,
          "leave the stairs out of the level's floor");
    add_seam(own, level, head, out, std::move(floor));
    add_seam(level, own, head, in, std::move(steps));
  }
}

void Levels::add_seam(std::uint32_t sheet, std::uint32_t beyond, bool at_head, Wall line,
                      std::vector<Polygon> skirt) {
  seams_.push_back({sheet, beyond, at_head, line, {}, std::move(skirt)});
}

double Levels::rise(std::uint32_t flight) const {
  const auto height = [&](const std::string& id) {
    return levels_[level_row(flights_[flight].id, id)].height;
  };
  return height(flights_[flight].to) - height(flights_[flight].from);
}

void Levels::check_reachable() const {
  if (levels_.size() == 1) return;
  std::set<std::string> joined;
  for (const Flight& flight : flights_) joined.insert(flight.from), joined.insert(flight.to);
  for (const Shaft& shaft : shafts_) {
    for (const Landing& landing : shaft.landings) joined.insert(landing.level);
  }
  for (const Level& level : levels_)
    check(joined.count(level.id) != 0, "level " + level.id, "cannot be reached: nothing leads there",
          "join it by stairs or an elevator, or leave it out");
}

void Levels::check_apart(const std::vector<Area>& floors) const {
  for (std::size_t i = 0; i < floors.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (std::fabs(levels_[i].height - levels_[j].height) >= kStep) continue;
      if (!floors[i].box().intersects(floors[j].box())) continue;
      double both = 0;
      for (const Polygon& part : floors[i].parts()) both += size_of(floors[j].within(part));
      check(both <= kOverlap, "level " + levels_[i].id,
            "overlaps level " + levels_[j].id + " at the same height of " + metres(levels_[j].height),
            "give the levels their heights, or draw them beside each other");
    }
  }
}

void Levels::lay_out(const std::vector<std::vector<Polygon>>& parts) {
  std::vector<Polygon> all;
  std::vector<Gate> gates;
  std::vector<SpeedZone> zones;
  double free_from = 0;
  for (std::uint32_t row = 0; row < sheets_.size(); ++row) {
    Sheet& sheet = sheets_[row];
    std::vector<Polygon> pieces = parts[row];
    for (const Seam& seam : seams_) {
      if (seam.sheet == row) pieces.insert(pieces.end(), seam.skirt.begin(), seam.skirt.end());
    }
    Box box;
    for (const Polygon& piece : pieces) {
      for (const Point point : piece.rings.front()) box.add(point);
    }
    // the first sheet stays where it was drawn
    sheet.offset = {row == 0 ? 0 : std::ceil(free_from + kApart - box.min_x), 0};
    free_from = box.max_x + sheet.offset.x;
    sheet.box = {box.min_x + sheet.offset.x, box.min_y, free_from, box.max_y};
    for (const Polygon& piece : pieces) all.push_back(moved(piece, sheet.offset));
    if (row >= levels_.size()) continue;
    for (const Gate& gate : levels_[row].gates)
      gates.push_back({sheet.id + "/" + gate.id, moved(gate.line, sheet.offset), gate.closed});
    for (const SpeedZone& zone : levels_[row].zones)
      zones.push_back({sheet.id + "/" + zone.id, moved(zone.shape, sheet.offset), zone.factor});
  }
  for (Seam& seam : seams_) {
    const Point here = sheets_[seam.sheet].offset;
    seam.shift = sheets_[seam.beyond].offset - here;
    seam.line = moved(seam.line, here);
    for (Polygon& piece : seam.skirt) piece = moved(std::move(piece), here);
  }
  for (LandingPlace& landing : landings_) landing.door = moved(landing.door, sheets_[landing.sheet].offset);
  area_ = std::make_shared<const Area>(std::move(all), std::move(gates), std::move(zones));
}

std::uint32_t Levels::sheet_of(Point in_plane) const {
  const auto after = std::upper_bound(sheets_.begin() + 1, sheets_.end(), in_plane.x + kApart / 2,
                                      [](double x, const Sheet& sheet) { return x < sheet.box.min_x; });
  return static_cast<std::uint32_t>(after - sheets_.begin() - 1);
}

std::uint32_t Levels::sheet_of(const std::string& id) const {
  std::vector<std::string> ids;
  for (std::uint32_t row = 0; row < sheets_.size(); ++row) {
    if (sheets_[row].id == id) return row;
    ids.push_back(sheets_[row].id);
  }
  const std::string hint = did_you_mean(id, ids);
  throw InputError("level " + id, "is not in the building", hint.empty() ? "there are " + listed(ids) : hint);
}

Point Levels::place(const std::string& id, Point at) const {
  return at + sheets_[sheet_of(id)].offset;
}
Wall Levels::place(const std::string& id, const Wall& line) const {
  return moved(line, sheets_[sheet_of(id)].offset);
}
Polygon Levels::place(const std::string& id, Polygon shape) const {
  return moved(std::move(shape), sheets_[sheet_of(id)].offset);
}
Point Levels::from_plane(Point in_plane) const {
  return in_plane - sheets_[sheet_of(in_plane)].offset;
}

double Levels::height_at(Point in_plane) const {
  const Sheet& sheet = sheets_[sheet_of(in_plane)];
  if (sheet.flight == 0xffffffffu) return levels_[sheet_of(in_plane)].height;
  const Flight& flight = flights_[sheet.flight];
  const Point at = in_plane - sheet.offset;
  const double below = distance(at, nearest_on(flight.foot, at));
  const double above = distance(at, nearest_on(flight.head, at));
  const double foot = levels_[level_row(flight.id, flight.from)].height;
  return foot + rise(sheet.flight) * below / std::max(below + above, kSliver);
}

}  // namespace chimata
