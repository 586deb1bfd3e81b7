#include "chimata/io/table_file.hpp"

#include "chimata/io/hdf5_file.hpp"

namespace chimata::io {

namespace {
constexpr const char* kWhat = "a file of results";

TableColumn::Values empty_values(std::pair<H5T_class_t, std::size_t> type) {
  if (type.first == H5T_STRING) return std::vector<std::string>{};
  if (type.first == H5T_FLOAT)
    return type.second == 4 ? TableColumn::Values(std::vector<float>{})
                            : TableColumn::Values(std::vector<double>{});
  if (type.second == 1) return std::vector<std::uint8_t>{};
  return type.second == 4 ? TableColumn::Values(std::vector<std::uint32_t>{})
                          : TableColumn::Values(std::vector<std::int64_t>{});
}
}  // namespace

void save_tables(const TableSet& tables, const std::string& manifest_json, const std::string& path) {
  Hdf5Writer file{path, kRunFormat, kRunVersion};
  file.put("manifest", manifest_json);
  for (const auto& [name, table] : tables) {
    const std::string group = "tables/" + name;
    file.describe_group(group, table.description());
    for (const auto& column : table.columns()) {
      std::visit([&](const auto& values) { file.put(group + "/" + column.name, values, column.description); },
                 column.values);
    }
  }
  file.finish();
}

TableFile load_tables(const std::string& path) {
  const Hdf5Reader file{path, kRunFormat, kRunVersion, kWhat};
  TableFile result;
  file.get("manifest", result.manifest);
  for (const auto& name : file.list("tables")) {
    const std::string group = "tables/" + name;
    Table table{file.description(group)};
    for (const auto& column : file.list(group)) {
      const std::string place = group + "/" + column;
      TableColumn& made = table.columns().emplace_back(
          TableColumn{column, file.description(place), empty_values(file.type(place))});
      std::visit(
          [&](auto& values) { file.get(place, values), file.check(values.size() == table.rows(), place); },
          made.values);
    }
    result.tables.emplace(name, std::move(table));
  }
  return result;
}

}  // namespace chimata::io
