/// Where a scenario's smoke comes from: the keys of `smoke` that name files, or a disc.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "chimata/hazard/smoke.hpp"
#include "chimata/mobility/focus_area.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

/// A source as the document writes it.
struct SmokeSource {
  enum class Kind : std::uint8_t {
    rasters,  ///< rasters of the extinction coefficient and of gases, one per moment
    netcdf,   ///< a NetCDF file by the CF conventions
    disc      ///< even smoke that grows evenly: a parameter, not a file
  };
  Kind kind = Kind::disc;
  std::string file;                                        ///< file or pattern, e.g. "smoke/ks_*.tif"
  std::map<std::string, std::string, std::less<>> option;  ///< the other keys, by name
  std::string start;                                       ///< local date and time of the scenario's start

  /// The value of a key; "" if it was not given.
  [[nodiscard]] std::string operator[](std::string_view key) const {
    const auto it = option.find(key);
    return it == option.end() ? std::string{} : it->second;
  }
};

/// Takes the keys of files out of the section `smoke`, which keeps its parameters; `taken` gets them as they
/// are kept in the document.
/// @throws InputError if there is no source or more than one, or a key does not belong to it
[[nodiscard]] SmokeSource take_smoke_source(Json& section, Json& taken, const std::string& document);

/// Whether a key of `smoke` names a file of this machine.
[[nodiscard]] bool names_smoke_file(std::string_view key);

/// Adds the source's keys to the JSON Schema of the section `smoke`.
void add_smoke_source_schema(Json& section);

/// What of the smoke in an area is odd and does not keep it from running, one line each.
/// @throws InputError if it covers nothing of the area
[[nodiscard]] std::vector<std::string> notes_on_smoke(const SmokeSeries& smoke, const FocusArea& area);

}  // namespace chimata
