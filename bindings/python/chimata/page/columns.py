"""Turns a scene into the header and the columns the page reads."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np

from .encode import Packer
from .scene import Array, Indices, Scene
from .tracks import TIME_STEPS_PER_S, Tracks, ticks, track_columns

STEPS_PER_M = 100  # centimetres
DEEPEST_M = 20.0  # the last class of the hazard map begins here

Header = dict[str, Any]


def scene_columns(scene: Scene, pack: Packer) -> Header:
    """Header of `scene`; its columns go into `pack`."""
    start = datetime.fromisoformat(scene.start)
    zone = start.utcoffset()
    assert zone is not None  # check_scene has seen to it
    low, high = scene.segment_xy.min(axis=0), scene.segment_xy.max(axis=0)
    origin = np.round((low + high) / 2)
    footprints = _counter_clockwise(scene.building_xy, scene.building_offsets)
    return {
        "title": scene.title,
        "subtitle": scene.subtitle,
        "attribution": scene.attribution,
        "wall_ms": round((start.timestamp() + zone.total_seconds()) * 1000),
        "duration_s": scene.duration_s,
        "class_names": list(scene.class_names),
        "state_names": list(scene.state_names),
        "bounds": [*(low - origin), *(high - origin)],
        "time_step_s": 1 / TIME_STEPS_PER_S,
        "streets": _streets(scene, origin, pack),
        "people": _people(scene, origin, pack),
        "stays": _stays(scene, origin, pack),
        "cars": _cars(scene, pack),
        "census": _census(scene, pack),
        "water": _water(scene, origin, pack),
        "river": _rings(scene.river_xy, scene.river_offsets, origin, pack),
        "buildings": _rings(footprints, scene.building_offsets, origin, pack),
        "area": _rings(scene.area_xy, scene.area_offsets, origin, pack),
        "gates": _gates(scene, origin, pack),
        "barriers": _barriers(scene, origin, pack),
        "shelters": _shelters(scene, origin, pack),
    }


def _xy(points: Array, origin: Array, pack: Packer) -> Header:
    steps = np.round((points - origin) * STEPS_PER_M).astype(np.int64).reshape(-1, 2)
    return {"x": pack.delta(steps[:, 0]), "y": pack.delta(steps[:, 1])}


def _rings(points: Array, offsets: Array, origin: Array, pack: Packer) -> Header:
    return {"xy": _xy(points, origin, pack), "offsets": pack.delta(offsets)}


def _gates(scene: Scene, origin: Array, pack: Packer) -> Header:
    """Gates as squares on their tips, seen from afar."""
    tips = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])
    size = np.maximum(scene.gate_width_m / 2, 6.0)
    points = (scene.gate_xy[:, None, :] + size[:, None, None] * tips).reshape(-1, 2)
    return _rings(points, 4 * np.arange(len(size) + 1), origin, pack)


def _barriers(scene: Scene, origin: Array, pack: Packer) -> Header | None:
    """Lines, and from when until when each stands."""
    if len(scene.barrier_from_s) == 0:
        return None
    times = {"from_s": scene.barrier_from_s.tolist(), "to_s": scene.barrier_to_s.tolist()}
    return _rings(scene.barrier_xy, scene.barrier_offsets, origin, pack) | times


def _counter_clockwise(points: Array, offsets: Array) -> Array:
    # the page fills by winding number: footprints that overlap must turn the same way
    turned = points.copy()
    for first, last in pairwise(offsets):
        x, y = points[first:last].T
        if np.dot(x, np.roll(y, -1)) < np.dot(y, np.roll(x, -1)):
            turned[first:last] = points[first:last][::-1]
    return turned


def _nodes(scene: Scene) -> tuple[Indices, Indices]:
    if scene.segment_from is not None and scene.segment_to is not None:
        return scene.segment_from, scene.segment_to
    offsets = scene.segment_offsets.astype(np.int64)
    ends = np.concatenate([scene.segment_xy[offsets[:-1]], scene.segment_xy[offsets[1:] - 1]])
    _, place = np.unique(np.round(ends * STEPS_PER_M).astype(np.int64), axis=0, return_inverse=True)
    node: Indices = place.reshape(-1).astype(np.uint32)
    return node[: len(offsets) - 1], node[len(offsets) - 1 :]


def _streets(scene: Scene, origin: Array, pack: Packer) -> Header:
    begin, end = _nodes(scene)
    return {
        "xy": _xy(scene.segment_xy, origin, pack),
        "offsets": pack.delta(scene.segment_offsets),
        "width_cm": pack.raw(np.clip(np.round(scene.segment_width_m * 100), 0, 65535), "u2"),
        "class": pack.raw(scene.segment_class, "u1"),
        "bridge": pack.raw(scene.segment_bridge, "u1"),
        "from": pack.delta(begin),
        "to": pack.delta(end),
    }


def _people(scene: Scene, origin: Array, pack: Packer) -> Header:
    tracks = Tracks(scene.trip_offsets.astype(np.int64), scene.trip_link, scene.trip_enter_s,
                    scene.trip_end_s, scene.trip_end_fraction)  # fmt: skip
    order = tracks.in_order()
    homes, moments, states = _met_at_home(scene)
    return {
        "count": len(scene.person_final),
        **track_columns(tracks, order, *_nodes(scene), pack),
        "class": pack.raw(scene.person_class[order], "u1"),
        "final": pack.raw(scene.person_final[order], "u1"),
        "home_xy": _xy(scene.person_home_xy[homes], origin, pack),
        "home_tick": pack.delta(ticks(moments)),
        "home_class": pack.raw(scene.person_class[homes], "u1"),
        "home_state": pack.raw(states, "u1"),
        "home_again": pack.raw(_seen_before(homes), "u1"),
    }


def _met_at_home(scene: Scene) -> tuple[Array, Array, Array]:
    """Whom the water met at home: person, moment and state from then on, in order of time."""
    stays = np.diff(scene.trip_offsets.astype(np.int64)) == 0
    caught = _index(scene.state_names, "caught_at_home")
    lost = _index(scene.state_names, "casualty")
    met = stays & np.isin(scene.person_final, [caught, lost])
    caught_s, lost_s = scene.person_caught_s, scene.person_lost_s
    if lost_s is None or lost < 0:
        lost_s = np.full_like(caught_s, np.nan)
    first = np.flatnonzero(met & np.isfinite(caught_s) & ~(lost_s <= caught_s))
    second = np.flatnonzero(met & np.isfinite(lost_s))
    person = np.concatenate([first, second])
    moment = np.concatenate([caught_s[first], lost_s[second]])
    state = np.repeat([max(caught, lost, 0) if caught < 0 else caught, max(lost, 0)],
                      [len(first), len(second)])  # fmt: skip
    order = np.argsort(moment, kind="stable")
    return person[order], moment[order], state[order]


def _seen_before(persons: Array) -> Array:
    again = np.ones(len(persons), np.uint8)
    again[np.unique(persons, return_index=True)[1]] = 0
    return again


def _stays(scene: Scene, origin: Array, pack: Packer) -> Header:
    offsets = scene.stay_offsets.astype(np.int64)
    at = np.round((scene.stay_xy - origin) * STEPS_PER_M).astype(np.int64).reshape(-1, 2)
    tick = ticks(scene.stay_s)
    return {
        "lengths": pack.raw(np.diff(offsets), "u4"),
        "tick": pack.delta(tick),
        "x": pack.delta(at[:, 0]),
        "y": pack.delta(at[:, 1]),
        "class": pack.raw(scene.person_class[scene.stay_person], "u1"),
    }


def _cars(scene: Scene, pack: Packer) -> Header:
    tracks = Tracks(scene.car_offsets.astype(np.int64), scene.car_link, scene.car_enter_s,
                    scene.car_end_s, scene.car_end_fraction)  # fmt: skip
    order = tracks.in_order()
    return {
        **track_columns(tracks, order, *_nodes(scene), pack),
        "stays": pack.raw(scene.car_stays[order], "u1"),
        "left_hand": bool(scene.left_hand),
    }


def _index(names: Any, name: str) -> int:
    return list(names).index(name) if name in names else -1


def _census(scene: Scene, pack: Packer) -> Header:
    # column by column, so that neighbours in the file are neighbours in time
    return {
        "ticks": pack.delta(ticks(scene.census_times_s)),
        "persons": pack.delta(scene.census.T),
    }


def _water(scene: Scene, origin: Array, pack: Packer) -> Header:
    rows, columns = scene.water_depth_m.shape[1:]
    # a square-root scale in one byte: 1 cm at the kerb, 3 cm at the knee, 15 cm at 20 m
    share = np.clip(np.nan_to_num(scene.water_depth_m), 0, DEEPEST_M) / DEEPEST_M
    codes = np.round(np.sqrt(share) * 255).astype(np.uint8)
    change = np.diff(codes, axis=0, prepend=np.zeros((1, rows, columns), np.uint8))
    return {
        "ticks": pack.delta(ticks(scene.water_times_s)),
        "change": pack.raw(change, "u1"),
        "rows": rows,
        "columns": columns,
        "x0": scene.water_x0 - origin[0],
        "y0": scene.water_y0 - origin[1],
        "cell_m": scene.water_cell_m,
        "deepest_m": DEEPEST_M,
    }


def _shelters(scene: Scene, origin: Array, pack: Packer) -> Header:
    return {
        "xy": _xy(np.column_stack([scene.shelter_x, scene.shelter_y]), origin, pack),
        "name": list(scene.shelter_name),
        "capacity": [round(float(c)) for c in scene.shelter_capacity],
        "usable": [bool(u) for u in scene.shelter_usable],
        "occupancy": pack.delta(scene.shelter_occupancy.T),
    }
