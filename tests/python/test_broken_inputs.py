"""Whatever is wrong with a file, `chimata` says so in one line and leaves nothing behind."""

from __future__ import annotations

import gzip
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from broken_town import PLAN, chimata, write_depth, write_town

IMPORT = ("import", "--osm", "town.osm", "--shelters", "shelters.csv", "--population", "homes.csv",
          "-o", "out.h5")  # fmt: skip
RUN = ("run", "plan.yaml", "--seeds", "2", "--out", "out")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    write_town(folder)
    built = chimata(*IMPORT[:-1], "city.h5", folder=folder)
    if "No module named" in built.stderr:
        pytest.skip("the compiled engine is not installed: pip install .")
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture
def town(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "town"))


@dataclass(frozen=True)
class Case:
    """What is broken, how, by which command it shows, and what the line must say."""

    name: str
    spoil: Callable[[Path], object]
    says: tuple[str, ...]
    command: tuple[str, ...] = RUN


def replaced(file: str, old: str, new: str) -> Callable[[Path], object]:
    def spoil(town: Path) -> None:
        text = (town / file).read_text("utf-8")
        assert old in text
        (town / file).write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def appended(file: str, text: str) -> Callable[[Path], object]:
    return lambda town: (town / file).write_text((town / file).read_text("utf-8") + text, "utf-8")


def written(file: str, content: str | bytes) -> Callable[[Path], object]:
    data = content.encode() if isinstance(content, str) else content
    return lambda town: (town / file).write_bytes(data)


def importing(**files: str) -> tuple[str, ...]:
    plain = {"osm": "town.osm", "shelters": "shelters.csv", "population": "homes.csv"}
    chosen = {key: value for key, value in {**plain, **files}.items() if value}
    return ("import", *(word for key, file in chosen.items() for word in (f"--{key}", file)),
            "-o", "out.h5")  # fmt: skip


def edited(edit: str) -> Callable[[Path], object]:
    return appended("plan.yaml", f"edits:\n  - {edit}\n")


