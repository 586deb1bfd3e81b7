"""People and cars of a run as the ways that the animation page draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .page.scene import RIDING
from .rides import STAYING, Rides, rides_of
from .trajectories import stretches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .run import Run

_STATE_CHANGE, _STRANDED = 0, 5  # events.kind, PersonState
_INDOORS = (0, 1, 4, 7, 8)  # PersonState: home, preparing, sheltered, caught at home, upstairs


def people_ways(run: Run) -> dict[str, Any]:
    """Fields trip_… of the scene: ways on foot, and where people are who stepped out of a car."""
    legs, entries = run.core.table("legs"), run.core.table("entries")
    persons = fates(run)
    size = len(persons["state"])
    owner = np.asarray(entries["person"], np.int64)
    moment = np.asarray(entries["t_s"], float)
    link = np.asarray(entries["link"], np.int64)
    # where somebody ends is where their last leg ended
    end_s, fraction = np.zeros(size), np.ones(size)
    last = np.lexsort((legs["start_s"], legs["person"]))
    end_s[np.asarray(legs["person"])[last]] = np.asarray(legs["end_s"], float)[last]
    fraction[np.asarray(legs["person"])[last]] = np.asarray(legs["last_fraction"], float)[last]
    since = stranded_since(run)
    end_s = np.where(np.isfinite(since), np.minimum(end_s, since), end_s)
    rank = np.zeros(len(owner), np.int64)
    if "cars" in run.core.table_names():
        visitors = run.core.table("visitors") if run.has_event else {}
        rides = rides_of(run.core.table("cars"), persons, run.core.table("events"), visitors)
        away, away_s = _boarded(rides, legs)
        out = _stepped_out(rides, end_s, np.isin(persons["state"], _INDOORS, invert=True))
        person = rides.person[out]
        end_s[rides.person] = np.maximum(end_s[rides.person], rides.end_s)
        fraction[person] = rides.fraction[out]
        owner = np.concatenate([owner, away, person])
        moment = np.concatenate([moment, away_s, rides.end_s[out]])
        link = np.concatenate([link, np.full(len(away), RIDING), rides.link[out]])
        rank = np.repeat([0, 1, 2], [len(rank), len(away), len(person)])
    if run.has_event:
        away, away_s = _between_ways(legs)
        owner = np.concatenate([owner, away])
        moment = np.concatenate([moment, away_s])
        link = np.concatenate([link, np.full(len(away), RIDING)])
        rank = np.concatenate([rank, np.ones(len(away), np.int64)])
    order = np.lexsort((rank, moment, owner))
    owner, entered = owner[order], moment[order]
    final_entry = np.zeros(size)
    final_entry[owner] = entered
    end_s = np.where(np.isfinite(end_s), end_s, run.scenario.core.duration_s)
    counts = np.bincount(owner, minlength=size)
    return {
        "trip_offsets": np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        "trip_link": link[order].astype(np.uint32),
        "trip_enter_s": entered.astype(np.float32),
        "trip_end_s": np.maximum(end_s, final_entry).astype(np.float32),
        "trip_end_fraction": np.where(np.isfinite(fraction), fraction, 1.0).astype(np.float32),
        "person_depart_s": _departures(persons, owner, entered, size),
    }


def area_ways(run: Run) -> dict[str, Any]:
    """Fields stay_… of the scene: the ways of people inside areas."""
    if "area_ways" not in run.core.table_names():
        return {}
    table = run.core.table("area_ways")
    person = np.asarray(table["person"], np.int64)
    order = np.argsort(person, kind="stable")  # each in the order of time
    person, ends = person[order], np.asarray(table["ends"], np.int64)[order]
    stay = np.cumsum(ends) - ends
    owner = np.append(
        person[ends == 1], -1
    )  # whoever never came in has no end, and belongs to nobody
    stay[person != owner[stay]] = len(owner) - 1
    length = np.bincount(stay, minlength=len(owner))[:-1]
    seen = np.flatnonzero(length > 1)
    keep = np.isin(stay, seen)
    return {
        "stay_offsets": np.concatenate([[0], np.cumsum(length[seen])]).astype(np.uint32),
        "stay_person": owner[seen].astype(np.uint32),
        "stay_s": np.asarray(table["t_s"], float)[order][keep],
        "stay_xy": np.column_stack([table["x_m"], table["y_m"]])[order][keep].astype(float),
    }


def fates(run: Run) -> dict[str, Any]:
    """The table of persons; where no evacuation wrote one, what the events say of everybody."""
    if "persons" in run.core.table_names():
        table: dict[str, Any] = run.core.table("persons")
        return table
    _, state = _last_change(run)
    never = np.full(len(state), np.nan)
    return {"state": state, "departed_s": never, "caught_s": never}


def stranded_since(run: Run) -> NDArray[np.float64]:
    """From when on everybody stands in water at the end, s; NaN for the others."""
    since, state = _last_change(run)
    return np.where(state == _STRANDED, since, np.nan)


def _last_change(run: Run) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """When everybody's state last changed, s, and to which; NaN and at home for those of whom nothing is told."""
    events = run.core.table("events")
    change = np.flatnonzero(np.asarray(events["kind"]) == _STATE_CHANGE)
    change = change[np.argsort(np.asarray(events["t_s"])[change], kind="stable")]
    person = np.asarray(events["person"])[change]
    if "persons" in run.core.table_names():
        size = len(run.core.table("persons")["state"])
    else:  # who comes by train is no resident
        residents = len(run.scenario.population.core.columns()["home_x"])
        size = max(residents, int(person.max(initial=0)) + 1)
    since, state = np.full(size, np.nan), np.zeros(size, np.int64)
    since[person] = np.asarray(events["t_s"], float)[change]
    state[person] = np.asarray(events["value"])[change]
    return since, state


