#include "chimata/io/mesh_code.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  @MESH @
}
