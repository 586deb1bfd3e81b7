#include "chimata/io/level_items.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/io/area_pieces.hpp"
#include "chimata/io/xml_reading.hpp"

namespace chimata::io::detail {

namespace {

const std::vector<std::string> kFlights = {"stairs", "ramp", "escalator"};
const std::vector<std::string> kKinds = {"floor",    "obstacle", "zone", "gate",
                                         "elevator", "stairs",   "ramp", "escalator"};

bool is_one_of(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Its two ends. @throws InputError if it is no straight line
Wall straight(const LevelItem& item) {
  if (item.lines.size() != 1 || item.lines.front().size() != 2)
    throw InputError(item.where + ", " + item.kind + " " + item.id, "is no straight line between two points",
                     "draw one line of two points for each foot, head, door and gate");
  return {item.lines.front()[0], item.lines.front()[1]};
}

/// Everything that is drawn on one level.
struct Storey {
  Level level;
  std::vector<Polygon> pieces, obstacles;
  std::optional<double> height;
};

struct Ends {
  const LevelItem* foot = nullptr;
  const LevelItem* head = nullptr;
};

class Building {
 public:
  Building(const std::map<std::string, double>& heights, const std::string& source)
      : heights_(heights), source_(source) {}

  void add(const LevelItem& item) {
    if (!is_one_of(kKinds, item.kind)) {
      const std::string hint = did_you_mean(item.kind, kKinds);
      throw InputError(item.where, "is of kind \"" + item.kind + "\", which is not known",
                       hint.empty() ? "use " + listed(kKinds) : hint);
    }
    if (item.level.empty())
      throw InputError(item.where, "says no level", "give it an attribute level, or a layer per level");
    const bool is_floor = item.kind == "floor" || item.kind == "obstacle" || item.kind == "zone";
    if (is_floor != item.lines.empty())
      throw InputError(item.where, "is " + std::string(is_floor ? "a line" : "an area"),
                       item.kind + (is_floor ? " is drawn by closed lines" : " is drawn by straight lines"));
    if (is_floor) return add_floor(item);
    if (item.id.empty())
      throw InputError(item.where, "has no id",
                       "give it one: the lines of one " + item.kind + " have the same id");
    if (item.kind == "gate") return gates_.push_back(&item);
    if (item.kind == "elevator") return add_door(item);
    add_end(item);
  }

  LevelsDrawing done() {
    LevelsDrawing all;
    for (auto& [id, storey] : storeys_) finish(storey);
    for (const LevelItem* gate : gates_)
      storey(*gate).level.gates.push_back({gate->id, straight(*gate), gate->closed});
    for (auto& [id, storey] : storeys_) all.levels.push_back(std::move(storey.level));
    std::stable_sort(all.levels.begin(), all.levels.end(),
                     [](const Level& a, const Level& b) { return a.height < b.height; });
    for (const auto& [id, ends] : flights_) all.flights.push_back(flight_of(id, ends));
    for (auto& [id, shaft] : shafts_) all.shafts.push_back(std::move(shaft));
    return all;
  }

 private:
  Storey& storey_of(const std::string& id) {
    for (auto& [name, storey] : storeys_) {
      if (name == id) return storey;
    }
    Storey fresh;
    fresh.level.id = id;
    return storeys_.emplace_back(id, std::move(fresh)).second;
  }
  /// The storey that something is on, which must have a floor.
  Storey& storey(const LevelItem& item) {
    std::vector<std::string> ids;
    for (auto& [name, storey] : storeys_) {
      if (name == item.level) return storey;
      ids.push_back(name);
    }
    const std::string hint = did_you_mean(item.level, ids);
    throw InputError(item.where, "is on level " + item.level + ", which has no floor",
                     hint.empty() ? "levels with floor are " + listed(ids) : hint);
  }

  void add_floor(const LevelItem& item) {
    Storey& storey = storey_of(item.level);
    if (item.kind == "zone") {
      for (const Polygon& shape : item.shapes) {
        const std::string id = item.id.empty() ? std::to_string(storey.level.zones.size() + 1) : item.id;
        storey.level.zones.push_back({id, shape, item.factor});
      }
      return;
    }
    if (item.height) {
      if (storey.height && *storey.height != *item.height)
        throw InputError(item.where, "gives level " + item.level + " another height than before",
                         "give one height a level");
      storey.height = item.height;
    }
    auto& pieces = item.kind == "floor" ? storey.pieces : storey.obstacles;
    pieces.insert(pieces.end(), item.shapes.begin(), item.shapes.end());
  }

  void finish(Storey& storey) const {
    const std::string where = source_ + ", level " + storey.level.id;
    if (storey.pieces.empty())
      throw InputError(where, "has no floor", "draw where people can walk as polygons");
    const auto given = heights_.find(storey.level.id);
    if (given != heights_.end()) storey.height = given->second;
    if (!storey.height && storeys_.size() > 1)
      throw InputError(where, "has no height", "give its floor an attribute height, in m");
    storey.level.height = storey.height.value_or(0);
    storey.level.parts = joined_pieces(storey.pieces, where);
    if (storey.obstacles.empty()) return;
    storey.level.parts = cut_out(storey.level.parts, joined_pieces(storey.obstacles, where + ", obstacles"));
    if (storey.level.parts.empty()) throw InputError(where, "is all obstacle", "are the kinds right?");
  }

  void add_door(const LevelItem& item) {
    for (auto& [id, shaft] : shafts_) {
      if (id != item.id) continue;
      shaft.shaft.landings.push_back({item.level, straight(item)});
      shaft.settings.insert(item.settings.begin(), item.settings.end());
      return;
    }
    shafts_.emplace_back(item.id, DrawnShaft{{item.id, {{item.level, straight(item)}}}, item.settings});
  }

  void add_end(const LevelItem& item) {
    const std::string what = item.kind + " " + item.id;
    if (item.end != "foot" && item.end != "head")
      throw InputError(item.where + ", " + what, "does not say which end it is",
                       "give the attribute end: foot or head");
    auto found = std::find_if(flights_.begin(), flights_.end(),
                              [&](const auto& flight) { return flight.first == item.id; });
    if (found == flights_.end()) found = flights_.insert(flights_.end(), {item.id, {}});
    const LevelItem*& end = item.end == "foot" ? found->second.foot : found->second.head;
    if (end) throw InputError(item.where + ", " + what, "has its " + item.end + " twice", "draw it once");
    end = &item;
  }

  DrawnFlight flight_of(const std::string& id, const Ends& ends) const {
    const LevelItem* one = ends.foot ? ends.foot : ends.head;
    const std::string where = one->where + ", " + one->kind + " " + id;
    if (!ends.foot || !ends.head)
      throw InputError(where, ends.foot ? "has no head" : "has no foot",
                       "draw the line of its other end, with the same id");
    if (ends.foot->kind != ends.head->kind)
      throw InputError(where, "is of kind " + ends.head->kind + " at its head", "give both ends one kind");
    DrawnFlight drawn;
    drawn.kind = ends.foot->kind;
    drawn.settings = ends.foot->settings;
    drawn.settings.insert(ends.head->settings.begin(), ends.head->settings.end());
    drawn.flight = {id, ends.foot->level, ends.head->level, straight(*ends.foot), straight(*ends.head)};
    if (const auto length = drawn.settings.find("length"); length != drawn.settings.end()) {
      const auto metres = number_of(length->second);
      if (!metres || *metres < 0)
        throw InputError(where, "has the length \"" + length->second + "\"", "give metres along its slope");
      drawn.flight.length = *metres;
      drawn.settings.erase(length);
    }
    return drawn;
  }

  const std::map<std::string, double>& heights_;
  const std::string& source_;
  std::vector<std::pair<std::string, Storey>> storeys_;
  std::vector<const LevelItem*> gates_;
  std::vector<std::pair<std::string, Ends>> flights_;
  std::vector<std::pair<std::string, DrawnShaft>> shafts_;
};

}  // namespace

LevelsDrawing levels_of(const std::vector<LevelItem>& items, const std::map<std::string, double>& heights,
                        const std::string& source) {
  Building building(heights, source);
  for (const LevelItem& item : items) building.add(item);
  LevelsDrawing all = building.done();
  if (all.levels.empty())
    throw InputError(source, "holds no floor of a level", "draw where people can walk as polygons");
  for (const auto& [id, height] : heights) {
    std::vector<std::string> ids;
    for (const Level& level : all.levels) ids.push_back(level.id);
    if (!is_one_of(ids, id))
      throw InputError(source, "has no level " + id + ", whose height is given",
                       "its levels are " + listed(ids));
  }
  return all;
}

std::optional<LevelItem> level_item_of_layer(const std::string& layer, const std::string& file) {
  const auto at = layer.find('@');
  if (at == std::string::npos) return std::nullopt;
  LevelItem item;
  item.where = file + ", layer " + layer;
  std::string what = layer.substr(0, at);
  item.level = layer.substr(at + 1);
  if (const auto second = item.level.find('@'); second != std::string::npos) {
    item.height = number_of(item.level.substr(second + 1));
    if (!item.height)
      throw InputError(item.where, "has no number behind its second @", "write walkable@2F@4.5");
    item.level.resize(second);
  }
  const auto space = what.find(' ');
  item.kind = what.substr(0, space);
  what = space == std::string::npos ? "" : what.substr(space + 1);
  if (item.kind == "walkable") item.kind = "floor";
  item.id = what;
  if (!is_one_of(kFlights, item.kind)) return item;
  const auto last = what.rfind(' ');
  if (last == std::string::npos)
    throw InputError(item.where, "does not say which end it is", "write \"" + item.kind + " A foot@1F\"");
  item.end = what.substr(last + 1);
  item.id = what.substr(0, last);
  return item;
}

}  // namespace chimata::io::detail
