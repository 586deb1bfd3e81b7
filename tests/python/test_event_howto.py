"""docs/howto/events.md: its files are written, its commands and its program run, with few people."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pandas as pd
import pytest

import chimata as cm
from chimata.cli import main
from chimata.parameters import catalogue

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "howto" / "events.md").read_text("utf-8")
FILES = dict(re.findall(r"^`([\w.]+)`\n```\w+\n(.*?)^```$", PAGE, re.M | re.S))
COMMANDS = [
    line for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.M | re.S) for line in block.splitlines()
]  # fmt: skip
PROGRAM = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)


def few(text: str) -> str:
    assert "attendance: 1200" in text or "event:\n  name" not in text
    return text.replace("attendance: 1200", "attendance: 60").replace("0:3", "0:1")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").symlink_to(ROOT / "data")
    for name, text in FILES.items():
        (tmp_path / name).write_text(few(text), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_following_the_page_compares_two_plans(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {}
    for command in COMMANDS:
        program, *arguments = shlex.split(few(command))
        assert program == "chimata"
        assert main(arguments) == 0, command
        said[arguments[0]] = capsys.readouterr().out
    shown = re.findall(r"^```text\n(.*?)^```$", PAGE, re.M | re.S)
    assert len(shown) == 1
    assert shown[0] in said["validate"]
    assert "Clearance time" in said["compare"]
    assert (folder / "out" / "night" / "report.html").exists()
    assert (folder / "out" / "night" / "animation.html").exists()
    compared = pd.read_csv(folder / "out" / "night" / "compare.csv")
    assert set(compared["scenario"]) == {"臨時出入口"}

    assert len(PROGRAM) == 2
    names: dict[str, object] = {}
    for program in PROGRAM:
        exec(compile(program.replace("seeds=3", "seeds=1"), "events.md", "exec"), names)
    families = names["run"].table("visitors").df  # type: ignore[attr-defined]
    assert set(families["kind"]) >= {"adult", "child", "stroller"}
    assert (families["group"] != 4294967295).mean() > 0.4
    gates = cm.Scenario.from_yaml("gate.yaml").gates.set_index("id")
    assert gates.loc["extra/5", "width_m"] == pytest.approx(6)
    assert not gates.loc["way/100831", "way_in"]

    ropes = cm.Scenario.from_yaml("ropes.yaml")
    checked = ropes.gates.set_index("id").loc["way/100769"]
    assert (checked["lanes"], checked["check_s"]) == (4, 8)
    assert [until - since for _, _, since, until in ropes.core.barriers()] == [
        15 * 60,
        float("inf"),
    ]
    assert ropes.notes == []
    assert ropes.run(1, progress=False).table("visitors").df["came_s"].notna().all()

    visitors = cm.Scenario.from_yaml("cars.yaml").run(1, progress=False).table("visitors").df
    assert visitors["by_car"].sum() == 18


def test_the_page_lists_every_parameter_with_its_default() -> None:
    rows = re.findall(r"^\| (`[^|]*) \|[^|]*\| ([^|]*?) ?\|[^|]*\|$", PAGE, re.M)
    told = {
        name: default.strip() for names, default in rows for name in re.findall(r"`(\w+)`", names)
    }
    for model in ("event", "crowds"):
        for name, about in catalogue()[model]["parameters"].items():
            assert name in told, f"{model}.{name} is not on the page"
            default = about["default"]
            if name == "centre" or default in ("", []):
                continue
            shown = f"{default:g}" if isinstance(default, float) else str(default).lower()
            assert told[name] == shown, name


def test_buildings_inside_the_area_are_told_unless_they_are_holes() -> None:
    city = cm.City.load("demo:riverside")
    square = cm.Scenario(
        "祭り", city, city.population(1000, seed=1), start="2025-08-02 17:00", duration="3h"
    ).add(cm.Event("祭り", at="area:station_square", start="19:00", end="19:20", attendance=50))
    assert square.notes == [
        "11 buildings cover 30 % of area:station_square; people walk through them: "
        "draw them as holes of the area, or write cut_buildings: true"
    ]
    cut = square.change("event", cut_buildings=True)
    assert cut.notes == []
    assert "cut_buildings" in set(cut.assumptions.query("changed")["name"])
