#include "chimata/io/csv.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  const auto table = chimata::io::CsvTable::parse(bytes, "table.csv");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t column = 0; column < table.header().size(); ++column) {
      (void)table.where(row);
      chimata::fuzz::refuse_or_read([&] { (void)table.number(row, column); });
    }
  }
}
