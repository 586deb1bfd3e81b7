/// Real data that tests read but the repository does not hold.
///
/// Looked for in the folder that the environment variable CHIMATA_DATA names, else in ../shared/data beside
/// the repository.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

namespace chimata::test {

/// Path of a file or folder among the real data; none, with a line that says so, if it is not here.
inline std::optional<std::string> real_data(const std::string& name) {
  const char* given = std::getenv("CHIMATA_DATA");
  const std::filesystem::path root =
      given ? std::filesystem::path(given)
            : std::filesystem::path(CHIMATA_SOURCE_DIR) / ".." / "shared" / "data";
  if (std::filesystem::exists(root / name)) return (root / name).string();
  std::cout << "skipped: no " << name << " among the real data (set CHIMATA_DATA)\n";
  return std::nullopt;
}

}  // namespace chimata::test
