#include "chimata/io/osm_conditional.hpp"

#include <doctest/doctest.h>

#include "chimata/io/country.hpp"
#include "chimata/io/osm.hpp"
#include "io/osm_drawing.hpp"
#include "support/input_error.hpp"
#include "support/real_data.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

io::OsmResult read(const OsmDrawing& drawing, const io::OsmOptions& options = {}) {
  const TemporaryDirectory folder;
  return io::read_osm(folder.write("town.osm", drawing.xml()), options);
}
io::OsmOptions at(const std::string& moment) {
  io::OsmOptions options;
  options.at = io::local_moment(moment);
  return options;
}
char holds(const std::string& condition, const std::string& moment) {
  return "ny?"[static_cast<int>(io::holds(condition, io::local_moment(moment)))];
}
std::string value(const std::string& text, const std::string& moment) {
  const auto said = io::conditional_value(text, io::local_moment(moment));
  return said.value.value_or("-") + (said.unknown ? "?" : "");
}

}  // namespace

TEST_CASE("opening hours hold on their days, in their hours, past midnight and over the new year") {
  // 2026-04-01 is a Wednesday
  CHECK(holds("Mo-Fr 07:00-09:00", "2026-04-01 07:00") == 'y');
  CHECK(holds("Mo-Fr 07:00-09:00", "2026-04-01 09:00") == 'n');
  CHECK(holds("Mo-Fr 07:00-09:00", "2026-04-04 08:00") == 'n');
  CHECK(holds("Mo-Fr 07:00-09:00,16:00-18:00", "2026-04-01 17:59") == 'y');
  CHECK(holds("Mo,We 07:00-09:00", "2026-04-02 08:00") == 'n');
  CHECK(holds("Sa-Mo 07:00-09:00", "2026-04-05 08:00") == 'y');
  CHECK(holds("22:00-06:00", "2026-04-01 23:30") == 'y');
  CHECK(holds("22:00-06:00", "2026-04-01 05:59") == 'y');
  CHECK(holds("22:00-6:00", "2026-04-01 06:00") == 'n');
  CHECK(holds("Fr 22:00-06:00", "2026-04-04 03:00") == 'y');  // the night of Friday
  CHECK(holds("Fr 22:00-06:00", "2026-04-03 03:00") == 'n');
  CHECK(holds("Mo-Fr 07:00-09:00; Sa 08:00-10:00", "2026-04-04 09:30") == 'y');
  CHECK(holds("Mo-Fr 07:00-09:00, Sa 08:00-10:00", "2026-04-04 09:30") == 'y');
  CHECK(holds("08:00-20:00; Su off", "2026-04-05 12:00") == 'n');
  CHECK(holds("08:00-20:00; Su off", "2026-04-06 12:00") == 'y');
  CHECK(holds("Dec-Mar", "2026-01-15 12:00") == 'y');
  CHECK(holds("Nov 15-Apr 15 08:00-10:00", "2026-04-15 09:00") == 'y');
  CHECK(holds("Nov 15-Apr 15", "2026-04-16 09:00") == 'n');
  CHECK(holds("Apr: Mo-Fr 10:00+", "2026-04-01 23:00") == 'y');
  CHECK(holds("24/7", "2026-04-01 03:00") == 'y');
  CHECK(holds("Su", "2026-04-05 03:00") == 'y');
}

TEST_CASE("what cannot be judged is unknown, unless something else holds") {
  CHECK(holds("wet", "2026-04-01 12:00") == '?');
  CHECK(holds("weight>7.5", "2026-04-01 12:00") == '?');
  CHECK(holds("sunset-sunrise", "2026-04-01 12:00") == '?');
  CHECK(holds("Su,PH 06:00-20:00", "2026-04-01 12:00") == '?');
  CHECK(holds("Su 06:00-20:00, PH 06:00-20:00", "2026-04-05 12:00") == 'y');
  CHECK(holds("", "2026-04-01 12:00") == 'n');
  CHECK(holds("Mo-", "2026-04-01 12:00") == '?');
  CHECK(holds("25:61", "2026-04-01 12:00") == '?');
}

