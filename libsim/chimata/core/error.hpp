/// Errors that a user can mend: one line that says where, what, and what to do.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace chimata {

/// Something the user gave us is wrong. `what()` is the whole line to print:
///
///     shelters.csv:12 (S07): capacity is -50; give the number of people it can hold, 0 or more
class InputError : public std::runtime_error {
 public:
  /// @param where    file, file:row, or kind:id
  /// @param problem  what is wrong, with the value that was found
  /// @param fix      what to do about it; may be empty
  InputError(std::string where, std::string problem, std::string fix = {})
      : std::runtime_error(where + ": " + problem + (fix.empty() ? "" : "; " + fix)),
        where_(std::move(where)),
        problem_(std::move(problem)),
        fix_(std::move(fix)) {}

  [[nodiscard]] const std::string& where() const { return where_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const std::string& fix() const { return fix_; }

  /// The same, told of another place.
  [[nodiscard]] InputError at(std::string where) const { return {std::move(where), problem_, fix_}; }
  /// The same, with the file or part in which the place lies before it.
  [[nodiscard]] InputError in(const std::string& whole) const { return at(whole + ": " + where_); }

 private:
  std::string where_, problem_, fix_;
};

/// The run was stopped by its observer (Ctrl-C); everything done so far is whole.
class Cancelled : public std::runtime_error {
 public:
  Cancelled() : std::runtime_error("stopped by the user") {}
};

/// How far a long task has come. Return false to stop it: the callee then throws `Cancelled`.
struct Progress {
  double done = 0;        ///< 0..1
  std::string_view what;  ///< what is being done, for a person
};

}  // namespace chimata
