"""Who rides in which car when: what the table of cars, one row per trip, says of everybody in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]

_DRIVER, _PASSENGER = 2, 3  # persons.mode
_STILL_DRIVING, _SWEPT_AWAY = 2, 5  # cars.outcome
STAYING = (3, 4, 5)  # cars.outcome: stalled, left and swept away, the car stands in the street
_STATE_CHANGE, _CASUALTY = 0, 9  # events.kind, PersonState
_NO_LINK = 0xFFFFFFFF


@dataclass(frozen=True, eq=False)
class Rides:
    """One row per person and trip, ordered by person and time."""

    person: NDArray[np.int64]
    begin_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    link: NDArray[np.int64]  # where they stepped out; -1: not yet, or never on a link
    fraction: NDArray[np.float64]  # of that link


def rides_of(
    cars: Columns, persons: Columns, events: Columns, visitors: Columns | None = None
) -> Rides:
    """Rides of drivers and of those who share their cars.

    Parameters
    ----------
    cars : table "cars"
    persons : table "persons": party, mode; without an evacuation nobody leaves home by car
    events : table "events", which alone tells who was swept away in which car
    visitors : table "visitors" of an event: person, party
    """
    trips = [
        (np.asarray(cars["driver"], np.int64), np.arange(len(cars["driver"]))),
        _with_driver(cars, persons),
        _with_visitor(cars, visitors or {}),
        _swept_away(cars, events),
    ]
    person = np.concatenate([who for who, _ in trips])
    row = np.concatenate([trip for _, trip in trips])
    _, first = np.unique(np.column_stack([person, row]), axis=0, return_index=True)
    person, row = person[first], row[first]
    begin = np.asarray(cars["start_s"], float)[row]
    order = np.lexsort((begin, person))
    person, row, begin = person[order], row[order], begin[order]
    link = np.asarray(cars["last_link"], np.int64)[row]
    inside = (np.asarray(cars["outcome"])[row] == _STILL_DRIVING) | (link == _NO_LINK)
    return Rides(
        person, begin, np.asarray(cars["end_s"], float)[row],
        np.where(inside, -1, link), np.asarray(cars["last_fraction"], float)[row],
    )  # fmt: skip


def _with_driver(cars: Columns, persons: Columns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Passengers, and every trip of whoever drives their party."""
    if "party" not in persons:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    party, mode = np.asarray(persons["party"], np.int64), np.asarray(persons["mode"])
    driver_of = np.full(party.max(initial=0) + 1, -1, np.int64)
    at_wheel = np.flatnonzero(mode == _DRIVER)
    driver_of[party[at_wheel]] = at_wheel
    passenger = np.flatnonzero(mode == _PASSENGER)
    return _pairs(passenger, driver_of[party[passenger]], np.asarray(cars["driver"], np.int64))


def _with_visitor(cars: Columns, visitors: Columns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All of a party at an event, and every trip of any of them: whoever is there first drives home."""
    by_car = np.flatnonzero(np.asarray(visitors.get("by_car", [])) == 1)
    if len(by_car) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    person = np.asarray(visitors["person"], np.int64)[by_car]
    party = np.asarray(visitors["party"], np.int64)[by_car]
    driver = np.asarray(cars["driver"], np.int64)
    party_of = np.full(max(person.max(), driver.max(initial=0)) + 1, -1, np.int64)
    party_of[person] = party
    return _pairs(person, party, party_of[driver])


def _swept_away(cars: Columns, events: Columns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Casualties, who are in no party any more, and the car that was lost there at that moment."""
    died = (np.asarray(events["kind"]) == _STATE_CHANGE) & (
        np.asarray(events["value"]) == _CASUALTY
    )
    lost = np.flatnonzero(np.asarray(cars["outcome"]) == _SWEPT_AWAY)

    def place(table: Columns, row: NDArray[Any], time: str, link: str) -> NDArray[np.int64]:
        moment = np.round(np.asarray(table[time], float)[row] * 1000).astype(np.int64)
        return np.asarray(moment << 32 | np.asarray(table[link], np.int64)[row])

    dead = np.flatnonzero(died)
    person = np.asarray(events["person"], np.int64)[dead]
    car, first = np.unique(place(cars, lost, "end_s", "last_link"), return_index=True)
    where = place(events, dead, "t_s", "place")
    known = np.isin(where, car) & ~np.isin(person, np.asarray(cars["driver"])[lost])
    # of several cars lost there at once it may be another one: they stand on the same street
    return person[known], lost[first[np.searchsorted(car, where[known])]]


def _pairs(
    who: NDArray[np.int64], wanted: NDArray[np.int64], keys: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All (who[i], row) with keys[row] == wanted[i]."""
    order = np.argsort(keys, kind="stable")
    low = np.searchsorted(keys[order], wanted, "left")
    count = np.searchsorted(keys[order], wanted, "right") - low
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(who, count), order[np.repeat(low, count) + nth]
