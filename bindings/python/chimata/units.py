"""Times and durations as people write them: "02:30", "2025-09-10 02:00", "10min"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from numbers import Real
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import input_error

_SECONDS = {"s": 1.0, "sec": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)\s*")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?$")


def seconds(value: str | float | timedelta, where: str = "duration") -> float:
    """A duration in seconds.

    Parameters
    ----------
    value : "90s", "10min", "1h 30min", a `timedelta`, or a number of seconds
    where : what the duration is of, for the error message

    Raises
    ------
    InputError : the text is no duration, or it is negative
    """
    if isinstance(value, timedelta):
        total = value.total_seconds()
    elif isinstance(value, Real) and not isinstance(value, bool):
        total = float(value)
    else:
        text = str(value).strip().lower()
        parts = _DURATION.findall(text)
        rest = _DURATION.sub("", text)
        if not parts or rest or any(unit not in _SECONDS for _, unit in parts):
            raise input_error(where, f"{value!r} is no duration", 'write e.g. "10min", "6h", "90s"')
        total = sum(float(number) * _SECONDS[unit] for number, unit in parts)
    if not total >= 0 or total == float("inf"):
        raise input_error(where, f"{value!r} is no duration", "give 0 or more seconds")
    return total


def duration_text(total_s: float) -> str:
    """Seconds as the shortest exact text: 21600 is "6h", 5400 is "90min"."""
    for unit, size in (("h", 3600), ("min", 60)):
        if total_s and total_s % size == 0:
            return f"{int(total_s // size)}{unit}"
    return f"{int(total_s) if total_s == int(total_s) else total_s}s"


def moment(text: str, tz: str, where: str = "start") -> datetime:
    """A date and time with its zone.

    Raises
    ------
    InputError : no date and time, or an unknown time zone
    """
    try:
        zone = ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise input_error("tz", f"{tz!r} is no time zone", 'write e.g. "Asia/Tokyo"') from None
    try:
        when = datetime.fromisoformat(str(text).strip())
    except ValueError:
        raise input_error(
            where, f"{text!r} is no date and time", 'write e.g. "2025-09-10 02:00"'
        ) from None
    return when if when.tzinfo else when.replace(tzinfo=zone)


def length_between(start: datetime, end: str) -> float:
    """Seconds from `start` to the clock time or date and time `end`.

    A clock time at or before the start is taken on the next day.
    """
    clock = _CLOCK.match(end.strip())
    if clock:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        if hour > 23 or minute > 59 or second > 59:
            raise input_error("end", f"{end!r} is no clock time", 'write e.g. "22:00"')
        when = start.replace(hour=hour, minute=minute, second=second, microsecond=0)
        return (when - start).total_seconds() % 86400 or 86400.0
    when = moment(end, "UTC", "end")
    if not re.search(r"(Z|[+-]\d\d:?\d\d)$", end.strip()):
        when = when.replace(tzinfo=start.tzinfo)
    length = (when - start).total_seconds()
    if length <= 0:
        raise input_error("end", f"{end!r} is not after the start {start:%Y-%m-%d %H:%M}")
    return length


def seed_range(text: str) -> range:
    """Seeds from "20" (0 to 19) or "5:10" (5 to 9).

    Raises
    ------
    InputError : anything else, or no seed at all
    """
    match = re.fullmatch(r"(?:(\d+):)?(\d+)", text.strip())
    if match:
        seeds = range(int(match[1] or 0), int(match[2]))
        if len(seeds):
            return seeds
    raise input_error(
        "--seeds", f"{text!r} names no seed", "write a number, or first:last+1 as 0:20"
    )
