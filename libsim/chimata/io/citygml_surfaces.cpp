#include "chimata/io/citygml_surfaces.hpp"

#include <charconv>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/io/xml_reading.hpp"

namespace chimata::io {

namespace {

/// Prefixes are up to the file: what counts is the name behind them.
std::string_view local(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_object(std::string_view name) {
  return name == "Road" || name == "Square" || name == "Track";
}
bool is_traffic_area(std::string_view name) {
  return name == "TrafficArea" || name == "AuxiliaryTrafficArea";
}
/// "lod3MultiSurface" is 3, anything else 0.
int lod_of(std::string_view name) {
  const bool is = name.size() == 16 && name.starts_with("lod") && name.ends_with("MultiSurface");
  return is && name[3] >= '0' && name[3] <= '9' ? name[3] - '0' : 0;
}

class TransportReader : public XmlHandler {
 public:
  explicit TransportReader(const std::string& file) { result_.name = file; }
  GmlFile take() {
    if (!seen_model_)
      throw InputError(result_.name, "is no city model", "give a CityGML file with roads or squares (tran)");
    return std::move(result_);
  }

  void start(const XmlElement& element) override {
    const std::string_view name = local(element.name());
    where_ = element.where();
    seen_model_ |= name == "CityModel";
    if (result_.srs.empty()) result_.srs = element.text("srsName");
    if (is_object(name)) return begin_object(element, name);
    if (!in_object_) return;
    if (is_traffic_area(name)) {
      result_.objects.back().areas.push_back({id_of(element), "", name.front() == 'A', {}});
      in_area_ = true;
      in_surface_ = in_polygon_ = false;  // surfaces do not go on across the border of an area
    } else if (name == "trafficArea" || name == "auxiliaryTrafficArea") {
      const std::string href = href_of(element);
      if (!href.empty()) result_.objects.back().references.push_back(href);
    } else if (const int lod = lod_of(name); lod > 0) {
      surfaces().push_back({lod, {}, {}});
      in_surface_ = true;
    } else if (in_surface_) {
      start_in_surface(element, name);
    }
  }

  void end(std::string_view qualified, std::string_view text) override {
    const std::string_view name = local(qualified);
    if (is_object(name)) in_object_ = false;
    if (is_traffic_area(name)) in_area_ = in_surface_ = in_polygon_ = false;
    if (!in_object_) return;
    if (name == "function") {
      std::string& function =
          in_area_ ? result_.objects.back().areas.back().function : result_.objects.back().function;
      if (function.empty()) function = trimmed(text);
    } else if (lod_of(name) > 0) {
      in_surface_ = false;
    } else if (in_surface_ && in_polygon_) {
      end_in_polygon(name, text);
    }
  }

 private:
  static std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
    return first == std::string_view::npos ? "" : std::string(text.substr(first, last - first + 1));
  }
  static std::string id_of(const XmlElement& element) {
    return element.find("gml:id") ? element.text("gml:id") : element.text("id");
  }
  static std::string href_of(const XmlElement& element) {
    return element.find("xlink:href") ? element.text("xlink:href") : element.text("href");
  }
  std::vector<GmlSurface>& surfaces() {
    GmlTransport& object = result_.objects.back();
    return in_area_ ? object.areas.back().surfaces : object.surfaces;
  }

  void begin_object(const XmlElement& element, std::string_view name) {
    in_object_ = true, in_area_ = in_surface_ = in_polygon_ = false;
    GmlTransport& object = result_.objects.emplace_back();
    object.id = id_of(element), object.kind = name;
    object.where = where_ + ", " + object.kind + " " + object.id;
  }

  void start_in_surface(const XmlElement& element, std::string_view name) {
    if (name == "Polygon" || name == "Triangle" || name == "Rectangle" || name == "PolygonPatch") {
      polygon_ = {}, polygon_id_ = id_of(element), in_polygon_ = true;
    } else if (name == "LinearRing" && in_polygon_) {
      polygon_.rings.emplace_back();
    } else if (name == "surfaceMember" || name == "baseSurface") {
      const std::string href = href_of(element);
      if (!href.empty()) surfaces().back().references.push_back(href);
    }
  }

  void end_in_polygon(std::string_view name, std::string_view text) {
    if ((name == "posList" || name == "pos" || name == "coordinates") && !polygon_.rings.empty()) {
      add_positions(text);
    } else if (name == "Polygon" || name == "Triangle" || name == "Rectangle" || name == "PolygonPatch") {
      in_polygon_ = false;
      if (polygon_.rings.empty()) return;
      if (!polygon_id_.empty()) result_.polygons.emplace(polygon_id_, polygon_);
      surfaces().back().polygons.push_back(std::move(polygon_));
    }
  }

  void add_positions(std::string_view text) {
    const char* at = text.data();
    const char* end = at + text.size();
    double values[3];
    int count = 0;
    const auto is_gap = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == ','; };
    while (true) {
      while (at < end && is_gap(*at)) ++at;
      if (at == end) break;
      const auto [stop, error] = std::from_chars(at, end, values[count]);
      if (error != std::errc{} || !std::isfinite(values[count]) || (stop < end && !is_gap(*stop)))
        throw InputError(here(), "has no number where a coordinate should be", "export it again");
      at = stop;
      if (++count < 3) continue;
      polygon_.rings.back().push_back({values[0], values[1]});
      count = 0;
    }
    if (count != 0)
      throw InputError(here(), "has coordinates that do not come in threes",
                       "give latitude, longitude and height of every point");
  }
  [[nodiscard]] std::string here() const {
    const GmlTransport& object = result_.objects.back();
    return where_ + ", " + object.kind + " " + object.id;
  }

  GmlFile result_;
  std::string where_;
  bool seen_model_ = false, in_object_ = false, in_area_ = false, in_surface_ = false, in_polygon_ = false;
  Polygon polygon_;
  std::string polygon_id_;
};

}  // namespace

GmlFile read_gml_transport(std::istream& stream, const std::string& file) {
  TransportReader reader(file);
  read_xml(stream, file, reader);
  return reader.take();
}

}  // namespace chimata::io
