from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import chimata as cm
from chimata import work
from chimata.resources import resolve
from chimata.store import Store
from chimata.study import open_study


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Name and seed of every run that this process simulates."""
    done: list[tuple[str, int]] = []
    simulate = work._simulate

    def noted(scenario: cm.Scenario, seed: int, *how: object) -> object:
        done.append((scenario.name, seed))
        return simulate(scenario, seed, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "_simulate", noted)
    return done


@pytest.fixture
def failing(flood: cm.Scenario, monkeypatch: pytest.MonkeyPatch) -> cm.Scenario:
    """A scenario whose run with seed 1 fails, as a full disk or a fault in the engine would."""
    simulate = work._simulate

    def broken(scenario: cm.Scenario, seed: int, *how: object) -> object:
        if scenario.name == "fail" and seed == 1:
            raise RuntimeError("the run went wrong\nsecond line")
        return simulate(scenario, seed, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "_simulate", broken)
    return flood.variant("fail")


def test_a_second_run_of_the_same_study_does_nothing(
    flood: cm.Scenario, early: cm.Scenario, tmp_path: Path, journal: list[tuple[str, int]]
) -> None:
    store = tmp_path / "store"
    first = cm.Study([flood, early], seeds=3, store=store).run(workers=1).kpis()
    second = cm.Study([flood, early], seeds=3, store=store).run(workers=1).kpis()
    assert len(journal) == 6
    assert first.equals(second)


def test_more_seeds_do_only_the_new_ones(
    flood: cm.Scenario, tmp_path: Path, journal: list[tuple[str, int]]
) -> None:
    cm.Study(flood, seeds=2, store=tmp_path / "store").run(workers=1)
    cm.Study(flood, seeds=range(1, 4), store=tmp_path / "store").run(workers=1)
    assert sorted(journal) == [("洪水", seed) for seed in range(4)]


def test_a_changed_scenario_of_the_same_name_is_never_answered_from_the_old_runs(
    flood: cm.Scenario, tmp_path: Path
) -> None:
    old = cm.Study(flood, seeds=1, store=tmp_path / "s").run(workers=1)["洪水", 0].kpis
    changed = flood.set("evacuation.compliance", 0.1)
    new = cm.Study(changed, seeds=1, store=tmp_path / "s").run(workers=1)["洪水", 0].kpis
    assert new["sheltered"] < old["sheltered"]
    assert open_study(tmp_path / "s")["洪水", 0].kpis == pytest.approx(new, abs=0, nan_ok=True)


def test_a_reason_does_not_make_another_run(
    flood: cm.Scenario, tmp_path: Path, journal: list[tuple[str, int]]
) -> None:
    for why in ("甲", "乙"):
        scenario = flood.variant("案").change("shelter:*", capacity="x2", why=why)
        cm.Study(scenario, seeds=1, store=tmp_path / "s").run(workers=1)
    assert len(journal) == 1


def test_other_water_in_files_of_the_same_name_makes_another_run(
    flood: cm.Scenario, tmp_path: Path, journal: list[tuple[str, int]]
) -> None:
    raster = tmp_path / "depth_0230.tif"
    there = flood.add(cm.Flood.from_rasters(tmp_path / "depth_*.tif", time="filename"))
    for moment in ("0440", "0600"):
        shutil.copy(resolve(f"demo:riverside/flood/depth_{moment}.tif"), raster)
        cm.Study(there, seeds=1, store=tmp_path / "s").run(workers=1)
    assert len(journal) == 2


def test_a_failed_run_is_recorded_with_one_line_and_stops_nobody(
    failing: cm.Scenario, tmp_path: Path
) -> None:
    results = cm.Study(failing, seeds=3, store=tmp_path / "s").run(workers=1)
    assert len(results.kpis()["seed"].unique()) == 2
    missing = results.missing
    assert missing[["seed", "state", "error"]].to_numpy().tolist() == [
        [1, "failed", "the run went wrong"]
    ]
    with pytest.raises(cm.InputError, match="fail, seed 1: failed"):
        results["fail", 1]


def test_missing_runs_refuse_a_comparison_unless_allowed(
    flood: cm.Scenario, failing: cm.Scenario, tmp_path: Path
) -> None:
    study = cm.Study([flood, failing], seeds=4, store=tmp_path / "s")
    results = study.run(workers=1)
    with pytest.raises(cm.InputError, match="fail, seed 1: failed: the run went wrong"):
        results.compare()
    assert set(results.compare(allow_missing=True)["n"]) == {3}


def test_tables_that_were_not_kept_are_made_again_the_same(
    flood: cm.Scenario, tmp_path: Path
) -> None:
    results = cm.Study(flood, seeds=2, store=tmp_path / "s", keep="none").run(workers=1)
    run = results["洪水", 1]
    assert not list((tmp_path / "s" / "runs").iterdir())
    kpis = results.kpis()
    told = kpis[(kpis["seed"] == 1) & (kpis["kpi"] == "sheltered")]["value"].item()
    assert run.kpis["sheltered"] == told


def test_by_default_tables_of_the_first_seed_are_kept(
    flood: cm.Scenario, early: cm.Scenario, tmp_path: Path
) -> None:
    cm.Study([flood, early], seeds=[4, 5], store=tmp_path / "s").run(workers=1)
    assert len(list((tmp_path / "s" / "runs").iterdir())) == 2
    kept = [status.seed for status in Store(tmp_path / "s").status().values() if status.kept]
    assert kept == [4, 4]


def test_any_executor_does_the_runs(flood: cm.Scenario, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        results = cm.Study(flood, seeds=3, store=tmp_path / "s").run(executor=pool)
    assert len(results.missing) == 0


def test_an_unknown_executor_is_refused(flood: cm.Scenario) -> None:
    with pytest.raises(cm.InputError, match="executor: 'slurm' is unknown"):
        cm.Study(flood, seeds=2).run(executor="slurm")


@pytest.mark.parametrize("seeds", [0, [], [1, 1], [-1]])
def test_seeds_that_make_no_sense_are_refused(flood: cm.Scenario, seeds: int | list[int]) -> None:
    with pytest.raises(cm.InputError, match="seeds are"):
        cm.Study(flood, seeds=seeds)


def test_two_scenarios_of_one_name_are_refused(flood: cm.Scenario) -> None:
    with pytest.raises(cm.InputError, match="two scenarios are called '洪水'"):
        cm.Study([flood, flood])


def test_anything_wrong_in_a_scenario_is_said_before_the_first_run(
    flood: cm.Scenario, journal: list[tuple[str, int]]
) -> None:
    document = flood.document | {"surprise": 1}
    wrong = cm.Scenario.from_document(document, Path.cwd(), flood.city)
    with pytest.raises(cm.InputError, match='unknown key "surprise"; known are'):
        cm.Study([flood, wrong.variant("b")], seeds=2).run(workers=1)
    assert journal == []


def test_a_folder_without_a_study_is_refused(tmp_path: Path) -> None:
    with pytest.raises(cm.InputError, match="holds no study"):
        open_study(tmp_path)


def test_the_people_of_a_users_table_reach_the_runs(city: cm.City, tmp_path: Path) -> None:
    import pandas as pd

    x, y = (city.core.residences()[axis][7] for axis in "xy")
    lon, lat = city.to_lonlat(x, y)
    people = city.population(table=pd.DataFrame({"lon": [float(lon)] * 5, "lat": [float(lat)] * 5}))
    scenario = cm.Scenario("表", city, people, start="2025-09-10 02:00", duration="6h")
    run = cm.Study(scenario, seeds=1, store=tmp_path / "s").run(workers=1)["表", 0]
    homes = run.scenario.population.core.columns()
    assert abs(homes["home_x"] - x).max() < 1e-3
    assert abs(homes["home_y"] - y).max() < 1e-3
