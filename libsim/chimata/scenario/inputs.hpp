/// What scenarios need from files: depth rasters, smoke, and where longitude and latitude lie in the city.
#pragma once

#include <memory>
#include <string>

#include "chimata/scenario/scenario.hpp"

namespace chimata {

/// Inputs that read rasters through GDAL and places through PROJ.
/// @param where  name of the scenario file, for messages
[[nodiscard]] ScenarioInputs inputs_from_files(std::shared_ptr<const City> city, std::string where);

}  // namespace chimata
