#include "chimata/scenario/street_edits.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "chimata/core/text.hpp"

namespace chimata {

namespace {

Time moment(const StreetEdit& e, const StreetScene& scene, const char* key, Time fallback) {
  if (!e.edit.contains(key)) return fallback;
  static const Parameter time{"time", ParameterKind::time, "", {}, {}, {}, {}, "", 'A', "", "", ""};
  return std::get<Time>(read_value(time, e.edit[key], scene.clock, fallback, e.where + ": " + key));
}

Window window_of(const StreetEdit& e, const StreetScene& scene) {
  const Window when{moment(e, scene, "start", kStart), moment(e, scene, "end", scene.end)};
  if (when.to <= when.from) throw InputError(e.where, "end is not later than start", "check both times");
  return when;
}

ModeMask modes_of(const StreetEdit& e) {
  if (!e.edit.contains("modes")) return kFoot | kBicycle | kCar;
  if (e.edit["modes"].empty())
    throw InputError(e.where, "modes is " + e.edit["modes"].dump(), "name some of foot, bicycle, car");
  ModeMask modes = 0;
  for (const auto& word : e.edit["modes"]) {
    if (word == "foot") {
      modes |= kFoot;
    } else if (word == "bicycle") {
      modes |= kBicycle;
    } else if (word == "car") {
      modes |= kCar;
    } else {
      throw InputError(e.where, "there is no mode " + word.dump(), "use foot, bicycle or car");
    }
  }
  return modes;
}

/// Takes `when` out of every closure of the link.
void reopen(std::vector<Closure>& closures, LinkId link, Window when, ModeMask modes) {
  std::vector<Closure> kept;
  for (const Closure& closure : closures) {
    if (closure.link != link || (closure.modes & modes) == 0) {
      kept.push_back(closure);
      continue;
    }
    const auto other = static_cast<ModeMask>(closure.modes & ~modes),
               same = static_cast<ModeMask>(closure.modes & modes);
    if (other) kept.push_back({link, closure.when, other, closure.wait});
    if (closure.when.from < when.from)
      kept.push_back({link, {closure.when.from, std::min(closure.when.to, when.from)}, same, closure.wait});
    if (when.to < closure.when.to)
      kept.push_back({link, {std::max(closure.when.from, when.to), closure.when.to}, same, closure.wait});
  }
  closures = std::move(kept);
}

/// Those of `links` that the edit means: all, one side of the drawing, or those that lead toward a place.
std::vector<LinkId> directed(const StreetEdit& e, const StreetScene& scene, std::vector<LinkId> links) {
  if (e.edit.contains("toward") && e.edit.contains("direction"))
    throw InputError(e.where, "says both toward and direction", "keep one of them");
  if (e.edit.contains("toward")) {
    const Point place = scene.place_of(e.edit["toward"]);
    std::erase_if(links, [&](LinkId link) {
      const double ahead = distance(scene.network.position[scene.network.head(link)], place);
      const double behind = distance(scene.network.position[scene.network.tail(link)], place);
      return ahead > behind || (ahead == behind && Network::runs_backward(link));
    });
  } else if (e.edit.contains("direction")) {
    const Json& word = e.edit["direction"];
    if (word != "forward" && word != "backward" && word != "both")
      throw InputError(e.where, "direction is " + word.dump(), "use forward, backward or both");
    if (word != "both")
      std::erase_if(links, [&](LinkId link) { return Network::runs_backward(link) == (word == "forward"); });
  }
  return links;
}

/// "x0.5" or "50 %" of what is; also a plain number between 0 and 10.
double factor_of(const StreetEdit& e, const char* key, const Json& value) {
  double factor = std::nan("");
  if (value.is_number()) {
    factor = value.get<double>();
  } else if (value.is_string() && value.get<std::string>().starts_with('x')) {
    const std::string text = value.get<std::string>();
    const auto [stop, error] = std::from_chars(text.data() + 1, text.data() + text.size(), factor);
    if (error != std::errc{} || stop != text.data() + text.size()) factor = std::nan("");
  }
  if (!(factor >= 0 && factor <= 10)) {
    throw InputError(e.where, std::string(key) + " is " + value.dump(),
                     "give a multiple of today's, from x0 to x10, such as x0.5");
  }
  return factor;
}

int lanes_of(const StreetEdit& e, const Json& value) {
  if (!value.is_number_integer() || std::abs(value.get<int>()) > 8) {
    throw InputError(e.where, "lanes is " + value.dump(),
                     "give lanes to add, or to take away as -1, up to 8");
  }
  return value.get<int>();
}

void change(const StreetEdit& e, StreetScene& scene, const StreetNote& note) {
  const Json set = e.edit.value("set", Json::object());
  if (!set.is_object() || set.empty())
    throw InputError(e.where, "set is missing", "say what to change, e.g. {capacity: x0.5}");
  LinkChange change{{}, window_of(e, scene)};
  for (const auto& [key, value] : set.items()) {
    if (key == "capacity") {
      change.capacity_factor = static_cast<float>(factor_of(e, "capacity", value));
    } else if (key == "speed") {
      change.speed_factor = static_cast<float>(factor_of(e, "speed", value));
      if (change.speed_factor == 0) throw InputError(e.where, "speed is 0", "close the street instead");
    } else if (key == "lanes") {
      change.lanes = lanes_of(e, value);
    } else {
      throw InputError(e.where, "a street has no \"" + key + "\"", "set capacity, speed or lanes");
    }
    note(key, "", value.is_string() ? value.get<std::string>() : value.dump());
  }
  for (const LinkId link : directed(e, scene, links_of(scene.network, e.target, e.where))) {
    change.link = link;
    scene.changes.push_back(change);
  }
}

void contraflow(const StreetEdit& e, StreetScene& scene, const StreetNote& note) {
  if (!e.edit.contains("toward") && !e.edit.contains("direction"))
    throw InputError(e.where, "which way the lanes lead is missing", "add toward: area:hill");
  const int lanes = lanes_of(e, e.edit.value("set", Json::object()).value("lanes", Json(1)));
  if (lanes < 1) throw InputError(e.where, "lanes is " + std::to_string(lanes), "give 1 or more");
  const Window when = window_of(e, scene);
  const std::size_t before = scene.changes.size();
  for (const LinkId link : directed(e, scene, links_of(scene.network, e.target, e.where))) {
    const LinkId oncoming = Network::twin_of(link);
    const int given = std::min(lanes, int{scene.network.lanes[oncoming]});
    if (!scene.network.allows(oncoming, kCar) || given == 0) continue;
    scene.changes.push_back({link, when, 1, 1, given});
    scene.changes.push_back({oncoming, when, 1, 1, -given});
  }
  if (scene.changes.size() == before) {
    throw InputError(e.where, e.target + " has no lane for cars that leads the other way",
                     "name a street with oncoming traffic");
  }
  note("contraflow lanes", "0", std::to_string(lanes));
}

/// Whether the closure is a gate before which people wait.
bool gate(const StreetEdit& e) {
  const Json wait = e.edit.value("wait", Json(false));
  if (!wait.is_boolean()) throw InputError(e.where, "wait is " + wait.dump(), "give true or false");
  if (wait && e.op != "close") throw InputError(e.where, "only a closure can make people wait", "use close");
  if (wait && e.edit.contains("modes") && e.edit["modes"] != Json::array({"foot"}))
    throw InputError(e.where, "cars cannot wait at a gate", "give modes: [foot]");
  return wait;
}

void close_or_open(const StreetEdit& e, StreetScene& scene, const StreetNote& note) {
  const Window when = window_of(e, scene);
  const bool wait = gate(e);
  const ModeMask modes = wait ? ModeMask{kFoot} : modes_of(e);
  for (const LinkId link : directed(e, scene, links_of(scene.network, e.target, e.where))) {
    if (e.op == "close") {
      scene.closures.push_back({link, when, modes, wait});
    } else {
      reopen(scene.closures, link, when, modes);
    }
  }
  note(e.op == "open" ? "open"
       : wait         ? "gate shut"
                      : "closed",
       "", scene.clock.written(when.from) + "–" + scene.clock.written(when.to));
}

}  // namespace

std::vector<LinkId> links_of(const Network& network, std::string_view target, const std::string& where) {
  std::vector<LinkId> links;
  const auto add = [&](std::uint32_t s) {
    links.push_back(Network::forward(SegmentId{s}));
    links.push_back(Network::twin_of(links.back()));
  };
  if (target.starts_with("street:")) {
    const std::string_view wanted = target.substr(7);
    for (std::uint32_t s = 0; s < network.segment_count(); ++s) {
      if (network.names[network.name[SegmentId{s}]] == wanted) add(s);
    }
    if (links.empty()) {
      const std::string hint = did_you_mean(wanted, network.names);
      throw InputError(where, std::string(target) + ": no street has this name", hint);
    }
    return links;
  }
  std::string_view id = target.substr(target.find(':') + 1);
  const bool by_source = id.starts_with("osm/way/") || id.starts_with("source/");
  if (by_source) id = id.substr(id.rfind('/') + 1);
  std::int64_t number = -1;
  const auto [stop, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error == std::errc{} && stop == id.data() + id.size()) {
    if (!by_source && number >= 0 && static_cast<std::size_t>(number) < network.segment_count()) {
      add(static_cast<std::uint32_t>(number));
    }
    for (std::uint32_t s = 0; by_source && s < network.segment_count(); ++s) {
      if (network.segment_source[SegmentId{s}] == number) add(s);
    }
  }
  if (links.empty()) {
    throw InputError(where, std::string(target) + " not found in the network",
                     "name a way as link:osm/way/ID, a segment as link:ROW, or a street as street:NAME");
  }
  return links;
}

void edit_streets(const StreetEdit& edit, StreetScene scene, const StreetNote& note) {
  if (edit.op == "close" || edit.op == "open") return close_or_open(edit, scene, note);
  if (edit.op == "change") return change(edit, scene, note);
  if (edit.op == "contraflow") return contraflow(edit, scene, note);
  throw InputError(edit.where, "cannot " + edit.op + " " + edit.target,
                   "use close, open, change or contraflow");
}

}  // namespace chimata
