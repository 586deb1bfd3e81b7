#include "chimata/io/checkpoint_file.hpp"

#include "chimata/io/hdf5_file.hpp"

namespace chimata::io {

namespace {
constexpr const char* kFormat = "chimata-checkpoint";
constexpr std::int64_t kVersion = 2;  // whenever columns come or change
}  // namespace

void save_snapshot(const Snapshot& snapshot, const std::string& manifest_json, const std::string& path) {
  Hdf5Writer file{path, kFormat, kVersion};
  file.put("manifest", manifest_json);
  file.put("hash", std::vector<std::uint64_t>{hash_of(snapshot)});
  std::vector<std::string> names;
  for (const auto& [name, bytes] : snapshot) {
    file.put("columns/" + std::to_string(names.size()), bytes);
    names.push_back(name);
  }
  file.put("names", names);
  file.finish();
}

CheckpointFile load_snapshot(const std::string& path) {
  const Hdf5Reader file{path, kFormat, kVersion, "a checkpoint"};
  CheckpointFile result;
  std::vector<std::string> names;
  std::vector<std::uint64_t> hash;
  file.get("manifest", result.manifest);
  file.get("hash", hash);
  file.get("names", names);
  for (std::size_t i = 0; i < names.size(); ++i)
    file.get("columns/" + std::to_string(i), result.snapshot[names[i]]);
  file.check(hash.size() == 1 && hash.front() == hash_of(result.snapshot), "its hash differs");
  return result;
}

}  // namespace chimata::io