def gzipped_and_cut(town: Path) -> None:
    whole = gzip.compress((town / "town.osm").read_bytes())
    (town / "town.osm.gz").write_bytes(whole[: len(whole) // 2])


def cut_pbf(town: Path) -> None:
    header = b"\x0a\x09OSMHeader\x18\x7b"  # a blob header that promises 123 bytes
    (town / "town.osm.pbf").write_bytes(struct.pack(">I", len(header)) + header + b"\x10\x05")


def shapefile_without_prj(town: Path) -> None:
    import geopandas
    from shapely.geometry import Point

    frame = geopandas.GeoDataFrame({"capacity": [10]}, geometry=[Point(1000, 2000)])
    frame.to_file(town / "places.shp")


def cut_city(town: Path) -> None:
    whole = (town / "city.h5").read_bytes()
    (town / "city.h5").write_bytes(whole[: len(whole) // 3])


def newer_city(town: Path) -> None:
    import h5py

    with h5py.File(town / "city.h5", "r+") as city:
        city.attrs["version"] = 99


def swapped_axes(town: Path) -> None:
    rows = (town / "shelters.csv").read_text("utf-8").splitlines()
    cells = [row.split(",") for row in rows[1:]]
    swapped = [",".join([a, b, lat, lon, n]) for a, b, lon, lat, n in cells]
    (town / "shelters.csv").write_text("\n".join([rows[0], *swapped]) + "\n", "utf-8")


def another_grid(town: Path) -> None:
    write_depth(town / "depth_0210.asc", 0.5, cells=17)


def far_rasters(town: Path) -> None:
    for path in town.glob("depth_*.asc"):
        write_depth(path, 0.5, shift=50_000)


def empty_rasters(town: Path) -> None:
    for path in town.glob("depth_*.asc"):
        write_depth(path, 0.5, missing=True)


def circle(town: Path) -> None:
    appended("plan.yaml", "base: other.yaml\n")(town)
    written("other.yaml", PLAN + "base: plan.yaml\n")(town)


CASES = [
    # -- files of a city
    Case("a truncated pbf", cut_pbf, ("town.osm.pbf",), importing(osm="town.osm.pbf")),
    Case("a truncated gz", gzipped_and_cut, ("town.osm.gz",), importing(osm="town.osm.gz")),
    Case("XML that stops", replaced("town.osm", "</osm>", ""), ("town.osm",), IMPORT),
    Case("an OSM file without streets", written("town.osm", '<osm version="0.6"></osm>'),
         ("town.osm",), IMPORT),
    Case("an empty file", written("shelters.csv", ""), ("shelters.csv", "is empty"), IMPORT),
    Case("a missing file", lambda town: (town / "homes.csv").unlink(),
         ("homes.csv", "no such file"), IMPORT),
    Case("an encoding nobody knows", written("shelters.csv", b"id,name\n\xff\xfe\x00\x81,\xfe\xfe"),
         ("shelters.csv", "neither UTF-8 nor Shift-JIS"), IMPORT),
    Case("a shapefile without .prj", shapefile_without_prj, ("places.shp", "places.prj"),
         importing(shelters="places.shp")),
    Case("swapped axes", swapped_axes, ("shelters.csv:2", "swap"), IMPORT),
    Case("a shelter id given twice", replaced("shelters.csv", "S02", "S01"),
         ("shelters.csv:3", "S01", "shelters.csv:2"), IMPORT),
    Case("a negative capacity", replaced("shelters.csv", ",40\n", ",-40\n"),
         ("shelters.csv:2 (S01)", "capacity is -40"), IMPORT),
    Case("no capacity", replaced("shelters.csv", ",40\n", ",\n"),
         ("shelters.csv:2 (S01)", "capacity is empty", "default"), IMPORT),
    Case("a capacity in words", replaced("shelters.csv", ",40\n", ",forty\n"),
         ("shelters.csv:2", "forty"), IMPORT),
    Case("a home that is no number", replaced("homes.csv", ",5\n", ",five\n"),
         ("homes.csv:2", "five"), IMPORT),
    Case("nobody lives there", written("homes.csv", "lon,lat,residents\n134.83,34.76,0\n"),
         ("homes.csv",), IMPORT),
    Case("an unknown option of streets", lambda town: None, ("--street-option", "name=value"),
         ("import", "--streets", "town.osm", "--street-option", "width", "-o", "out.h5")),
    Case("an unknown coordinate system", lambda town: None, ("EPSG:999999",),
         (*IMPORT, "--crs", "EPSG:999999")),
    Case("a plan with an unset variable",
         written("plan_of_city.yaml", 'streets: "${CHIMATA_UNSET}/town.osm"\n'),
         ("plan_of_city.yaml:1", "CHIMATA_UNSET is not set", "export"),
         ("import", "--plan", "plan_of_city.yaml", "-o", "out.h5")),
    Case("an --out that is no folder", lambda town: None, ("its folder does not exist",),
         (*IMPORT[:-1], "no/where.h5")),
    # -- a city file
    Case("a damaged city file", cut_city, ("city.h5",)),
    Case("a city file of a newer version", newer_city, ("city.h5", "newer", "99")),
    Case("a city file that is something else", written("city.h5", "hello"), ("city.h5",)),
    # -- a scenario file
    Case("no such scenario", lambda town: (town / "plan.yaml").unlink(), ("plan.yaml",)),
    Case("broken YAML", appended("plan.yaml", "people: {a: 1\n"), ("plan.yaml:",)),
    Case("a key given twice", appended("plan.yaml", "name: again\n"), ("plan.yaml:9", "twice")),
    Case("a scenario that is its own base", circle, ("base",)),
    Case("a base that is missing", appended("plan.yaml", "base: no.yaml\n"), ("no.yaml",)),
    Case("an unknown key", appended("plan.yaml", "evacuaton: {}\n"),
         ("plan.yaml", "evacuaton", "did you mean")),
    Case("an unknown parameter", replaced("plan.yaml", "compliance", "complience"),
         ("plan.yaml", "complience", "compliance")),
    Case("a value out of range", replaced("plan.yaml", "compliance: 0.7", "compliance: 70"),
         ("plan.yaml", "compliance", "70", "1")),
    Case("a value of another kind", replaced("plan.yaml", "compliance: 0.7", "compliance: most"),
         ("plan.yaml", "compliance", "most")),
    Case("no time of day", replaced("plan.yaml", '"02:10"', '"02:75"'), ("order_at", "02:75")),
    Case("an order before the start", replaced("plan.yaml", '"02:10"', '"2025-09-10 01:00"'),
         ("plan.yaml", "order_at", "before the scenario starts")),
    Case("a zone that nobody knows",
         replaced("plan.yaml", "compliance: 0.7", "zones: [Z99]"), ("plan.yaml", "Z99")),
    Case("a walking speed out of range",
         appended("plan.yaml", "people: {adult_speed_m_s: 30}\n"), ("adult_speed_m_s", "30")),
    Case("no date", replaced("plan.yaml", "2025-09-10 02:00", "2025-13-10 02:00"),
         ("plan.yaml", "2025-13-10")),
    Case("no duration", replaced("plan.yaml", "duration: 1h", "duration: long"), ("long",)),
    Case("no people", replaced("plan.yaml", "total: 60", "total: 0"), ("plan.yaml", "population", "0")),
    Case("people that are no number", replaced("plan.yaml", "total: 60", "total: many"),
         ("plan.yaml", "population", "many")),
    Case("a population of unknown keys", replaced("plan.yaml", "total: 60", "totl: 60"),
         ("plan.yaml", "population", "totl", "total")),
    Case("a table of people that is missing",
         replaced("plan.yaml", "total: 60, seed: 1", "file: people.csv"), ("people.csv",)),
    Case("an unset variable",
         replaced("plan.yaml", "city: city.h5", 'city: "${CHIMATA_UNSET}/city.h5"'),
         ("CHIMATA_UNSET is not set", "export")),
    Case("an edit of a shelter that is not there", edited('{op: close, target: "shelter:S0l"}'),
         ("plan.yaml", "S0l", "did you mean", "S01")),
    Case("an unknown edit", edited('{op: mvoe, target: "shelter:S01"}'), ("plan.yaml", "mvoe")),
    Case("a shelter moved off the network",
         edited('{op: move, target: "shelter:S01", to: [135.5, 35.5]}'), ("S01", "street")),
    Case("no shelter left",
         edited('{op: remove, target: "shelter:S01"}\n  - {op: remove, target: "shelter:S02"}'),
         ("plan.yaml", "shelters", "none of 2 can be used")),
    # -- rasters
    Case("rasters that miss the city", far_rasters, ("depth_0200.asc", "covers")),
    Case("rasters without a value", empty_rasters, ("depth_0200.asc", "every value is missing")),
    Case("rasters on different grids", another_grid, ("depth_0210.asc", "another grid")),
    Case("a damaged raster", written("depth_0210.asc", "ncols 16\nnrows"), ("depth_0210.asc",)),
    Case("a raster without a time", lambda town: (town / "depth_0210.asc").rename(
        town / "depth_late.asc"), ("depth_late.asc", "time")),
    Case("no raster at all", replaced("plan.yaml", "depth_*.asc", "depht_*.asc"),
         ("depht_*.asc", "no file matches")),
    # -- the command line
    Case("seeds that are none", lambda town: None, ("'4:2'", "seed"),
         ("run", "plan.yaml", "--seeds", "4:2", "--out", "out")),
    Case("the same name twice", lambda town: shutil.copy(town / "plan.yaml", town / "b.yaml"),
         ("flood",), ("run", "plan.yaml", "b.yaml", "--out", "out")),
    Case("a folder that cannot be made", lambda town: None, ("shelters.csv/out",),
         ("run", "plan.yaml", "--seeds", "2", "--out", "shelters.csv/out")),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_input_is_one_clear_line_and_nothing_is_left_behind(
    case: Case, town: Path
) -> None:
    case.spoil(town)
    before = {path for path in town.rglob("*") if "cache" not in path.parts}
    said = chimata(*case.command, folder=town)
    assert said.returncode == 1, said.stdout + said.stderr
    lines = said.stderr.splitlines()
    assert len(lines) == 1, said.stderr
    assert lines[0].startswith("chimata: ")
    assert "(unexpected; --debug" not in lines[0]  # an error that nobody foresaw
    for part in case.says:
        assert part in lines[0]
    assert {path for path in town.rglob("*") if "cache" not in path.parts} == before
    assert not [path for path in town.rglob("*") if path.suffix in (".part", ".tmp")]


def test_the_town_itself_is_sound(town: Path) -> None:
    said = chimata(*RUN, "--workers", "1", "--no-report", folder=town)
    assert said.returncode == 0, said.stderr
    assert (town / "out" / "kpis.csv").exists()
