#include "chimata/io/mesh_code.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  const auto cell = chimata::io::mesh_cell(bytes);
  if (cell && !(cell->south_west.lon < cell->north_east.lon && cell->south_west.lat < cell->north_east.lat))
    std::abort();
}
