#include <cmath>
#include <map>

#include "chimata/core/error.hpp"
#include "chimata/io/layer_reading.hpp"
#include "chimata/io/road_draft.hpp"
#include "chimata/io/vector.hpp"
#include "chimata/io/xml_reading.hpp"
#include "chimata/network/builder.hpp"

namespace chimata::io {

namespace {

// Points that count as one when closer than the tolerance; the first given stands for all.
class Snapper {
 public:
  explicit Snapper(double tolerance) : tolerance_(tolerance), cell_(std::max(tolerance, 1e-6)) {}

  [[nodiscard]] std::optional<std::uint32_t> find(Point p) const {
    const auto [column, row] = cell_of(p);
    std::optional<std::uint32_t> best;
    for (auto c = column - 1; c <= column + 1; ++c) {
      for (auto r = row - 1; r <= row + 1; ++r) {
        const auto found = cells_.find({c, r});
        if (found == cells_.end()) continue;
        for (const std::uint32_t i : found->second) {
          const double d = distance(points_[i], p);
          if (d <= tolerance_ && (!best || d < distance(points_[*best], p))) best = i;
        }
      }
    }
    return best;
  }
  std::uint32_t add(Point p) {
    if (const auto there = find(p)) return *there;
    points_.push_back(p);
    cells_[cell_of(p)].push_back(static_cast<std::uint32_t>(points_.size() - 1));
    return static_cast<std::uint32_t>(points_.size() - 1);
  }
  [[nodiscard]] const std::vector<Point>& points() const { return points_; }

 private:
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> cell_of(Point p) const {
    return {static_cast<std::int64_t>(std::floor(p.x / cell_)),
            static_cast<std::int64_t>(std::floor(p.y / cell_))};
  }
  double tolerance_, cell_;
  std::vector<Point> points_;
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::uint32_t>> cells_;
};

std::string field(const Features& features, const std::string& wanted,
                  std::initializer_list<const char*> usual) {
  for (const auto& a : features.attributes) {
    if (!wanted.empty() && a.name == wanted) return wanted;
  }
  if (!wanted.empty())
    throw InputError(features.source, "has no field " + wanted, "correct the name in the city's plan");
  for (const char* name : usual) {
    for (const auto& a : features.attributes) {
      if (a.name == name) return name;
    }
  }
  return {};
}

RoadClass road_class(std::string text, RoadClass otherwise) {
  if (text.ends_with("_link")) text.resize(text.size() - 5);
  for (int c = 0; c <= static_cast<int>(RoadClass::steps); ++c) {
    if (text == name_of(static_cast<RoadClass>(c))) return static_cast<RoadClass>(c);
  }
  return otherwise;
}

// +1: along the line only, -1: against it only, 0: both ways.
int oneway(const std::string& text) {
  if (text == "yes" || text == "true" || text == "1" || text == "F" || text == "FT") return 1;
  if (text == "-1" || text == "reverse" || text == "T" || text == "TF") return -1;
  return 0;
}

int compass(const std::string& text, Point from, Point to) {
  const double along = text == "north"   ? to.y - from.y
                       : text == "south" ? from.y - to.y
                       : text == "east"  ? to.x - from.x
                       : text == "west"  ? from.x - to.x
                                         : 0;
  return along > 0 ? 1 : along < 0 ? -1 : 0;
}

class LineImporter {
 public:
  LineImporter(const Features& features, const StreetLineOptions& options)
      : features_(features),
        options_(options),
        ends_(options.snap),
        class_(field(features, options.class_field, {"highway", "class", "fclass"})),
        width_(field(features, options.width_field, {"width", "WIDTH"})),
        oneway_(field(features, options.oneway_field, {"oneway", "ONEWAY"})),
        direction_(field(features, options.direction_field, {"direction"})),
        name_(field(features, options.name_field, {"name", "名称"})),
        id_(field(features, options.id_field, {"id", "osm_id"})),
        speed_(field(features, options.speed_field, {})),
        lanes_(field(features, options.lanes_field, {})),
        capacity_(field(features, options.capacity_field, {})),
        modes_(field(features, options.modes_field, {})),
        speed_unit_(speed_unit(options.speed_unit, "speed_unit")),
        width_unit_(length_unit(options.width_unit, "width_unit")) {
    for (const auto& [value, meaning] : options.class_values) {
      if (!road_class_named(meaning))
        throw InputError("class_values", value + " means '" + meaning + "', which is no class of road",
                         "use OSM's words: motorway, trunk, primary, …, steps");
    }
  }

