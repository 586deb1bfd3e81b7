/// Small NetCDF files (classic format, CDF-1) for tests, written without a library.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chimata::test {

/// Dimensions and variables of doubles with text attributes; `bytes` is the whole file.
class NetcdfFile {
 public:
  using Attributes = std::vector<std::pair<std::string, std::string>>;

  int dimension(std::string name, std::uint32_t size) {
    dimensions_.emplace_back(std::move(name), size);
    return static_cast<int>(dimensions_.size()) - 1;
  }
  void variable(std::string name, std::vector<int> dimensions, std::vector<double> values,
                Attributes attributes = {}) {
    variables_.push_back({std::move(name), std::move(dimensions), std::move(values), std::move(attributes)});
  }

  [[nodiscard]] std::string bytes() const {
    std::vector<std::uint32_t> begins(variables_.size(), 0);
    auto begin = static_cast<std::uint32_t>(header(begins).size());
    for (std::size_t v = 0; v < variables_.size(); ++v) {
      begins[v] = begin;
      begin += static_cast<std::uint32_t>(8 * variables_[v].values.size());
    }
    std::string file = header(begins);
    for (const Variable& variable : variables_) {
      for (const double value : variable.values) {
        const auto word = std::bit_cast<std::uint64_t>(value);
        put(file, static_cast<std::uint32_t>(word >> 32));
        put(file, static_cast<std::uint32_t>(word));
      }
    }
    return file;
  }

 private:
  struct Variable {
    std::string name;
    std::vector<int> dimensions;
    std::vector<double> values;
    Attributes attributes;
  };
  static void put(std::string& out, std::uint32_t word) {
    for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(word >> shift & 0xff);
  }
  static void put(std::string& out, const std::string& text) {
    put(out, static_cast<std::uint32_t>(text.size()));
    out += text;
    while (out.size() % 4 != 0) out += '\0';
  }

  [[nodiscard]] std::string header(const std::vector<std::uint32_t>& begins) const {
    std::string out = "CDF\x01";
    put(out, 0u);  // records
    put(out, 0x0Au), put(out, static_cast<std::uint32_t>(dimensions_.size()));
    for (const auto& [name, size] : dimensions_) put(out, name), put(out, size);
    put(out, 0u), put(out, 0u);  // no attributes of the file
    put(out, 0x0Bu), put(out, static_cast<std::uint32_t>(variables_.size()));
    for (std::size_t v = 0; v < variables_.size(); ++v) {
      const Variable& variable = variables_[v];
      put(out, variable.name);
      put(out, static_cast<std::uint32_t>(variable.dimensions.size()));
      for (const int d : variable.dimensions) put(out, static_cast<std::uint32_t>(d));
      put(out, variable.attributes.empty() ? 0u : 0x0Cu);
      put(out, static_cast<std::uint32_t>(variable.attributes.size()));
      for (const auto& [name, text] : variable.attributes) {
        put(out, name);
        if (name == "_FillValue") {
          put(out, 6u), put(out, 1u);
          const auto word = std::bit_cast<std::uint64_t>(std::stod(text));
          put(out, static_cast<std::uint32_t>(word >> 32)), put(out, static_cast<std::uint32_t>(word));
        } else {
          put(out, 2u), put(out, text);
        }
      }
      put(out, 6u);  // double
      put(out, static_cast<std::uint32_t>(8 * variable.values.size()));
      put(out, begins[v]);
    }
    return out;
  }

  std::vector<std::pair<std::string, std::uint32_t>> dimensions_;
  std::vector<Variable> variables_;
};

}  // namespace chimata::test
