"""A small sound town in files of the usual kinds, to be broken one at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyproj

SIDE = 6  # crossings along each edge
LON, LAT, STEP = 134.83, 34.76, 0.001  # degrees; about 100 m
CRS = "EPSG:6673"
PLAN = """\
schema: "chimata/scenario@1"
name: flood
city: city.h5
start: "2025-09-10 02:00"
duration: 1h
population: {total: 60, seed: 1}
flood: {rasters: "depth_*.asc", time: filename}
evacuation: {order_at: "02:10", compliance: 0.7}
"""


def chimata(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own with the compiled engine."""
    environment = {
        **os.environ, "CHIMATA_CACHE": str(folder / "cache"), "CHIMATA_PROGRESS": "0",
    }  # fmt: skip
    environment.pop("CHIMATA_UNSET", None)
    return subprocess.run(
        [sys.executable, "-m", "chimata", *arguments],
        cwd=folder, text=True, capture_output=True, env=environment,
    )  # fmt: skip


def write_town(folder: Path) -> None:
    """town.osm, shelters.csv, homes.csv, depth_0200.asc to depth_0220.asc and plan.yaml."""
    (folder / "town.osm").write_text(_osm(), "utf-8")
    (folder / "shelters.csv").write_text(
        "id,name,lon,lat,capacity\n"
        f"S01,西小学校,{LON:.4f},{LAT + 5 * STEP:.4f},40\n"
        f"S02,東中学校,{LON + 5 * STEP:.4f},{LAT + 5 * STEP:.4f},40\n",
        "utf-8",
    )
    rows = [f"{LON + x * STEP:.4f},{LAT + y * STEP:.4f},5" for x in range(6) for y in range(2)]
    (folder / "homes.csv").write_text("\n".join(["lon,lat,residents", *rows]) + "\n", "utf-8")
    for minute in (0, 10, 20):
        write_depth(folder / f"depth_02{minute:02d}.asc", minute / 20)
    (folder / "plan.yaml").write_text(PLAN, "utf-8")


def write_depth(
    path: Path, deepest: float, *, cells: int = 16, shift: float = 0, missing: bool = False
) -> None:
    """Water in the southern quarter, on a grid `shift` metres east of where it belongs."""
    x, y = pyproj.Transformer.from_crs("EPSG:4326", CRS, always_xy=True).transform(LON, LAT)
    value = "-9999" if missing else f"{deepest:.2f}"
    dry = "-9999" if missing else "0"
    rows = [" ".join([value if row >= cells * 3 // 4 else dry] * cells) for row in range(cells)]
    path.write_text(
        f"ncols {cells}\nnrows {cells}\nxllcorner {x - 50 + shift:.1f}\nyllcorner {y - 50:.1f}\n"
        "cellsize 40\nNODATA_value -9999\n" + "\n".join(rows) + "\n"
    )
    path.with_suffix(".prj").write_text(pyproj.CRS(CRS).to_wkt("WKT1_ESRI"))


def _osm() -> str:
    number = [[1 + row * SIDE + column for column in range(SIDE)] for row in range(SIDE)]
    nodes = [
        f'<node id="{number[row][column]}" lat="{LAT + row * STEP:.4f}" '
        f'lon="{LON + column * STEP:.4f}"/>'
        for row in range(SIDE)
        for column in range(SIDE)
    ]
    lines = [*number, *(list(line) for line in zip(*number, strict=True))]
    ways = [
        f'<way id="{100 + i}">' + "".join(f'<nd ref="{n}"/>' for n in line)
        + '<tag k="highway" v="residential"/></way>'
        for i, line in enumerate(lines)
    ]  # fmt: skip
    return '<osm version="0.6">\n' + "\n".join([*nodes, *ways]) + "\n</osm>\n"
