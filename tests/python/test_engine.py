"""The compiled engine as the package sees it, and whole commands in processes of their own."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import chimata as cm
from chimata import _core, demo

STUB = Path(cm.__file__).with_name("_core.pyi")


def test_the_stub_names_what_the_engine_offers() -> None:
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
    offered = {
        name: {m for m in vars(thing) if not m.startswith("_")} if isinstance(thing, type) else set()
        for name, thing in vars(_core).items()
        if not name.startswith("_")
    }  # fmt: skip
    assert offered == told


def test_walking_speeds_of_a_scenario_reach_its_people(city: cm.City) -> None:
    def speeds(scenario: cm.Scenario) -> Any:
        return scenario.core.population.columns()["free_speed_m_s"]

    plain = cm.Scenario(
        "plain", city, city.population(500), start="2025-09-10 02:00", duration="1h"
    )
    halved = plain.add(cm.People(adult_speed_m_s=0.67, adult_speed_sd_m_s=0.13))
    edited = plain.change("people", adult_speed_m_s=0.67, adult_speed_sd_m_s=0.13)
    adults = plain.core.population.columns()["person_class"] == 0
    ratio = speeds(halved)[adults] / speeds(plain)[adults]
    assert ((ratio > 0.49) & (ratio < 0.51)).all()
    assert (speeds(edited) == speeds(halved)).all()
    assert (speeds(halved)[~adults] != 0).all()


@pytest.mark.slow
def test_the_demo_runs_from_the_command_line_and_continues(tmp_path: Path) -> None:
    def chimata(*more: str) -> None:
        command = [sys.executable, "-m", "chimata", "demo", "flood", "--people", "600"]
        found = subprocess.run(
            [*command, "--out", "out", *more], cwd=tmp_path, text=True, capture_output=True
        )
        assert found.returncode == 0, found.stderr

    chimata("--seeds", "2")
    for name in ("report.html", "animation.html", "kpis.csv", "compare.csv"):
        assert (tmp_path / "out" / name).stat().st_size > 500
    chimata("--seeds", "3")
    runs = [
        json.loads(line)["run_id"]
        for log in (tmp_path / "out" / "status").glob("*.jsonl")
        for line in log.read_text("utf-8").splitlines()
    ]
    assert len(runs) == len(set(runs)) == 9


@pytest.mark.slow
def test_processes_and_threads_do_not_change_a_figure() -> None:
    scenarios = demo.flood(400)
    one = cm.Study(scenarios, seeds=2).run(workers=1, progress=False).kpis()
    other = cm.Study(scenarios, seeds=2).run(workers=2, threads=2, progress=False).kpis()
    assert one.equals(other), one.compare(other)


def test_a_checkpoint_continues_to_the_same_end(wet: cm.Scenario, tmp_path: Path) -> None:
    whole = _core.Simulation(wet.core, 3)
    whole.run_until(5400)
    whole.save_checkpoint(str(tmp_path / "half.h5"))
    whole.run()
    again = _core.Simulation(wet.core, 3)
    again.load_checkpoint(str(tmp_path / "half.h5"))
    assert again.now_s == 5400
    again.run()
    assert again.hash() == whole.hash()
    assert again.results().kpis() == pytest.approx(whole.results().kpis(), abs=0, nan_ok=True)


def test_everybody_is_in_one_state_at_every_moment(wet: cm.Scenario) -> None:
    census = wet.run(seed=0, progress=False).census.df
    assert set(census) == {"t_s", *_core.state_names()}
    assert (census.drop(columns="t_s").sum(axis=1) == len(wet.population)).all()
    assert census["t_s"].iloc[-1] == wet.core.duration_s


def test_tables_that_were_saved_read_back_the_same(wet: cm.Scenario, tmp_path: Path) -> None:
    run = wet.run(seed=0, progress=False)
    found = _core.Results.load(str(run.save(tmp_path / "run.h5")))
    assert found.table_names() == run.core.table_names()
    assert found.kpis() == pytest.approx(run.kpis, abs=0, nan_ok=True)
    for name in found.table_names():
        for column, values in run.core.table(name).items():
            again = found.table(name)[column]
            if isinstance(values, list):  # texts
                assert again == values, (name, column)
            else:
                assert again.tobytes() == values.tobytes(), (name, column)