  Network network(std::vector<Problem>* notes) {
    for (const auto& shape : features_.shape) {
      for (const auto& line : shape.rings) {
        ends_.add(line.front());
        ends_.add(line.back());
      }
    }
    for (const Point p : ends_.points()) builder_.add_node(p);
    for (std::size_t row = 0; row < features_.size(); ++row) {
      for (const auto& line : features_.shape[row].rings) add(row, line);
    }
    if (short_ && notes) {
      notes->push_back({Problem::Severity::note, "network", "",
                        features_.source + ": " + std::to_string(short_) +
                            " lines shorter than the snapping tolerance were left out",
                        ""});
    }
    if (!strange_classes_.empty() && notes) {
      std::string list;
      for (const auto& [value, count] : strange_classes_)
        list += (list.empty() ? "" : ", ") + value + " (" + std::to_string(count) + ")";
      notes->push_back({Problem::Severity::note, "network", "",
                        features_.source + ": unknown classes of streets were taken as " +
                            std::string(name_of(options_.default_class)) + ": " + list,
                        "say what they mean under class_values"});
    }
    if (builder_.so_far().segment_count() == 0)
      throw InputError(features_.source, "holds no usable street lines",
                       "give lines longer than the snapping tolerance");
    return builder_.build();
  }

 private:
  // Cuts a line where another one ends on its vertex, and at its middle if it returns to its start.
  void add(std::size_t row, const std::vector<Point>& line) {
    std::vector<Point> piece{line.front()};
    std::uint32_t start = *ends_.find(line.front());
    for (std::size_t i = 1; i < line.size(); ++i) {
      piece.push_back(line[i]);
      const auto end = ends_.find(line[i]);
      if (!end) continue;
      if (*end != start) {
        add_segment(row, start, *end, piece);
      } else if (piece.size() > 3) {
        const auto middle = static_cast<std::ptrdiff_t>(piece.size() / 2);
        const NodeId cut = builder_.add_node(piece[static_cast<std::size_t>(middle)]);
        add_segment(row, start, cut.value, {piece.begin(), piece.begin() + middle + 1});
        add_segment(row, cut.value, start, {piece.begin() + middle, piece.end()});
      } else {
        short_ += polyline_length(piece) < 2 * options_.snap || i + 1 == line.size();
        if (i + 1 < line.size()) continue;
      }
      start = *end;
      piece = {line[i]};
    }
  }

  void add_segment(std::size_t row, std::uint32_t from, std::uint32_t to, std::vector<Point> shape) {
    SegmentDraft draft;
    draft.from = NodeId{from};
    draft.to = NodeId{to};
    shape.front() = builder_.so_far().position[draft.from];
    shape.back() = builder_.so_far().position[draft.to];
    draft.road_class = class_of(row);
    draft.width = width_.empty() ? std::nullopt : features_.number(width_, row);
    if (draft.width) *draft.width *= width_unit_;
    if (draft.width && !(*draft.width > 0)) draft.width.reset();
    if (!draft.width) draft.width = options_.default_width;
    draft.name = name_.empty() ? features_.name[row] : features_.text(name_, row);
    if (!id_.empty()) draft.source = std::atoll(features_.text(id_, row).c_str());

    const ModeMask usual = defaults_of(draft.road_class).modes;
    const std::optional<ModeMask> given = modes_of(row);
    ModeMask forward = given.value_or(usual), backward = forward;
    const int vehicles =
        oneway_.empty() ? 0 : oneway(meaning(features_.text(oneway_, row), options_.oneway_values));
    const int everyone =
        direction_.empty() ? 0 : compass(features_.text(direction_, row), shape.front(), shape.back());
    if (vehicles > 0) backward &= kFoot;
    if (vehicles < 0) forward &= kFoot;
    if (everyone > 0) backward = 0;
    if (everyone < 0) forward = 0;
    if (given || forward != usual || backward != usual)
      draft.modes_forward = forward, draft.modes_backward = backward;
    add_figures(row, draft, forward, backward);
    draft.shape = std::move(shape);
    builder_.add_segment(std::move(draft));
  }

