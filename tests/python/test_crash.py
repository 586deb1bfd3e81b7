"""A study killed at any moment loses nothing and does nothing twice."""

from __future__ import annotations

import fcntl
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
PEOPLE = 5000  # a run takes long enough to be hit in its middle


def _heed_ctrl_c() -> None:
    # a test run started in the background inherits that Ctrl-C is ignored
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _start(store: Path, seeds: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(PEOPLE), str(seeds), str(store)], text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=_heed_ctrl_c,
    )  # fmt: skip


def _recorded(store: Path) -> Counter[str]:
    runs: Counter[str] = Counter()
    for log in (store / "status").glob("*.jsonl"):
        for line in log.read_text("utf-8", errors="replace").splitlines():
            try:
                runs[json.loads(line)["run_id"]] += 1
            except ValueError:
                continue  # torn by the kill
    return runs


def _under_way(store: Path) -> set[str]:
    """Runs that a living process holds at this moment."""
    held = set()
    for path in (store / "claims").glob("*"):
        with path.open("ab") as claim:
            try:
                fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.add(path.name)
    return held


def _wait_for(store: Path, runs: int, study: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 120
    while sum(_recorded(store).values()) < runs and study.poll() is None:
        assert time.monotonic() < until, "the study makes no progress"
        time.sleep(0.01)


def _finish(store: Path, seeds: int) -> None:
    output, errors = _start(store, seeds).communicate(timeout=300)
    assert output.strip() == "done", errors
    recorded = _recorded(store)
    assert len(recorded) == 2 * seeds
    assert set(recorded.values()) == {1}
    assert all(status.state == "done" for status in Store(store).status().values())


@pytest.mark.slow
def test_a_study_killed_at_twenty_random_moments_loses_and_repeats_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    seeds, moments = 60, random.Random(20)
    killed, in_a_run, before = 0, 0, Counter[str]()
    while killed < 20:
        study = _start(store, seeds)
        # wait for a few new runs, then strike between any two instructions
        _wait_for(store, min(before.total() + moments.randint(0, 3), 2 * seeds - 1), study)
        time.sleep(moments.uniform(0, 0.05))
        if study.poll() is not None:
            break  # done earlier than killed often enough: the assertion below says so
        in_a_run += bool(_under_way(store))
        os.kill(study.pid, signal.SIGKILL)
        study.communicate(timeout=60)
        recorded = _recorded(store)
        assert before <= recorded
        before, killed = recorded, killed + 1
    assert killed == 20
    assert in_a_run > 10
    assert before.total() < 2 * seeds
    _finish(store, seeds)


def test_ctrl_c_stops_a_study_and_leaves_the_store_whole(tmp_path: Path) -> None:
    store = tmp_path / "store"
    seeds = 15
    study = _start(store, seeds)
    _wait_for(store, 3, study)
    os.killpg(study.pid, signal.SIGINT)
    study.communicate(timeout=60)
    assert study.returncode != 0
    assert 3 <= len(_recorded(store)) < 2 * seeds
    _finish(store, seeds)
