#include "chimata/io/roads.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "chimata/core/error.hpp"
#include "chimata/io/gmns.hpp"
#include "chimata/io/matsim.hpp"
#include "chimata/io/sumo_net.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/io/tntp.hpp"
#include "chimata/io/xml_reading.hpp"

namespace chimata::io {

namespace {

constexpr std::array<std::string_view, 6> kNames = {"osm", "lines", "gmns", "matsim", "tntp", "sumo"};

// Root element of an XML file, plain or packed; "" if there is none near its beginning.
std::string root_of(const std::string& path) {
  std::string head(1 << 16, '\0');
  const auto stream = open_packed(path);
  stream->read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream->gcount()));
  std::size_t at = 0;
  while ((at = head.find('<', at)) != std::string::npos) {
    const std::string_view rest = std::string_view(head).substr(at + 1);
    if (rest.starts_with("!--")) {
      at = head.find("-->", at);
    } else if (rest.starts_with("!") || rest.starts_with("?")) {
      at = head.find('>', at);
    } else {
      return std::string(rest.substr(0, rest.find_first_of(" \t\r\n/>")));
    }
    if (at == std::string::npos) break;
  }
  return {};
}

}  // namespace

std::string_view name_of(RoadFormat format) {
  return kNames[static_cast<std::size_t>(format)];
}

std::optional<RoadFormat> road_format_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<RoadFormat>(found - kNames.begin());
}

RoadFormat road_format_of(const std::string& path) {
  namespace fs = std::filesystem;
  const std::string name = file_name(path);
  if (name.find(".osm") != std::string::npos || name.ends_with(".pbf")) return RoadFormat::osm;
  if (fs::is_directory(path))
    return fs::exists(fs::path(path) / "link.csv") ? RoadFormat::gmns : RoadFormat::lines;
  if (name.ends_with(".tntp") || name.ends_with(".tntp.gz")) return RoadFormat::tntp;
  if (name == "link.csv" || name == "links.csv") return RoadFormat::gmns;
  if (name.ends_with(".xml") || name.ends_with(".xml.gz")) {
    if (!fs::exists(path))
      return name.ends_with(".net.xml") || name.ends_with(".net.xml.gz") ? RoadFormat::sumo
                                                                         : RoadFormat::matsim;
    const std::string root = root_of(path);
    if (root == "net") return RoadFormat::sumo;
    if (root == "network") return RoadFormat::matsim;
    if (root == "osm") return RoadFormat::osm;
  }
  return RoadFormat::lines;
}

RoadResult read_roads(const std::string& path, RoadFormat format, const RoadOptions& options) {
  switch (format) {
    case RoadFormat::gmns:
      return read_gmns(path, options);
    case RoadFormat::matsim:
      return read_matsim(path, options);
    case RoadFormat::tntp:
      return read_tntp(path, options);
    case RoadFormat::sumo:
      return read_sumo_net(path, options);
    case RoadFormat::osm:
    case RoadFormat::lines:
      break;
  }
  throw InputError(file_name(path), "is read as " + std::string(name_of(format)) + ", not by this reader",
                   "use gmns, matsim, tntp or sumo");
}

}  // namespace chimata::io
