"""The folder of a study: what was asked for, and what is done, safe against a crash at any moment.

    store.json            format and engine version
    study.json            scenarios by name and seeds, as asked for last
    design/<key>.json     one scenario each, content-addressed
    status/<worker>.jsonl one line per finished or failed run, appended and synced by one worker
    runs/<run id>.h5      tables of the runs that were kept
    districts/<run id>.json   what became of every district
    claims/<run id>       locked by the worker that is running it

The line in status/ is written last and is the only truth: a run without a whole line was not done.
A last line torn by a crash is ignored. A claim dies with its process, so a study resumed while an
old worker still lives waits for that worker rather than doing its run twice.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .errors import input_error
from .files import write_whole

FORMAT = "chimata/store@1"


@dataclass(frozen=True)
class RunStatus:
    """The outcome of one run."""

    run_id: str
    scenario: str  # key in design/
    seed: int
    state: str  # "done" or "failed"
    kpis: dict[str, float] = field(default_factory=dict)
    error: str = ""  # one line, of a failed run
    seconds: float = 0.0  # wall time
    kept: bool = False  # tables are in runs/
    manifest: dict[str, Any] = field(default_factory=dict)


class Store:
    """A study's folder.

    Raises
    ------
    InputError : the folder holds something else, or a store of another format
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        about = self.folder / "store.json"
        if about.exists():
            found = _read_json(about)
            if found.get("format") != FORMAT:
                raise input_error(
                    str(about), f"format is {found.get('format')!r}", f"this version reads {FORMAT}"
                )
        elif self.folder.exists() and not self.folder.is_dir():
            raise input_error(str(self.folder), "is a file", "give a folder for the study")
        try:
            for part in ("design", "status", "runs", "districts", "claims"):
                (self.folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise input_error(
                str(self.folder), f"cannot be made ({problem.strerror})", "choose another folder"
            ) from None
        if not about.exists():
            write_whole(about, json.dumps({"format": FORMAT}).encode())
        self._read_to: dict[Path, int] = {}
        self._seen: dict[str, RunStatus] = {}
        self._log: Path | None = None

    @staticmethod
    def exists(folder: str | os.PathLike[str]) -> bool:
        """Whether `folder` holds a study."""
        return (Path(folder) / "store.json").is_file()

    # -- design --------------------------------------------------------------------------------

    def describe(self, key: str, design: dict[str, Any]) -> None:
        """Keeps what a scenario is under its key."""
        path = self.folder / "design" / f"{key}.json"
        content = json.dumps(design, ensure_ascii=False, indent=1).encode()
        if not path.exists() or path.read_bytes() != content:
            write_whole(path, content)

    def design(self, key: str) -> dict[str, Any]:
        """What the scenario under `key` is."""
        return _read_json(self.folder / "design" / f"{key}.json")

    def ask_for(self, keys: dict[str, str], seeds: list[int]) -> None:
        """Keeps which scenarios (key by name) are wanted with which seeds.

        Scenarios of an earlier study in the same folder stay, unless one of the same name
        replaces them.
        """
        path = self.folder / "study.json"
        if path.exists():
            before, old_seeds = self.asked()
            if set(before) - set(keys):
                keys = {**before, **keys}
                seeds = sorted({*old_seeds, *seeds})
        content = json.dumps({"scenarios": keys, "seeds": seeds}, ensure_ascii=False, indent=1)
        write_whole(path, content.encode())

    def asked(self) -> tuple[dict[str, str], list[int]]:
        """Keys of the wanted scenarios by name, and the seeds."""
        study = _read_json(self.folder / "study.json")
        return dict(study["scenarios"]), [int(seed) for seed in study["seeds"]]

    # -- status --------------------------------------------------------------------------------

    def status(self) -> dict[str, RunStatus]:
        """The latest outcome of every run that has one; reads only what is new."""
        for path in sorted((self.folder / "status").glob("*.jsonl")):
            for line in self._new_lines(path):
                try:
                    entry = RunStatus(**json.loads(line))
                except (ValueError, TypeError):
                    continue  # torn by a crash, and closed by the next line
                before = self._seen.get(entry.run_id)
                if before is None or before.state != "done":
                    self._seen[entry.run_id] = entry
        return dict(self._seen)

    def _new_lines(self, path: Path) -> list[bytes]:
        with path.open("rb") as log:
            log.seek(self._read_to.get(path, 0))
            content = log.read()
        whole = content.rfind(b"\n") + 1  # what follows the last newline is still being written
        self._read_to[path] = self._read_to.get(path, 0) + whole
        return content[:whole].splitlines()

    def record(self, entry: RunStatus) -> None:
        """Appends an outcome to this worker's own log and syncs it to disk."""
        if self._log is None:
            worker = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
            self._log = self.folder / "status" / f"{worker}.jsonl"
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        with self._log.open("ab") as log:
            log.write(line.encode())
            log.flush()
            os.fsync(log.fileno())

    @contextmanager
    def claim(self, run_id: str) -> Iterator[None]:
        """Holds the run for this process; waits while another process of this machine has it."""
        path = self.folder / "claims" / run_id
        with path.open("ab") as claim:
            if sys.platform != "win32":
                import fcntl

                fcntl.flock(claim, fcntl.LOCK_EX)
            yield

    # -- districts -----------------------------------------------------------------------------

    def keep_districts(self, run_id: str, columns: Mapping[str, Any]) -> None:
        """Keeps the table of districts of a run."""
        plain = {name: np.asarray(values).tolist() for name, values in columns.items()}
        write_whole(self._districts(run_id), json.dumps(plain).encode())

    def districts(self, run_id: str) -> dict[str, Any] | None:
        """The table of districts of a run; None where a store of an earlier version has none."""
        path = self._districts(run_id)
        return _read_json(path) if path.exists() else None

    def _districts(self, run_id: str) -> Path:
        return self.folder / "districts" / f"{run_id}.json"

    # -- tables --------------------------------------------------------------------------------

    def tables(self, run_id: str) -> Path:
        """Where the tables of a kept run are."""
        return self.folder / "runs" / f"{run_id}.h5"

    def drop_unfinished(self, run_id: str) -> None:
        """Removes what a killed process left of a run; only for whoever holds its claim."""
        for torn in (self.folder / "runs").glob(f"{run_id}.h5.*.tmp"):
            torn.unlink(missing_ok=True)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise input_error(str(path), "cannot be read", "it is not a study, or not whole") from None
    if not isinstance(found, dict):
        raise input_error(str(path), "cannot be read", "it is not a study, or not whole")
    return found
