#include <filesystem>

#include "chimata/core/error.hpp"
#include "chimata/io/hdf5_file.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

std::string attribute(hid_t object, const char* name) {
  if (H5Aexists(object, name) <= 0) return {};
  const Hdf5Handle attribute{H5Aopen(object, name, H5P_DEFAULT), H5Aclose};
  const Hdf5Handle type{H5Aget_type(attribute.get()), H5Tclose};
  if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) > 0) return {};
  std::string text(H5Tget_size(type.get()), '\0');
  if (H5Aread(attribute.get(), type.get(), text.data()) < 0) return {};
  text.resize(std::min(text.size(), text.find('\0')));
  return text;
}

}  // namespace

Hdf5Reader::Hdf5Reader(const std::string& path, const std::string& format, std::int64_t version,
                       std::string what)
    : name_(file_name(path)), what_(std::move(what)) {
  if (!std::filesystem::is_regular_file(path))
    throw InputError(path, "there is no such file", "give " + what_);
  file_ = {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose};
  if (!file_.good()) throw InputError(name_, "is damaged, cut off, or not " + what_, "make it again");
  if (attribute(file_.get(), "format") != format)
    throw InputError(name_, "is an HDF5 file but not " + what_, "give one that chimata wrote");
  std::int64_t found = -1;
  const Hdf5Handle number{H5Aopen(file_.get(), "version", H5P_DEFAULT), H5Aclose};
  check(number.good() && H5Aread(number.get(), H5T_NATIVE_INT64, &found) >= 0, "no version");
  if (found > version) {
    throw InputError(name_,
                     "was written by a newer chimata (version " + std::to_string(found) +
                         " of the format, this one reads " + std::to_string(version) + ")",
                     "update chimata or make the file again");
  }
}

void Hdf5Reader::check(bool good, const std::string& detail) const {
  if (!good) throw InputError(name_, "is damaged (" + detail + ")", "make it again");
}

std::size_t Hdf5Reader::open(const std::string& name, std::size_t per_row) const {
  dataset_ = {H5Dopen2(file_.get(), name.c_str(), H5P_DEFAULT), H5Dclose};
  dataset_name_ = name;
  check(dataset_.good(), "no " + name);
  const Hdf5Handle space{H5Dget_space(dataset_.get()), H5Sclose};
  hsize_t size[2] = {0, 1};
  const int rank = H5Sget_simple_extent_ndims(space.get());
  check(rank == 1 || rank == 2, name);
  H5Sget_simple_extent_dims(space.get(), size, nullptr);
  check(size[1] == per_row, name);
  return size[0];
}

void Hdf5Reader::read(hid_t type, void* data, std::size_t rows) const {
  const Hdf5Handle stored{H5Dget_type(dataset_.get()), H5Tclose};
  check(H5Tget_class(stored.get()) == H5Tget_class(type) && H5Tget_size(stored.get()) == H5Tget_size(type),
        dataset_name_);
  check(rows == 0 || H5Dread(dataset_.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0, dataset_name_);
}

void Hdf5Reader::get(const std::string& name, std::vector<std::string>& column) const {
  column.assign(open(name, 1), {});
  const Hdf5Handle stored{H5Dget_type(dataset_.get()), H5Tclose};
  check(H5Tget_class(stored.get()) == H5T_STRING && H5Tis_variable_str(stored.get()) == 0, name);
  const std::size_t width = H5Tget_size(stored.get());
  std::vector<char> bytes(width * column.size());
  read(stored.get(), bytes.data(), column.size());
  for (std::size_t i = 0; i < column.size(); ++i) {
    const std::string_view cell(bytes.data() + i * width, width);
    column[i] = cell.substr(0, cell.find('\0'));
  }
}

void Hdf5Reader::get(const std::string& name, std::string& text) const {
  std::vector<std::string> column;
  get(name, column);
  check(column.size() == 1, name);
  text = column.front();
}

std::vector<std::string> Hdf5Reader::list(const std::string& group) const {
  std::vector<std::string> names;
  if (!has(group)) return names;
  const Hdf5Handle opened{H5Gopen2(file_.get(), group.c_str(), H5P_DEFAULT), H5Gclose};
  check(opened.good(), group);
  const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* to) -> herr_t {
    static_cast<std::vector<std::string>*>(to)->emplace_back(name);
    return 0;
  };
  if (H5Literate(opened.get(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect, &names) < 0) {
    names.clear();
    check(H5Literate(opened.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names) >= 0, group);
  }
  return names;
}

bool Hdf5Reader::has(const std::string& name) const {
  return H5Lexists(file_.get(), name.c_str(), H5P_DEFAULT) > 0;
}

std::string Hdf5Reader::description(const std::string& name) const {
  const Hdf5Handle object{H5Oopen(file_.get(), name.c_str(), H5P_DEFAULT), H5Oclose};
  check(object.good(), name);
  return attribute(object.get(), "description");
}

std::pair<H5T_class_t, std::size_t> Hdf5Reader::type(const std::string& name) const {
  const Hdf5Handle dataset{H5Dopen2(file_.get(), name.c_str(), H5P_DEFAULT), H5Dclose};
  check(dataset.good(), name);
  const Hdf5Handle stored{H5Dget_type(dataset.get()), H5Tclose};
  return {H5Tget_class(stored.get()), H5Tget_size(stored.get())};
}

}  // namespace chimata::io
