"""A run as the scene of the animation page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from . import _core
from .event_area import event_area
from .labels import say
from .page import Scene, write_animation
from .page.scene import STATE_NAMES
from .ways import area_ways, car_ways, fates, people_ways, stranded_since

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .run import Run

# the engine's street classes as the page's: motorway, major, minor, residential, foot, steps
_PAGE_CLASS = {
    "motorway": 0, "trunk": 1, "primary": 1, "secondary": 1, "tertiary": 2, "unclassified": 2,
    "residential": 3, "living_street": 3, "service": 3, "track": 3, "pedestrian": 4, "cycleway": 4,
    "footway": 4, "path": 4, "steps": 5,
}  # fmt: skip
_BRIDGE = 1  # bit of a segment's flags
_STATES = ("home", "preparing", "travelling", "waiting", "sheltered", "stranded", "cut_off",
           "caught_at_home", "casualty", "upstairs")  # fmt: skip
# of an event: whoever waits, waits for a train
_AT_EVENT = ("home", "travelling", "visiting", "waiting")
_EVENT_NAMES = ("home", "walking", "visiting", "on_platform")
_IN_SMOKE = "casualty"  # of an event without an evacuation only where there is smoke
_ELSEWHERE = (
    "elsewhere"  # visitors by train or car, while they are not in town; the engine's "home"
)


def animate(
    run: Run, path: str | os.PathLike[str], *, compare: Run | None = None, lang: str = "ja"
) -> Path:
    """Writes the animation of `run`, beside `compare` if given, and returns the path."""
    say("time", lang)  # refuses an unknown language before any work
    language = cast(Literal["ja", "en"], lang)
    other = scene_of(compare, lang) if compare is not None else None
    return write_animation(path, scene_of(run, lang), compare=other, lang=language)


def scene_of(run: Run, lang: str = "ja") -> Scene:
    """Everything the page draws of one run, in city coordinates."""
    scenario = run.scenario
    return Scene(
        title=scenario.name,
        subtitle=scenario.city.name_in(lang),
        attribution=" / ".join(scenario.city.licences),
        start=scenario.start.isoformat(),
        duration_s=scenario.core.duration_s,
        **_streets(run),
        **_people(run),
        **area_ways(run),
        **car_ways(run),
        **_counts(run),
        **_water(run),
        **_ground(run),
        **_event_area(run),
        state_names=_names(run),
    )


def _names(run: Run) -> tuple[str, ...]:
    if not run.has_evacuation:
        return (*_EVENT_NAMES, *_event_states(run)[len(_AT_EVENT) :], _ELSEWHERE)
    at_event = ("visiting", _ELSEWHERE) if run.has_event else ()
    return (*STATE_NAMES, "upstairs", *at_event)


def _event_states(run: Run) -> tuple[str, ...]:
    """The engine's states of an event alone that the page draws."""
    return (*_AT_EVENT, _IN_SMOKE) if "smoke" in run.scenario.document else _AT_EVENT


def _states(run: Run) -> tuple[str, ...]:
    """The engine's states that the page draws, as `_names` calls them."""
    return (*_STATES, "visiting") if run.has_event else _STATES


def _streets(run: Run) -> dict[str, Any]:
    city = run.scenario.city.core
    s = city.segments()
    page_class = np.array([_PAGE_CLASS.get(name, 3) for name in city.road_class_names()], np.uint8)
    return {
        "segment_xy": np.column_stack([s["shape_x"], s["shape_y"]]).astype(float),
        "segment_offsets": np.asarray(s["shape_offset"], np.uint32),
        "segment_width_m": np.asarray(s["width_m"], float),
        "segment_class": page_class[np.asarray(s["road_class"], np.intp)],
        "segment_bridge": (np.asarray(s["flags"]) & _BRIDGE).astype(bool),
        "segment_from": np.asarray(s["from"], np.uint32),
        "segment_to": np.asarray(s["to"], np.uint32),
    }


def _people(run: Run) -> dict[str, Any]:
    persons = fates(run)
    if not run.has_evacuation:
        return _visitors(run, persons)
    states = _states(run)
    page_state = np.array(
        [states.index(name) if name in states else 0 for name in _core.state_names()], np.uint8
    )
    # the table of persons is the service's, which learns nothing of who stands in water
    stands = np.isfinite(stranded_since(run))
    final = np.where(stands, _STATES.index("stranded"), page_state[persons["state"]])
    return {
        **people_ways(run),
        **_residents(run, len(final)),
        "person_final": final.astype(np.uint8),
        "person_caught_s": np.asarray(persons["caught_s"], np.float32),
        "person_lost_s": _lost(run, len(persons["state"])),
    }


def _residents(run: Run, size: int) -> dict[str, Any]:
    """Residents, and behind them those who come by train, of whose homes and age nothing is known."""
    people = run.scenario.population.core.columns()
    residents = len(people["home_x"])
    person_class, home = np.zeros(size, np.uint8), np.zeros((size, 2))
    person_class[:residents] = people["person_class"]
    home[:residents] = np.column_stack([people["home_x"], people["home_y"]])
    return {"person_class": person_class, "person_home_xy": home}


def _visitors(run: Run, persons: dict[str, Any]) -> dict[str, Any]:
    """Everybody in a run of an event alone."""
    states = _event_states(run)
    page_state = np.array(
        [states.index(name) if name in states else 0 for name in _core.state_names()], np.uint8
    )
    return {
        **people_ways(run),
        **_residents(run, len(persons["state"])),
        "person_final": page_state[persons["state"]],
        "person_caught_s": np.asarray(persons["caught_s"], np.float32),
    }


