#include "chimata/io/table_recorder.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <mutex>

#include "chimata/core/error.hpp"
#include "chimata/io/table_file.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using io::TableRecorder;

namespace {

/// Rows `from` to `to` of a table with a column of every type.
TableSet rows(std::uint32_t from, std::uint32_t to) {
  TableSet tables;
  Table& table = tables.try_emplace("trips", "Trips").first->second;
  for (std::uint32_t i = from; i < to; ++i) {
    table.column<std::uint8_t>("kind", "kind").push_back(static_cast<std::uint8_t>(i));
    table.column<std::uint32_t>("person", "person").push_back(i);
    table.column<std::int64_t>("count", "count").push_back(-std::int64_t{i});
    table.column<float>("depth_m", "m").push_back(0.5f * static_cast<float>(i));
    table.column<double>("t_s", "s").push_back(0.1 * i);
    table.column<std::string>("name", "name").push_back("人" + std::to_string(i));
  }
  return tables;
}

auto ending(const char* manifest) {
  return [manifest] { return TableRecorder::Ending{{}, manifest}; };
}

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("tables recorded piece by piece read back as one") {
  const test::TemporaryDirectory folder;
  const std::string path = folder / "run.h5";
  TableRecorder recorder(path);
  for (std::uint32_t piece = 0; piece < 40; ++piece) recorder.take(rows(1000 * piece, 1000 * piece + 1000));
  recorder.finish(rows(40'000, 40'001), ending("{\"seed\":1}"));
  const auto file = io::load_tables(path);
  CHECK(file.manifest == "{\"seed\":1}");
  const TableSet whole = rows(0, 40'001);
  const Table& read = file.tables.at("trips");
  CHECK(read.description() == "Trips");
  REQUIRE(read.columns().size() == 6);
  for (const auto& column : whole.at("trips").columns()) {
    CAPTURE(column.name);
    bool found = false;
    for (const auto& other : read.columns()) {
      if (other.name == column.name)
        found = other.values == column.values && other.description == column.description;
    }
    CHECK(found);
  }
  CHECK(recorder.cost().rows == 40'001);
}

TEST_CASE("what is known at the end of a recording lies in the file with the rest") {
  const test::TemporaryDirectory folder;
  const std::string path = folder / "run.h5";
  std::size_t watched = 0;
  TableRecorder recorder(path, [&](const TableSet& piece) { watched += piece.at("trips").rows(); });
  recorder.take(rows(0, 10));
  recorder.finish(rows(10, 15), [&] {
    TableSet sums;
    sums["sums"].column<std::int64_t>("rows", "").push_back(static_cast<std::int64_t>(watched));
    return TableRecorder::Ending{sums, "{}"};
  });
  CHECK(io::load_tables(path).tables.at("sums").get<std::int64_t>("rows").at(0) == 15);
}

TEST_CASE("a recording without an end leaves nothing behind") {
  const test::TemporaryDirectory folder;
  {
    TableRecorder recorder(folder / "run.h5");
    recorder.take(rows(0, 100));
  }
  CHECK(files_in(std::filesystem::path(folder / "x").parent_path()) == 0);
}

TEST_CASE("a program killed while it records leaves the old file or none, never half of one") {
  const test::TemporaryDirectory folder;
  const std::string path = folder / "run.h5";
  io::save_tables(rows(0, 3), "{}", path);
  const pid_t child = ::fork();
  if (child == 0) {
    TableRecorder recorder(path);
    for (std::uint32_t piece = 0;; ++piece) {
      recorder.take(rows(1000 * piece, 1000 * piece + 1000));
      if (piece == 20) ::kill(::getpid(), SIGKILL);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  CHECK(io::load_tables(path).tables.at("trips").rows() == 3);
}

TEST_CASE("a slow disk holds the run up instead of dropping rows, and the wait is counted") {
  const test::TemporaryDirectory folder;
  const std::string path = folder / "run.h5";
  std::mutex disk;
  disk.lock();
  bool locked = true;
  TableRecorder recorder(path, [&](const TableSet&) { const std::lock_guard wait(disk); });
  // one piece is with the writer, the queue holds four more: the sixth or seventh has to wait
  for (std::uint32_t piece = 0; piece < 10; ++piece) {
    if (piece == TableRecorder::kQueue && locked) {
      CHECK(recorder.cost().waits == 0);
      disk.unlock();
      locked = false;
    }
    recorder.take(rows(piece, piece + 1));
  }
  recorder.finish(rows(10, 11), ending("{}"));
  CHECK(io::load_tables(path).tables.at("trips").rows() == 11);
  CHECK(recorder.cost().pieces == 11);
}

TEST_CASE("two runs of one program record at the same time") {
  const test::TemporaryDirectory folder;
  const std::string a = folder / "a.h5", b = folder / "b.h5";
  TableRecorder first(a), second(b);
  for (std::uint32_t piece = 0; piece < 50; ++piece)
    first.take(rows(piece, piece + 1)), second.take(rows(0, 2));
  second.finish({}, ending("{}"));
  first.finish({}, ending("{}"));
  CHECK(io::load_tables(a).tables.at("trips").rows() == 50);
  CHECK(io::load_tables(b).tables.at("trips").rows() == 100);
}

TEST_CASE("a folder that is not there is refused before the run") {
  CHECK_THROWS_WITH_AS(TableRecorder("/nowhere/at/all/run.h5"), doctest::Contains("cannot be written"),
                       InputError);
}
