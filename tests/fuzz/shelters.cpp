#include "chimata/io/places.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  chimata::io::PlaceOptions options;
  options.crs = "EPSG:6677";
  options.city = {-40'000, -40'000, -30'000, -30'000};
  const auto shelters =
      chimata::io::read_shelters_csv(chimata::fuzz::file_of(bytes, "shelters.csv"), options);
  if (shelters.size() == 0) std::abort();
  for (const auto place : shelters.position) chimata::fuzz::finite(place);
}
