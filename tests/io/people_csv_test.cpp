#include "chimata/io/people_csv.hpp"

#include <doctest/doctest.h>

#include <array>
#include <numeric>

#include "support/input_error.hpp"
#include "support/real_data.hpp"
#include "support/small_city.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

PeopleTable people(std::string_view text, io::PeopleOptions options = {}) {
  const TemporaryDirectory folder;
  options.crs = "EPSG:6677";
  return io::read_people_csv(folder.write("people.csv", text), options);
}

}  // namespace

TEST_CASE("a table of people is read with all its columns") {
  const auto table = people(
      "x,y,count,age,class,speed,household,cars,can_drive,needs_help,upper_floor_m,supplies_h,zone\n"
      "10,20,2,70,elderly,0.9,H1,1,0,1,3,24,east\n30,40,0.5,30,adult,1.3,H2,0,1,0,0,72,\n");
  REQUIRE(table.home.size() == 2);
  CHECK(table.home[1] == Point{30, 40});
  CHECK(*table.count == std::vector<double>{2, 0.5});
  CHECK(*table.age == std::vector<int>{70, 30});
  CHECK(*table.person_class == std::vector{PersonClass::elderly, PersonClass::adult});
  CHECK(*table.free_speed == std::vector<double>{0.9, 1.3});
  CHECK(*table.household == std::vector<std::string>{"H1", "H2"});
  CHECK(*table.cars == std::vector<int>{1, 0});
  CHECK(*table.can_drive == std::vector<std::uint8_t>{0, 1});
  CHECK(*table.needs_help == std::vector<std::uint8_t>{1, 0});
  CHECK(*table.upper_floor == std::vector<double>{3, 0});
  CHECK(*table.supplies_h == std::vector<double>{24, 72});
  CHECK(*table.zone == std::vector<std::string>{"east", ""});
  CHECK_FALSE(people("lon,lat\n139.7,35.7\n").count);
}

TEST_CASE("wrong tables of people are refused with file and line") {
  const auto said = [](std::string_view text) { return complaint([&] { (void)people(text); }); };
  CHECK(contains(said("x,y,class\n1,2,adlut\n"), "people.csv:2: class is 'adlut'; did you mean adult?"));
  CHECK(contains(said("x,y,age\n1,2,\n"), "people.csv:2: age is empty"));
  CHECK(contains(said("x,y,age\n1,2,30.5\n"), "people.csv:2: age is 30.5; give a whole number"));
  CHECK(contains(said("x,y,can_drive\n1,2,-1\n"), "people.csv:2: can_drive is -1; give 1 or 0"));
  CHECK(contains(said("x,y,count\n1,2,many\n"), "people.csv:2: count is 'many'; give a number"));
  CHECK(contains(said("count\n3\n"), "has no column for the longitude"));
  const auto missing = complaint([&] { (void)people("x,y\n1,2\n", {"", {{"count", "人数"}}, {}}); });
  CHECK(contains(missing, "people.csv: has no column for the count"));
}

TEST_CASE("Kumamoto's 36,042 groups are 67,028 persons in as many households") {
  const auto folder = real_data("practice/kumamoto_evacuation");
  if (!folder) return;
  io::PeopleOptions options;
  options.crs = "EPSG:6670";
  options.columns = {{"x", "座標X"},
                     {"y", "座標Y"},
                     {"count", "グループ人数"},
                     {"class", "グループ属性"},
                     {"household", "グループ番号"}};
  // 1 to 3 with elderly people or infants, 4 without, 5 in homes for the elderly, 6 to 9 visitors
  options.classes = {{"1", PersonClass::elderly}, {"2", PersonClass::child},    {"3", PersonClass::elderly},
                     {"4", PersonClass::adult},   {"5", PersonClass::impaired}, {"6", PersonClass::elderly},
                     {"7", PersonClass::elderly}, {"8", PersonClass::adult},    {"9", PersonClass::adult}};
  const auto table = io::read_people_csv(*folder + "/dlib__Evacuees_Master_Data.csv", options);
  REQUIRE(table.home.size() == 36'042);
  City city;
  city.network = testing::straight_street(2, 100);
  const Population all = people_from(city, table, Seed{1});
  CHECK(all.size() == 67'028);
  CHECK(all.households.size() == 36'042);
  std::array<std::size_t, 4> count{};
  for (const PersonClass c : all.person_class) ++count[static_cast<std::size_t>(c)];
  // by attribute, summed with awk: 31446, 5479, 1079, 15365, 866, 3015, 393, 8507, 878
  CHECK(count[static_cast<std::size_t>(PersonClass::elderly)] == 31'446 + 1'079 + 3'015 + 393);
  CHECK(count[static_cast<std::size_t>(PersonClass::child)] == 5'479);
  CHECK(count[static_cast<std::size_t>(PersonClass::adult)] == 15'365 + 8'507 + 878);
  CHECK(count[static_cast<std::size_t>(PersonClass::impaired)] == 866);
}
