#include "chimata/core/archive.hpp"

#include <doctest/doctest.h>

using namespace chimata;

TEST_CASE("what a snapshot holds comes back as it was") {
  Snapshot snapshot;
  SnapshotWriter out(snapshot, "walkers");
  out.put("position", std::vector<double>{1.5, -2});
  out.put("nobody", std::vector<std::uint32_t>{});
  out.put_value("clock", std::int64_t{42});
  const SnapshotReader in(snapshot, "walkers");
  std::vector<double> position;
  std::vector<std::uint32_t> nobody{7};
  std::int64_t clock = 0;
  in.get("position", position);
  in.get("nobody", nobody);
  in.get_value("clock", clock);
  CHECK(position == std::vector<double>{1.5, -2});
  CHECK(nobody.empty());
  CHECK(clock == 42);
}

TEST_CASE("a snapshot that lacks a column or has it damaged is refused") {
  Snapshot snapshot;
  SnapshotWriter(snapshot, "walkers").put("position", std::vector<std::uint8_t>{1, 2, 3});
  const SnapshotReader in(snapshot, "walkers");
  std::vector<double> column;
  double value = 0;
  CHECK_THROWS_WITH(in.get("speed", column), "snapshot lacks walkers/speed");
  CHECK_THROWS_WITH(in.get("position", column), "snapshot column walkers/position is damaged");
  CHECK_THROWS_WITH(in.get_value("position", value), "snapshot value walkers/position is damaged");
}

TEST_CASE("the hash sees every byte, every name and every order") {
  const auto hash = [](const char* name, std::vector<std::uint8_t> bytes) {
    Snapshot snapshot;
    SnapshotWriter(snapshot, "p").put(name, bytes);
    return hash_of(snapshot);
  };
  const auto reference = hash("a", {1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(hash("a", {1, 2, 3, 4, 5, 6, 7, 8, 9}) == reference);
  CHECK(hash("b", {1, 2, 3, 4, 5, 6, 7, 8, 9}) != reference);
  CHECK(hash("a", {2, 1, 3, 4, 5, 6, 7, 8, 9}) != reference);
  CHECK(hash("a", {1, 2, 3, 4, 5, 6, 7, 8, 10}) != reference);
  CHECK(hash("a", {1, 2, 3, 4, 5, 6, 7, 8}) != reference);
}
