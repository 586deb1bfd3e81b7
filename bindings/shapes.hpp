/// Points, lines and polygons that come from Python as arrays of shape (n, 2), in m.
#pragma once

#include "bind.hpp"
#include "chimata/space/area.hpp"

namespace chimata::python {

using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;

/// @throws InputError naming `what` if it is no table of x and y
std::vector<Point> points_of(const Numbers& xy, const std::string& what);
/// From its rings.
Polygon polygon_of(const py::list& rings, const std::string& what);
std::vector<Polygon> polygons_of(const py::list& parts, const std::string& what);
/// The pieces of polylines. @throws InputError for a line of fewer than two points
std::vector<Wall> lines_of(const py::list& lines, const std::string& what);

/// From {id: (ends, closed)}.
std::vector<Gate> gates_of(const py::dict& gates);
/// From [(id, rings, factor)].
std::vector<SpeedZone> zones_of(const py::list& zones);

/// The two ends of a line, shape (2, 2).
py::array ends_of(const Wall& line);

/// Parts of `bind_crowd`.
void bind_area(py::module_& module);
void bind_area_sources(py::module_& module);
void bind_levels(py::module_& module);

}  // namespace chimata::python
