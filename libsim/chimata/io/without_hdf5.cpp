// What the room answers when it was built without HDF5 (CHIMATA_HDF5=OFF).
#include "chimata/core/error.hpp"
#include "chimata/io/checkpoint_file.hpp"
#include "chimata/io/city_file.hpp"
#include "chimata/io/table_file.hpp"
#include "chimata/io/table_recorder.hpp"

namespace chimata::io {

namespace {
[[noreturn]] void refuse(const std::string& path) {
  throw InputError(path, "cannot be read or written: this chimata was built without HDF5",
                   "build it with CHIMATA_HDF5=ON");
}
}  // namespace

void save_city(const City&, const std::string& path) {
  refuse(path);
}
City load_city(const std::string& path) {
  refuse(path);
}
void save_tables(const TableSet&, const std::string&, const std::string& path) {
  refuse(path);
}
TableFile load_tables(const std::string& path) {
  refuse(path);
}
struct TableRecorder::Inside {};
TableRecorder::TableRecorder(std::string path, std::function<void(const TableSet&)>) {
  refuse(path);
}
TableRecorder::~TableRecorder() = default;
void TableRecorder::take(TableSet&&) {}
void TableRecorder::finish(TableSet&&, std::function<Ending()>) {}
TableRecorder::Cost TableRecorder::cost() const {
  return {};
}
void save_snapshot(const Snapshot&, const std::string&, const std::string& path) {
  refuse(path);
}
CheckpointFile load_snapshot(const std::string& path) {
  refuse(path);
}

}  // namespace chimata::io
