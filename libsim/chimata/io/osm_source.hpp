/// Private to io: what an OpenStreetMap file says about streets, before it becomes a network.
#pragma once

#include <optional>
#include <vector>

#include "chimata/io/crs.hpp"
#include "chimata/io/osm_tags.hpp"

namespace chimata::io {

struct OsmNode {
  std::int64_t id;
  LonLat place;
};

/// A node that does something to traffic.
struct OsmNodeRole {
  std::int64_t id;
  bool signal;
  ModeMask stops;
};

struct OsmWay {
  std::int64_t id;
  std::uint32_t version;
  std::optional<StreetTags> street;  ///< none: a highway that is no street, or closed to all
  std::vector<std::int64_t> refs;
};

/// A turn restriction relation: members by id.
struct OsmRestriction {
  std::int64_t id;
  std::vector<std::int64_t> from, via_ways, to;
  std::int64_t via_node = 0;  ///< 0 when via is ways
  bool only = false;
  bool u_turn = false;
  ModeMask modes = 0;
};

struct OsmSource {
  std::vector<OsmNode> nodes;                ///< ascending by id
  std::vector<OsmNodeRole> roles;            ///< ascending by id
  std::vector<OsmWay> ways;                  ///< ascending by id, each once
  std::vector<OsmRestriction> restrictions;  ///< ascending by id
  std::optional<Box> box;                    ///< degrees, from the file's header
  OsmCounts counts;

  [[nodiscard]] const OsmNode* node(std::int64_t id) const;
  [[nodiscard]] const OsmNodeRole* role(std::int64_t id) const;
};

/// @throws InputError if there is no such file, it is empty, or none of OpenStreetMap's
void check_osm_file(const std::string& path);

/// @throws InputError if the file is missing or damaged
[[nodiscard]] OsmSource read_osm_source(const std::string& path, const OsmOptions& options);

/// Where the segments of each way ended up: consecutive rows, in the way's direction.
struct WaySegments {
  std::int64_t way;
  std::uint32_t first, end;
};

/// Turns restriction relations into paths of links. Segments of `ways` ascend by way.
/// @param counts `mapped_restrictions` is filled in
[[nodiscard]] std::vector<TurnRestriction> map_restrictions(const Network& network,
                                                            const std::vector<WaySegments>& ways,
                                                            const std::vector<OsmRestriction>& restrictions,
                                                            OsmCounts& counts);

/// Says what was left out or decided.
void note_counts(const OsmCounts& counts, const OsmOptions& options, const std::string& file,
                 std::vector<Problem>& notes);

}  // namespace chimata::io