TEST_CASE("the last clause that holds wins") {
  CHECK(value("30 @ (22:00-06:00)", "2026-04-01 23:00") == "30");
  CHECK(value("30 @ (22:00-06:00)", "2026-04-01 12:00") == "-");
  CHECK(value("130 @ (06:00-20:00); 80 @ wet", "2026-04-01 12:00") == "130?");
  CHECK(value("no @ (Mo-Fr 07:00-09:00; Sa 08:00-10:00); yes @ 08:30-08:45", "2026-04-01 08:40") == "yes");
  CHECK(value("none", "2026-04-01 12:00") == "-");
}

TEST_CASE("a school street is closed to cars in its hours, and open without a time") {
  const auto drawing = OsmDrawing("A B").way(1, "AB",
                                             {{"highway", "residential"},
                                              {"motor_vehicle:conditional", "no @ (Mo-Fr 07:30-08:30)"},
                                              {"oneway:conditional", "yes @ (Sa,Su 10:00-18:00)"},
                                              {"maxspeed", "50"},
                                              {"maxspeed:conditional", "30 @ (22:00-06:00)"},
                                              {"maxspeed:hgv:conditional", "20 @ wet"}});
  const auto modes = [&](const io::OsmOptions& options) {
    const auto result = read(drawing, options);
    return std::pair{int{result.network.modes[LinkId{0u}]}, int{result.network.modes[LinkId{1u}]}};
  };
  const int all = kFoot | kBicycle | kCar;
  CHECK(modes({}) == std::pair{all, all});
  CHECK(modes(at("2026-04-01 08:00")) == std::pair{kFoot | kBicycle, kFoot | kBicycle});
  CHECK(modes(at("2026-04-01 09:00")) == std::pair{all, all});
  CHECK(modes(at("2026-04-04 11:00")) == std::pair{all, int{kFoot}});
  CHECK(read(drawing, at("2026-04-01 23:00")).network.speed[LinkId{0u}] == doctest::Approx(30 / 3.6));
  const auto silent = read(drawing);
  CHECK(silent.counts.conditional_tags == 3);  // the rule for lorries binds nobody here
  CHECK(silent.counts.judged_tags == 0);
  REQUIRE_FALSE(silent.notes.empty());
  CHECK(contains(silent.notes.back().message, "3 rules for certain times or vehicles"));
  CHECK(read(drawing, at("2026-04-01 08:00")).counts.judged_tags == 3);
}

TEST_CASE("a turn forbidden at certain hours is forbidden then") {
  const auto drawing =
      OsmDrawing("A B C")
          .way(1, "AB", {{"highway", "residential"}})
          .way(2, "BC", {{"highway", "residential"}})
          .restriction(9, 1, {}, 'B', 2,
                       {{"restriction:conditional", "no_straight_on @ (Mo-Fr 07:00-09:00)"}});
  CHECK(read(drawing).network.restrictions.empty());
  CHECK(read(drawing).counts.conditional_restrictions == 1);
  const auto morning = read(drawing, at("2026-04-01 08:00"));
  CHECK(morning.network.restrictions.size() == 1);
  CHECK(morning.counts.mapped_restrictions == 1);
  const auto noon = read(drawing, at("2026-04-01 12:00"));
  CHECK(noon.network.restrictions.empty());
  CHECK(noon.counts.inactive_restrictions == 1);
  CHECK(noon.counts.conditional_restrictions == 0);
}