def _between_ways(legs: dict[str, Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Who walks on later, and when the way before it ended: in between they are in the area of the event."""
    person, end_s = np.asarray(legs["person"], np.int64), np.asarray(legs["end_s"], float)
    order = np.lexsort((np.asarray(legs["start_s"], float), person))
    goes_on = order[:-1][person[order[:-1]] == person[order[1:]]]
    goes_on = goes_on[np.isfinite(end_s[goes_on])]
    return person[goes_on], end_s[goes_on]


def _boarded(rides: Rides, legs: dict[str, Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Who had come on foot before a ride, and when that way ended: from then on they are inside."""
    leg_person = np.asarray(legs["person"], np.int64)
    leg_end = np.asarray(legs["end_s"], float)
    order = np.lexsort((leg_end, leg_person))
    slack = 1e-3  # s, clocks are whole milliseconds
    late = max(float(rides.end_s.max(initial=0.0)), float(leg_end.max(initial=0.0))) + 1.0
    key = (leg_person * late + leg_end)[order]
    before = np.searchsorted(key, rides.person * late + rides.begin_s + slack, "right") - 1
    row = order[np.maximum(before, 0)] if len(order) else np.zeros(len(before), np.int64)
    came = (before >= 0) & (leg_person[row] == rides.person) if len(order) else before >= 0
    row = np.unique(row[came])  # several rides after one way on foot are one absence
    return leg_person[row], leg_end[row]


def _stepped_out(rides: Rides, end_s: NDArray[Any], outdoors: NDArray[Any]) -> NDArray[Any]:
    """Rows of the last rides of those who never went on, and are still out in the streets."""
    final = np.ones(len(rides.person), bool)
    final[:-1] = rides.person[1:] != rides.person[:-1]
    stays = final & (rides.link >= 0) & outdoors[rides.person]
    return np.flatnonzero(stays & (rides.end_s > end_s[rides.person]))


def _departures(
    persons: dict[str, Any], owner: NDArray[Any], entered: NDArray[Any], size: int
) -> NDArray[np.float32]:
    # whoever is on a street has departed, even if the table of persons were silent about it
    first = np.full(size, np.nan)
    first[owner[::-1]] = entered[::-1]
    told = np.asarray(persons["departed_s"], float)
    return np.where(np.isfinite(told), told, first).astype(np.float32)


def car_ways(run: Run) -> dict[str, Any]:
    """Fields car_… of the scene, one way per trip; none where nobody can drive."""
    if not {"cars", "car_entries"} <= set(run.core.table_names()):
        return {}
    cars, entries = run.core.table("cars"), run.core.table("car_entries")
    stays = stretches({**entries, "person": entries["driver"]}, {**cars, "person": cars["driver"]})
    last = np.ones(len(stays.leg), bool)
    last[:-1] = stays.leg[1:] != stays.leg[:-1]
    ends = np.flatnonzero(last)
    return {
        "car_offsets": np.concatenate([[0], ends + 1]).astype(np.uint32),
        "car_link": stays.link.astype(np.uint32),
        "car_enter_s": stays.begin_s.astype(np.float32),
        "car_end_s": stays.end_s[ends].astype(np.float32),
        "car_end_fraction": stays.reach[ends].astype(np.float32),
        "car_stays": np.isin(np.asarray(cars["outcome"])[stays.leg[ends]], STAYING),
        "left_hand": run.scenario.city.core.left_hand,
    }
