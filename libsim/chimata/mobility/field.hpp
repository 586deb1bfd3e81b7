/// Quantities that sectors share: one writer, many readers, two generations.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace chimata {

/// Values of one quantity at a fixed list of points, links, buildings …; see its name and unit.
///
/// Readers see the generation of the last exchange; the writer fills `next` and calls `publish` in the same
/// window. So the order in which processes advance inside a window cannot matter.
class Field {
 public:
  Field(std::string name, std::string unit, std::size_t size)
      : name_(std::move(name)), unit_(std::move(unit)), current_(size, 0.0f), next_(size, 0.0f) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& unit() const { return unit_; }
  [[nodiscard]] const std::vector<float>& values() const { return current_; }
  /// Grows by one at each exchange after a publish; lets readers skip work when nothing changed.
  [[nodiscard]] std::uint64_t version() const { return version_; }

  [[nodiscard]] std::vector<float>& next() { return next_; }
  void publish() { published_ = true; }

  /// Called by the kernel between windows.
  void exchange() {
    if (!published_) return;
    current_ = next_;
    published_ = false;
    ++version_;
  }
  void restore(std::vector<float> values, std::uint64_t version) {
    current_ = std::move(values), next_ = current_, version_ = version, published_ = false;
  }

 private:
  std::string name_, unit_;
  std::vector<float> current_, next_;
  std::uint64_t version_ = 0;
  bool published_ = false;
};

/// All fields of a simulation by name. Each has exactly one writer. Those there are:
///
/// | field             | unit      | one value per    | written by | every  | read by                     |
/// |-------------------|-----------|------------------|------------|--------|-----------------------------|
/// | depth.streets     | m         | street sample    | flood      | 60 s   | walking, driving            |
/// | velocity.streets  | m/s       | street sample    | flood      | 60 s   | walking, driving (optional) |
/// | depth.homes       | m         | person's home    | flood      | 60 s   | evacuation                  |
/// | depth.shelters    | m         | shelter          | flood      | 60 s   | evacuation                  |
/// | travel_time.car   | s         | link             | driving    | 300 s  | evacuation, routing         |
/// | depth.areas       | m         | cell of an area  | flood      | 60 s   | crowds                      |
/// | velocity.areas    | m/s       | cell of an area  | flood      | 60 s   | crowds (optional)           |
/// | smoke.areas       | 1/m       | cell of an area  | smoke      | 10 s   | crowds, event               |
/// | co.areas          | ppm       | cell of an area  | smoke      | 10 s   | crowds (optional)           |
/// | co2.areas         | %         | cell of an area  | smoke      | 10 s   | crowds (optional)           |
/// | o2_lack.areas     | %         | cell of an area  | smoke      | 10 s   | crowds (optional)           |
/// | warning.areas     | level     | area             | evacuation | once   | event                       |
/// | room.gates        | persons   | gate of an area  | walking    | 1 s    | crowds                      |
/// | crossing.delay    | s         | node             | driving    | 60 s   | walking                     |
/// | crossing.walkers  | persons/s | node             | walking    | 60 s   | driving                     |
///
/// A reader copes with a field that nobody writes: no flood, no cars.
class Fields {
 public:
  /// Creates a field; the caller is its only writer.
  /// @throws std::logic_error if the name is taken: two processes claim to write it
  Field& create(std::string name, std::string unit, std::size_t size) {
    const auto [it, fresh] = fields_.try_emplace(name, name, std::move(unit), size);
    if (!fresh) throw std::logic_error("field " + name + " has two writers");
    return it->second;
  }
  /// The field to read, or nullptr if nobody writes it (no flood in this scenario, say).
  [[nodiscard]] const Field* find(std::string_view name) const {
    const auto it = fields_.find(name);
    return it == fields_.end() ? nullptr : &it->second;
  }
  [[nodiscard]] std::map<std::string, Field, std::less<>>& all() { return fields_; }
  [[nodiscard]] const std::map<std::string, Field, std::less<>>& all() const { return fields_; }

 private:
  std::map<std::string, Field, std::less<>> fields_;  // stable addresses
};

}  // namespace chimata
