#include "chimata/scenario/yaml.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "chimata/core/error.hpp"
#include "chimata/scenario/schema.hpp"
#include "chimata/scenario/value.hpp"
#include "support/input_error.hpp"

using namespace chimata;

namespace {

/// A folder that goes away with the test.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("chimata-yaml-" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(path / name) << text;
    return (path / name).string();
  }
};

}  // namespace

TEST_CASE("a variant file is laid over its base") {
  const Folder folder;
  folder.file(
      "flood.yaml",
      "name: 洪水\nstart: 2025-09-10 02:00\nduration: 6h\nflood: {rasters: depth/*.tif}\n"
      "evacuation: {order_at: \"02:30\", compliance: 0.7}\nedits:\n  - {op: close, target: \"link:3\"}\n");
  const auto path = folder.file("plan_b.yaml",
                                "base: flood.yaml\nname: 早期発令\nevacuation: {order_at: \"02:00\"}\n"
                                "edits:\n  - {op: change, target: \"shelter:*\", set: {capacity: x1.2}}\n");
  const Json document = Json::parse(read_scenario_file(path));
  CHECK(document["name"] == "早期発令");
  CHECK(document["evacuation"]["order_at"] == "02:00");
  CHECK(document["evacuation"]["compliance"] == 0.7);
  CHECK(document["edits"].size() == 2);
  CHECK(document["flood"]["rasters"].get<std::string>() == (folder.path / "depth/*.tif").string());
  CHECK_FALSE(document.contains("base"));
}

TEST_CASE("words that are no finite number are words") {
  const Folder folder;
  const auto path = folder.file("words.yaml", "name: INF\nwhy: nan\nstart: infinity\nduration: 1e3\n");
  const Json document = Json::parse(read_scenario_file(path));
  CHECK(document["name"] == "INF");
  CHECK(document["why"] == "nan");
  CHECK(document["start"] == "infinity");
  CHECK(document["duration"] == 1000.0);
}

TEST_CASE("paths of a base file stay right in a file of another folder") {
  const Folder folder;
  std::filesystem::create_directories(folder.path / "sub");
  folder.file("base.yaml",
              "name: a\ncity: towns/a.h5\nflood: {rasters: \"${WET}/depth_*.tif\"}\npopulation: {file: "
              "people.csv}\n");
  const auto path = folder.file("sub/b.yaml", "base: ../base.yaml\nname: b\npopulation: {seed: 2}\n");
  const auto document = Json::parse(scenario_file_as_written(path));
  CHECK(document["city"] == "../towns/a.h5");
  CHECK(document["flood"]["rasters"] == "${WET}/depth_*.tif");
  CHECK(document["population"]["file"] == "../people.csv");
  CHECK(document["population"]["seed"] == 2);
  ::setenv("WET", "/wet", 1);
  CHECK(Json::parse(read_scenario_file(path))["population"]["file"] == (folder.path / "people.csv").string());
  ::unsetenv("WET");
}

TEST_CASE("broken scenario files are refused with file and line") {
  const Folder folder;
  CHECK_THROWS_WITH_AS(
      static_cast<void>(read_scenario_file(folder.file("bad.yaml", "name: a\nstart: [2025\n"))),
      doctest::Contains("bad.yaml:"), InputError);
  CHECK_THROWS_WITH_AS(static_cast<void>(read_scenario_file(folder.file("twice.yaml", "name: a\nname: b\n"))),
                       doctest::Contains("twice.yaml:2: cannot be read as YAML (\"name\" is given twice)"),
                       InputError);
  CHECK_THROWS_WITH_AS(
      static_cast<void>(read_scenario_file(folder.file("key.yaml", "name: a\n? [b]\n: 1\n"))),
      doctest::Contains("key.yaml:2: cannot be read as YAML (a key is no text)"), InputError);
  CHECK_THROWS_WITH_AS(static_cast<void>(read_scenario_file(folder.file("empty.yaml", ""))),
                       doctest::Contains("holds no scenario"), InputError);
  CHECK_THROWS_WITH_AS(static_cast<void>(read_scenario_file((folder.path / "none.yaml").string())),
                       doctest::Contains("no such scenario file"), InputError);
  folder.file("a.yaml", "base: b.yaml\n");
  CHECK_THROWS_WITH_AS(static_cast<void>(read_scenario_file(folder.file("b.yaml", "base: a.yaml\n"))),
                       doctest::Contains("in a circle"), InputError);
}

TEST_CASE("an anchor may be used again, but not within itself nor without end") {
  const Folder folder;
  const std::string twice = folder.file("twice.yaml", "name: a\nx: &x {y: 1}\nz: [*x, *x]\n");
  CHECK(Json::parse(read_scenario_file(twice))["z"] == Json::parse("[{\"y\": 1}, {\"y\": 1}]"));

  const auto refused = [&](const std::string& name, const std::string& text) {
    CHECK_THROWS_WITH_AS(static_cast<void>(read_scenario_file(folder.file(name, text))),
                         doctest::Contains("an anchor is repeated without end"), InputError);
  };
  refused("itself.yaml", "name: &a [*a]\n");
  refused("itself_below.yaml", "name: &a {b: [*a]}\n");
  std::string lists = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string below = "*a" + std::to_string(i - 1), name = "a" + std::to_string(i);
    lists += name + ": &" + name + " [" + below;
    for (int use = 1; use < 10; ++use) lists += ", " + below;
    lists += "]\n";
  }
  refused("tenfold.yaml", lists);
}

TEST_CASE("paths in a scenario file may name an environment variable") {
  const Folder folder;
  ::setenv("CHIMATA_TEST_FOLDER", "/somewhere", 1);
  const auto path = folder.file("plan.yaml",
                                "name: a\ncity: ${CHIMATA_TEST_FOLDER}/city.h5\n"
                                "flood: {rasters: \"${CHIMATA_TEST_FOLDER}/depth_*.tif\"}\n");
  const auto document = Json::parse(read_scenario_file(path));
  CHECK(document["city"] == "/somewhere/city.h5");
  CHECK(document["flood"]["rasters"] == "/somewhere/depth_*.tif");

  ::unsetenv("CHIMATA_TEST_FOLDER");
  CHECK_THROWS_WITH_AS(static_cast<void>(read_scenario_file(path)),
                       doctest::Contains("CHIMATA_TEST_FOLDER is not set"), InputError);
}

TEST_CASE("the schema names every parameter of every model") {
  const Json schema = Json::parse(scenario_schema());
  const Json models = Json::parse(parameter_catalogue());
  REQUIRE(models.size() >= 5);
  for (const auto& model : models) {
    for (const auto& parameter : model["parameters"]) {
      CAPTURE(parameter["name"].get<std::string>());
      CHECK(schema["properties"][model["name"].get<std::string>()]["properties"].contains(
          parameter["name"].get<std::string>()));
    }
  }
}

TEST_CASE("a missing base is asked for by the file that names it") {
  const Folder folder;
  const auto path = folder.file("b.yaml", "base: night.yaml\nname: b\n");
  CHECK(test::complaint([&] { (void)read_scenario_file(path); }) ==
        path +
            ": base: there is no scenario file night.yaml; correct the name; it counts from the folder of "
            "this file");
}

TEST_CASE("the schema takes people from a table") {
  const Json people = Json::parse(scenario_schema())["properties"]["population"]["properties"];
  CHECK(people.contains("total"));
  CHECK(people["file"]["type"] == "string");
}
