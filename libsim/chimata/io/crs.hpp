/// Coordinate systems: which metric one suits a place, and the way there and back.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "chimata/geo/point.hpp"

namespace chimata::io {

/// Longitude and latitude in degrees, in this order everywhere, whatever an authority's axis order is.
struct LonLat {
  double lon = 0, lat = 0;
  friend bool operator==(LonLat, LonLat) = default;
};

/// The metric coordinate system for a city at this place, as "EPSG:6677".
///
/// In Japan the JGD2011 plane rectangular zone (EPSG:6669–6687), else the WGS 84 UTM zone. The official
/// zones follow prefectures (Notification No. 9 of the Ministry of Land, 2002); here a place takes the zone
/// of the nearest of about 200 towns, so that within about 15 km of a border between zones the
/// neighbour's may be chosen: harmless for the geometry, and `crs` in the city's plan overrides it.
/// @throws InputError outside -180..180, -80..84
[[nodiscard]] std::string metric_crs_for(double lon, double lat);

/// JGD2011 plane rectangular zone 1..19 at a place; 0 outside Japan.
[[nodiscard]] int japanese_zone(double lon, double lat);

/// Whether a coordinate system is projected with axes in metres. False for unknown ones too.
[[nodiscard]] bool is_metric(const std::string& crs);

/// Brings points from one coordinate system into another, x = east or longitude first in both.
/// @throws InputError if either system is unknown, or cannot express some of the points
void transform(const std::string& from, const std::string& to, std::span<Point> points);

/// From longitude and latitude (WGS 84) to a city's coordinates and back. Not for concurrent use.
class Projection {
 public:
  /// @throws InputError if `crs` is unknown or not projected in metres
  explicit Projection(const std::string& crs);
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;
  ~Projection();

  [[nodiscard]] const std::string& crs() const { return crs_; }
  /// @throws InputError if the place cannot be expressed in this system
  [[nodiscard]] Point to_city(LonLat place) const;
  [[nodiscard]] LonLat to_lonlat(Point place) const;
  /// Turns points given as x = longitude, y = latitude into city coordinates.
  void to_city(std::span<Point> points) const;

 private:
  struct Transformation;
  std::unique_ptr<Transformation> transformation_;
  std::string crs_;
};

}  // namespace chimata::io
