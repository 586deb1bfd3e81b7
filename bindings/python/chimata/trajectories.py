"""Where people are, second by second, from who entered which link when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Stretches:
    """Stays of people on links: one row per entry, ordered by person and time."""

    person: Indices
    link: Indices
    begin_s: Floats
    end_s: Floats
    reach: Floats  # 0..1 of the link covered at the end
    leg: Indices  # row of the leg each belongs to


def stretches(entries: dict[str, NDArray[Any]], legs: dict[str, NDArray[Any]]) -> Stretches:
    """Entries and legs of a run as stays on links.

    Parameters
    ----------
    entries : table "entries": person, t_s, link
    legs : table "legs": person, start_s, end_s, last_fraction
    """
    person = np.asarray(entries["person"], np.int64)
    order = np.lexsort((np.asarray(entries["t_s"], float), person))
    person = person[order]
    begin = np.asarray(entries["t_s"], float)[order]
    link = np.asarray(entries["link"], np.int64)[order]

    leg_order = np.lexsort((np.asarray(legs["start_s"], float), np.asarray(legs["person"])))
    leg_person = np.asarray(legs["person"], np.int64)[leg_order]
    leg_start = np.asarray(legs["start_s"], float)[leg_order]
    leg = _leg_of(person, begin, leg_person, leg_start)
    end_of_leg = np.asarray(legs["end_s"], float)[leg_order]
    reach_of_leg = np.asarray(legs["last_fraction"], float)[leg_order]

    last = np.ones(len(person), bool)
    last[:-1] = leg[1:] != leg[:-1]
    end = np.empty(len(person))
    end[:-1] = begin[1:]
    end[last] = end_of_leg[leg[last]]
    end = np.maximum(np.where(np.isfinite(end), end, begin), begin)
    reach = np.where(last, reach_of_leg[leg], 1.0) if len(person) else np.zeros(0)
    return Stretches(person, link, begin, end, reach, leg_order[leg] if len(leg) else leg)


def _leg_of(person: Indices, begin: Floats, leg_person: Indices, leg_start: Floats) -> Indices:
    # the last leg of the same person that starts at or before the entry: one sorted key for both
    slack = 1e-3  # s, clocks are whole milliseconds
    late = max(float(leg_start.max(initial=0.0)), float(begin.max(initial=0.0))) + 1.0
    key = leg_person * late + leg_start
    return np.asarray(
        np.maximum(np.searchsorted(key, person * late + begin + slack, "right") - 1, 0)
    )


def sampled(stays: Stretches, every_s: float) -> tuple[Indices, Floats, Floats]:
    """Moments k * `every_s` during each stay.

    Returns
    -------
    row of `stays`, moment in s, fraction 0..1 of the link covered
    """
    first = np.ceil(stays.begin_s / every_s - 1e-9).astype(np.int64)
    count = np.maximum(np.ceil(stays.end_s / every_s - 1e-9).astype(np.int64) - first, 0)
    row = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    moment = (first[row] + nth) * every_s
    length = stays.end_s - stays.begin_s
    share = np.divide(moment - stays.begin_s[row], length[row],
                      out=np.zeros(len(row)), where=length[row] > 0)  # fmt: skip
    return row, moment, share * stays.reach[row]


def along(
    segments: dict[str, NDArray[Any]], link: Indices, fraction: Floats
) -> tuple[Floats, Floats]:
    """City coordinates (m) at `fraction` of each directed link.

    Parameters
    ----------
    segments : shape_offset, shape_x, shape_y of `_core.City.segments`
    link : 2 * segment, plus 1 against the segment's shape
    """
    x, y = np.asarray(segments["shape_x"], float), np.asarray(segments["shape_y"], float)
    offset = np.asarray(segments["shape_offset"], np.int64)
    # one running length over all vertices; jumps between segments count too and cancel out
    run = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    segment = link // 2
    start, end = run[offset[segment]], run[offset[segment + 1] - 1]
    share = np.where(link % 2 == 1, 1.0 - fraction, fraction)
    at = start + share * (end - start)
    low, high = offset[segment], offset[segment + 1] - 2
    vertex = np.clip(np.searchsorted(run, at, "right") - 1, low, high)
    step = run[vertex + 1] - run[vertex]
    part = np.divide(at - run[vertex], step, out=np.zeros(len(at)), where=step > 0)
    part = np.clip(part, 0.0, 1.0)
    return x[vertex] + part * (x[vertex + 1] - x[vertex]), y[vertex] + part * (
        y[vertex + 1] - y[vertex]
    )
