"""Turns a scene into the header and the columns the page reads."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .encode import Packer
from .scene import Array, Indices, Scene

TIME_STEPS_PER_S = 20  # 0.05 s: 7 cm at walking pace
STEPS_PER_M = 100  # centimetres
DEEPEST_M = 20.0  # the last class of the hazard map begins here
JUMP = 255  # turn code: the next link does not begin where the last one ended

# people of equal departure leave in this order, whatever order the population came in
_SHUFFLE_SEED = 20110311

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
        "census": _census(scene, pack),
        "water": _water(scene, origin, pack),
        "river": _rings(scene.river_xy, scene.river_offsets, origin, pack),
        "buildings": _rings(footprints, scene.building_offsets, origin, pack),
        "shelters": _shelters(scene, origin, pack),
    }


def _xy(points: Array, origin: Array, pack: Packer) -> Header:
    steps = np.round((points - origin) * STEPS_PER_M).astype(np.int64).reshape(-1, 2)
    return {"x": pack.delta(steps[:, 0]), "y": pack.delta(steps[:, 1])}


def _rings(points: Array, offsets: Array, origin: Array, pack: Packer) -> Header:
    return {"xy": _xy(points, origin, pack), "offsets": pack.delta(offsets)}


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


def turns(links: Indices, trip_offsets: NDArray[np.int64], begin: Indices, end: Indices) -> Array:
    """For every entry but a trip's first: the place of its link among those leaving the node the
    previous link arrives at, in order of link number; JUMP where it does not begin there."""
    link_from = np.column_stack([begin, end]).reshape(-1)
    link_to = np.column_stack([end, begin]).reshape(-1)
    by_node = np.argsort(link_from, kind="stable")
    first = np.searchsorted(link_from[by_node], link_from, side="left")
    place = np.empty(len(by_node), np.int64)
    place[by_node] = np.arange(len(by_node))
    rank = place - first

    turn = np.full(len(links), JUMP, np.int64)
    joined = link_from[links[1:]] == link_to[links[:-1]]
    turn[1:] = np.where(joined & (rank[links[1:]] < JUMP), rank[links[1:]], JUMP)
    turn[trip_offsets[:-1][np.diff(trip_offsets) > 0]] = JUMP
    return turn


def _people(scene: Scene, origin: Array, pack: Packer) -> Header:
    offsets = scene.trip_offsets.astype(np.int64)
    people = len(offsets) - 1
    lengths = np.diff(offsets)
    caught = scene.person_final == _index(scene.state_names, "caught_at_home")
    at_home = (lengths == 0) & caught & np.isfinite(scene.person_caught_s)

    order = np.random.default_rng(_SHUFFLE_SEED).permutation(people)
    order = order[lengths[order] > 0]  # whoever never shows is in the census only
    begins = scene.trip_enter_s[offsets[order]]
    order = order[np.argsort(begins, kind="stable")]
    new_offsets = np.concatenate([[0], np.cumsum(lengths[order])])
    entry = np.arange(new_offsets[-1]) + np.repeat(
        offsets[order] - new_offsets[:-1], lengths[order]
    )

    links = scene.trip_link[entry]
    turn = turns(links, new_offsets, *_nodes(scene))
    ticks = np.round(scene.trip_enter_s[entry].astype(np.float64) * TIME_STEPS_PER_S)
    ticks = ticks.astype(np.int64)
    end_ticks = np.round(scene.trip_end_s[order].astype(np.float64) * TIME_STEPS_PER_S)
    waits = np.diff(ticks, prepend=0)
    waits[new_offsets[:-1]] = 0
    last_ticks = ticks[new_offsets[1:] - 1]

    homes = np.flatnonzero(at_home)
    homes = homes[np.argsort(scene.person_caught_s[homes], kind="stable")]
    return {
        "count": people,
        "lengths": pack.raw(lengths[order], "u4"),
        "turn": pack.raw(turn, "u1"),
        "jump_link": pack.raw(links[turn == JUMP], "u4"),
        "first_tick": pack.delta(ticks[new_offsets[:-1]]),
        "wait_ticks": pack.raw(waits, "u4"),
        "end_wait_ticks": pack.raw(np.maximum(end_ticks.astype(np.int64) - last_ticks, 0), "u4"),
        "end_fraction": pack.raw(np.round(np.clip(scene.trip_end_fraction[order], 0, 1) * 65535), "u2"),
        "class": pack.raw(scene.person_class[order], "u1"),
        "final": pack.raw(scene.person_final[order], "u1"),
        "caught_xy": _xy(scene.person_home_xy[homes], origin, pack),
        "caught_tick": pack.delta(np.round(scene.person_caught_s[homes] * TIME_STEPS_PER_S)),
        "caught_class": pack.raw(scene.person_class[homes], "u1"),
    }  # fmt: skip


def _index(names: Any, name: str) -> int:
    return list(names).index(name) if name in names else -1


def _census(scene: Scene, pack: Packer) -> Header:
    # column by column, so that neighbours in the file are neighbours in time
    return {
        "ticks": pack.delta(np.round(scene.census_times_s * TIME_STEPS_PER_S)),
        "persons": pack.delta(scene.census.T),
    }


def _water(scene: Scene, origin: Array, pack: Packer) -> Header:
    rows, columns = scene.water_depth_m.shape[1:]
    # a square-root scale in one byte: 1 cm at the kerb, 3 cm at the knee, 15 cm at 20 m
    share = np.clip(np.nan_to_num(scene.water_depth_m), 0, DEEPEST_M) / DEEPEST_M
    codes = np.round(np.sqrt(share) * 255).astype(np.uint8)
    change = np.diff(codes, axis=0, prepend=np.zeros((1, rows, columns), np.uint8))
    return {
        "ticks": pack.delta(np.round(scene.water_times_s * TIME_STEPS_PER_S)),
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
