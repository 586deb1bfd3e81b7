// Roads of a city model as walkable space: what the reader makes of order it does not expect.
#include "chimata/io/citygml_area.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "chimata/core/error.hpp"

using namespace chimata;

namespace {

const std::string kRing =
    "<gml:exterior><gml:LinearRing><gml:posList>35.6 139.7 3 35.6 139.701 3 35.601 139.701 3 35.6 139.7 "
    "3</gml:posList></gml:LinearRing></gml:exterior>";

/// A city model with one road around `inside`.
io::CityGmlArea road(const std::string& inside) {
  std::istringstream stream(
      "<core:CityModel xmlns:core=\"c\" xmlns:gml=\"g\" xmlns:tran=\"t\" xmlns:xlink=\"x\">"
      "<gml:Envelope srsName=\"http://www.opengis.net/def/crs/EPSG/0/6697\"/>"
      "<core:cityObjectMember><tran:Road gml:id=\"r\">" +
      inside + "</tran:Road></core:cityObjectMember></core:CityModel>");
  return io::parse_citygml_area(stream, "tran.gml");
}

std::string area_with(const std::string& inside) {
  return "<tran:trafficArea><tran:TrafficArea gml:id=\"a\"><tran:function>2020</tran:function>" + inside +
         "</tran:TrafficArea></tran:trafficArea>";
}
std::string surface(const std::string& inside) {
  return "<tran:lod2MultiSurface><gml:MultiSurface>" + inside + "</gml:MultiSurface></tran:lod2MultiSurface>";
}

}  // namespace

TEST_CASE("a traffic area's surface becomes floor") {
  const auto read = road(
      area_with(surface("<gml:surfaceMember><gml:Polygon>" + kRing + "</gml:Polygon></gml:surfaceMember>")));
  REQUIRE(read.parts.size() == 1);
  CHECK(read.parts.front().area() == doctest::Approx(0.5 * 90.6 * 111).epsilon(0.02));
  REQUIRE(read.pieces.size() == 1);
  CHECK(read.pieces.front().id == "r");
}

TEST_CASE("a surface that another area interrupts is no surface of that area") {
  // found by a fuzzer: the reference belonged to a surface that the inner area does not have
  const std::string inner = area_with("<gml:surfaceMember xlink:href=\"#p\"/>");
  CHECK_THROWS_AS(road(area_with(surface(inner))), InputError);
  CHECK_THROWS_AS(road(surface(area_with("") + "<gml:surfaceMember xlink:href=\"#p\"/>")), InputError);
}
