#include "chimata/io/import.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  (void)chimata::io::parse_city_plan(std::string(bytes));
}
