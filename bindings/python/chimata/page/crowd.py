"""The page of a crowd: what it shows, and how that is packed.

`player/crowd_decode.js` undoes the packing; the two files change together.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from .columns import STEPS_PER_M, Header
from .encode import Packer
from .file import write_page
from .scene import Array, Floats

_SCRIPTS = ("crowd_shaders.js", "lines.js", "crowd_decode.js", "crowd_view.js", "crowd_main.js")

PLACE_STEP_M = 0.05  # a tenth of a body; a file twice as fine is half as large again
TIME_STEPS_PER_S = 1000
DENSEST = 10.0  # persons/m², the end of the scale of a byte
STANDING_M_S = 0.2
MOST_PLACES = 1 << 24  # what a graphics card counts exactly in single precision
_MOST_CELLS = 6_000_000  # of density in one file
_STATES = ("present", "standing", "left", "to_come")


@dataclass(frozen=True, eq=False, kw_only=True)
class CrowdScene:
    """A crowd over time, in metres, x east and y north, and seconds."""

    title: str
    subtitle: str = ""
    attribution: str = ""
    rings: Sequence[Floats]  # outer rings and holes of the area, (n, 2), filled even-odd
    exits: Sequence[tuple[str, Floats]] = ()  # name, line (n, 2)
    gates: Sequence[tuple[str, Floats, bool]] = ()  # name, ends (n, 2), closed at first
    gate_changes: Sequence[tuple[float, str, bool]] = ()  # s, name, closed
    times_s: Floats  # (n_frames), increasing
    frames: Sequence[tuple[Array, Floats]]  # numbers of those present, and their places (n, 2)
    # who is on which panel, per frame: nobody is seen to walk from one panel to another
    panel: Sequence[Array] = ()
    names: Sequence[
        tuple[str, Floats]
    ] = ()  # of panels and elevators, and where they are written (2)
    elevators: Sequence[Floats] = ()  # doors, ends (n, 2)
    people: int = 0  # everybody, with those still to come; 0: all that were seen


def write_crowd(
    path: str | os.PathLike[str], scene: CrowdScene, *, compare: CrowdScene | None = None,
    lang: Literal["ja", "en"] = "ja",
) -> Path:  # fmt: skip
    """Writes the animation of a crowd to `path` and returns the path.

    The file carries its own player and data and asks for nothing else. Places are kept to
    5 cm (more in areas over 3 km), moments to 1 ms. People are numbers in order of coming.

    Parameters
    ----------
    compare : a second run, shown beside the first with one clock and one camera
    lang : language of the controls; the title is printed as given

    Raises
    ------
    ValueError : a scene has no frames or more than 16 million places, or `lang` is unknown
    """
    pack = Packer()
    scenes = [scene] if compare is None else [scene, compare]
    corners = np.concatenate([np.asarray(ring) for each in scenes for ring in each.rings])
    low, high = corners.min(axis=0), corners.max(axis=0)
    duration = max(float(each.times_s[-1]) if len(each.times_s) else 0.0 for each in scenes)
    headers = [_columns(each, low, high, duration, pack) for each in scenes]
    return write_page(path, scene.title, headers, pack, lang, _SCRIPTS)


def _columns(scene: CrowdScene, low: Array, high: Array, duration: float, pack: Packer) -> Header:
    if not len(scene.times_s):
        raise ValueError("a crowd without a recorded moment cannot be shown")
    person = np.concatenate([np.asarray(who, np.int64) for who, _ in scene.frames])
    if len(person) > MOST_PLACES:
        raise ValueError(f"{len(person)} places are too many for one page: keep fewer moments")
    xy = np.concatenate([np.asarray(at, float).reshape(-1, 2) for _, at in scene.frames])
    frame = np.repeat(np.arange(len(scene.frames)), [len(who) for who, _ in scene.frames])
    origin = np.round((low + high) / 2)
    step = max(PLACE_STEP_M, float((high - low).max() + 2) / 65000)
    first_place = low - 1 - origin
    by_person = np.lexsort((frame, person))
    person, frame, xy = person[by_person], frame[by_person], xy[by_person]
    panel = np.concatenate([np.zeros(0, np.int64), *scene.panel])
    panel = panel[by_person] if len(panel) else np.zeros(len(person), np.int64)
    places = np.clip(np.round((xy - origin - first_place) / step), 0, 65535).astype(np.int64)
    return {
        "title": scene.title,
        "subtitle": scene.subtitle,
        "attribution": scene.attribution,
        "wall_ms": 0,
        "undated": True,
        "duration_s": duration,
        "state_names": list(_STATES),
        "bounds": [*(low - origin), *(high - origin)],
        "time_step_s": 1 / TIME_STEPS_PER_S,
        "ticks": pack.delta(np.round(np.asarray(scene.times_s) * TIME_STEPS_PER_S)),
        "place_step_m": step,
        "people_x0": first_place[0],
        "people_y0": first_place[1],
        "people": _tracks(person, frame, panel, places, pack),
        "census": {"persons": pack.delta(_census(scene, person, frame, xy).T)},
        "density": _density(scene, low, high, origin, pack),
        "area": _lines(scene.rings, origin, pack),
        "exits": _lines([line for _, line in scene.exits], origin, pack),
        "gates": _gates(scene, origin, pack),
        "names": [[name, *(np.asarray(at) - origin)] for name, at in scene.names],
        "elevators": _lines(scene.elevators, origin, pack),
    }


def _tracks(person: Array, frame: Array, panel: Array, places: Array, pack: Packer) -> Header:
    """One track per stay: changes of velocity, which are small, person after person."""
    begins = np.ones(len(person), bool)
    jump = np.abs(np.diff(places, axis=0)).max(axis=1, initial=0)
    begins[1:] = (np.diff(person) != 0) | (np.diff(frame) != 1) | (jump > 8000)
    begins[1:] |= np.diff(panel) != 0
    first = np.flatnonzero(begins)
    velocity = np.diff(places, axis=0, prepend=places[:1])
    velocity[first] = 0
    change = np.diff(velocity, axis=0, prepend=velocity[:1])
    change[first[first + 1 < len(person)] + 1] = velocity[first[first + 1 < len(person)] + 1]
    codes = (change << 1) ^ (change >> 63)
    codes[first] = places[first]
    return {
        "first": pack.delta(frame[first]),
        "length": pack.raw(np.diff(first, append=len(person)), "u4"),
        "x": pack.raw(codes[:, 0], "u2"),
        "y": pack.raw(codes[:, 1], "u2"),
    }


def _census(scene: CrowdScene, person: Array, frame: Array, xy: Floats) -> Array:
    """Persons per state and moment: present, of them standing, left, to come."""
    moments = len(scene.frames)
    present = np.bincount(frame, minlength=moments)
    entered = np.unique(person, return_index=True)[1]  # the first row of each is their first moment
    seen = np.cumsum(np.bincount(frame[entered], minlength=moments))
    times = np.asarray(scene.times_s, float)
    same = (np.diff(person) == 0) & (np.diff(frame) == 1)
    lasted = times[frame[1:]] - times[frame[:-1]]
    slow = same & (np.hypot(*np.diff(xy, axis=0).T) < STANDING_M_S * lasted)
    standing = np.bincount(frame[1:][slow], minlength=moments)
    everybody = max(scene.people, int(seen[-1]) if moments else 0)
    return np.column_stack([present, standing, seen - present, everybody - seen])


def _density(scene: CrowdScene, low: Array, high: Array, origin: Array, pack: Packer) -> Header:
    from .. import _core

    cell = 0.5
    while np.prod(np.floor((high - low) / cell) + 1) * len(scene.frames) > _MOST_CELLS:
        cell *= 2
    box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    codes = []
    for _, at in scene.frames:
        places = np.ascontiguousarray(at, float).reshape(-1, 2)
        density = _core.densities(places, box, cell, max(1.0, cell))[::-1]
        share = np.clip(density, 0, DENSEST) / DENSEST
        codes.append(np.round(np.sqrt(share) * 255).astype(np.uint8))
    frames = np.asarray(codes)
    change = np.diff(frames, axis=0, prepend=np.zeros_like(frames[:1]))
    return {
        "change": pack.raw(change, "u1"),
        "rows": frames.shape[1],
        "columns": frames.shape[2],
        "x0": low[0] - origin[0],
        "y0": low[1] - origin[1],
        "cell_m": cell,
        "deepest_m": DENSEST,
    }


def _xy(points: Array, origin: Array, pack: Packer) -> Header:
    steps = np.round((points - origin) * STEPS_PER_M).reshape(-1, 2)
    return {"x": pack.delta(steps[:, 0]), "y": pack.delta(steps[:, 1])}


def _lines(lines: Sequence[Floats], origin: Array, pack: Packer) -> Header:
    offsets = np.cumsum([0, *(len(line) for line in lines)])
    points = np.concatenate([np.zeros((0, 2)), *lines])
    return {"xy": _xy(points, origin, pack), "offsets": pack.delta(offsets)}


def _gates(scene: CrowdScene, origin: Array, pack: Packer) -> dict[str, Any]:
    names = [name for name, _, _ in scene.gates]
    ends = np.concatenate(
        [np.zeros((0, 2)), *(np.asarray(at)[[0, -1]] for _, at, _ in scene.gates)]
    )
    changes = sorted((t, names.index(name), closed) for t, name, closed in scene.gate_changes)
    return {
        "names": names,
        "xy": _xy(ends, origin, pack),
        "shut": [closed for _, _, closed in scene.gates],
        "changes": [list(change) for change in changes],
    }