TEST_CASE("a bollard that is lowered in the evening lets cars pass then") {
  const auto drawing =
      OsmDrawing("A B C")
          .node('B', {{"barrier", "bollard"}, {"motor_vehicle:conditional", "yes @ (18:00-22:00)"}})
          .way(1, "ABC", {{"highway", "residential"}});
  CHECK(read(drawing).network.restrictions.size() == 2);
  CHECK(read(drawing, at("2026-04-01 19:00")).network.restrictions.empty());
  CHECK(read(drawing, at("2026-04-01 12:00")).network.restrictions.size() == 2);
}

TEST_CASE("ferries are links with the speed of their duration, if asked for") {
  const auto drawing =
      OsmDrawing("A B     C")
          .way(1, "AB", {{"highway", "residential"}})
          .way(2, "BC", {{"route", "ferry"}, {"motor_vehicle", "yes"}, {"duration", "00:10"}});
  const auto without = read(drawing);
  CHECK(without.network.segment_count() == 1);
  CHECK(without.counts.ferries == 1);
  CHECK(contains(without.notes.back().message, "1 ferries were left out"));
  io::OsmOptions options;
  options.ferries = true;
  const Network with = read(drawing, options).network;
  REQUIRE(with.segment_count() == 2);
  CHECK((with.flags.values()[1] & kFerry) != 0);
  CHECK(with.speed[LinkId{2u}] == doctest::Approx(with.length.values()[1] / 600));
  CHECK(with.allows(LinkId{2u}, kFoot));
  CHECK(with.allows(LinkId{2u}, kCar));
}

TEST_CASE("countries have their own customs where tags are silent") {
  const auto drawing = OsmDrawing("A B C")
                           .way(1, "AB", {{"highway", "residential"}})
                           .way(2, "BC", {{"highway", "primary"}, {"maxspeed", "40"}});
  const auto speeds = [&](const std::string& country) {
    io::OsmOptions options;
    options.country = country;
    const auto result = read(drawing, options);
    return std::tuple{std::lround(result.network.speed[LinkId{0u}] * 3.6),
                      std::lround(result.network.speed[LinkId{2u}] * 3.6), result.network.left_hand};
  };
  CHECK(speeds("") == std::tuple{30, 40, true});  // near Sapporo
  CHECK(speeds("auto") == std::tuple{30, 40, true});
  CHECK(speeds("DE") == std::tuple{50, 40, false});
  CHECK(speeds("US") == std::tuple{40, 40, false});  // 25 mph
  CHECK(speeds("GB") == std::tuple{48, 40, true});
  CHECK(contains(complaint([&] { (void)speeds("XX"); }), "country XX: is not one whose roads are known"));
  io::OsmOptions options;
  options.country = "JP";
  const Network n = read(drawing, options).network;
  CHECK((n.imputed.values()[0] & kImputedSpeed) != 0);  // a custom is no measurement
  CHECK((n.imputed.values()[1] & kImputedSpeed) == 0);
  CHECK(n.lanes[LinkId{2u}] == 1);
}

TEST_CASE("moments are dates with hours") {
  CHECK(complaint([] { (void)io::local_moment("2026-04-01 08:00"); }).empty());
  CHECK(complaint([] { (void)io::local_moment("2026-04-01T08:00:00"); }).empty());
  for (const char* wrong :
       {"", "2026-04-01", "2026-02-30 08:00", "2026-04-01 24:00", "tomorrow", "2026-04-01 08:00x"})
    CHECK(contains(complaint([&] { (void)io::local_moment(wrong); }),
                   "write local date and time as 2026-04-01 08:00"));
}

TEST_CASE("the conditions of Lower Saxony's main roads are judged but for rain and farmers") {
  const auto path = real_data("network/osm/de_niedersachsen_main_roads.osm.gz");
  if (!path) return;
  const auto result = io::read_osm(*path, at("2026-04-01 12:00"));
  // maxspeed 143 + 1 forward, access 68, counted with another XML parser
  CHECK(result.counts.conditional_tags == 212);
  CHECK(result.counts.judged_tags > 100);
  CHECK(result.counts.judged_tags < 212);
}
