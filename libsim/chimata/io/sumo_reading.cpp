#include "chimata/io/sumo_reading.hpp"

#include <cmath>

#include "chimata/core/error.hpp"

namespace chimata::io {

namespace {

// Words separated by spaces, or by another character.
template <class Action>
void for_words(std::string_view text, char separator, Action&& action) {
  while (!text.empty()) {
    const auto end = text.find(separator);
    if (end != 0) action(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
}

ModeMask modes_of(std::string_view list) {
  ModeMask modes = 0;
  for_words(list, ' ', [&](std::string_view word) {
    if (word == "all") modes = kFoot | kBicycle | kCar;
    if (word == "passenger" || word == "private") modes |= kCar;
    if (word == "bicycle") modes |= kBicycle;
    if (word == "pedestrian") modes |= kFoot;
  });
  return modes;
}

// "x,y x,y,z …"
std::vector<Point> shape_of(const XmlElement& e, std::string_view text) {
  std::vector<Point> shape;
  for_words(text, ' ', [&](std::string_view word) {
    std::optional<double> part[2];
    int count = 0;
    for_words(word, ',', [&](std::string_view number) {
      if (count < 2) part[count] = number_of(number);
      ++count;
    });
    if (count < 2 || !part[0] || !part[1])
      throw InputError(e.where(), "shape holds '" + std::string(word) + "'", "write it as x,y x,y …");
    shape.push_back({*part[0], *part[1]});
  });
  return shape;
}

std::size_t index_of(const XmlElement& e, std::string_view attribute) {
  const double value = e.number(attribute).value_or(0);
  if (!(value >= 0 && value <= 10'000 && value == std::floor(value)))
    throw InputError(e.where(), std::string(attribute) + " is '" + e.text(attribute) + "'",
                     "give a whole number, 0 or more");
  return static_cast<std::size_t>(value);
}

double positive(const XmlElement& e, std::string_view attribute) {
  const double value = e.required_number(attribute);
  if (value < 0)
    throw InputError(e.where(), std::string(attribute) + " is '" + e.text(attribute) + "'", "give 0 or more");
  return value;
}

class Handler : public XmlHandler {
 public:
  explicit Handler(std::string file) : file_(std::move(file)) {}

  void start(const XmlElement& e) override {
    const auto name = e.name();
    if (!begun_) {
      if (name != "net")
        throw InputError(e.where(), "begins with <" + std::string(name) + ">, not <net>",
                         "give a network that SUMO's netconvert wrote");
      begun_ = true;
      net.left_hand = e.text("lefthand") == "true" || e.text("lefthand") == "1";
    } else if (name == "location") {
      location(e);
    } else if (name == "edge") {
      edge(e);
    } else if (name == "lane") {
      if (edge_open_) lane(e);
    } else if (name == "junction") {
      if (e.text("type") == "internal") return;
      const std::string type = e.text("type");
      net.junctions.push_back({e.required("id"),
                               e.where(),
                               {e.required_number("x"), e.required_number("y")},
                               type.starts_with("traffic_light")});
    } else if (name == "connection") {
      connection(e);
    } else if (name == "tlLogic") {
      net.programs.push_back(
          {e.required("id"), e.number("offset").value_or(0), e.text("type") != "static", {}});
    } else if (name == "phase") {
      if (!net.programs.empty()) phase(e);
    } else if (name == "roundabout") {
      for_words(e.text("edges"), ' ', [&](std::string_view id) { net.roundabout_edges.emplace_back(id); });
    }
  }

  void end(std::string_view name, std::string_view) override {
    if (name == "edge") edge_open_ = false;
  }

  SumoNet net;

 private:
  void phase(const XmlElement& e) {
    const double duration = positive(e, "duration");
    constexpr double kDay = 86'400;  // s
    if (duration > kDay)
      throw InputError(e.where(), "duration is '" + e.text("duration") + "'", "give seconds, a day at most");
    net.programs.back().phases.push_back({duration, e.required("state"), e.where()});
  }

  void location(const XmlElement& e) {
    net.projection = e.text("projParameter");
    const auto offset = shape_of(e, e.text("netOffset"));
    if (!offset.empty()) net.offset = offset.front();
  }

  void edge(const XmlElement& e) {
    const std::string function = e.text("function");
    edge_open_ = function.empty() || function == "normal" || function == "connector";
    if (!edge_open_) return;
    SumoEdge& edge = net.edges.emplace_back();
    edge.id = e.required("id");
    edge.from = e.required("from");
    edge.to = e.required("to");
    edge.name = e.text("name");
    edge.where = e.where();
    edge.shape = shape_of(e, e.text("shape"));
    if (edge.shape.size() < 2) edge.shape.clear();
    // "highway.service|railway.tram": what is no road says nothing to us
    for_words(e.text("type"), '|', [&](std::string_view word) {
      if (edge.type.empty() || word.starts_with("highway.")) edge.type = word;
    });
  }

  void lane(const XmlElement& e) {
    SumoLane lane;
    const auto allow = e.find("allow"), disallow = e.find("disallow");
    constexpr ModeMask kAll = kFoot | kBicycle | kCar;
    lane.modes = kAll;
    if (allow && !allow->empty()) {
      lane.modes = modes_of(*allow);
    } else if (disallow) {
      lane.modes = static_cast<ModeMask>(kAll & ~modes_of(*disallow));
    }
    lane.speed = positive(e, "speed");
    lane.length = positive(e, "length");
    const auto shape = shape_of(e, e.text("shape"));
    lane.drawn = shape.size() < 2 ? 0 : polyline_length(shape);
    net.edges.back().lanes.push_back(lane);
  }

  void connection(const XmlElement& e) {
    SumoConnection c;
    c.from = e.required("from");
    c.to = e.required("to");
    if (c.from.starts_with(':') || c.to.starts_with(':')) return;
    c.where = e.where();
    c.from_lane = index_of(e, "fromLane");
    c.to_lane = index_of(e, "toLane");
    // -1 stands for a movement that the signal does not control
    if (e.text("linkIndex") != "-1") c.program = e.text("tl"), c.position = index_of(e, "linkIndex");
    net.connections.push_back(std::move(c));
  }

  std::string file_;
  bool begun_ = false, edge_open_ = false;
};

}  // namespace

SumoNet read_sumo_elements(std::istream& stream, const std::string& file) {
  Handler handler{file};
  read_xml(stream, file, handler);
  return std::move(handler.net);
}

}  // namespace chimata::io
