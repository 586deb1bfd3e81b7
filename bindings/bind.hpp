/// What the binding files share: handles, and columns as NumPy arrays.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/core/table.hpp"
#include "chimata/people/population.hpp"

namespace chimata::python {

namespace py = pybind11;

void bind_city(py::module_& module);
void bind_people(py::module_& module);
void bind_scenario(py::module_& module);
void bind_simulation(py::module_& module);
void bind_verification(py::module_& module);
void bind_crowd(py::module_& module);
void bind_safety(py::module_& module);

/// Python's handle of an immutable description.
struct CityHandle {
  std::shared_ptr<const City> city;
};
struct PopulationHandle {
  std::shared_ptr<const Population> people;
  /// The same people under other parameters.
  std::function<std::shared_ptr<const Population>(const PopulationModel&)> with;
};

/// A copy of `values` as a NumPy array.
template <class T>
py::array_t<T> array_of(std::span<const T> values) {
  py::array_t<T> array(static_cast<py::ssize_t>(values.size()));
  std::copy(values.begin(), values.end(), array.mutable_data());
  return array;
}
template <class T>
py::array_t<T> array_of(const std::vector<T>& values) {
  return array_of(std::span<const T>(values));
}
/// One member or function of every row as a NumPy array.
template <class T, class Rows, class Get>
py::array_t<T> array_from(const Rows& rows, Get get) {
  py::array_t<T> array(static_cast<py::ssize_t>(rows.size()));
  T* out = array.mutable_data();
  for (const auto& row : rows) *out++ = static_cast<T>(get(row));
  return array;
}
template <class I>
py::array_t<std::uint32_t> array_of_ids(const std::vector<I>& ids) {
  return array_from<std::uint32_t>(ids, [](I id) { return id.value; });
}

/// The rings of polygons or lines as lists of (n, 2) arrays.
py::list rings_of(const std::vector<Polygon>& shapes);

/// Parameters of a model from a JSON object such as {"adult_speed_m_s": 1.2}.
/// @throws InputError for unknown names and values out of range
PopulationModel population_model_of(const std::string& json);

}  // namespace chimata::python
