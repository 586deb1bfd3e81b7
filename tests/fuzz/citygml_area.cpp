#include "chimata/io/citygml_area.hpp"
#include "chimata/space/area.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  std::istringstream stream{std::string(bytes)};
  const auto read = chimata::io::parse_citygml_area(stream, "tran.gml");
  for (const auto& part : read.parts) {
    if (!(chimata::Area({part}).size() > 0)) std::abort();
  }
}
