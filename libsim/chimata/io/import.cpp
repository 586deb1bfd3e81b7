#include "chimata/io/import.hpp"

#include <algorithm>
#include <filesystem>

#include "chimata/io/crs.hpp"
#include "chimata/io/raster.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

bool is_table(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension().string();
  return extension == ".csv" || extension == ".CSV" || extension == ".tsv" || extension == ".txt";
}

class CityImport {
 public:
  CityImport(const CityPlan& plan, const ImportProgress& progress) : plan_(plan), progress_(progress) {
    for (const auto* file : {&plan.terrain, &plan.shelters, &plan.zones, &plan.residences, &plan.buildings})
      steps_ += !file->empty();
    steps_ += 1 + plan.layers.size();
  }

  City city() {
    city_.name = plan_.name;
    city_.licences = plan_.licences;
    read_streets();
    box_ = city_.network.box();
    places_ = {.crs = city_.crs,
               .city = box_,
               .default_capacity = plan_.default_capacity,
               .count_column = plan_.residents_column};
    layer_ = {.crs = city_.crs, .layer = "", .source_crs = plan_.source_crs};
    if (!plan_.terrain.empty()) {
      step("terrain");
      city_.terrain = read_raster(plan_.terrain, city_.crs, plan_.source_crs, box_);
      drape(city_.network, city_.terrain);
    }
    if (!plan_.shelters.empty()) {
      step("shelters");
      city_.shelters = is_table(plan_.shelters)
                           ? read_shelters_csv(plan_.shelters, places_, notes())
                           : read_shelters_layer(plan_.shelters, places_, layer_, notes());
    }
    if (!plan_.zones.empty()) {
      step("zones");
      city_.zones = read_zones(plan_.zones, layer_, notes());
    }
    if (!plan_.buildings.empty()) {
      step("buildings");
      city_.layers["buildings"] = read_features(plan_.buildings, "buildings", layer_, notes());
    }
    for (const auto& [name, path] : plan_.layers) {
      step(name);
      city_.layers[name] = read_features(path, name, layer_, notes());
    }
    read_homes();
    if (!city_.crs.empty())
      note(Problem::Severity::note, "city",
           "coordinates are in " + city_.crs +
               (plan_.crs.empty() ? ", chosen from where the streets are" : ", as asked"));
    step("done");
    return std::move(city_);
  }

 private:
  std::vector<Problem>* notes() { return &city_.import_notes; }
  void note(Problem::Severity severity, const char* layer, std::string message) {
    notes()->push_back({severity, layer, "", std::move(message), ""});
  }

  void step(const std::string& what) {
    const double share = static_cast<double>(done_++) / static_cast<double>(steps_);
    if (progress_ && !progress_({std::min(share, 1.0), what})) throw Cancelled();
  }

  void read_streets() {
    step("streets");
    if (!plan_.osm.empty()) {
      OsmOptions options = plan_.osm_options;
      options.crs = plan_.crs;
      OsmResult streets = read_osm(plan_.osm, options);
      city_.network = std::move(streets.network);
      city_.crs = streets.crs;
      city_.import_notes = std::move(streets.notes);
      // a made-up town in OSM's format is not OpenStreetMap's work
      if (plan_.licences.empty()) city_.licences.push_back(streets.licence);
      const double middle = (streets.lonlat.min_x + streets.lonlat.max_x) / 2,
                   north = (streets.lonlat.min_y + streets.lonlat.max_y) / 2;
      city_.time_zone = japanese_zone(middle, north) ? "Asia/Tokyo" : "";
    } else if (!plan_.street_lines.empty()) {
      StreetLineOptions options = plan_.line_options;
      city_.crs = plan_.crs.empty()
                      ? metric_crs_of_layer(plan_.street_lines, options.layer.layer, plan_.source_crs)
                      : plan_.crs;
      options.layer.crs = city_.crs;
      options.layer.source_crs = plan_.source_crs;
      city_.network = read_street_lines(plan_.street_lines, options, notes());
    } else if (!plan_.roads.empty()) {
      RoadOptions options = plan_.road_options;
      options.crs = plan_.crs;
      if (options.source_crs.empty()) options.source_crs = plan_.source_crs;
      RoadResult roads = read_roads(plan_.roads, plan_.roads_format, options);
      city_.network = std::move(roads.network);
      city_.crs = roads.crs;
      city_.import_notes = std::move(roads.notes);
    } else {
      throw InputError(plan_.name.empty() ? "city" : plan_.name, "has no streets",
                       "name an OpenStreetMap file, a layer of street lines or a transport model's network "
                       "under streets");
    }
    if (!plan_.time_zone.empty()) city_.time_zone = plan_.time_zone;
  }

  void read_homes() {
    if (!plan_.residences.empty()) {
      step("residences");
      std::vector<Polygon> areas;
      city_.residences = is_table(plan_.residences)
                             ? read_residences_csv(plan_.residences, places_, notes(), &areas)
                             : read_residences_layer(plan_.residences, places_, layer_, notes(), &areas);
      spread_cells(areas);
    } else if (city_.layers.contains("buildings")) {
      city_.residences = residences_of(city_.layers.at("buildings"),
                                       plan_.residents_column.empty() ? "residents" : plan_.residents_column);
    }
    const ZoneLocator locator{city_.zones};
    std::size_t outside = 0;
    for (std::size_t i = 0; i < city_.residences.size(); ++i) {
      city_.residences.zone[i] = locator.at(city_.residences.position[i]);
      outside += !city_.residences.zone[i].valid();
    }
    if (outside && city_.zones.size())
      note(Problem::Severity::warning, "residences",
           std::to_string(outside) + " homes lie outside all zones");
  }

  void spread_cells(const std::vector<Polygon>& areas) {
    Spread placed = spread(city_, city_.residences, areas, plan_.spread);
    city_.residences = std::move(placed.residences);
    std::string told;
    const auto tell = [&](std::size_t cells, const char* where) {
      if (cells) told += (told.empty() ? "" : ", ") + std::to_string(cells) + " " + where;
    };
    tell(placed.at_buildings, "at their buildings");
    tell(placed.along_streets, "along their streets");
    tell(placed.scattered, "scattered");
    tell(placed.at_centres, "at their centres");
    if (!told.empty())
      note(Problem::Severity::note, "residences", "the people of census cells were placed: " + told);
  }

  const CityPlan& plan_;
  const ImportProgress& progress_;
  std::size_t steps_ = 0, done_ = 0;
  City city_;
  Box box_;
  PlaceOptions places_;
  LayerOptions layer_;
};

}  // namespace

City import_city(const CityPlan& plan, const ImportProgress& progress) {
  return CityImport(plan, progress).city();
}

}  // namespace chimata::io
