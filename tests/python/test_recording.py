"""Runs that are written to disk while they go on."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

import chimata as cm
from chimata import work
from chimata.store import Store


def test_a_recorded_run_equals_one_kept_in_memory(wet: cm.Scenario, tmp_path: Path) -> None:
    memory = wet.run(3, progress=False)
    recorded = wet.run(3, progress=False, record=tmp_path / "run.h5")
    assert sorted(memory.core.table_names()) == sorted(recorded.core.table_names())
    for name in memory.core.table_names():
        one, other = memory.core.table(name), recorded.core.table(name)
        assert set(one) == set(other)
        for column in one:
            np.testing.assert_array_equal(one[column], other[column])
    for kpi, value in memory.kpis.items():
        assert recorded.kpis[kpi] == value or (math.isnan(value) and math.isnan(recorded.kpis[kpi]))
    assert recorded.manifest["recording"]["rows"] > 0
    assert list(tmp_path.iterdir()) == [tmp_path / "run.h5"]


def test_a_run_that_cannot_be_written_is_refused_at_once(wet: cm.Scenario, tmp_path: Path) -> None:
    with pytest.raises(cm.InputError, match="cannot be written"):
        wet.run(0, progress=False, record=tmp_path / "no" / "run.h5")


def test_a_study_writes_one_run_while_it_does_the_next(
    flood: cm.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[str] = []
    simulated, record = work._simulate, Store.record

    def noted(*given: object) -> object:
        began.append("run")
        return simulated(*given)  # type: ignore[arg-type]

    def kept(store: Store, entry: object) -> None:
        began.append("written")
        record(store, entry)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "_simulate", noted)
    monkeypatch.setattr(Store, "record", kept)
    result = cm.Study(flood, seeds=4, store=tmp_path / "s", keep="all").run(
        workers=1, progress=False
    )
    assert began.count("run") == began.count("written") == 4
    assert len(result.missing) == 0  # nothing is still on its way when the study returns
    assert len(list((tmp_path / "s" / "runs").glob("*.h5"))) == 4


def test_a_disk_error_at_the_end_of_a_run_is_an_outcome_with_a_reason(
    flood: cm.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def finish_recording(self) -> None:
            raise cm.InputError("run.h5: cannot be written: is the disk full?")

    monkeypatch.setattr(work, "_simulate", lambda *given: Broken())
    result = cm.Study(flood, seeds=1, store=tmp_path / "s").run(workers=1, progress=False)
    assert "disk full" in result.missing["error"].item()


def test_what_a_killed_process_left_of_a_run_goes_when_the_run_is_done(
    flood: cm.Scenario, tmp_path: Path
) -> None:
    study = cm.Study(flood, seeds=1, store=tmp_path / "s")
    (task,) = study._tasks()
    torn = tmp_path / "s" / "runs" / f"{task.run_id}.h5.123.tmp"
    torn.write_bytes(b"half")
    study.run(workers=1, progress=False)
    assert [path.name for path in torn.parent.iterdir()] == [f"{task.run_id}.h5"]
