#include "chimata/io/xml_reading.hpp"

#include <expat.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <exception>
#include <filesystem>
#include <vector>

#include "chimata/core/error.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

// zlib as a stream buffer; files that are not packed pass unchanged.
class PackedBuffer : public std::streambuf {
 public:
  explicit PackedBuffer(const std::string& path)
      : file_(file_name(path)), input_(gzopen(path.c_str(), "rb")) {
    if (!input_) throw InputError(path, "cannot be opened", "does the file exist, and may it be read?");
  }
  ~PackedBuffer() override { gzclose(input_); }
  PackedBuffer(const PackedBuffer&) = delete;
  PackedBuffer& operator=(const PackedBuffer&) = delete;

 protected:
  int_type underflow() override {
    const int count = gzread(input_, bytes_.data(), static_cast<unsigned>(bytes_.size()));
    int error = Z_OK;
    gzerror(input_, &error);
    if (count < 0 || (error != Z_OK && error != Z_STREAM_END)) failed_ = true;
    if (count <= 0) return traits_type::eof();
    setg(bytes_.data(), bytes_.data(), bytes_.data() + count);
    return traits_type::to_int_type(bytes_[0]);
  }

 public:
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::string file_;
  gzFile input_;
  bool failed_ = false;
  std::array<char, 1 << 16> bytes_{};
};

class PackedStream : public std::istream {
 public:
  explicit PackedStream(const std::string& path) : std::istream(nullptr), buffer_(path) { rdbuf(&buffer_); }
  [[nodiscard]] bool failed() const { return buffer_.failed(); }

 private:
  PackedBuffer buffer_;
};

class Parse {
 public:
  Parse(const std::string& file, XmlHandler& handler)
      : file_(file), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, on_start, on_end);
    XML_SetCharacterDataHandler(parser_, on_text);
  }
  ~Parse() { XML_ParserFree(parser_); }
  Parse(const Parse&) = delete;
  Parse& operator=(const Parse&) = delete;

  void feed(const char* bytes, std::size_t count, bool last) {
    const auto status = XML_Parse(parser_, bytes, static_cast<int>(count), last);
    if (thrown_) std::rethrow_exception(thrown_);
    if (status == XML_STATUS_ERROR) {
      throw InputError(
          file_ + ":" + std::to_string(line()),
          "is no well-formed XML (" + std::string(XML_ErrorString(XML_GetErrorCode(parser_))) + ")",
          "write or download the file again");
    }
  }

 private:
  [[nodiscard]] std::size_t line() const { return XML_GetCurrentLineNumber(parser_); }

  // an exception must not fly through expat's C frames: it is kept and thrown again behind them
  template <class Action>
  void guarded(Action&& action) {
    if (thrown_) return;
    try {
      action();
    } catch (...) {
      thrown_ = std::current_exception();
      XML_StopParser(parser_, XML_FALSE);
    }
  }
  static void on_start(void* self, const char* name, const char** attributes) {
    auto& parse = *static_cast<Parse*>(self);
    parse.guarded([&] {
      parse.texts_.emplace_back();
      parse.handler_.start(XmlElement{name, attributes, parse.file_, parse.line()});
    });
  }
  static void on_end(void* self, const char* name) {
    auto& parse = *static_cast<Parse*>(self);
    parse.guarded([&] {
      parse.handler_.end(name, parse.texts_.back());
      parse.texts_.pop_back();
    });
  }
  static void on_text(void* self, const char* text, int count) {
    auto& parse = *static_cast<Parse*>(self);
    parse.guarded([&] {
      if (!parse.texts_.empty()) parse.texts_.back().append(text, static_cast<std::size_t>(count));
    });
  }

  const std::string& file_;
  XmlHandler& handler_;
  XML_Parser parser_;
  std::vector<std::string> texts_;
  std::exception_ptr thrown_;
};

}  // namespace

std::unique_ptr<std::istream> open_packed(const std::string& path) {
  if (!std::filesystem::is_regular_file(path))
    throw InputError(path, "there is no such file", "correct the name");
  if (std::filesystem::file_size(path) == 0)
    throw InputError(file_name(path), "is empty", "write or download the file again");
  return std::make_unique<PackedStream>(path);
}

std::optional<std::string_view> XmlElement::find(std::string_view attribute) const {
  for (const char** at = attributes_; *at; at += 2) {
    if (attribute == *at) return at[1];
  }
  return std::nullopt;
}

std::string XmlElement::required(std::string_view attribute) const {
  const auto value = find(attribute);
  if (!value || value->empty()) {
    throw InputError(where(), "<" + std::string(name_) + "> has no " + std::string(attribute), "give it one");
  }
  return std::string(*value);
}

std::optional<double> XmlElement::number(std::string_view attribute) const {
  const auto value = find(attribute);
  if (!value) return std::nullopt;
  const auto number = number_of(*value);
  if (!number) {
    throw InputError(where(), std::string(attribute) + " is '" + std::string(*value) + "'", "give a number");
  }
  return number;
}

double XmlElement::required_number(std::string_view attribute) const {
  (void)required(attribute);
  return *number(attribute);
}

std::optional<double> number_of(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '+')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

void read_xml(std::istream& stream, const std::string& file, XmlHandler& handler) {
  Parse parse{file, handler};
  std::array<char, 1 << 16> bytes;
  while (stream.read(bytes.data(), bytes.size()), stream.gcount() > 0)
    parse.feed(bytes.data(), static_cast<std::size_t>(stream.gcount()), false);
  if (const auto* packed = dynamic_cast<const PackedStream*>(&stream); packed && packed->failed())
    throw InputError(file, "is damaged or cut off (gzip)", "write or download the file again");
  parse.feed(nullptr, 0, true);
}

}  // namespace chimata::io
