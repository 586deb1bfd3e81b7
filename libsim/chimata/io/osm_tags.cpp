#include "chimata/io/osm_tags.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "chimata/network/builder.hpp"

namespace chimata::io {

namespace {

using osmium::TagList;

std::string_view value(const TagList& tags, const char* key) {
  const char* v = tags.get_value_by_key(key);
  return v ? std::string_view(v) : std::string_view();
}

template <std::size_t N>
bool one_of(std::string_view text, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::optional<RoadClass> road_class(std::string_view highway) {
  if (highway.ends_with("_link")) highway.remove_suffix(5);
  for (int c = 0; c <= static_cast<int>(RoadClass::steps); ++c) {
    if (highway == name_of(static_cast<RoadClass>(c))) return static_cast<RoadClass>(c);
  }
  if (highway == "road") return RoadClass::unclassified;
  if (highway == "corridor" || highway == "platform" || highway == "elevator") return RoadClass::footway;
  if (highway == "bridleway") return RoadClass::path;
  return std::nullopt;
}

enum class Permission { unsaid, yes, no, is_private };

Permission permission(std::string_view text) {
  static constexpr std::array<std::string_view, 11> allowed = {
      "yes",      "designated", "official", "permissive", "destination", "customers",
      "delivery", "residents",  "public",   "1",          "true"};
  static constexpr std::array<std::string_view, 12> refused = {
      "no",  "use_sidepath", "dismount", "agricultural", "forestry", "military", "emergency",
      "psv", "bus",          "0",        "permit",       "none"};
  // of a list "agricultural;destination" the most open counts
  Permission found = Permission::unsaid;
  while (!text.empty()) {
    const auto end = text.find(';');
    std::string_view word = text.substr(0, end);
    while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
    if (one_of(word, allowed)) return Permission::yes;
    if (word == "private") found = Permission::is_private;
    if (one_of(word, refused) && found == Permission::unsaid) found = Permission::no;
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return found;
}

struct Key {
  const char* name;
  const char* forward;
  const char* backward;
  bool specific;  // may open what the class usually closes
};
struct ModeKeys {
  ModeMask mode;
  std::array<Key, 4> keys;  // most specific first
};
constexpr Key kAccess = {"access", "access:forward", "access:backward", false};
constexpr Key kVehicle = {"vehicle", "vehicle:forward", "vehicle:backward", false};
constexpr Key kNoKey = {nullptr, nullptr, nullptr, false};
constexpr ModeKeys kModes[] = {
    {kFoot, {{{"foot", "foot:forward", "foot:backward", true}, kAccess, kNoKey, kNoKey}}},
    {kBicycle, {{{"bicycle", "bicycle:forward", "bicycle:backward", true}, kVehicle, kAccess, kNoKey}}},
    {kCar,
     {{{"motorcar", "motorcar:forward", "motorcar:backward", true},
       {"motor_vehicle", "motor_vehicle:forward", "motor_vehicle:backward", true},
       kVehicle,
       kAccess}}},
};

// Who may use the way in one direction before one-way rules; `said` is set if any tag spoke.
ModeMask access(const TagList& tags, ModeMask usual, bool backward, bool walk_private, bool& said) {
  ModeMask result = 0;
  for (const ModeKeys& mode : kModes) {
    bool open = (usual & mode.mode) != 0;
    for (const Key& key : mode.keys) {
      if (!key.name) break;
      Permission p = permission(value(tags, backward ? key.backward : key.forward));
      if (p == Permission::unsaid) p = permission(value(tags, key.name));
      if (p == Permission::unsaid) continue;
      said = true;
      if (p == Permission::yes) open = open || key.specific;
      if (p == Permission::no) open = false;
      if (p == Permission::is_private) open = open && mode.mode == kFoot && walk_private;
      break;
    }
    if (open) result |= mode.mode;
  }
  return result;
}

enum class Ways { unsaid, both, forward, backward, neither };

Ways oneway(std::string_view text) {
  if (text == "yes" || text == "true" || text == "1") return Ways::forward;
  if (text == "-1" || text == "reverse") return Ways::backward;
  if (text == "reversible") return Ways::neither;  // open by schedule only
  if (text == "no" || text == "false" || text == "0" || text == "alternating") return Ways::both;
  return Ways::unsaid;
}

Ways first_said(std::initializer_list<Ways> list) {
  for (const Ways w : list) {
    if (w != Ways::unsaid) return w;
  }
  return Ways::both;
}

bool roundabout(const TagList& tags) {
  const auto junction = value(tags, "junction");
  return junction == "roundabout" || junction == "circular";
}

void restrict_directions(const TagList& tags, ModeMask& forward, ModeMask& backward, bool& said) {
  const bool implied = roundabout(tags) || value(tags, "highway") == "motorway";
  const Ways general = first_said({oneway(value(tags, "oneway")), implied ? Ways::forward : Ways::both});
  const Ways car = first_said(
      {oneway(value(tags, "oneway:motorcar")), oneway(value(tags, "oneway:motor_vehicle")), general});
  Ways bicycle = first_said({oneway(value(tags, "oneway:bicycle")), general});
  for (const char* key : {"cycleway", "cycleway:left", "cycleway:right", "cycleway:both"}) {
    if (value(tags, key).starts_with("opposite")) bicycle = Ways::both;
  }
  // people walk both ways unless the rule names them; escalators move one way
  Ways foot = first_said({oneway(value(tags, "oneway:foot"))});
  const auto conveying = value(tags, "conveying");
  if (conveying == "forward") foot = Ways::forward;
  if (conveying == "backward") foot = Ways::backward;

  const std::pair<ModeMask, Ways> rules[] = {{kCar, car}, {kBicycle, bicycle}, {kFoot, foot}};
  for (const auto& [mode, ways] : rules) {
    if (ways == Ways::both) continue;
    said = true;
    if (ways != Ways::forward) forward &= static_cast<ModeMask>(~mode);
    if (ways != Ways::backward) backward &= static_cast<ModeMask>(~mode);
  }
}

std::optional<int> lane_count(std::string_view text) {
  const int count =
      std::atoi(std::string(text).c_str());  // "2;3" and "1.5" count as their first whole number
  return count > 0 ? std::optional(std::min(count, 20)) : std::nullopt;
}

void read_lanes(const TagList& tags, ModeMask forward, ModeMask backward, StreetTags& street) {
  const auto total = lane_count(value(tags, "lanes"));
  auto there = lane_count(value(tags, "lanes:forward")), back = lane_count(value(tags, "lanes:backward"));
  if (!total && !there && !back) return;
  const bool two_way = (forward & kCar) && (backward & kCar);
  if (!two_way) {
    const int lanes = total.value_or(there.value_or(back.value_or(1)));
    street.lanes_forward = (forward & kCar) ? lanes : 0;
    street.lanes_backward = (backward & kCar) ? lanes : 0;
    return;
  }
  if (total && there && !back) back = *total - *there;
  if (total && back && !there) there = *total - *back;
  if (total && !there) there = (*total + 1) / 2;
  if (total && !back) back = *total / 2;
  street.lanes_forward = std::max(there.value_or(1), 1);  // a single lane serves both directions
  street.lanes_backward = std::max(back.value_or(1), 1);
}

// On foot the whole of a small street counts; of a large one only pavements, so its carriageway width says
// nothing.
std::optional<double> walking_width(const TagList& tags, RoadClass c) {
  double pavements = 0;
  if (const auto both = metres(tags.get_value_by_key("sidewalk:both:width"))) pavements = 2 * *both;
  for (const char* key : {"sidewalk:left:width", "sidewalk:right:width"})
    pavements += metres(tags.get_value_by_key(key)).value_or(0);
  const bool large = c <= RoadClass::unclassified;
  std::optional<double> width;
  if (large) {
    if (pavements > 0) width = pavements;
  } else {
    for (const char* key : {"width", "est_width", "yh:WIDTH"}) {
      if (!width) width = metres(tags.get_value_by_key(key));
    }
  }
  if (width && !(*width >= 0.3 && *width <= 100)) width.reset();  // a slip of the keyboard, not a street
  return width;
}

bool yes(std::string_view text) {
  return !text.empty() && text != "no";
}

std::uint8_t segment_flags(const TagList& tags) {
  std::uint8_t flags = 0;
  if (yes(value(tags, "bridge"))) flags |= kBridge;
  if (yes(value(tags, "tunnel"))) flags |= kTunnel;
  if (roundabout(tags)) flags |= kRoundabout;
  for (const char* key : {"sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"}) {
    const auto v = value(tags, key);
    if (v == "both" || v == "left" || v == "right" || v == "yes") flags |= kSidewalk;
    if (v == "separate") flags |= kSidewalkSeparate;
  }
  return flags;
}

std::string street_name(const TagList& tags) {
  for (const char* key : {"name", "name:ja", "name:en"}) {
    if (const auto v = value(tags, key); !v.empty()) return std::string(v);
  }
  return {};
}

}  // namespace

std::optional<StreetTags> street_tags(const TagList& tags, const OsmOptions& options) {
  const auto c = road_class(value(tags, "highway"));
  if (!c) return std::nullopt;
  StreetTags street;
  street.road_class = *c;

  const bool motorroad = value(tags, "motorroad") == "yes";
  const ModeMask usual = motorroad ? ModeMask{kCar} : defaults_of(*c).modes;
  bool said = motorroad;
  ModeMask forward = access(tags, usual, false, options.walk_private, said);
  ModeMask backward = access(tags, usual, true, options.walk_private, said);
  restrict_directions(tags, forward, backward, said);
  if (*c == RoadClass::steps) forward &= kFoot, backward &= kFoot;
  if ((forward | backward) == 0) return std::nullopt;
  if (said) street.modes_forward = forward, street.modes_backward = backward;

  street.flags = segment_flags(tags);
  street.area = value(tags, "area") == "yes";
  street.name = street_name(tags);
  street.width = walking_width(tags, *c);
  for (const char* key : {"maxspeed", "maxspeed:forward", "maxspeed:backward"}) {
    if (!street.speed) street.speed = speed_limit(tags.get_value_by_key(key));
  }
  read_lanes(tags, forward, backward, street);
  return street;
}

std::optional<StreetTags> ferry_tags(const TagList& tags, const OsmOptions& options) {
  if (value(tags, "route") != "ferry") return std::nullopt;
  StreetTags street;
  street.road_class = RoadClass::service;
  street.flags = kFerry;
  street.name = street_name(tags);
  // nothing is implied for cars: ferries for people only are as frequent as car ferries
  bool said = false;
  ModeMask usual = kFoot | kBicycle;
  ModeMask forward = access(tags, usual, false, options.walk_private, said);
  ModeMask backward = access(tags, usual, true, options.walk_private, said);
  restrict_directions(tags, forward, backward, said);
  if ((forward | backward) == 0) return std::nullopt;
  street.modes_forward = forward, street.modes_backward = backward;
  // without a duration: about ten knots, as small ferries go (C)
  street.speed = speed_limit(tags.get_value_by_key("maxspeed")).value_or(18 / 3.6);
  street.duration = duration_seconds(value(tags, "duration"));
  return street;
}

ModeMask stopped_by(const TagList& node) {
  const auto barrier = value(node, "barrier");
  if (barrier.empty() || barrier == "no") return 0;
  static constexpr std::array<std::string_view, 14> passable = {
      "gate",       "lift_gate",      "swing_gate",  "sliding_gate", "entrance",
      "toll_booth", "border_control", "cattle_grid", "sally_port",   "height_restrictor",
      "kerb",       "arch",           "coupure",     "bump_gate"};
  static constexpr std::array<std::string_view, 8> solid = {
      "wall", "fence", "hedge", "city_wall", "retaining_wall", "guard_rail", "debris", "ditch"};
  static constexpr std::array<std::string_view, 4> for_walkers = {"stile", "kissing_gate", "turnstile",
                                                                  "full-height_turnstile"};
  ModeMask open = kFoot | kBicycle;  // bollards, blocks, chains and the like
  if (one_of(barrier, passable)) open = kFoot | kBicycle | kCar;
  if (one_of(barrier, solid)) open = 0;
  if (one_of(barrier, for_walkers)) open = kFoot;
  bool said = false;
  const ModeMask tagged = access(node, open, false, false, said);
  return static_cast<ModeMask>((kFoot | kBicycle | kCar) & ~tagged);
}

}  // namespace chimata::io
