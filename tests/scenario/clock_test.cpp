#include "chimata/scenario/clock.hpp"

#include <doctest/doctest.h>

#include "chimata/core/error.hpp"

using namespace chimata;

TEST_CASE("a time of day means the next one after the start") {
  const LocalClock clock("2025-09-10 22:00", "test");
  CHECK(*clock.parse("22:00") == kStart);
  CHECK(*clock.parse("22:30:15") == time_of(1815));
  CHECK(*clock.parse("02:30") == time_of(4.5 * 3600));  // past midnight
  CHECK(*clock.parse("2025-09-11 02:30") == time_of(4.5 * 3600));
  CHECK(*clock.parse("2025-09-11T02:30") == time_of(4.5 * 3600));
  CHECK(*clock.parse("2025-09-10 21:00") == time_of(-3600));
}

TEST_CASE("what is no time is refused") {
  const LocalClock clock("2025-09-10 02:00", "test");
  for (const char* wrong :
       {"", "2", "25:61", "02-30", "noon", "2025-13-01 02:00", "2025-02-30 02:00", "2025-257-10 02:00",
        "2025-01-266", "2025--1-10", "70000-01-01", "02:30pm", "-02:30"}) {
    CAPTURE(wrong);
    CHECK_FALSE(clock.parse(wrong));
  }
  CHECK_THROWS_WITH_AS(LocalClock("tomorrow", "plan.yaml"),
                       "plan.yaml: start \"tomorrow\" is no date and time; write it as 2025-09-10 02:00",
                       InputError);
}

TEST_CASE("times are written as people write them, and read back") {
  const LocalClock clock("2025-12-31 23:30", "test");
  CHECK(clock.written(time_of(600)) == "23:40");
  CHECK(clock.written(time_of(3600)) == "2026-01-01 00:30");
  CHECK(clock.iso(time_of(3661)) == "2026-01-01T00:31:01");
  for (const double t : {0.0, 15.0, 1800.0, 86'400.0})
    CHECK(*clock.parse(clock.written(time_of(t))) == time_of(t));
}

TEST_CASE("durations are read with their unit and written back in the largest") {
  CHECK(*parse_duration("90s") == duration_of(90));
  CHECK(*parse_duration("10 min") == duration_of(600));
  CHECK(*parse_duration("1.5h") == duration_of(5400));
  CHECK(*parse_duration("2 days") == duration_of(172'800));
  CHECK(*parse_duration("45") == duration_of(45));
  CHECK_FALSE(parse_duration("ten minutes"));
  CHECK_FALSE(parse_duration("5 weeks"));
  for (const double s : {0.0, 30.0, 90.0, 600.0, 21'600.0})
    CHECK(*parse_duration(written(duration_of(s))) == duration_of(s));
}
