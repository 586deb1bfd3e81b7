#include "chimata/io/matsim.hpp"

#include <cmath>
#include <set>

#include "chimata/core/error.hpp"
#include "chimata/io/road_draft.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/io/xml_reading.hpp"

namespace chimata::io {

namespace {

// Our modes behind MATSim's free words; the last are its usual names for vehicles on roads.
ModeMask mode_of(std::string_view word) {
  if (word == "walk" || word == "transit_walk" || word == "non_network_walk" || word == "pedestrian")
    return kFoot;
  if (word == "bike" || word == "bicycle" || word == "cycle") return kBicycle;
  static const std::set<std::string_view> cars = {
      "car", "ride", "taxi", "drt", "truck", "freight", "motorcycle", "hdv", "lkw", "carpool", "truck40t"};
  return cars.contains(word) ? kCar : 0;
}

ModeMask modes_of(std::string_view list) {
  ModeMask modes = 0;
  while (!list.empty()) {
    const auto end = list.find_first_of(", ");
    modes |= mode_of(list.substr(0, end));
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  }
  return modes;
}

// "01:00:00", "1:00", or seconds.
std::optional<double> clock_seconds(std::string_view text) {
  double total = 0;
  int parts = 0;
  while (parts < 3) {
    const auto end = text.find(':');
    const auto part = number_of(text.substr(0, end));
    if (!part || *part < 0) return std::nullopt;
    total = total * 60 + *part;
    ++parts;
    if (end == std::string_view::npos) return parts == 2 ? total * 60 : total;
    text.remove_prefix(end + 1);
  }
  return std::nullopt;
}

class Handler : public XmlHandler {
 public:
  Handler(std::string file, const RoadOptions& options) : file_(file), draft_(std::move(file), options) {}

  void start(const XmlElement& e) override {
    const auto name = e.name();
    if (!in_network_) {
      if (name != "network")
        throw InputError(e.where(), "begins with <" + std::string(name) + ">, not <network>",
                         "give a MATSim network");
      in_network_ = true;
    } else if (name == "node") {
      place_ =
          draft_.add_node({e.required("id"), {e.required_number("x"), e.required_number("y")}}, e.where());
    } else if (name == "links") {
      period(e);
    } else if (name == "link") {
      link(e);
    } else if (name == "attribute") {
      attribute_ = e.text("name");
    }
    inside_link_ = name == "link" || (inside_link_ && name != "node" && name != "links");
  }

  void end(std::string_view name, std::string_view text) override {
    if (name == "link") inside_link_ = false;
    if (name != "attribute") return;
    if (!inside_link_ && attribute_ == "coordinateReferenceSystem" && text != "Atlantis") crs_ = text;
    if (inside_link_ && (attribute_ == "type" || attribute_ == "osm:way:highway") && !draft_.links.empty()) {
      if (const auto c = road_class_named(text)) draft_.links.back().road_class = *c;
    }
    if (inside_link_ && attribute_ == "osm:way:name" && !draft_.links.empty())
      draft_.links.back().name = text;
  }

  RoadResult result() {
    if (draft_.links.empty())
      throw InputError(file_, "holds no links", "give a MATSim network with <node> and <link> elements");
    draft_.assemble(crs_, false);
    return std::move(draft_).result();
  }

 private:
  void period(const XmlElement& e) {
    const auto text = e.find("capperiod");
    if (!text) return;  // the DTD's default is one hour
    const auto seconds = clock_seconds(*text);
    if (!seconds || *seconds <= 0)
      throw InputError(e.where(), "capperiod is '" + std::string(*text) + "'", "write it as 01:00:00");
    period_ = *seconds;
  }

  void link(const XmlElement& e) {
    RoadLink link;
    link.id = e.required("id");
    link.from = draft_.node(e.required("from"), e.where());
    link.to = draft_.node(e.required("to"), e.where());
    link.length = e.required_number("length");
    link.speed = e.required_number("freespeed");
    link.capacity = e.required_number("capacity") / period_;
    // whole lanes for us; MATSim's fractions (1.5 lanes) are in its capacity already
    if (const auto lanes = e.number("permlanes"); lanes && *lanes >= 0 && *lanes < 1000)
      link.lanes = std::max(1, static_cast<int>(std::floor(*lanes)));
    link.modes = modes_of(e.find("modes").value_or("car"));
    if (const auto c = road_class_named(e.text("type"))) link.road_class = *c;
    draft_.add_link(std::move(link), e.where());
  }

  std::string file_, crs_, attribute_;
  RoadDraft draft_;
  std::uint32_t place_ = 0;
  bool in_network_ = false, inside_link_ = false;
  double period_ = 3600;  // s
};

}  // namespace

RoadResult parse_matsim(std::istream& stream, const std::string& file, const RoadOptions& options) {
  Handler handler{file, options};
  read_xml(stream, file, handler);
  return handler.result();
}

RoadResult read_matsim(const std::string& path, const RoadOptions& options) {
  return parse_matsim(*open_packed(path), file_name(path), options);
}

}  // namespace chimata::io
