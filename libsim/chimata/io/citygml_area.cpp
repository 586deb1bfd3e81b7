#include "chimata/io/citygml_area.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "chimata/core/error.hpp"
#include "chimata/io/citygml_surfaces.hpp"
#include "chimata/io/crs.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/io/xml_reading.hpp"
#include "chimata/space/area.hpp"
#include "chimata/space/strips.hpp"

namespace chimata::io {

namespace {

// PLATEAU code lists TrafficArea_function and AuxiliaryTrafficArea_function (product specification 5.0; A for
// what the codes mean; C for what of it is floor)
constexpr std::array kNoFloor = {
    "1050",                                          // rails in the street
    "6000", "7000",                                  // bicycles and cars parked
    "8000", "8100", "8110", "8111", "8112", "8120",  // rails
    "1080", "3020",                                  // medians, dividers
    "5000", "5010", "5020",                          // plantings
};
constexpr std::array kSidewalks = {"2000", "2010", "2020"};
constexpr double kThin = 0.05;  // m; slits between surfaces that should touch (C)

template <class Codes>
bool is_in(const Codes& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool is_floor(const GmlTrafficArea& area, const std::string& kind, bool roads) {
  if (is_in(kNoFloor, area.function)) return false;
  if (roads || kind == "Square") return true;
  return !area.auxiliary && is_in(kSidewalks, area.function);
}

/// Number of an EPSG system: "http://www.opengis.net/def/crs/EPSG/0/6697", "urn:ogc:def:crs:EPSG::6697".
std::string epsg_of(const std::string& srs, const std::string& file) {
  const auto begin = srs.find_last_not_of("0123456789");
  const std::string code = begin == std::string::npos ? srs : srs.substr(begin + 1);
  if (srs.empty())
    throw InputError(file, "says no coordinate system", "give its Envelope a srsName such as EPSG/0/6697");
  if (code.empty() || code.size() > 6)
    throw InputError(file, "has the coordinate system \"" + srs.substr(0, 60) + "\", which is not known",
                     "give it as http://www.opengis.net/def/crs/EPSG/0/6697");
  return code;
}

/// How a file gives places.
struct System {
  std::string crs;  ///< as PROJ is asked for it: without heights
  bool geographic = true;
  bool north_first = true;  ///< its first axis points north: geographic and Japanese plane rectangular ones
};

System system_of(const GmlFile& file) {
  if (file.objects.empty()) return {};
  const std::string code = epsg_of(file.srs, file.name);
  System system{"EPSG:" + (code == "6697" ? "6668" : code), !is_metric("EPSG:" + code), false};
  const int number = std::atoi(code.c_str());
  system.north_first = system.geographic || (number >= 2443 && number <= 2461) ||
                       (number >= 6669 && number <= 6687) || (number >= 30161 && number <= 30179);
  return system;
}

bool in_japan(Point lonlat) {
  return lonlat.x > 120 && lonlat.x < 155 && lonlat.y > 20 && lonlat.y < 46;
}

class Reader {
 public:
  explicit Reader(const CityGmlOptions& options) : options_(options) { result_.crs = options.crs; }

  void add(GmlFile file) { files_.push_back(std::move(file)); }

  CityGmlArea done() {
    index();
    for (std::size_t f = 0; f < files_.size(); ++f) {
      for (const GmlTransport& object : files_[f].objects) take(f, object);
    }
    const std::string file = files_.size() == 1 ? files_.front().name : "city model";
    if (pieces_.empty() && !missing_.empty())
      throw InputError(file, "takes its surfaces from " + elsewhere(),
                       "read that file together with this one");
    if (pieces_.empty())
      throw InputError(file, "holds no roads or squares to walk on", "give a file of the theme tran or squr");
    to_metres();
    std::size_t broken = 0;
    for (Polygon& part : bridged(united(pieces_, &broken), kThin)) {
      try {
        const Area checked({part});
        result_.parts.push_back(checked.parts().front());
      } catch (const InputError&) {
        ++broken;
      }
    }
    if (result_.parts.empty())
      throw InputError(file, "has surfaces that are no polygons seen from above", "export it again");
    note(broken, "surfaces that are no polygons seen from above were left out");
    note(left_out_, "surfaces that are no floor (plantings, medians, rails, parking) were left out");
    if (!missing_.empty()) note(missing_.size(), "references to " + elsewhere() + " were left out");
    return std::move(result_);
  }

 private:
  void index() {
    for (const GmlFile& file : files_) systems_.push_back(system_of(file));
    for (std::size_t f = 0; f < files_.size(); ++f) {
      for (const auto& [id, polygon] : files_[f].polygons) polygons_.emplace(id, std::pair(f, &polygon));
      for (const GmlTransport& object : files_[f].objects) {
        for (const GmlTrafficArea& area : object.areas) {
          if (!area.id.empty()) areas_.emplace(area.id, std::pair(f, &area));
        }
      }
    }
  }
  static std::string fragment(const std::string& href) { return href.substr(href.find('#') + 1); }
  [[nodiscard]] std::string elsewhere() const {
    const std::string& href = *missing_.begin();
    const std::string file = href.substr(0, href.find('#'));
    return file.empty() ? "surfaces that are not in the file, such as " + href : file;
  }

  void take(std::size_t file, const GmlTransport& object) {
    CityGmlPiece piece{object.id, object.kind, object.function, 0, 0};
    for (const GmlTrafficArea& area : object.areas) take_area(file, object, area, piece);
    for (const std::string& href : object.references) {
      const auto found = areas_.find(fragment(href));
      if (found != areas_.end()) {
        take_area(found->second.first, object, *found->second.second, piece);
      } else {
        missing_.insert(href);
      }
    }
    const bool whole = options_.roads || object.kind == "Square";
    if (piece.surfaces == 0 && !has_areas(object) && whole) take_best(file, object, object.surfaces, piece);
    if (piece.surfaces > 0) result_.pieces.push_back(std::move(piece));
  }
  static bool has_areas(const GmlTransport& object) {
    return std::any_of(object.areas.begin(), object.areas.end(),
                       [](const GmlTrafficArea& area) { return !area.surfaces.empty(); });
  }

  void take_area(std::size_t file, const GmlTransport& object, const GmlTrafficArea& area,
                 CityGmlPiece& piece) {
    if (!is_floor(area, object.kind, options_.roads)) {
      ++left_out_;
      return;
    }
    take_best(file, object, area.surfaces, piece);
  }

  /// The most detailed of several.
  void take_best(std::size_t file, const GmlTransport& object, const std::vector<GmlSurface>& surfaces,
                 CityGmlPiece& piece) {
    const auto best = std::max_element(surfaces.begin(), surfaces.end(),
                                       [](const auto& a, const auto& b) { return a.lod < b.lod; });
    if (best == surfaces.end()) return;
    const std::size_t before = piece.surfaces;
    for (const Polygon& polygon : best->polygons) add(file, object, polygon, piece);
    for (const std::string& href : best->references) {
      const auto found = polygons_.find(fragment(href));
      if (found != polygons_.end()) {
        add(found->second.first, object, *found->second.second, piece);
      } else {
        missing_.insert(href);
      }
    }
    if (piece.surfaces > before) piece.lod = std::max(piece.lod, best->lod);
  }

  void add(std::size_t file, const GmlTransport& object, const Polygon& polygon, CityGmlPiece& piece) {
    Polygon copy = polygon;
    for (auto& ring : copy.rings) turn(systems_[file], object, ring);
    pieces_.push_back(std::move(copy));
    of_file_.push_back(file);
    ++piece.surfaces;
  }

  /// East, or longitude, first.
  static void turn(const System& system, const GmlTransport& object, std::vector<Point>& ring) {
    bool swapped = system.north_first;
    for (Point& at : ring) {
      const Point turned{at.y, at.x};
      // some tools write longitude first whatever the system says: in Japan the numbers tell
      if (system.geographic && !in_japan(turned) && in_japan(at)) swapped = false;
      if (swapped) at = turned;
      if (!system.geographic || (std::fabs(at.x) <= 180 && std::fabs(at.y) <= 90)) continue;
      char text[128];
      std::snprintf(text, sizeof text, "has the point %.8g, %.8g, which is no latitude and longitude", at.y,
                    at.x);
      throw InputError(object.where, text, "is its coordinate system " + system.crs + " right?");
    }
  }

  /// All at once: to look up a system takes longer than to use it.
  void to_metres() {
    for (std::size_t f = 0; f < files_.size(); ++f) {
      std::vector<Point> all;
      visit(f, [&](Point& at) { all.push_back(at); });
      if (all.empty()) continue;
      try {
        if (result_.crs.empty()) {
          Point middle = all.front();
          if (!systems_[f].geographic) transform(systems_[f].crs, "EPSG:4326", {&middle, 1});
          result_.crs = metric_crs_for(middle.x, middle.y);
        }
        transform(systems_[f].crs, result_.crs, all);
      } catch (const InputError& error) {
        throw InputError(files_[f].name, error.where() + " " + error.problem(), error.fix());
      }
      auto next = all.begin();
      visit(f, [&](Point& at) { at = *next++; });
    }
  }
  template <class Visit>
  void visit(std::size_t file, Visit&& each) {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (of_file_[i] != file) continue;
      for (auto& ring : pieces_[i].rings) {
        for (Point& at : ring) each(at);
      }
    }
  }

  void note(std::size_t count, const std::string& what) {
    if (count > 0) result_.notes.push_back(std::to_string(count) + " " + what);
  }

  const CityGmlOptions& options_;
  std::vector<GmlFile> files_;
  std::unordered_map<std::string, std::pair<std::size_t, const Polygon*>> polygons_;
  std::unordered_map<std::string, std::pair<std::size_t, const GmlTrafficArea*>> areas_;
  std::vector<System> systems_;  ///< by file
  std::vector<Polygon> pieces_;
  std::vector<std::size_t> of_file_;  ///< by piece
  std::set<std::string> missing_;
  std::size_t left_out_ = 0;
  CityGmlArea result_;
};

}  // namespace

CityGmlArea read_citygml_area(const std::vector<std::string>& paths, const CityGmlOptions& options) {
  if (paths.empty()) throw InputError("city model", "comes from no file", "give at least one");
  Reader reader(options);
  for (const std::string& path : paths) {
    const auto stream = open_packed(path);
    reader.add(read_gml_transport(*stream, file_name(path)));
  }
  return reader.done();
}

CityGmlArea parse_citygml_area(std::istream& stream, const std::string& file, const CityGmlOptions& options) {
  Reader reader(options);
  reader.add(read_gml_transport(stream, file));
  return reader.done();
}

}  // namespace chimata::io
