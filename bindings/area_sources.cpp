#include "chimata/io/citygml_area.hpp"
#include "chimata/io/osm_area.hpp"
#include "shapes.hpp"

namespace chimata::python {

namespace {

template <class Row, class Member>
py::list column(const std::vector<Row>& rows, Member member) {
  py::list values;
  for (const Row& row : rows) values.append(row.*member);
  return values;
}

py::tuple from_osm(const std::string& path, const std::string& crs, const Numbers& border,
                   const std::vector<int>& layers, bool roads, double least) {
  io::OsmAreaOptions options;
  options.crs = crs, options.layers = layers, options.roads = roads, options.least = least;
  for (const Point at : points_of(border, "border")) options.border.push_back({at.x, at.y});
  io::OsmAreaResult result;
  std::shared_ptr<Area> area;
  {
    const py::gil_scoped_release nogil;
    result = io::read_osm_area(path, options);
    area = std::make_shared<Area>(result.parts, result.gates);
  }
  py::dict gates, table;
  for (const Gate& gate : result.gates) gates[py::str(gate.id)] = py::make_tuple(ends_of(gate.line), false);
  using Piece = io::OsmPiece;
  table["way"] = column(result.pieces, &Piece::way), table["kind"] = column(result.pieces, &Piece::kind);
  table["name"] = column(result.pieces, &Piece::name),
  table["width_m"] = column(result.pieces, &Piece::width);
  table["width_from"] = column(result.pieces, &Piece::from);
  py::list grades;
  for (const Piece& piece : result.pieces) grades.append(std::string(1, piece.grade));
  table["grade"] = grades;
  const py::dict figures(py::arg("buildings") = result.buildings, py::arg("barriers") = result.barriers);
  return py::make_tuple(area, gates, table, figures, result.crs, result.notes);
}

py::tuple from_citygml(const std::vector<std::string>& paths, const std::string& crs, bool roads) {
  io::CityGmlArea result;
  std::shared_ptr<Area> area;
  {
    const py::gil_scoped_release nogil;
    result = io::read_citygml_area(paths, {.crs = crs, .roads = roads});
    area = std::make_shared<Area>(result.parts);
  }
  using Piece = io::CityGmlPiece;
  py::dict table;
  table["id"] = column(result.pieces, &Piece::id), table["kind"] = column(result.pieces, &Piece::kind);
  table["function"] = column(result.pieces, &Piece::function);
  table["lod"] = column(result.pieces, &Piece::lod),
  table["surfaces"] = column(result.pieces, &Piece::surfaces);
  return py::make_tuple(area, table, result.crs, result.notes);
}

py::list osm_widths() {
  py::list rows;
  for (const io::OsmWidth& width : io::osm_widths())
    rows.append(
        py::make_tuple(width.highway, width.width, width.roads, std::string(1, width.grade), width.source));
  return rows;
}

}  // namespace

void bind_area_sources(py::module_& module) {
  module.def("area_from_osm", &from_osm, py::arg("path"), py::arg("crs"), py::arg("border"),
             py::arg("layers"), py::arg("roads"), py::arg("least"),
             "Area, gates, table of ways, counts, coordinate system and notes.");
  module.def("area_from_citygml", &from_citygml, py::arg("paths"), py::arg("crs"), py::arg("roads"),
             "Area, table of objects, coordinate system and notes.");
  module.def("osm_widths", &osm_widths, "(highway, m, whether for cars, grade, source) of usual widths.");
}

}  // namespace chimata::python
