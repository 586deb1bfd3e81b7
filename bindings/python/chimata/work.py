"""One run of a study, wherever it is done: in this process, a pool's, or a cluster's."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import lru_cache
from glob import glob
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from . import _core
from .document import GRID_FILES, relocated
from .files import digest_of
from .population import Population
from .resources import resolve
from .scenario import Scenario
from .store import RunStatus, Store

T = TypeVar("T")

_stop: Any = None  # event of the study's process; set when the study is interrupted


def design_of(scenario: Scenario) -> dict[str, Any]:
    """What a worker needs to make the scenario again, and what it depends on."""
    document = relocated(scenario.document, scenario.base_folder, None)
    document["city"] = scenario.city.file()
    document["population"] = scenario.population.reference
    return {
        "name": scenario.name,
        "document": document,
        "base": str(scenario.base_folder),
        "digest": scenario_digest(scenario),
    }


def scenario_digest(scenario: Scenario) -> str:
    """Hex digest of all a run depends on but its seed: document, inputs, city, people, engine.

    Where files lie and why things are changed do not matter; what is in the files does.
    """
    document = scenario.document
    document.pop("why", None)
    document["city"] = scenario.city.digest
    edits = [{k: v for k, v in edit.items() if k != "why"} for edit in document.get("edits", [])]
    document["edits"] = edits
    inputs = []
    for path in input_files(scenario):
        inputs += [path.name, digest_of([path.read_bytes().hex()])]
    for section, keys in GRID_FILES:
        if isinstance(document.get(section), dict):
            # their contents count, not where they lie
            document[section].update(dict.fromkeys(document[section].keys() & set(keys), ""))
    if isinstance(document.get("population"), dict):
        document["population"].pop("file", None)
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, default=str)
    return digest_of([canonical, *inputs, _core.version()])


def input_files(scenario: Scenario) -> list[Path]:
    """Rasters and tables of people the scenario reads."""
    document = relocated(scenario.document, scenario.base_folder, None)
    found: list[Path] = []
    people: Any = document.get("population")
    for section, keys in GRID_FILES:
        holder: Any = document.get(section)
        for key in keys if isinstance(holder, dict) else ():
            if key not in holder:
                continue
            for name in sorted(glob(resolve(str(holder[key])))):  # noqa: PTH207
                path = Path(name)
                found.append(path)
                if path.suffix == ".shp":  # the depths of a shapefile are in its .dbf
                    found += [path.with_suffix(part) for part in (".dbf", ".prj", ".cpg")]
    if isinstance(people, dict) and "file" in people:
        found.append(Path(str(people["file"])))
    return [path for path in found if path.is_file()]


def run_id(digest: str, seed: int) -> str:
    """The content address of one run."""
    return digest_of([digest, str(seed)])


def start_worker(stop: Any) -> None:
    """Prepares a pool's process: it leaves Ctrl-C to the study and dies with it."""
    global _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        # without this a worker whose study was killed would wait for work for ever
        threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@lru_cache(maxsize=1)
def _store(folder: str) -> Store:
    return Store(folder)


@lru_cache(maxsize=2)
def _city(path: str) -> Any:
    from .city import City

    return City.load(path)


@lru_cache(maxsize=2)
def _people(city: str, reference: str) -> Population:
    return Population(_city(city), json.loads(reference))


@lru_cache(maxsize=8)
def _scenario(folder: str, key: str) -> Scenario:
    design = _store(folder).design(key)
    document = design["document"]
    city = _city(document["city"])
    # scenarios of one study share their people, who take longer to make than a scenario
    people = _people(document["city"], json.dumps(document["population"]))
    return Scenario.from_document(document, Path(design["base"]), city, people)


def stored_scenario(store: Store, key: str) -> Scenario:
    """The scenario that a store holds under `key`."""
    return _scenario(str(store.folder), key)


_settling: Future[None] | None = None  # the outcome of the last run, on its way to the disk


@lru_cache(maxsize=1)
def _writer() -> ThreadPoolExecutor:
    # one thread: outcomes reach the store in the order of the runs
    return ThreadPoolExecutor(1, thread_name_prefix="chimata-store")


def do_run(folder: str, key: str, seed: int, keep: bool, threads: int, wait: bool = True) -> str:
    """Does one run of a study unless its outcome is in the store already; returns the run's id.

    Bad input and failures become a recorded outcome with its one-line reason. An interrupt
    (Ctrl-C, or the study's stop) records nothing.

    Parameters
    ----------
    wait : return only when the outcome is in the store; else it is written while the next run goes
        on, and `settle` waits for it. A process that ends settles by itself.
    """
    store = _store(folder)
    identity = run_id(str(store.design(key)["digest"]), seed)
    claim = ExitStack()
    claim.enter_context(store.claim(identity))
    try:
        before = store.status().get(identity)
        if before is not None and before.state == "done":
            claim.close()
            return identity
        store.drop_unfinished(identity)
        began = time.perf_counter()
        path = store.tables(identity) if keep else None
        ready = _attempt(lambda: _simulate(_scenario(folder, key), seed, threads, path))
    except BaseException:
        claim.close()
        raise
    simulated_s = time.perf_counter() - began

    def write() -> None:
        with claim:
            found = ready if isinstance(ready, str) else _attempt(ready.finish_recording)
            if isinstance(found, str):
                store.record(
                    RunStatus(identity, key, seed, "failed", error=found, seconds=simulated_s)
                )
                return
            if "districts" in found.table_names():  # an event has none
                store.keep_districts(identity, found.table("districts"))
            store.record(
                RunStatus(
                    identity, key, seed, "done",
                    kpis={name: float(value) for name, value in found.kpis().items()},
                    kept=keep, manifest=json.loads(found.manifest), seconds=simulated_s,
                )
            )  # fmt: skip

    global _settling
    try:
        settle()  # one outcome on its way at a time
    finally:
        _settling = _writer().submit(write)
    if wait:
        settle()
    return identity


def settle() -> None:
    """Waits until the outcomes of all runs of this process are in the store."""
    global _settling
    last, _settling = _settling, None
    if last is not None:
        last.result()


def _attempt(work: Callable[[], T]) -> T | str:
    """What `work` gives, or the one-line reason why it failed."""
    try:
        return work()
    except (KeyboardInterrupt, _core.Cancelled):
        raise
    except Exception as problem:
        said = str(problem).strip().splitlines()
        return said[0] if said else type(problem).__name__


def _simulate(scenario: Scenario, seed: int, threads: int, path: Path | None) -> _core.Simulation:
    """A run that has ended; its tables are on their way to `path`, or nowhere."""
    simulation = _core.Simulation(scenario.core, seed, threads)
    if path is None:
        simulation.keep_figures_only()
    else:
        simulation.record_to(str(path))
    simulation.run(None if _stop is None else _stopper(_stop.is_set))
    return simulation


def _stopper(stopped: Callable[[], bool]) -> Callable[[float, float, int], None]:
    def check(now_s: float, end_s: float, active: int) -> None:
        if stopped():
            raise _core.Cancelled("stopped by the user")

    return check


def keep_tables(results: _core.Results, path: Path) -> None:
    """Writes a run's tables whole or not at all."""
    beside = path.with_name(f".{os.getpid()}-{path.name}")
    results.save(str(beside))
    beside.replace(path)
