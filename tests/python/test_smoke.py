"""Smoke at an event: docs/howto/smoke.md, with files made for the park of docs/howto/events.md."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

import chimata as cm
from chimata.cli import main
from chimata.export import scene_of
from chimata.page.checks import check_scene
from chimata.parameters import catalogue
from chimata.report_parts import limits_of
from chimata.work import input_files, scenario_digest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "howto" / "smoke.md").read_text("utf-8")
EXAMPLES = [
    yaml.safe_load(block)["smoke"] for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
]
PROGRAM = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)
EVENTS = (ROOT / "docs" / "howto" / "events.md").read_text("utf-8")
FILES = dict(re.findall(r"^`([\w.]+)`\n```\w+\n(.*?)^```$", EVENTS, re.M | re.S))
DISC = EXAMPLES[-1]
CRS = "EPSG:6673"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town of the page on events, its evening for 60 people, and the files the page names."""
    rasterio = pytest.importorskip("rasterio")
    scipy_io = pytest.importorskip("scipy.io")
    pyproj = pytest.importorskip("pyproj")
    place = tmp_path_factory.mktemp("smoke")
    (place / "data").symlink_to(ROOT / "data")
    for name in ("areas.geojson", "town.yaml", "night.yaml"):
        text = FILES[name].replace("attendance: 1200", "attendance: 60")
        (place / name).write_text(
            text.replace("data/riverside", str(ROOT / "data/riverside")), "utf-8"
        )
    assert main(["import", "--plan", str(place / "town.yaml"), "-o", str(place / "town.h5")]) == 0

    to_metres = pyproj.Transformer.from_crs("EPSG:4326", CRS, always_xy=True).transform
    (west, south), (east, north) = to_metres(134.8525, 34.7725), to_metres(134.8565, 34.7760)
    step = 5.0
    columns, rows = int((east - west) / step), int((north - south) / step)
    thick = np.zeros((rows, columns), "float32")
    thick[:, : columns // 2] = 1
    (place / "smoke").mkdir()
    for clock, share in (("1905", 0.0), ("1915", 1.0)):
        for name, value in (("ks", 1.0), ("co", 3000.0)):
            with rasterio.open(
                place / "smoke" / f"{name}_{clock}.tif", "w", driver="GTiff", width=columns, height=rows,
                count=1, dtype="float32", crs=CRS,
                transform=rasterio.transform.from_origin(west, north, step, step),
            ) as out:  # fmt: skip
                out.write(share * value * thick, 1)
    with scipy_io.netcdf_file(place / "smoke" / "fire.nc", "w") as nc:
        for name, size in (("time", 2), ("y", rows), ("x", columns)):
            nc.createDimension(name, size)
        for name, values, units in (
            ("time", [3000.0, 3600.0], "seconds since 2000-01-01 00:00"),
            ("y", north - step * (np.arange(rows) + 0.5), "m"),
            ("x", west + step * (np.arange(columns) + 0.5), "m"),
        ):
            axis = nc.createVariable(name, "d", (name,))
            axis[:] = values
            axis.units = units
        for name, clean, there in (("extinction", 0, 1.0), ("co", 0, 3000.0), ("o2", 20.9, 17.0)):
            grid = np.where(thick > 0, there, clean)
            nc.createVariable(name, "f", ("time", "y", "x"))[:] = np.stack(
                [np.full_like(grid, clean), grid]
            )
    return place


def smoky(folder: Path, smoke: dict[str, Any], **more: Any) -> cm.Scenario:
    """The evening with smoke over it, as a file says it."""
    document = {
        "schema": "chimata/scenario@1", "name": "煙", "base": "night.yaml", "smoke": smoke, **more,
    }  # fmt: skip
    path = folder / "smoky.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    return cm.Scenario.from_yaml(path)


@pytest.fixture(scope="module")
def deadly(folder: Path) -> cm.Run:
    """Gas over the whole park that overcomes people within a minute or two."""
    smoke = DISC | {"radius_m": 300, "largest_m": 300, "co_ppm": 30_000}
    return smoky(folder, smoke, event={"stops_in_smoke_per_m": 0.5}).run(1, progress=False)


def test_the_page_shows_every_source() -> None:
    assert [next(iter(smoke)) for smoke in EXAMPLES] == ["rasters", "netcdf", "disc"]


@pytest.mark.parametrize("smoke", EXAMPLES, ids=lambda smoke: next(iter(smoke)))
def test_an_example_of_the_page_fills_the_park_with_smoke(
    folder: Path, smoke: dict[str, Any]
) -> None:
    if "netcdf" in smoke:
        smoke = {**smoke, "crs": CRS}  # written without a library that knows systems
    run = smoky(folder, smoke).run(1, progress=False)
    assert run.table("smoke")["extinction_per_m"].max() == pytest.approx(1)
    assert run.table("areas")["in_smoke"].max() > 0
    visitors = run.table("visitors").df
    assert len(visitors) == 60
    assert run.kpis["event_dose_max"] > 0
    # the event was over when staff saw it, long before its end at 19:30
    there = visitors[visitors["out_s"].notna()]
    assert there["set_out_s"].median() < (19.5 - 17) * 3600


def test_the_program_of_the_page_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert len(PROGRAM) == 1
    known: dict[str, Any] = {}
    exec(compile(PROGRAM[0], "smoke.md", "exec"), known)
    assert len(known["doses"]) > 0


def test_who_is_overcome_is_a_casualty_once_and_nobody_is_lost(deadly: cm.Run) -> None:
    census, visitors = deadly.table("census").df, deadly.table("visitors").df
    overcome = (visitors["phase"] == 8).sum()
    assert overcome > 10
    assert census["casualty"].iloc[-1] == overcome == deadly.kpis["event_overcome"]
    assert census.drop(columns="t_s").sum(axis=1).nunique() == 1
    doses = deadly.table("doses").df
    assert doses["overcome_s"].notna().sum() == overcome
    assert doses["person"].is_unique
    assert (doses.loc[doses["overcome_s"].notna(), "dose"] >= 1).all()
    areas = deadly.table("areas").df
    assert areas["overcome"].is_monotonic_increasing
    scene = scene_of(deadly)
    check_scene(scene)
    assert (
        dict(zip(scene.state_names, scene.census[-1], strict=True)).get("casualty", 0) == overcome
    )


def test_the_report_tells_what_smoke_leaves_out(deadly: cm.Run, tmp_path: Path) -> None:
    assert any("smoke is given and not computed" in text for text in limits_of([deadly], "en"))
    assert any("nobody is slowed or poisoned" in note for note in deadly.scenario.notes)
    told = deadly.scenario.assumptions
    assert set(told["model"]) >= {"smoke", "smoke_effects"}
    assert (told[told["model"].isin(["smoke", "smoke_effects"])]["source"] != "").all()


def test_a_study_with_smoke_makes_a_report_that_tells_its_limits(
    folder: Path, tmp_path: Path
) -> None:
    night = cm.Scenario.from_yaml(folder / "night.yaml")
    fire = night.variant("煙").add(cm.Smoke.disc(DISC["disc"], starts_at="19:05", co_ppm=2000))
    results = cm.Study([fire], seeds=1).run(progress=False)
    text = results.report(tmp_path / "report.html", lang="en").read_text("utf-8")
    assert "The smoke is given and not computed" in text
    assert "Overcome by smoke" in text
    assert "smoke_effects" not in night.assumptions["model"].unique()


def test_content_of_the_files_decides_and_not_where_they_lie(folder: Path) -> None:
    scenario = smoky(folder, EXAMPLES[0])
    assert [path.name for path in input_files(scenario) if path.suffix == ".tif"] == [
        "ks_1905.tif", "ks_1915.tif", "co_1905.tif", "co_1915.tif",
    ]  # fmt: skip
    before = scenario_digest(scenario)
    path = folder / "smoke" / "co_1915.tif"
    bytes_before = path.read_bytes()
    path.write_bytes((folder / "smoke" / "co_1905.tif").read_bytes())
    try:
        assert scenario_digest(smoky(folder, EXAMPLES[0])) != before
    finally:
        path.write_bytes(bytes_before)


def test_a_scenario_with_smoke_is_read_from_the_file_it_wrote(folder: Path, tmp_path: Path) -> None:
    scenario = smoky(folder, EXAMPLES[0])
    scenario.to_yaml(tmp_path / "again.yaml")
    again = cm.Scenario.from_yaml(tmp_path / "again.yaml", scenario.city)
    assert again == scenario
    assert scenario_digest(again) == scenario_digest(scenario)


def test_python_writes_what_a_file_would_say() -> None:
    assert cm.Smoke.from_rasters("ks_*.tif", co="co_*.tif").values == {
        "rasters": "ks_*.tif", "time": "filename", "co_rasters": "co_*.tif",
    }  # fmt: skip
    assert cm.Smoke.from_netcdf("fire.nc", o2="O2", delay_h=1).values == {
        "netcdf": "fire.nc", "time": "elapsed", "o2": "O2", "delay_h": 1,
    }  # fmt: skip
    assert cm.Smoke.disc("area:park", starts_at="19:05").values["disc"] == "area:park"
    with pytest.raises(cm.InputError, match=r"smoke\.time: 'minutes' is unknown; use elapsed"):
        cm.Smoke.from_netcdf("fire.nc", time="minutes")


@pytest.mark.parametrize(
    ("smoke", "said"),
    [
        ({"rasters": "smoke/none_*.tif"}, "no file matches"),
        ({"rasters": "smoke/ks_*.tif", "time": "never"}, "use one of filename, seconds"),
        ({"netcdf": "smoke/fire.nc"}, "fire.nc"),  # no coordinate system
        ({"netcdf": "smoke/fire.nc", "crs": "EPSG:6670"}, "fire.nc"),  # of another zone
        ({"netcdf": "smoke/fire.nc", "crs": CRS, "variable": "soot"}, "has no variable soot"),
        ({"netcdf": "smoke/fire.nc", "crs": CRS, "o2": "co"}, "O2 of frame 2 is 3000 %"),
        (DISC | {"starts_at": "23:00"}, "the scenario ends at"),
        (DISC | {"radius_m": 90}, "is smaller than radius_m"),
        (DISC | {"disc": "134.8, 34.7"}, "reaches no part of the area"),
        (DISC | {"extinction": 1}, "extinction"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    folder: Path, smoke: dict[str, Any], said: str
) -> None:
    with pytest.raises(cm.InputError) as refused:
        smoky(folder, smoke).check()
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_page_lists_every_parameter_with_its_default() -> None:
    for model in ("smoke", "smoke_effects"):
        table = PAGE.split(f"| `{model}` |")[1].split("\n\n")[0]
        rows = re.findall(r"^\| (`[^|]*) \|[^|]*\| ([^|]*?) ?\|[^|]*\|$", table, re.M)
        told: dict[str, str] = {}
        for names, defaults in rows:
            names = re.findall(r"`(\w+)`", names)
            each = [text.strip() for text in defaults.split(",")]
            told.update(zip(names, each * len(names) if len(each) == 1 else each, strict=False))
        for name, about in catalogue()[model]["parameters"].items():
            assert name in told, f"{model}.{name} is not on the page"
            default = about["default"]
            shown = f"{default:g}" if isinstance(default, float) else str(default)
            assert told[name] in (shown, "never" if default is None else shown), name


def test_the_schema_has_smoke(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert {"rasters", "netcdf", "disc"} <= set(schema["properties"]["smoke"]["properties"])
    assert "stops_in_smoke_per_m" in schema["properties"]["event"]["properties"]
