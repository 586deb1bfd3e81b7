#include "chimata/io/area_wkt.hpp"
#include "chimata/space/area.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  const auto parts = chimata::io::polygons_of_wkt(bytes, "area.wkt");
  if (parts.size() > 50) return;  // to stay quick: every pair is compared
  const chimata::Area area(chimata::joined(parts));
  if (!(area.size() > 0)) std::abort();
}
