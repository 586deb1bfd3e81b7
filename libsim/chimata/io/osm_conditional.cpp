#include "chimata/io/osm_conditional.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <vector>

#include "chimata/core/error.hpp"
#include "chimata/io/osm.hpp"

namespace chimata::io {

namespace {

using std::chrono::days;

constexpr std::array<std::string_view, 7> kDays = {"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr int kDay = 24 * 60;  // minutes

// Reads a condition from left to right.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) { skip(); }
  [[nodiscard]] bool done() const { return rest_.empty(); }
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    skip();
    return true;
  }
  template <std::size_t N>
  std::optional<int> take_one_of(const std::array<std::string_view, N>& words) {
    for (std::size_t i = 0; i < N; ++i) {
      // a word, not the beginning of a longer one
      if (rest_.starts_with(words[i]) &&
          (rest_.size() == words[i].size() ||
           !std::isalpha(static_cast<unsigned char>(rest_[words[i].size()])))) {
        take(words[i]);
        return static_cast<int>(i);
      }
    }
    return std::nullopt;
  }
  std::optional<int> take_number() {
    int value = 0;
    std::size_t count = 0;
    while (count < rest_.size() && count < 4 && std::isdigit(static_cast<unsigned char>(rest_[count])))
      value = value * 10 + (rest_[count++] - '0');
    if (count == 0) return std::nullopt;
    rest_.remove_prefix(count);
    skip();
    return value;
  }
  // "07:30", in minutes
  std::optional<int> take_time() {
    const std::string_view before = rest_;
    const auto hour = take_number();
    if (hour && take(":")) {
      const auto minute = take_number();
      if (minute && *hour <= 48 && *minute < 60) return *hour * 60 + *minute;
    }
    rest_ = before;
    return std::nullopt;
  }
  [[nodiscard]] bool at_digit() const {
    return !rest_.empty() && std::isdigit(static_cast<unsigned char>(rest_.front()));
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  void reset(std::string_view to) { rest_ = to; }

 private:
  void skip() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  std::string_view rest_;
};

// The part of a rule that selects days: months or dates, and weekdays; all if it names none.
struct DayRule {
  std::vector<std::pair<int, int>> dates;  // month * 100 + day, both ends included, may wrap
  std::array<bool, 7> weekdays{};
  bool any_weekday = true;

