"""Timetables of a platform or stop: when trains come, when they leave, and who has room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from .errors import did_you_mean, input_error
from .units import seconds

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?$")
COLUMNS = ("train", "arrives", "leaves", "capacity")


def clock_seconds(value: str | float | timedelta, where: str) -> float:
    """Seconds of a time of day that may go on after midnight: "25:10:00" is ten past one the next day.

    Raises
    ------
    InputError : the value is neither a time of day nor a number of seconds
    """
    match = _CLOCK.match(value.strip()) if isinstance(value, str) else None
    if match:
        return int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3] or 0)
    try:
        return seconds(value, where)
    except ValueError as error:
        raise input_error(
            where, f"{value!r} is no time of day", 'write "08:15:00", "25:10:00" or seconds'
        ) from error


def timetable_rows(
    table: Any, where: str, begins: str | float = 0
) -> list[tuple[str, float, float, int]]:
    """Trains as (id, arrives_s, leaves_s, capacity) on the clock of a venue that begins at ``begins``.

    ``table`` is a DataFrame or a list of mappings with the columns train, arrives, leaves, capacity, or
    a list of such tuples.

    Raises
    ------
    InputError : naming the row and what is missing or no time
    """
    start = clock_seconds(begins, f"{where}: begins")
    rows: Iterable[Any] = table.to_dict("records") if hasattr(table, "to_dict") else table
    trains = []
    for number, row in enumerate(rows, 1):
        here = f"{where}: row {number} of the timetable"
        values = _values(row, here)
        train = str(values[0])
        capacity = values[3]
        if isinstance(capacity, str) or int(capacity) != capacity or not 0 <= capacity < 2**31:
            raise input_error(
                here, f"train {train} has room for {capacity!r}", "give a number of persons"
            )
        arrives, leaves = (clock_seconds(value, here) - start for value in values[1:3])
        trains.append((train, arrives, leaves, int(capacity)))
    return trains


def _values(row: Any, where: str) -> list[Any]:
    if isinstance(row, Mapping):
        for name in row:
            if name not in COLUMNS:
                raise input_error(
                    where, f"there is no column {name!r}", did_you_mean(str(name), COLUMNS)
                )
        missing = [name for name in COLUMNS if name not in row]
        if missing:
            raise input_error(where, f"lacks {', '.join(missing)}", f"give {', '.join(COLUMNS)}")
        return [row[name] for name in COLUMNS]
    values = list(row)
    if len(values) != len(COLUMNS):
        raise input_error(where, f"has {len(values)} values", f"give {', '.join(COLUMNS)}")
    return values
