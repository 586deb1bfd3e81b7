"""docs/howto/flood_sources.md: every example is read, with files made for the bundled town."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

import chimata as cm
from chimata.resources import resolve

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "flood_sources.md"
EXAMPLES = [
    yaml.safe_load(block)["flood"]
    for block in re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.S)
]
KINDS = ("rasters", "netcdf", "polygons", "levels", "maximum")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the page names, small, over the bundled town."""
    rasterio = pytest.importorskip("rasterio")
    scipy_io = pytest.importorskip("scipy.io")
    folder = tmp_path_factory.mktemp("sources")
    (folder / "flood").mkdir()
    frames = sorted(Path(resolve("demo:riverside/flood")).glob("depth_*.tif"))
    for frame, hour in ((frames[0], 2), (frames[-1], 3)):
        shutil.copy(frame, folder / "flood" / f"depth_{hour:02}00.tif")
    with rasterio.open(frames[-1]) as last:
        profile, depth, bounds = last.profile, last.read(1), last.bounds
    depth = np.where(depth > 0, depth, 0).astype("float32")
    for name, values in (("greatest", depth), ("arrival", np.full_like(depth, 30))):
        with rasterio.open(folder / "flood" / f"{name}.tif", "w", **profile) as out:
            out.write(values, 1)

    with scipy_io.netcdf_file(folder / "flood" / "run.nc", "w") as nc:
        rows, columns = depth.shape
        step = (bounds.right - bounds.left) / columns
        for name, size in (("time", 2), ("y", rows), ("x", columns)):
            nc.createDimension(name, size)
        for name, values, units in (
            ("time", [0.0, 3600.0], "seconds since 2000-01-01 00:00"),
            ("y", bounds.top - step * (np.arange(rows) + 0.5), "m"),
            ("x", bounds.left + step * (np.arange(columns) + 0.5), "m"),
        ):
            axis = nc.createVariable(name, "d", (name,))
            axis[:] = values
            axis.units = units
        for name, scale in (("depth", 1.0), ("u", 0.3), ("v", 0.4)):
            nc.createVariable(name, "f", ("time", "y", "x"))[:] = scale * np.stack(
                [0 * depth, depth]
            )

    west, south, east, north = bounds
    middle = (west + east) / 2
    areas = [
        {
            "type": "Feature",
            "properties": {"A31a_205": rank},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[a, south], [b, south], [b, north], [a, north], [a, south]]],
            },
        }
        for rank, a, b in ((2, west, middle), (1, middle, east))
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6673"}}
    (folder / "A31a-20_13.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "crs": crs, "features": areas})
    )
    table = re.search(r"```csv\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert table
    (folder / "flood" / "gauge.csv").write_text(table[1])
    return folder


def scenario(folder: Path, flood: dict[str, Any]) -> cm.Scenario:
    document = {
        "schema": "chimata/scenario@1", "name": "洪水", "city": "demo:riverside", "start": "2025-09-10 02:00", "duration": "2h",
        "population": {"total": 50, "seed": 1}, "flood": flood,
    }  # fmt: skip
    path = folder / "scenario.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    return cm.Scenario.from_yaml(path)


def test_the_page_shows_every_source() -> None:
    assert {kind for flood in EXAMPLES for kind in KINDS if kind in flood} == set(KINDS)


@pytest.mark.parametrize("flood", EXAMPLES, ids=lambda flood: next(iter(flood)))
def test_an_example_of_the_page_floods_the_town(files: Path, flood: dict[str, Any]) -> None:
    if "crs" not in flood and "netcdf" in flood:
        flood = {**flood, "crs": "EPSG:6673"}  # written without a library that knows systems
    chosen = scenario(files, flood)
    chosen.check()
    run = chosen.run(seed=1)
    assert run.table("flood")["wet_area_m2"].max() > 0


def test_python_writes_what_a_file_would_say(files: Path) -> None:
    flood = cm.Flood.from_polygons("a.geojson", rank_field="A31a_205", rank_bound="lower")
    assert flood.values == {
        "polygons": "a.geojson", "rank_field": "A31a_205", "rank_bound": "lower",
    }  # fmt: skip
    assert cm.Flood.from_netcdf("a.nc", velocity="u,v").values == {
        "netcdf": "a.nc", "time": "elapsed", "velocity": "u,v",
    }  # fmt: skip
    levels = cm.Flood.from_levels("g.csv", sources=[(134.86, 34.76)], connected=True)
    assert levels.values["sources"] == [[134.86, 34.76]]
    assert cm.Flood.from_maximum("d.tif", arrival="a.tif").values["arrival"] == "a.tif"
    with pytest.raises(cm.InputError, match="use elapsed, calendar or first"):
        cm.Flood.from_netcdf("a.nc", time="minutes")
