#include "chimata/io/environment.hpp"

#include <cstdlib>

#include "chimata/core/error.hpp"

namespace chimata::io {

std::string expanded_path(const std::string& path, const std::string& where) {
  std::string result;
  std::size_t at = 0;
  for (std::size_t open; (open = path.find("${", at)) != std::string::npos;) {
    const std::size_t close = path.find('}', open);
    if (close == std::string::npos)
      throw InputError(where, "'" + path + "' lacks a closing brace", "write ${NAME}/file");
    const std::string name = path.substr(open + 2, close - open - 2);
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0')
      throw InputError(where, "the environment variable " + name + " is not set",
                       "export " + name + "=/folder/of/the/files");
    result += path.substr(at, open - at) + value;
    at = close + 1;
  }
  return result + path.substr(at);
}

}  // namespace chimata::io
