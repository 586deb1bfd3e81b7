"""A run for other programs: GeoPackage, GeoParquet, GeoJSON, and CZML for Cesium.

People leave this module as counts only. Groups of fewer than `smallest` are not told apart (秘匿): their
counts are empty, and squares of the map with fewer people are left out. Paths in CZML are a sample
without names, begin and end some streets away from home.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from .errors import did_you_mean, input_error
from .geometry import points, polylines
from .trajectories import along

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from .run import Run

_LAYERS = ("links", "shelters", "zones", "people")
_KINDS = (".gpkg", ".parquet", ".geojson", ".czml")


def export(run: Run, path: str | os.PathLike[str], *, smallest: int = 5, **more: Any) -> Path:
    """Writes `run` in the format that the ending of `path` names; see `Run.export`."""
    target = Path(path)
    kind = target.suffix.lower()
    if kind not in _KINDS:
        raise input_error(
            str(path), f"{kind or 'no ending'} is no format", f"use {', '.join(_KINDS)}"
        )
    if smallest < 1:
        raise input_error("smallest", f"is {smallest}", "give 1 or more persons")
    beside = target.with_name(f".{os.getpid()}-{target.name}")
    try:
        if kind == ".czml":
            from .czml import write_czml

            write_czml(run, beside, smallest=smallest, **more)
        else:
            _write_layers(run, beside, kind, smallest, **more)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def _write_layers(
    run: Run, path: Path, kind: str, smallest: int, layer: str = "links", cell_m: float = 250.0
) -> None:
    if layer not in _LAYERS:
        raise input_error("layer", f"{layer!r} is unknown", did_you_mean(layer, _LAYERS))
    if not cell_m > 0:
        raise input_error("cell_m", f"is {cell_m}", "give the side of a square in metres")
    if kind == ".gpkg":
        for name in _LAYERS:
            layer_of(run, name, smallest, cell_m).to_file(path, layer=name, driver="GPKG")
        return
    frame = layer_of(run, layer, smallest, cell_m)
    if kind == ".parquet":
        frame.to_parquet(path)
    else:
        # RFC 7946: longitude and latitude
        frame.to_crs("EPSG:4326").to_file(path, driver="GeoJSON", COORDINATE_PRECISION=7)


def layer_of(run: Run, name: str, smallest: int, cell_m: float) -> gpd.GeoDataFrame:
    """One layer of a run in the city's coordinates.

    Parameters
    ----------
    name : "links" (segments with flows, density and delay), "shelters", "zones", "people" (counts by
        square of `cell_m` m, where everybody is at the end)
    """
    made: dict[str, Callable[[], gpd.GeoDataFrame]] = {
        "links": lambda: _links(run),
        "shelters": lambda: _shelters(run),
        "zones": lambda: _zones(run, smallest),
        "people": lambda: _people(run, smallest, cell_m),
    }
    return made[name]()


def _frame(run: Run, columns: dict[str, Any], geometry: Any) -> gpd.GeoDataFrame:
    import geopandas as gpd

    return gpd.GeoDataFrame(columns, geometry=geometry, crs=run.scenario.city.crs)


def _links(run: Run) -> gpd.GeoDataFrame:
    """Segments that anybody used: people in both directions, density, speed, delay."""
    city = run.scenario.city.core
    s = city.segments()
    links = run.core.table("links")
    segment = np.asarray(links["link"], np.int64) // 2
    forward = np.asarray(links["link"], np.int64) % 2 == 0
    entered = np.asarray(links["entered"], float)
    size = len(s["length_m"])
    flow = np.bincount(segment[forward], entered[forward], size)
    back = np.bincount(segment[~forward], entered[~forward], size)
    density, dense = np.zeros(size), np.zeros(size)
    np.maximum.at(density, segment, np.asarray(links["max_density"], float))
    np.add.at(dense, segment, np.asarray(links["dense_person_s"], float))
    speed, weight = np.zeros(size), np.zeros(size)
    np.add.at(speed, segment, np.asarray(links["mean_speed_m_s"], float) * entered)
    np.add.at(weight, segment, entered)
    delay = _delays(run, size)
    cars = np.zeros(size)
    if "traffic" in run.core.table_names():
        traffic = run.core.table("traffic")
        on = np.asarray(traffic["link"], np.int64) // 2
        np.add.at(cars, on, np.asarray(traffic["entered"], float))
    used = np.flatnonzero((flow + back + cars > 0) | (density > 0))
    names = city.road_class_names()
    columns = {
        "segment": used,
        "source": np.asarray(s["source"])[used],
        "name": [s["name"][i] for i in used],
        "road_class": [names[c] for c in np.asarray(s["road_class"])[used]],
        "length_m": np.asarray(s["length_m"])[used],
        "width_m": np.asarray(s["width_m"], float)[used],
        "persons_forward": flow[used].astype(np.int64),
        "persons_backward": back[used].astype(np.int64),
        "vehicles": cars[used].astype(np.int64),
        "max_density": density[used],
        "mean_speed_m_s": np.divide(speed, weight, out=np.full(size, np.nan), where=weight > 0)[
            used
        ],
        "dense_person_min": dense[used] / 60,
        "delay_person_min": delay[used] / 60,
    }
    return _frame(run, columns, polylines(s["shape_x"], s["shape_y"], s["shape_offset"])[used])


def _delays(run: Run, segments: int) -> NDArray[Any]:
    """Time lost on every segment by all together, s: longer than at everybody's own free speed."""
    lost = np.zeros(segments)
    jams = run.core.jams(run.scenario.core, segments)
    np.add.at(lost, np.asarray(jams["segment"], np.intp), np.asarray(jams["delay_s"], float))
    return lost


