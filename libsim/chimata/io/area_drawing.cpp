#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/io/area_layers.hpp"
#include "chimata/io/area_pieces.hpp"
#include "chimata/io/drawing.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

/// Rings of the layers that are named, or whose name holds `word`.
std::vector<std::vector<Point>> rings_of(const std::vector<DrawnLayer>& drawing,
                                         const std::vector<std::string>& names, const std::string& word,
                                         const std::string& file, std::vector<Problem>* notes) {
  std::vector<std::string> there;
  for (const DrawnLayer& drawn : drawing) there.push_back(drawn.name);
  for (const std::string& name : names) {
    if (std::find(there.begin(), there.end(), name) == there.end())
      throw InputError(file, "has no layer " + name, "its layers are " + listed(there));
  }
  std::vector<std::vector<Point>> rings;
  for (const DrawnLayer& drawn : drawing) {
    const bool taken = names.empty() ? drawn.name.find(word) != std::string::npos
                                     : std::find(names.begin(), names.end(), drawn.name) != names.end();
    if (!taken) continue;
    rings.insert(rings.end(), drawn.rings.begin(), drawn.rings.end());
    if (!drawn.lines.empty() && notes)
      notes->push_back({Problem::Severity::note, "area", "",
                        file + ", layer " + drawn.name + ": " + std::to_string(drawn.lines.size()) +
                            " lines that enclose nothing were left out",
                        "close them if they bound the area"});
  }
  return rings;
}

}  // namespace

std::vector<Polygon> read_area_drawing(const std::string& path, const DrawingOptions& options,
                                       std::vector<Problem>* notes) {
  const std::string file = file_name(path);
  const auto drawing = read_drawing(path, options.unit);
  auto walkable = rings_of(drawing, options.walkable, "walkable", file, notes);
  if (walkable.empty() && options.walkable.empty()) walkable = rings_of(drawing, {}, "", file, notes);
  if (walkable.empty())
    throw InputError(file, "has no closed lines", "draw the area where people can walk as closed lines");
  const auto obstacles = rings_of(drawing, options.obstacles, "obstacle", file, notes);
  auto parts = detail::joined_pieces(detail::nested(std::move(walkable)), file);
  if (obstacles.empty()) return parts;
  parts = cut_out(parts, detail::joined_pieces(detail::nested(obstacles), file + ", obstacles"));
  if (parts.empty()) throw InputError(file, "is all obstacle", "are the layers named right?");
  return parts;
}

}  // namespace chimata::io
