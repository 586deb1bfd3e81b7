"""Real streets from the command line, small: the recipes of `scenarios/`.

Needs the data in $CHIMATA_DATA, which are not part of this repository.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("CHIMATA_DATA") or ROOT.parent / "shared" / "data")
SEASIDE = DATA / "pedestrian" / "seaside_tsunami"
TOWNS = DATA / "network" / "osm"
WRITTEN = ("report.html", "animation.html", "kpis.csv", "compare.csv")


def _python(*arguments: str, folder: Path, **more: str) -> str:
    environment = {
        **os.environ, "CHIMATA_CACHE": str(folder / "cache"), "CHIMATA_PROGRESS": "0",
        "CHIMATA_DATA": str(DATA), **more,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, text=True, capture_output=True, env=environment
    )
    if "No module named" in done.stderr:
        pytest.skip("the compiled engine is not installed: pip install .")
    assert done.returncode == 0, done.stderr
    # missing letters are warnings of the picture's maker
    assert "Glyph" not in done.stderr
    assert "Warning" not in done.stderr
    return done.stdout


def _figures(study: Path) -> dict[str, list[dict[str, float]]]:
    """Every run's figures by scenario."""
    runs: dict[tuple[str, str], dict[str, float]] = {}
    with (study / "kpis.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            value = float(row["value"] or "nan")  # empty where a run says nothing of it
            runs.setdefault((row["scenario"], row["seed"]), {})[row["kpi"]] = value
    found: dict[str, list[dict[str, float]]] = {}
    for (scenario, _), figures in runs.items():
        found.setdefault(scenario, []).append(figures)
    return found


def _check_conservation(run: dict[str, float], people: int) -> None:
    assert run["sheltered"] + run["not_arrived_in_time"] == run["decided"]
    assert 0 <= run["departed"] <= run["decided"] <= people
    assert 0 <= run["sheltered"] <= run["departed"]
    assert run["caught_total"] == run["stranded"] + run["caught_at_home"] <= people


def _mean(runs: list[dict[str, float]], kpi: str) -> float:
    return sum(run[kpi] for run in runs) / len(runs)


@pytest.fixture(scope="module")
def seaside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SEASIDE.is_dir():
        pytest.skip(f"no data at {SEASIDE}: set CHIMATA_DATA")
    folder = tmp_path_factory.mktemp("seaside")
    _python(
        "-m", "chimata", "import",
        "--streets", str(SEASIDE / "road_network" / "road_network.shp"),
        "--street-option", "direction_field=direction",
        "--shelters", str(SEASIDE / "shelter_locations" / "shelter_locations.shp"),
        "--default-capacity", "4502",
        "--population", str(SEASIDE / "population_distribution" / "population_distribution.shp"),
        "--name", "Seaside, Oregon", "--time-zone", "America/Los_Angeles",
        "--licence", "Streets © OpenStreetMap contributors, ODbL 1.0",
        "-o", "seaside.h5", folder=folder,
    )  # fmt: skip
    plans = ROOT / "scenarios" / "seaside_tsunami"
    names = ("tsunami", "five_minutes_earlier", "five_minutes_later")
    _python(
        "-m", "chimata", "run", *(str(plans / f"{name}.yaml") for name in names),
        "--seeds", "2", "--lang", "en", "--out", str(folder / "study"),
        folder=folder, SEASIDE=str(folder),
    )  # fmt: skip
    return folder / "study"


def test_everyone_in_seaside_is_accounted_for(seaside: Path) -> None:
    for runs in _figures(seaside).values():
        assert len(runs) == 2
        for run in runs:
            _check_conservation(run, 4502)
            # all leave but a few who need help and their helpers, whom the wave overtakes on the way to them
            assert run["decided"] == 4502
            assert 0.98 * 4502 < run["departed"] <= 4502


def test_five_minutes_decide_in_seaside(seaside: Path) -> None:
    runs = _figures(seaside)
    now, soon, late = (runs[f"leave after {minutes} min"] for minutes in (10, 5, 15))
    # nobody walks faster because of the hour, so who leaves earlier arrives earlier
    assert _mean(soon, "sheltered") > _mean(now, "sheltered") > _mean(late, "sheltered")
    assert _mean(soon, "caught_total") < _mean(now, "caught_total") < _mean(late, "caught_total")
    assert 0.7 < _mean(now, "sheltered") / 4502 < 0.99
    # 4 ft/s with few queues
    for run in now:
        speed = run["distance_mean_m"] / run["travel_time_mean_s"]
        assert 1.0 < speed < 1.3


def test_pages_of_seaside_say_where_the_data_come_from(seaside: Path) -> None:
    for name in WRITTEN:
        assert (seaside / name).stat().st_size > 500
    for page in ("report.html", "animation.html"):
        text = (seaside / page).read_text("utf-8")
        assert "OpenStreetMap contributors, ODbL" in text
        assert "Seaside, Oregon" in text
        assert re.search(r"<html[^>]*lang=\"en\"", text)
        assert str(DATA) not in text


@pytest.mark.parametrize(
    ("file", "zone", "lang", "metric"),
    [
        ("jp_sapporo_hokudai_station.osm", "Asia/Tokyo", "ja", "EPSG:6680"),
        ("de_bad_hersfeld.osm.gz", "Europe/Berlin", "en", "EPSG:32632"),
    ],
)
def test_a_town_from_openstreetmap_is_flooded_and_an_earlier_order_helps(
    file: str, zone: str, lang: str, metric: str, tmp_path: Path
) -> None:
    if not (TOWNS / file).is_file():
        pytest.skip(f"no {file} at {TOWNS}: set CHIMATA_DATA")
    script = ROOT / "scenarios" / "osm_towns" / "make.py"
    _python(
        str(script), str(TOWNS / file), "town", "--people", "800", "--time-zone", zone,
        "--lang", lang, folder=tmp_path,
    )  # fmt: skip
    built = _python("-m", "chimata", "import", "--plan", "town", "-o", "city.h5", folder=tmp_path)
    assert metric in built
    said = _python("-m", "chimata", "validate", "city.h5", folder=tmp_path)
    assert "error" not in said
    study = tmp_path / "study"
    _python(
        "-m", "chimata", "run", "town/order.yaml", "town/order_earlier.yaml", "--seeds", "2",
        "--lang", lang, "--out", str(study), folder=tmp_path,
    )  # fmt: skip
    plain, earlier = _figures(study).values()
    for run in [*plain, *earlier]:
        _check_conservation(run, 800)
    assert _mean(plain, "caught_total") > _mean(earlier, "caught_total")
    assert _mean(plain, "sheltered") < _mean(earlier, "sheltered")
    report = (study / "report.html").read_text("utf-8")
    assert "OpenStreetMap contributors, ODbL" in report