def _shelters(run: Run) -> gpd.GeoDataFrame:
    plan = run.scenario.core.shelters()
    rows = run.core.table("shelters")
    shelter = np.asarray(rows["shelter"], np.intp)
    size = len(plan["id"])
    peak, turned, last = np.zeros(size), np.zeros(size), np.zeros(size)
    np.maximum.at(peak, shelter, np.asarray(rows["occupancy"], float))
    np.maximum.at(turned, shelter, np.asarray(rows["turned_away"], float))
    last[shelter] = np.asarray(rows["occupancy"], float)  # rows are in order of time
    columns = {
        "id": list(plan["id"]), "name": list(plan["name"]),
        "capacity": np.asarray(plan["capacity"], np.int64),
        "flood_safe": np.asarray(plan["flood_safe"], bool),
        "peak": peak.astype(np.int64), "at_end": last.astype(np.int64),
        "turned_away": turned.astype(np.int64),
    }  # fmt: skip
    return _frame(run, columns, points(plan["x"], plan["y"]))


def _hidden(counts: Any, smallest: int) -> Any:
    """Counts with those of small groups left empty; 0 stays, it is about nobody."""
    import pandas as pd

    whole = np.asarray(counts, np.int64)
    return pd.arrays.IntegerArray(whole, (whole > 0) & (whole < smallest))


def _zones(run: Run, smallest: int) -> gpd.GeoDataFrame:
    from shapely import Polygon

    zones = run.scenario.city.core.zones()
    table = run.core.table("districts")
    size = len(zones["id"])
    columns: dict[str, Any] = {"id": list(zones["id"]), "name": list(zones["name"])}
    for name, values in table.items():
        if name.startswith("shelter_"):
            continue
        mine = np.asarray(values)[:size]
        columns[name] = _hidden(mine, smallest) if mine.dtype.kind == "i" else _finite(mine)
    few = np.asarray(table["residents"])[:size] < smallest
    for name in columns:
        if name.endswith("_s"):
            columns[name] = np.where(few, np.nan, columns[name])
    shapes = [Polygon(rings[0], rings[1:]) for rings in zones["rings"]]
    return _frame(run, columns, shapes)


def _finite(values: NDArray[Any]) -> NDArray[Any]:
    # files know no infinity: no deadline is an empty field
    return np.where(np.isfinite(values), values, np.nan)


def final_positions(run: Run) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where everybody is at the end, x and y in metres: in the shelter, on the street, or at home."""
    people = run.scenario.population.core.columns()
    persons = run.core.table("persons")
    legs = run.core.table("legs")
    x, y = np.array(people["home_x"], float), np.array(people["home_y"], float)
    # the last leg of everybody comes last
    order = np.lexsort((legs["end_s"], legs["person"]))
    who = np.asarray(legs["person"], np.int64)[order]
    last = order[np.flatnonzero(np.append(np.diff(who) != 0, True))] if len(order) else order
    link = np.asarray(legs["last_link"], np.int64)[last]
    known = link != 4294967295
    last, link = last[known], link[known]
    share = np.nan_to_num(np.asarray(legs["last_fraction"], float)[last], nan=1.0)
    walked_x, walked_y = along(run.scenario.city.core.segments(), link, share)
    walker = np.asarray(legs["person"], np.int64)[last]
    x[walker], y[walker] = walked_x, walked_y
    plan = run.scenario.core.shelters()
    inside = np.flatnonzero(np.asarray(persons["state"]) == _core.state_names().index("sheltered"))
    shelter = np.asarray(persons["shelter"], np.int64)[inside]
    x[inside], y[inside] = np.asarray(plan["x"])[shelter], np.asarray(plan["y"])[shelter]
    return x, y


def _people(run: Run, smallest: int, cell_m: float) -> gpd.GeoDataFrame:
    from shapely import box

    x, y = final_positions(run)
    state = np.asarray(run.core.table("persons")["state"], np.intp)
    column, row = np.floor(x / cell_m).astype(np.int64), np.floor(y / cell_m).astype(np.int64)
    cells, owner = np.unique(np.column_stack([column, row]), axis=0, return_inverse=True)
    owner = owner.reshape(-1)
    total = np.bincount(owner, minlength=len(cells))
    shown = np.flatnonzero(total >= smallest)
    columns: dict[str, Any] = {"persons": total[shown]}
    for number, name in enumerate(_core.state_names()):
        count = np.bincount(owner[state == number], minlength=len(cells))
        columns[name] = _hidden(count[shown], smallest)
    left, bottom = cells[shown, 0] * cell_m, cells[shown, 1] * cell_m
    return _frame(run, columns, box(left, bottom, left + cell_m, bottom + cell_m))
