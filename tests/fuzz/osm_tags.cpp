#include <osmium/builder/osm_object_builder.hpp>

#include "chimata/io/osm_tags.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  using namespace chimata::io;
  // tags are lines of key=value
  osmium::memory::Buffer buffer{1024, osmium::memory::Buffer::auto_grow::yes};
  {
    osmium::builder::TagListBuilder builder{buffer};
    while (!bytes.empty()) {
      const auto end = std::min(bytes.find('\n'), bytes.size());
      const std::string_view tag = bytes.substr(0, end);
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
      const auto sign = tag.find('=');
      if (sign == std::string_view::npos || tag.find('\0') != std::string_view::npos || tag.size() > 1000)
        continue;
      builder.add_tag(std::string(tag.substr(0, sign)), std::string(tag.substr(sign + 1)));
    }
  }
  buffer.commit();
  const auto& tags = buffer.get<osmium::TagList>(0);
  (void)street_tags(tags, {});
  (void)ferry_tags(tags, {});
  (void)stopped_by(tags);
  for (const auto& tag : tags) {
    (void)metres(tag.value());
    (void)speed_limit(tag.value());
    (void)duration_seconds(tag.value());
  }
}