def _lost(run: Run, size: int) -> NDArray[np.float32]:
    """When everybody became a casualty, s; NaN for the others."""
    events = run.core.table("events")
    casualty = list(_core.state_names()).index("casualty")
    died = (np.asarray(events["kind"]) == 0) & (np.asarray(events["value"]) == casualty)
    lost = np.full(size, np.nan, np.float32)
    lost[np.asarray(events["person"])[died]] = np.asarray(events["t_s"])[died]
    return lost


def _census(run: Run, states: tuple[str, ...]) -> NDArray[np.uint32]:
    """Persons by moment and state, in an event also those out of town."""
    table = run.core.table("census")
    persons = np.column_stack([np.asarray(table[state], np.int64) for state in states])
    if run.has_event:
        elsewhere = _elsewhere(run, np.asarray(table["t_s"], float))
        persons[:, states.index("home")] -= elsewhere
        persons = np.column_stack([persons, elsewhere])
    return persons.astype(np.uint32)


def _elsewhere(run: Run, times: NDArray[Any]) -> NDArray[np.int64]:
    """How many visitors from elsewhere are not in town at these moments."""
    residents = len(run.scenario.population.core.columns()["home_x"])
    visitors = len(fates(run)["state"]) - residents
    events = run.core.table("events")
    change = (np.asarray(events["kind"]) == 0) & (np.asarray(events["person"]) >= residents)
    person, moment = np.asarray(events["person"])[change], np.asarray(events["t_s"])[change]
    away = (np.asarray(events["value"])[change] == 0).astype(np.int64)
    order = np.lexsort((moment, person))
    person, moment, away = person[order], moment[order], away[order]
    before = np.ones_like(away)  # everybody begins out of town
    before[1:] = np.where(person[1:] == person[:-1], away[:-1], 1)
    by_time = np.argsort(moment, kind="stable")
    sums = np.concatenate([[0], np.cumsum((away - before)[by_time])])
    return np.asarray(visitors + sums[np.searchsorted(moment[by_time], times, "right")], np.int64)


def _event_area(run: Run) -> dict[str, Any]:
    if not run.has_event:
        return {}
    rings = event_area(run.scenario)
    gates = run.core.table("area_gates")
    return {
        "area_xy": np.concatenate([np.zeros((0, 2)), *rings]),
        "area_offsets": np.cumsum([0, *map(len, rings)]).astype(np.uint32),
        "gate_xy": np.column_stack([gates["x_m"], gates["y_m"]]).astype(float),
        "gate_width_m": np.asarray(gates["width_m"], float),
        **_barriers(run),
    }


def _barriers(run: Run) -> dict[str, Any]:
    end = run.scenario.core.duration_s
    standing = [
        (line, from_s, min(to_s, end + 1)) for _, line, from_s, to_s in run.scenario.core.barriers()
    ]
    lines = [line for line, _, _ in standing]
    return {
        "barrier_xy": np.concatenate([np.zeros((0, 2)), *lines]),
        "barrier_offsets": np.cumsum([0, *map(len, lines)]).astype(np.uint32),
        "barrier_from_s": np.array([from_s for _, from_s, _ in standing], float),
        "barrier_to_s": np.array([to_s for _, _, to_s in standing], float),
    }


def _counts(run: Run) -> dict[str, Any]:
    census = run.core.table("census")
    if not run.has_evacuation:
        return {
            "census_times_s": np.asarray(census["t_s"], float),
            "census": _census(run, _event_states(run)),
        }
    shelters = run.core.table("shelters")
    plan = run.scenario.core.shelters()
    times, states = np.asarray(census["t_s"], float), _states(run)
    number = len(plan["x"])
    occupancy = np.zeros((len(times), number), np.uint32)
    row = np.clip(np.searchsorted(times, np.asarray(shelters["t_s"], float)), 0, len(times) - 1)
    occupancy[row, np.asarray(shelters["shelter"], np.intp)] = shelters["occupancy"]
    return {
        "census_times_s": times,
        "census": _census(run, states),
        "shelter_x": np.asarray(plan["x"], float),
        "shelter_y": np.asarray(plan["y"], float),
        "shelter_name": [str(name) for name in plan["name"]],
        "shelter_capacity": np.asarray(plan["capacity"], float),
        "shelter_occupancy": occupancy,
        "shelter_usable": np.asarray(plan["flood_safe"], bool),
    }


def _water(run: Run) -> dict[str, Any]:
    frames = run.scenario.core.depth_frames()
    if frames is None:
        return {}
    depth = np.nan_to_num(np.asarray(frames["depth"], np.float32), nan=0.0)
    cell = abs(float(frames["cell_x"]))
    return {
        "water_times_s": np.asarray(frames["times_s"], float),
        "water_depth_m": np.maximum(depth, 0),
        "water_x0": float(frames["west"]),
        "water_y0": float(frames["north"]) - depth.shape[1] * abs(float(frames["cell_y"])),
        "water_cell_m": cell,
    }


def _ground(run: Run) -> dict[str, Any]:
    city = run.scenario.city.core
    found: dict[str, Any] = {}
    for part, names in (("river", ("water", "river")), ("building", ("buildings",))):
        name = next((name for name in names if name in city.layer_names()), None)
        if name is None or city.layer(name)["geometry"] != "polygon":
            continue
        features = city.layer(name)["rings"]
        rings = [ring for rings in features for ring in (rings if part == "river" else rings[:1])]
        rings = [np.asarray(ring, float) for ring in rings if len(ring) > 2]
        if rings:
            found[f"{part}_xy"] = np.concatenate(rings)
            sizes = [len(ring) for ring in rings]
            found[f"{part}_offsets"] = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32)
    return found
