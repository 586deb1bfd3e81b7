/// Private to io: XML read as a stream of elements, plain or gzipped.
#pragma once

#include <istream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chimata::io {

/// A file as a stream; gzip is unpacked on the way, whatever the file is called.
/// @throws InputError if there is no such file, or it is empty
[[nodiscard]] std::unique_ptr<std::istream> open_packed(const std::string& path);

/// An element's start: its attributes, and where it stands.
class XmlElement {
 public:
  XmlElement(std::string_view name, const char** attributes, const std::string& file, std::size_t line)
      : name_(name), attributes_(attributes), file_(file), line_(line) {}

  [[nodiscard]] std::string_view name() const { return name_; }
  /// "network.xml:12"
  [[nodiscard]] std::string where() const { return file_ + ":" + std::to_string(line_); }
  [[nodiscard]] std::optional<std::string_view> find(std::string_view attribute) const;
  /// "" if it is missing
  [[nodiscard]] std::string text(std::string_view attribute) const {
    return std::string(find(attribute).value_or(""));
  }
  /// @throws InputError if it is missing or empty
  [[nodiscard]] std::string required(std::string_view attribute) const;
  /// None if it is missing. @throws InputError if it holds no finite number
  [[nodiscard]] std::optional<double> number(std::string_view attribute) const;
  [[nodiscard]] double required_number(std::string_view attribute) const;

 private:
  std::string_view name_;
  const char** attributes_;
  const std::string& file_;
  std::size_t line_;
};

/// Told of every element in the order of the file; may throw.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(const XmlElement& element) = 0;
  virtual void end(std::string_view /*name*/, std::string_view /*text directly in it*/) {}
};

/// Reads a document; references to outside (DTDs) are not followed.
/// @param file  the name used in messages
/// @throws InputError with file and line if it is no well-formed XML, and whatever the handler throws
void read_xml(std::istream& stream, const std::string& file, XmlHandler& handler);

/// A finite number, whole text. None if it is something else.
[[nodiscard]] std::optional<double> number_of(std::string_view text);

}  // namespace chimata::io