  [[nodiscard]] bool covers(std::chrono::local_days day) const {
    const std::chrono::year_month_day date{day};
    const int number =
        static_cast<int>(static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day()));
    bool in = dates.empty();
    for (const auto& [from, to] : dates)
      in |= from <= to ? from <= number && number <= to : number >= from || number <= to;
    return in && (any_weekday || weekdays[std::chrono::weekday{day}.c_encoding()]);
  }
};

// False if a month is followed by something that is no date.
bool take_dates(Cursor& at, DayRule& rule) {
  while (const auto month = at.take_one_of(kMonths)) {
    int from = (*month + 1) * 100 + 1, to = (*month + 1) * 100 + 31;
    const auto day_of = [&](int whole) -> int {
      const std::string_view before = at.rest();
      if (at.take_time()) {  // "Jan 08:00": hours, no day
        at.reset(before);
        return whole;
      }
      const auto day = at.take_number();
      return day ? whole / 100 * 100 + *day : whole;
    };
    const int first = day_of(0);
    if (first) from = (*month + 1) * 100 + first, to = from;
    if (at.take("-")) {
      if (const auto last = at.take_one_of(kMonths)) {
        const int day = day_of(0);
        to = (*last + 1) * 100 + (day ? day : 31);
      } else {
        const auto day = at.take_number();
        if (!day || !first) return false;
        to = (*month + 1) * 100 + *day;
      }
    }
    rule.dates.emplace_back(from, to);
    const std::string_view before = at.rest();
    if (!at.take(",")) break;
    const std::string_view behind = at.rest();
    if (!at.take_one_of(kMonths)) {
      at.reset(before);
      break;
    }
    at.reset(behind);
  }
  at.take(":");
  return true;
}

bool take_weekdays(Cursor& at, DayRule& rule) {
  while (const auto from = at.take_one_of(kDays)) {
    rule.any_weekday = false;
    int to = *from;
    if (at.take("-")) {
      const auto end = at.take_one_of(kDays);
      if (!end) return false;
      to = *end;
    }
    for (int day = *from;; day = (day + 1) % 7) {
      rule.weekdays[static_cast<std::size_t>(day)] = true;
      if (day == to) break;
    }
    const std::string_view before = at.rest();
    if (!at.take(",")) break;
    const std::string_view behind = at.rest();
    if (!at.take_one_of(kDays)) {
      at.reset(before);
      break;
    }
    at.reset(behind);
  }
  return true;
}

// One rule: its answer for the moment, if it speaks about this day (or reaches over from the day before).
struct Answer {
  bool understood = true, speaks = false, open = false;
};

Answer judge(Cursor& at, std::chrono::local_seconds moment) {
  Answer answer;
  const auto day = std::chrono::floor<days>(moment);
  const int minute = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(moment - day).count());
  if (at.take("24/7")) return {true, true, true};
  DayRule rule;
  const std::string_view start = at.rest();
  answer.understood = take_dates(at, rule) && take_weekdays(at, rule);
  std::vector<std::pair<int, int>> hours;
  while (answer.understood && at.at_digit()) {
    const auto from = at.take_time();
    if (!from) {
      answer.understood = false;
      break;
    }
    int to = kDay;
    if (at.take("-")) {
      const auto end = at.take_time();
      if (!end) answer.understood = false;
      to = end.value_or(0);
      at.take("+");
    } else if (!at.take("+")) {
      answer.understood = false;  // a single moment is no time to be open
    }
    if (to <= *from) to += kDay;
    hours.emplace_back(*from, to);
    const std::string_view before = at.rest();
    if (!at.take(",")) break;
    if (!at.at_digit()) {
      at.reset(before);
      break;
    }
  }
  const bool off = at.take("off") || at.take("closed");
  at.take("open");
  if (at.rest().data() == start.data()) answer.understood = false;  // nothing was read
  if (!answer.understood) return answer;
  const bool today = rule.covers(day), yesterday = rule.covers(day - days{1});
  answer.speaks = today;
  if (hours.empty()) answer.open = today;
  for (const auto& [from, to] : hours) {
    answer.open |= today && from <= minute && minute < to;
    answer.open |= yesterday && from <= minute + kDay && minute + kDay < to;
  }
  answer.speaks |= answer.open;
  if (off) {
    answer.speaks = answer.open;
    answer.open = false;
  }
  return answer;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

Holds holds(std::string_view condition, std::chrono::local_seconds at) {
  bool open = false, unknown = false;
  while (!condition.empty()) {
    const auto end = std::min(condition.find(';'), condition.size());
    Cursor cursor{condition.substr(0, end)};
    condition.remove_prefix(std::min(end + 1, condition.size()));
    bool first = true;
    while (!cursor.done()) {
      const Answer answer = judge(cursor, at);
      if (!answer.understood) {
        unknown = true;
        break;
      }
      // a rule behind a semicolon replaces what was said of its days, one behind a comma adds to it
      if (answer.speaks) open = first ? answer.open : open || answer.open;
      first = false;
      if (!cursor.take(",") && !cursor.done()) {
        unknown = true;
        break;
      }
    }
  }
  return open ? Holds::yes : unknown ? Holds::unknown : Holds::no;
}

std::chrono::local_seconds local_moment(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, end = 0;
  const int read =
      std::sscanf(text.c_str(), "%4d-%2d-%2d%*1[ T]%2d:%2d%n", &year, &month, &day, &hour, &minute, &end);
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  const auto rest = std::string_view(text).substr(static_cast<std::size_t>(end));
  if (read != 5 || !date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      !(rest.empty() || rest == ":00"))
    throw InputError("at", "is '" + text + "'", "write local date and time as 2026-04-01 08:00");
  return std::chrono::local_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

ConditionalValue conditional_value(std::string_view text, std::chrono::local_seconds at) {
  ConditionalValue result;
  while (!text.empty()) {
    // semicolons inside parentheses belong to the condition
    int depth = 0;
    std::size_t end = 0;
    for (; end < text.size() && (depth > 0 || text[end] != ';'); ++end)
      depth += text[end] == '(' ? 1 : text[end] == ')' && depth > 0 ? -1 : 0;
    const std::string_view clause = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto sign = clause.find('@');
    if (sign == std::string_view::npos) continue;
    std::string_view condition = trimmed(clause.substr(sign + 1));
    if (condition.starts_with('(') && condition.ends_with(')') && condition.size() >= 2)
      condition = condition.substr(1, condition.size() - 2);
    const Holds now = holds(condition, at);
    result.unknown |= now == Holds::unknown;
    if (now == Holds::yes) result.value = trimmed(clause.substr(0, sign));
  }
  return result;
}

}  // namespace chimata::io
