#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "chimata/core/error.hpp"
#include "chimata/io/hdf5_file.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

std::recursive_mutex& library() {
  static std::recursive_mutex mutex;
  return mutex;
}

Hdf5Handle text_type(std::size_t size) {
  Hdf5Handle type{H5Tcopy(H5T_C_S1), H5Tclose};
  H5Tset_size(type.get(), std::max<std::size_t>(size, 1));
  H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

bool put_attribute(hid_t object, const char* name, const std::string& text) {
  const Hdf5Handle type = text_type(text.size());
  const Hdf5Handle space{H5Screate(H5S_SCALAR), H5Sclose};
  const Hdf5Handle attribute{H5Acreate2(object, name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                             H5Aclose};
  const std::string padded = text.empty() ? std::string(1, '\0') : text;
  return attribute.good() && H5Awrite(attribute.get(), type.get(), padded.data()) >= 0;
}

// Makes what was written survive a power cut.
bool sync(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags);
  if (descriptor < 0) return false;
  const bool good = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return good;
}

}  // namespace

Hdf5Session::Hdf5Session() : lock_(library()) {
  H5Eget_auto2(H5E_DEFAULT, &old_function_, &old_data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}
Hdf5Session::~Hdf5Session() {
  H5Eset_auto2(H5E_DEFAULT, old_function_, old_data_);
}

Hdf5Writer::Hdf5Writer(std::string path, const std::string& format, std::int64_t version)
    : path_(std::move(path)), temporary_(path_ + "." + std::to_string(::getpid()) + ".tmp") {
  const Hdf5Session session;
  const Hdf5Handle creation{H5Pcreate(H5P_FILE_CREATE), H5Pclose};
  H5Pset_link_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  file_ = {H5Fcreate(temporary_.c_str(), H5F_ACC_TRUNC, creation.get(), H5P_DEFAULT), H5Fclose};
  if (!file_.good())
    throw InputError(path_, "cannot be written (" + std::string(std::strerror(errno)) + ")",
                     "is the folder there and writable?");
  links_ = {H5Pcreate(H5P_LINK_CREATE), H5Pclose};
  H5Pset_create_intermediate_group(links_.get(), 1);
  H5Pset_char_encoding(links_.get(), H5T_CSET_UTF8);
  check(put_attribute(file_.get(), "format", format));
  const Hdf5Handle space{H5Screate(H5S_SCALAR), H5Sclose};
  const Hdf5Handle attribute{
      H5Acreate2(file_.get(), "version", H5T_STD_I64LE, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose};
  check(attribute.good() && H5Awrite(attribute.get(), H5T_NATIVE_INT64, &version) >= 0);
}

Hdf5Writer::~Hdf5Writer() {
  const Hdf5Session session;
  growing_.clear();
  links_.reset();
  if (!file_.good()) return;
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(temporary_, ignored);
}

void Hdf5Writer::check(bool good) const {
  if (!good) throw InputError(path_, "cannot be written", "is the disk full?");
}

void Hdf5Writer::put_numbers(const std::string& name, hid_t type, std::size_t row_bytes, std::size_t rows,
                             std::size_t per_row, const void* data, const std::string& description) {
  const Hdf5Session session;
  const hsize_t size[] = {rows, per_row};
  const int rank = per_row == 1 ? 1 : 2;
  const Hdf5Handle space{H5Screate_simple(rank, size, nullptr), H5Sclose};
  const Hdf5Handle layout{H5Pcreate(H5P_DATASET_CREATE), H5Pclose};
  if (rows > 0) {
    constexpr std::size_t kChunkBytes = 1 << 18;
    const hsize_t chunk[] = {std::min<hsize_t>(rows, std::max<std::size_t>(1, kChunkBytes / row_bytes)),
                             per_row};
    H5Pset_chunk(layout.get(), rank, chunk);
    if (rows * row_bytes >= 1024) {
      H5Pset_shuffle(layout.get());
      H5Pset_deflate(layout.get(), 1);
    }
    H5Pset_fletcher32(layout.get());
  }
  const Hdf5Handle dataset{
      H5Dcreate2(file_.get(), name.c_str(), type, space.get(), links_.get(), layout.get(), H5P_DEFAULT),
      H5Dclose};
  check(dataset.good() &&
        (rows == 0 || H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0));
  if (!description.empty()) check(put_attribute(dataset.get(), "description", description));
}

void Hdf5Writer::put(const std::string& name, const std::vector<std::string>& column,
                     const std::string& description) {
  const Hdf5Session session;
  // fixed width, padded: compresses well and reads in one piece
  std::size_t width = 1;
  for (const auto& text : column) width = std::max(width, text.size());
  std::vector<char> bytes(width * column.size(), '\0');
  for (std::size_t i = 0; i < column.size(); ++i)
    std::copy(column[i].begin(), column[i].end(), bytes.begin() + static_cast<std::ptrdiff_t>(i * width));
  const Hdf5Handle type = text_type(width);
  put_numbers(name, type.get(), width, column.size(), 1, bytes.data(), description);
}

void Hdf5Writer::append_numbers(const std::string& name, hid_t type, std::size_t row_bytes, std::size_t rows,
                                const void* data, const std::string& description) {
  const Hdf5Session session;
  Growing& column = growing_[name];
  if (!column.dataset.good()) {
    // a chunk of 128 kB lies in the library's cache until it is full: it is compressed once
    const hsize_t none[] = {0}, unlimited[] = {H5S_UNLIMITED}, chunk[] = {(1 << 17) / row_bytes};
    const Hdf5Handle space{H5Screate_simple(1, none, unlimited), H5Sclose};
    const Hdf5Handle layout{H5Pcreate(H5P_DATASET_CREATE), H5Pclose};
    H5Pset_chunk(layout.get(), 1, chunk);
    H5Pset_shuffle(layout.get());
    H5Pset_deflate(layout.get(), 1);
    H5Pset_fletcher32(layout.get());
    column.dataset = {
        H5Dcreate2(file_.get(), name.c_str(), type, space.get(), links_.get(), layout.get(), H5P_DEFAULT),
        H5Dclose};
    check(column.dataset.good());
    if (!description.empty()) check(put_attribute(column.dataset.get(), "description", description));
  }
  if (rows == 0) return;
  const hsize_t from[] = {column.rows}, count[] = {rows}, size[] = {column.rows + rows};
  check(H5Dset_extent(column.dataset.get(), size) >= 0);
  const Hdf5Handle target{H5Dget_space(column.dataset.get()), H5Sclose};
  const Hdf5Handle source{H5Screate_simple(1, count, nullptr), H5Sclose};
  check(H5Sselect_hyperslab(target.get(), H5S_SELECT_SET, from, nullptr, count, nullptr) >= 0 &&
        H5Dwrite(column.dataset.get(), type, source.get(), target.get(), H5P_DEFAULT, data) >= 0);
  column.rows = size[0];
}

void Hdf5Writer::describe_group(const std::string& group, const std::string& description) {
  const Hdf5Session session;
  const Hdf5Handle creation{H5Pcreate(H5P_GROUP_CREATE), H5Pclose};
  H5Pset_link_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  const Hdf5Handle made{H5Gcreate2(file_.get(), group.c_str(), links_.get(), creation.get(), H5P_DEFAULT),
                        H5Gclose};
  check(made.good() && put_attribute(made.get(), "description", description));
}

void Hdf5Writer::finish() {
  {
    const Hdf5Session session;
    growing_.clear();
    check(H5Fflush(file_.get(), H5F_SCOPE_GLOBAL) >= 0);
    check(H5Fclose(file_.get()) >= 0);
    file_ = Hdf5Handle(H5I_INVALID_HID, H5Fclose);
  }
  // the disk may take its time: the library is free for others
  check(sync(temporary_, O_RDWR));
  check(::rename(temporary_.c_str(), path_.c_str()) == 0);
  const auto folder = std::filesystem::path(path_).parent_path();
  sync(folder.empty() ? "." : folder.string(), O_RDONLY);
}

}  // namespace chimata::io
