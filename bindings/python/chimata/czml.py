"""CZML of a run: what Cesium plays. https://github.com/AnalyticalGraphicsInc/czml-writer/wiki/CZML-Guide"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import did_you_mean, input_error
from .geometry import polylines
from .labels import say
from .trajectories import along, sampled
from .units import seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .run import Run

#: Density from which a street is drawn in a colour, persons/m²: Fruin's levels C, E, and the limit for a queue.
_CROWDED = ((4.0, [192, 0, 60, 255]), (1.08, [230, 110, 0, 255]), (0.43, [240, 200, 60, 255]))
_FLOORS = (0.0, 0.43, 1.08, 4.0)
_EMPTY = [120, 140, 160, 120]
_AWAY_M = 100.0  # paths begin and end this far from where people live
_BUSIEST = 2000  # streets drawn


def write_czml(
    run: Run, path: Path, *, smallest: int = 5, people: int = 300, every: str | float = "30s",
    parts: Sequence[str] = ("shelters", "streets", "walkers"), lang: str = "ja",
) -> None:  # fmt: skip
    """Writes shelters filling up, streets by density, and a sample of people on their way.

    Moments are UTC (…Z), computed from the scenario's own zone, which the document's properties name.
    """
    made: dict[str, Callable[[], list[dict[str, Any]]]] = {
        "shelters": lambda: _shelters(run, lang),
        "streets": lambda: _streets(run, smallest),
        "walkers": lambda: _walkers(run, people, seconds(every, "every")),
    }
    packets = [_document(run)]
    for part in parts:
        if part not in made:
            raise input_error("parts", f"{part!r} is unknown", did_you_mean(part, made))
        packets += made[part]()
    text = ",\n".join(json.dumps(p, ensure_ascii=False, separators=(",", ":")) for p in packets)
    path.write_text(f"[{text}]\n", "utf-8")


def _moment(run: Run, t_s: float) -> str:
    at = (run.scenario.start + timedelta(seconds=float(t_s))).astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S") + f".{at.microsecond // 1000:03d}Z"


def _document(run: Run) -> dict[str, Any]:
    begin, end = _moment(run, 0), _moment(run, run.scenario.core.duration_s)
    return {
        "id": "document", "version": "1.0", "name": f"{run.scenario.city.name} {run.scenario.name}",
        "clock": {"interval": f"{begin}/{end}", "currentTime": begin, "multiplier": 60,
                  "range": "CLAMPED", "step": "SYSTEM_CLOCK_MULTIPLIER"},
        "properties": {"start": run.scenario.start.isoformat(),
                       "time_zone": str(run.scenario.document.get("tz", "")), "seed": run.seed,
                       "licences": run.scenario.city.licences},
    }  # fmt: skip


def _lonlat(run: Run, x: Any, y: Any) -> NDArray[Any]:
    lon, lat = run.scenario.city.to_lonlat(np.asarray(x, float), np.asarray(y, float))
    return np.column_stack([np.atleast_1d(lon), np.atleast_1d(lat)]).round(7)


def _changes(times: NDArray[Any], values: NDArray[Any]) -> list[tuple[float, float, Any]]:
    """Intervals of equal values: from, to, value. The last one has no end (infinite)."""
    first = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    ends = [*times[first[1:]].tolist(), np.inf]
    return [
        (float(times[i]), float(end), values[i].item()) for i, end in zip(first, ends, strict=True)
    ]


def _intervals(run: Run, found: list[tuple[float, float, Any]], value: Any) -> list[dict[str, Any]]:
    last = run.scenario.core.duration_s
    return [
        {"interval": f"{_moment(run, a)}/{_moment(run, min(b, last))}", **value(v)}
        for a, b, v in found
        if a < last
    ]


def _shelters(run: Run, lang: str) -> list[dict[str, Any]]:
    plan = run.scenario.core.shelters()
    rows = run.core.table("shelters")
    shelter = np.asarray(rows["shelter"], np.intp)
    place = _lonlat(run, plan["x"], plan["y"])
    packets = []
    for i, name in enumerate(plan["name"]):
        mine = shelter == i
        times = np.asarray(rows["t_s"], float)[mine]
        inside = np.asarray(rows["occupancy"], np.int64)[mine]
        room = max(int(plan["capacity"][i]), 1)
        if len(times) == 0:
            continue
        found = _changes(times, inside)
        packets.append({
            "id": f"shelter/{plan['id'][i]}", "name": str(name),
            "position": {"cartographicDegrees": [*place[i].tolist(), 0]},
            "point": {
                "heightReference": "CLAMP_TO_GROUND", "outlineWidth": 1,
                "outlineColor": {"rgba": [255, 255, 255, 255]},
                "pixelSize": _intervals(run, found, lambda n, r=room: {"number": round(8 + 16 * min(n / r, 1), 1)}),
                "color": _intervals(run, found, lambda n, r=room: {"rgba": [192, 0, 60, 255] if n >= r else [0, 110, 80, 255]}),
            },
            "label": {
                "text": _intervals(run, found, lambda n, r=room, s=name: {"string": f"{s} {n:,}/{r:,}"}),
                "font": "14px sans-serif", "pixelOffset": {"cartesian2": [0, -18]},
                "showBackground": True, "heightReference": "CLAMP_TO_GROUND",
            },
            "properties": {"capacity": room, "unit": say("people", lang)},
        })  # fmt: skip
    return packets


def _colour(density: float) -> list[int]:
    return next((colour for least, colour in _CROWDED if density >= least), _EMPTY)


def _streets(run: Run, smallest: int) -> list[dict[str, Any]]:
    """The busiest streets; those with fewer people than `smallest` are left out."""
    s = run.scenario.city.core.segments()
    links = run.core.table("links")
    segment = np.asarray(links["link"], np.int64) // 2
    size = len(s["length_m"])
    used = np.bincount(segment, np.asarray(links["entered"], float), size)
    shown = np.argsort(-used, kind="stable")[:_BUSIEST]
    shown = shown[used[shown] >= smallest]
    lines = polylines(s["shape_x"], s["shape_y"], s["shape_offset"])
    times, density = np.asarray(links["t_s"], float), np.asarray(links["max_density"], float)
    recorded = np.unique(times)
    order = np.argsort(segment, kind="stable")
    bounds = np.searchsorted(segment[order], np.arange(size + 1))
    packets = []
    for i in shown:
        rows = order[bounds[i] : bounds[i + 1]]
        level = np.zeros(len(recorded))
        np.maximum.at(level, np.searchsorted(recorded, times[rows]), density[rows])
        # a row tells of the interval before its moment
        begins = np.append(0.0, recorded[:-1])
        classes = np.searchsorted(_FLOORS[1:], level, side="right")
        found = _changes(begins, classes)
        xy = np.asarray(lines[i].coords)
        flat = np.column_stack([_lonlat(run, xy[:, 0], xy[:, 1]), np.zeros(len(xy))]).ravel()
        packets.append({
            "id": f"street/{int(i)}", "name": s["name"][i],
            "polyline": {
                "positions": {"cartographicDegrees": flat.tolist()}, "clampToGround": True, "width": 3,
                "material": {"solidColor": {"color": _intervals(
                    run, found, lambda c: {"rgba": _colour(_FLOORS[int(c)])})}},
            },
            "properties": {"persons": int(used[i])},
        })  # fmt: skip
    return packets


def _walkers(run: Run, people: int, every: float) -> list[dict[str, Any]]:
    """Every n-th of those on the move, without number or home."""
    stays = run._stays
    if people < 1 or len(stays.person) == 0:
        return []
    row, moment, fraction = sampled(stays, every)
    x, y = along(run._segments, stays.link[row], fraction)
    who = stays.person[row]
    homes = run.scenario.population.core.columns()
    far = np.hypot(x - homes["home_x"][who], y - homes["home_y"][who]) > _AWAY_M
    row, moment, x, y, who = row[far], moment[far], x[far], y[far], who[far]
    everybody = np.unique(who)
    chosen = everybody[:: max(1, -(-len(everybody) // people))]
    packets = []
    for number, person in enumerate(chosen):
        mine = np.flatnonzero(who == person)
        mine = mine[np.argsort(moment[mine], kind="stable")]
        mine = mine[np.append(True, np.diff(moment[mine]) > 0)]
        if len(mine) < 2:
            continue
        place = _lonlat(run, x[mine], y[mine])
        times = moment[mine]
        samples = np.column_stack([times, place, np.zeros(len(mine))]).ravel()
        packets.append({
            "id": f"walker/{number + 1}",
            "availability": f"{_moment(run, times[0])}/{_moment(run, times[-1])}",
            "position": {"epoch": _moment(run, 0), "cartographicDegrees": samples.round(7).tolist(),
                         "interpolationAlgorithm": "LINEAR", "interpolationDegree": 1},
            "point": {"pixelSize": 5, "color": {"rgba": [0, 90, 160, 255]},
                      "heightReference": "CLAMP_TO_GROUND"},
        })  # fmt: skip
    return packets
