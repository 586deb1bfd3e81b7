#include "chimata/io/osm.hpp"
#include "chimata/io/osm_conditional.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  using namespace chimata::io;
  const auto now = local_moment("2026-04-01 08:00");
  (void)conditional_value(bytes, now);
  (void)holds(bytes, now);
  (void)local_moment(std::string(bytes));
}
