/// A city: everything about a place that a scenario takes for granted. An immutable value once loaded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chimata/city/features.hpp"
#include "chimata/core/id.hpp"
#include "chimata/geo/point.hpp"
#include "chimata/geo/raster.hpp"
#include "chimata/network/network.hpp"

namespace chimata {

/// Kinds of disaster for which Japanese municipalities designate places of safety (指定緊急避難場所); a bit
/// mask.
enum Hazard : std::uint8_t {
  kRiverFlood = 1,    ///< 洪水
  kLandslide = 2,     ///< 崖崩れ、土石流及び地滑り
  kStormSurge = 4,    ///< 高潮
  kEarthquake = 8,    ///< 地震
  kTsunami = 16,      ///< 津波
  kLargeFire = 32,    ///< 大規模な火事
  kInlandFlood = 64,  ///< 内水氾濫
  kVolcano = 128      ///< 火山現象
};
using HazardMask = std::uint8_t;
inline constexpr HazardMask kAnyHazard = 255;
/// What a source means that knows only "flood": water, wherever it comes from.
inline constexpr HazardMask kAnyWater = kRiverFlood | kStormSurge | kTsunami | kInlandFlood;

/// Places to evacuate to.
struct Shelters {
  Column<ShelterId, std::string> id, name;  ///< id is unique, e.g. "S01"
  Column<ShelterId, Point> position;
  Column<ShelterId, std::uint32_t> capacity;  ///< people
  Column<ShelterId, HazardMask> fit;  ///< kinds of disaster it may be used in; all where nothing is said
  Column<ShelterId, float> floor;     ///< m above ground of the lowest floor that takes people; 0 unknown
  Column<ShelterId, std::uint32_t> parking;  ///< cars
  Column<ShelterId, std::uint32_t> toilets;
  Column<ShelterId, float> water_l, meals;    ///< stock of drinking water and of meals
  Column<ShelterId, std::uint8_t> welfare;    ///< 1 for people who need care (福祉避難所)
  Column<ShelterId, std::string> source_row;  ///< "shelters.csv:12", for messages
  [[nodiscard]] std::size_t size() const { return id.size(); }
  /// Adds a shelter of which nothing else is known: fit for every hazard, without stock.
  void add(std::string id, std::string name, Point position, std::uint32_t capacity, std::string source_row);
  [[nodiscard]] std::optional<ShelterId> find(std::string_view wanted) const;
};

/// Districts (町丁目): the unit of warnings and of statistics.
struct Zones {
  Column<ZoneId, std::string> id, name;
  Column<ZoneId, Polygon> shape;
  Column<ZoneId, double> population;                                  ///< residents
  Column<ZoneId, float> share_under_15, share_65_to_74, share_75_up;  ///< 0..1
  Column<ZoneId, float> share_impaired;                               ///< 0..1, walks with difficulty
  Column<ZoneId, std::uint8_t> in_warning_area;  ///< 1 where the hazard map says it will be flooded
  [[nodiscard]] std::size_t size() const { return id.size(); }
  [[nodiscard]] std::optional<ZoneId> find(std::string_view wanted) const;
  /// The first zone that contains `p`; none outside all zones. For many points use a `ZoneLocator`.
  [[nodiscard]] ZoneId zone_at(Point p) const;
};

/// Finds the zones of many points: keeps the bounding box of every zone. Refers to `zones`.
class ZoneLocator {
 public:
  explicit ZoneLocator(const Zones& zones);
  /// As Zones::zone_at.
  [[nodiscard]] ZoneId at(Point p) const;

 private:
  const Zones& zones_;
  std::vector<Box> box_;
};

/// Where people live: houses, mesh cells or single points, with a head count each.
struct Residences {
  std::vector<Point> position;
  std::vector<double> residents;  ///< people; may be fractional for expanded statistics
  std::vector<ZoneId> zone;       ///< none where outside all zones
  [[nodiscard]] std::size_t size() const { return position.size(); }
};

/// One problem found in a city or a scenario.
struct Problem {
  enum class Severity : std::uint8_t { note, warning, error };
  Severity severity = Severity::warning;
  std::string layer;    ///< "network", "shelters", …
  std::string id;       ///< which thing, or "" for the whole layer
  std::string message;  ///< what is wrong
  std::string fix;      ///< what to do
};

struct City {
  std::string name;
  std::string crs;        ///< metric coordinate system as "EPSG:6673"
  std::string time_zone;  ///< IANA name, "" if unknown
  Network network;
  Shelters shelters;
  Zones zones;
  Residences residences;
  Raster terrain;                          ///< m above datum; empty if none
  std::map<std::string, Features> layers;  ///< other layers by name: buildings, ports, stops, areas, water, …
  std::vector<std::string> licences;       ///< one line each: source and terms
  std::vector<Problem> import_notes;       ///< what the importers had to decide
};

/// Nearest node of the main walking component, and how far it is; where nobody may walk at all the node is
/// none and the distance infinite.
struct AccessPoint {
  NodeId node;
  double distance = 0;  ///< m, straight
};
[[nodiscard]] std::vector<AccessPoint> walking_access(const Network& network, std::span<const Point> places);
/// The same for cars: the nearest node of the main part of the roads open to them.
[[nodiscard]] std::vector<AccessPoint> driving_access(const Network& network, std::span<const Point> places);

/// Everything wrong with a city that a planner should know before a run, worst first; the same city gives
/// the same list. Of many things of one kind the first five are named and the rest counted.
[[nodiscard]] std::vector<Problem> validate(const City& city);

/// Heights of all nodes from the terrain.
void drape(Network& network, const Raster& terrain);

}  // namespace chimata
