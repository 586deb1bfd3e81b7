#include "chimata/simulation/table_archive.hpp"

#include <algorithm>
#include <utility>

namespace chimata {

namespace {

constexpr char kSeparator = '\x1f';  // between the parts of a column's key: it occurs in no name or text

template <class T>
void append(std::vector<std::byte>& bytes, const std::vector<T>& values) {
  const auto raw = std::as_bytes(std::span(values));
  bytes.insert(bytes.end(), raw.begin(), raw.end());
}

void append(std::vector<std::byte>& bytes, const std::vector<std::string>& texts) {
  for (const auto& text : texts) {
    for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
    bytes.push_back(std::byte{0});
  }
}

template <class T>
void extract(const std::vector<std::byte>& bytes, std::vector<T>& values) {
  values.resize(bytes.size() / sizeof(T));
  if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
}

void extract(const std::vector<std::byte>& bytes, std::vector<std::string>& texts) {
  std::string text;
  for (const std::byte b : bytes) {
    if (b == std::byte{0}) {
      texts.push_back(std::exchange(text, {}));
    } else {
      text.push_back(static_cast<char>(b));
    }
  }
}

template <std::size_t... I>
TableColumn::Values empty_values(std::size_t index, std::index_sequence<I...>) {
  TableColumn::Values values;
  ((I == index ? void(values.emplace<I>()) : void()), ...);
  return values;
}

std::vector<std::string> split(const std::string& key) {
  std::vector<std::string> parts(1);
  for (const char c : key) {
    if (c == kSeparator) {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  return parts;
}

}  // namespace

void save_tables(const TableSet& tables, Snapshot& snapshot, const std::string& prefix) {
  for (const auto& [name, table] : tables) {
    std::size_t position = 0;
    for (const auto& column : table.columns()) {
      // the key keeps everything but the values: order, name, type and description
      std::string order = std::to_string(position++);
      order.insert(0, 3 - std::min<std::size_t>(3, order.size()), '0');
      const std::string key = prefix + "/" + name + kSeparator + order + kSeparator + column.name +
                              kSeparator + std::to_string(column.values.index()) + kSeparator +
                              column.description + kSeparator + table.description();
      std::visit([&](const auto& values) { append(snapshot[key], values); }, column.values);
    }
  }
}

TableSet load_tables(const Snapshot& snapshot, const std::string& prefix) {
  TableSet tables;
  for (auto it = snapshot.lower_bound(prefix + "/");
       it != snapshot.end() && it->first.starts_with(prefix + "/"); ++it) {
    const auto parts = split(it->first.substr(prefix.size() + 1));
    if (parts.size() != 6) throw std::runtime_error("snapshot table key is damaged: " + it->first);
    TableColumn column{parts[2], parts[4],
                       empty_values(std::stoul(parts[3]),
                                    std::make_index_sequence<std::variant_size_v<TableColumn::Values>>{})};
    std::visit([&](auto& values) { extract(it->second, values); }, column.values);
    tables.try_emplace(parts[0], parts[5]).first->second.columns().push_back(std::move(column));
  }
  return tables;
}

}  // namespace chimata
