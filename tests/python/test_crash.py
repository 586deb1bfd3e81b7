"""A study killed at any moment loses nothing and does nothing twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from chimata.store import Store

SCRIPT = Path(__file__).parent / "scripts" / "study_to_kill.py"


def _start(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "FAKE_STEP_S": "0.01", "CHIMATA_CACHE": str(folder)}
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(folder)], env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def _recorded(folder: Path) -> Counter[str]:
    runs: Counter[str] = Counter()
    for log in (folder / "store" / "status").glob("*.jsonl"):
        for line in log.read_text("utf-8").splitlines():
            try:
                runs[json.loads(line)["run_id"]] += 1
            except ValueError:
                continue  # torn by the kill
    return runs


@pytest.mark.slow
def test_a_study_killed_at_twenty_random_moments_loses_and_repeats_nothing(tmp_path: Path) -> None:
    moments = random.Random(20)
    killed, finished_before = 0, 0
    while killed < 20:
        study = _start(tmp_path)
        # wait for a few new runs, then strike between any two instructions
        target = min(finished_before + moments.randint(0, 3), 59)
        until = time.monotonic() + 30
        while sum(_recorded(tmp_path).values()) < target and study.poll() is None:
            assert time.monotonic() < until, "the study makes no progress"
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.05))
        if study.poll() is not None:
            break  # done earlier than killed often enough: the assertion below says so
        os.kill(study.pid, signal.SIGKILL)
        study.communicate(timeout=30)
        finished = sum(_recorded(tmp_path).values())
        assert finished >= finished_before
        finished_before, killed = finished, killed + 1
    assert killed == 20

    output, errors = _start(tmp_path).communicate(timeout=60)
    assert output.strip() == "done", errors
    recorded = _recorded(tmp_path)
    assert len(recorded) == 60
    assert set(recorded.values()) == {1}
    assert all(status.state == "done" for status in Store(tmp_path / "store").status().values())


def test_ctrl_c_stops_a_study_and_leaves_the_store_whole(tmp_path: Path) -> None:
    study = _start(tmp_path)
    until = time.monotonic() + 30
    while sum(_recorded(tmp_path).values()) < 3:
        assert time.monotonic() < until
        time.sleep(0.02)
    os.killpg(study.pid, signal.SIGINT)
    study.communicate(timeout=30)
    assert study.returncode != 0
    finished = len(_recorded(tmp_path))
    assert 3 <= finished < 60

    output, errors = _start(tmp_path).communicate(timeout=60)
    assert output.strip() == "done", errors
    assert set(_recorded(tmp_path).values()) == {1}
    assert len(_recorded(tmp_path)) == 60
