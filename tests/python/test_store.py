from __future__ import annotations

from pathlib import Path

import pytest

import chimata as cm
from chimata.store import RunStatus, Store


def _log(store: Store) -> Path:
    return next((store.folder / "status").glob("*.jsonl"))


def test_a_torn_last_line_is_ignored_and_the_lines_before_it_count(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.record(RunStatus("a", "k", 0, "done", {"sheltered": 5.0}))
    store.record(RunStatus("b", "k", 1, "done", {"sheltered": 6.0}))
    log = _log(store)
    log.write_bytes(log.read_bytes()[:-7])
    assert set(Store(tmp_path).status()) == {"a"}


def test_lines_written_meanwhile_are_read_by_the_next_look(tmp_path: Path) -> None:
    reader, writer = Store(tmp_path), Store(tmp_path)
    writer.record(RunStatus("a", "k", 0, "done"))
    assert set(reader.status()) == {"a"}
    writer.record(RunStatus("b", "k", 1, "failed", error="no"))
    assert set(reader.status()) == {"a", "b"}


def test_success_after_failure_replaces_it_and_never_the_other_way(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.record(RunStatus("a", "k", 0, "failed", error="no"))
    store.record(RunStatus("a", "k", 0, "done"))
    store.record(RunStatus("a", "k", 0, "failed", error="late"))
    assert store.status()["a"].state == "done"


def test_a_folder_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text('{"format": "chimata/store@9"}')
    with pytest.raises(cm.InputError, match=r"store\.json: format is 'chimata/store@9'"):
        Store(tmp_path)


def test_an_unreadable_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text("{")
    with pytest.raises(cm.InputError, match="cannot be read"):
        Store(tmp_path)


def test_scenarios_of_an_earlier_study_in_the_folder_stay(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.ask_for({"a": "1", "b": "2"}, [0, 1])
    store.ask_for({"b": "3"}, [0, 1, 2])
    assert store.asked() == ({"a": "1", "b": "3"}, [0, 1, 2])
    store.ask_for({"a": "4", "b": "3"}, [0])
    assert store.asked() == ({"a": "4", "b": "3"}, [0])
