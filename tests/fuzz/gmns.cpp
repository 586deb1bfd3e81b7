#include <algorithm>

#include "chimata/io/gmns.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  // tables lie behind one another, each behind a form feed and its name on a line
  std::map<std::string, std::string> tables;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\f'), bytes.size());
    const std::string_view table = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const auto line = table.find('\n');
    if (line != std::string_view::npos) tables[std::string(table.substr(0, line))] = table.substr(line + 1);
  }
  chimata::fuzz::check(chimata::io::parse_gmns(tables).network);
}
