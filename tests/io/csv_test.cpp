#include "chimata/io/csv.hpp"

#include <doctest/doctest.h>

#include "support/input_error.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;
using io::CsvTable;

TEST_CASE("quotes, line breaks in quotes, CRLF and other separators are read") {
  const auto table = CsvTable::parse("id,name\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2, plain \r\n", "t.csv");
  REQUIRE(table.rows() == 2);
  CHECK(table.text(0, 1) == "a, \"b\"\nc");
  CHECK(table.text(1, 1) == "plain");
  CHECK(table.where(1) == "t.csv:5");
  CHECK(CsvTable::parse("id;name\n1;x,y\n", "t.csv").text(0, 1) == "x,y");
  CHECK(CsvTable::parse("id\tname\n1\tx", "t.csv").text(0, 1) == "x");
}

TEST_CASE("UTF-8 with a byte order mark, UTF-16 and Shift-JIS give the same text") {
  const TemporaryDirectory folder;
  const std::string shift_jis = "\x96\xBC\x8F\xCC\n\x8E\x73\x96\xF0\x8F\x8A\n";  // 名称, 市役所
  const std::string utf16("\xFF\xFE\x0D\x54\xF0\x79\x0A\x00\x02\x5E\x79\x5F\x40\x62\x0A\x00", 16);
  for (const std::string& bytes :
       {std::string("名称\n市役所\n"), std::string("\xEF\xBB\xBF名称\n市役所\n"), shift_jis, utf16}) {
    const auto table = CsvTable::read(folder.write("t.csv", bytes));
    CHECK(table.header()[0] == "名称");
    CHECK(table.text(0, 0) == "市役所");
  }
}

TEST_CASE("numbers may have full-width digits and thousands separators") {
  const auto table = CsvTable::parse("a,b,c,d\n１２０,\"1,200\",+3.5e1,\n", "t.csv");
  CHECK(table.number(0, 0) == 120.0);
  CHECK(table.number(0, 1) == 1200.0);
  CHECK(table.number(0, 2) == 35.0);
  CHECK(!table.number(0, 3));
}

TEST_CASE("broken tables are refused in one line") {
  const TemporaryDirectory folder;
  const auto line = [&](std::string_view bytes) {
    return complaint([&] { (void)CsvTable::read(folder.write("t.csv", bytes)); });
  };
  CHECK(contains(complaint([&] { (void)CsvTable::read(folder / "none.csv"); }), "cannot be opened"));
  CHECK(contains(line(""), "t.csv: is empty"));
  CHECK(contains(line("\n\n"), "t.csv: is empty"));
  CHECK(contains(line("PK\x03\x04zip"), "t.csv: is an Excel workbook"));
  CHECK(contains(line("a\n\xFF\xFF\xFF\n"), "t.csv: is neither UTF-8 nor Shift-JIS"));
  CHECK(contains(line("a,b\n1,2\n3,4,5\n"), "t.csv:3: has 3 cells, the header 2"));
  CHECK(contains(line("a,b\n1,\"2\n3,4\n"), "t.csv:2: a quote is never closed"));
  const auto table = CsvTable::parse("id,capasity,name\n1,x,y\n", "t.csv");
  CHECK(complaint([&] { (void)table.number(0, 1); }) == "t.csv:2: capasity is 'x'; give a number");
  CHECK(complaint([&] {
          (void)table.required("capacity", {"capacity", "想定収容人数"});
        }) ==
        "t.csv: has no column for the capacity (columns: capasity, id, name); name it capacity or "
        "想定収容人数");
}