  [[nodiscard]] static std::string meaning(std::string value,
                                           const std::map<std::string, std::string>& values) {
    const auto found = values.find(value);
    return found == values.end() ? value : found->second;
  }

  RoadClass class_of(std::size_t row) {
    if (class_.empty()) return options_.default_class;
    const std::string value = features_.text(class_, row), word = meaning(value, options_.class_values);
    // the words of transport models count only where the plan brings them in
    if (word != value) return *road_class_named(word);
    constexpr auto kNone = static_cast<RoadClass>(255);
    const RoadClass c = road_class(word, kNone);
    if (c != kNone) return c;
    if (!value.empty()) ++strange_classes_[value];
    return options_.default_class;
  }

  [[nodiscard]] std::optional<ModeMask> modes_of(std::size_t row) const {
    if (modes_.empty()) return std::nullopt;
    const std::string words = meaning(features_.text(modes_, row), options_.modes_values);
    if (words.empty()) return std::nullopt;
    ModeMask modes = 0;
    std::string word;
    for (const char c : words + ",") {
      if (c != ',' && c != ';' && c != ' ') {
        word += c;
        continue;
      }
      if (word == "foot" || word == "walk" || word == "pedestrian") modes |= kFoot;
      if (word == "bicycle" || word == "bike") modes |= kBicycle;
      if (word == "car" || word == "auto" || word == "motorcar" || word == "motor_vehicle") modes |= kCar;
      word.clear();
    }
    if (modes == 0)
      throw InputError(features_.source + " row " + std::to_string(row + 1), modes_ + " is '" + words + "'",
                       "use foot, bicycle and car, or say what it means under modes_values");
    return modes;
  }

  // A number of a column that may be text; none if it is empty or not above 0.
  [[nodiscard]] std::optional<double> positive(const std::string& column, std::size_t row) const {
    if (column.empty()) return std::nullopt;
    const std::string text = features_.text(column, row);
    if (text.empty()) return std::nullopt;
    const auto number = number_of(text);
    if (!number || *number < 0)
      throw InputError(features_.source + " row " + std::to_string(row + 1), column + " is '" + text + "'",
                       "give a number, 0 or more");
    return *number > 0 ? number : std::nullopt;
  }

  void add_figures(std::size_t row, SegmentDraft& draft, ModeMask forward, ModeMask backward) const {
    if (const auto speed = positive(speed_, row)) draft.speed = *speed * speed_unit_;
    if (const auto capacity = positive(capacity_, row))
      draft.capacity_forward = draft.capacity_backward = *capacity / 3600;
    const auto lanes = positive(lanes_, row);
    if (!lanes) return;
    const int all = static_cast<int>(std::min(*lanes, 100.0));
    const bool two_way = (forward & kCar) && (backward & kCar);
    draft.lanes_forward = std::max(1, two_way ? (all + 1) / 2 : all);
    draft.lanes_backward = std::max(1, two_way ? all / 2 : all);
  }

  const Features& features_;
  const StreetLineOptions& options_;
  Snapper ends_;
  std::string class_, width_, oneway_, direction_, name_, id_, speed_, lanes_, capacity_, modes_;
  double speed_unit_, width_unit_;
  std::map<std::string, std::size_t> strange_classes_;
  NetworkBuilder builder_;
  std::size_t short_ = 0;
};

}  // namespace

Network read_street_lines(const std::string& path, const StreetLineOptions& options,
                          std::vector<Problem>* notes) {
  const Features features = detail::read_any_features(path, "streets", options.layer, notes);
  if (features.geometry != Geometry::line)
    throw InputError(features.source, "holds no lines", "give the streets' centre lines");
  return LineImporter(features, options).network(notes);
}

}  // namespace chimata::io
