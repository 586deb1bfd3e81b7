"""The installed package with its compiled engine, in processes of their own.

Everything else in this folder runs against the stand-in engine; here the two are kept alike.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import chimata as cm
import fake_core

STUB = Path(cm.__file__).with_name("_core.pyi")


def _python(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, text=True, capture_output=True,
        env={**os.environ, "CHIMATA_CACHE": str(folder / "cache")},
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("engine")
    found = _python("-c", "import chimata._core", folder=place)
    if found.returncode:
        pytest.skip("the compiled engine is not installed: pip install .")
    return place


def _told(folder: Path, code: str) -> dict[str, object]:
    found = _python(
        "-c", f"import json, chimata._core as c\nprint(json.dumps({code}))", folder=folder
    )
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    assert isinstance(told, dict)
    return told


def test_the_stub_names_what_the_engine_offers(folder: Path) -> None:
    stub = ast.parse(STUB.read_text("utf-8"))
    told: dict[str, set[str]] = {}
    for node in stub.body:
        if isinstance(node, ast.ClassDef):
            members = {m.name for m in node.body if isinstance(m, ast.FunctionDef)}
            fields = (m.target for m in node.body if isinstance(m, ast.AnnAssign))
            members |= {t.id for t in fields if isinstance(t, ast.Name)}
            told[node.name] = {name for name in members if not name.startswith("_")}
        elif isinstance(node, ast.FunctionDef):
            told[node.name] = set()
    offered = _told(
        folder,
        "{n: [m for m in vars(o) if m[0] != '_'] if isinstance(o, type) else []"
        " for n, o in vars(c).items() if n[0] != '_'}",
    )
    assert set(offered) == set(told)
    for name, members in told.items():
        assert set(offered[name]) == members, name  # type: ignore[call-overload]


def test_the_stand_in_offers_nothing_that_the_engine_lacks(folder: Path) -> None:
    offered = _told(folder, "{n: dir(o) for n, o in vars(c).items() if n[0] != '_'}")
    for name, members in offered.items():
        mine = getattr(fake_core, name, None)
        if isinstance(mine, type) and not issubclass(mine, Exception):
            public = {m for m, o in vars(mine).items() if m[0] != "_" and callable(o)}
            assert public <= set(members), name  # type: ignore[call-overload]


def test_walking_speeds_of_a_scenario_reach_its_people(folder: Path) -> None:
    code = """
import chimata as cm
city = cm.City.load("demo:riverside")
plain = cm.Scenario("plain", city, city.population(500), start="2025-09-10 02:00", duration="1h")
def speeds(scenario):
    return scenario.core.population.columns()["free_speed_m_s"]
halved = plain.add(cm.People(adult_speed_m_s=0.67, adult_speed_sd_m_s=0.13))
edited = plain.change("people", adult_speed_m_s=0.67, adult_speed_sd_m_s=0.13)
adults = plain.core.population.columns()["person_class"] == 0
ratio = speeds(halved)[adults] / speeds(plain)[adults]
assert ((0.49 < ratio) & (ratio < 0.51)).all(), ratio
assert (speeds(edited) == speeds(halved)).all()
assert (speeds(halved)[~adults] != 0).all()
"""
    found = _python("-c", code, folder=folder)
    assert found.returncode == 0, found.stderr


@pytest.mark.slow
def test_the_demo_runs_from_the_command_line_and_continues(folder: Path) -> None:
    arguments = ["-m", "chimata", "demo", "flood", "--people", "600", "--out", "out"]
    first = _python(*arguments, "--seeds", "2", folder=folder)
    assert first.returncode == 0, first.stderr
    for name in ("report.html", "animation.html", "kpis.csv", "compare.csv"):
        assert (folder / "out" / name).stat().st_size > 500
    again = _python(*arguments, "--seeds", "3", "--lang", "en", folder=folder)
    assert again.returncode == 0, again.stderr
    runs = [
        json.loads(line)["run_id"]
        for log in (folder / "out" / "status").glob("*.jsonl")
        for line in log.read_text("utf-8").splitlines()
    ]
    assert len(runs) == len(set(runs)) == 9


@pytest.mark.slow
def test_processes_and_threads_do_not_change_a_figure(folder: Path) -> None:
    code = """
import chimata as cm
from chimata import demo
if __name__ == "__main__":
    scenarios = demo.flood(400)
    one = cm.Study(scenarios, seeds=2).run(workers=1, progress=False).kpis()
    other = cm.Study(scenarios, seeds=2).run(workers=2, threads=2, progress=False).kpis()
    assert one.equals(other), one.compare(other)
"""
    (folder / "same.py").write_text(code)
    found = _python("same.py", folder=folder)
    assert found.returncode == 0, found.stderr
