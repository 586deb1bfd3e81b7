"""Studies: the same scenarios with the same random draws, many times, safely stored."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Literal

from . import work
from .errors import input_error
from .results import StudyResult
from .scenario import Scenario
from .store import RunStatus, Store

Keep = Literal["first", "all", "none"]
Advance = Callable[[str], object]  #: told the id of a run that has ended


@dataclass(frozen=True)
class Task:
    """One run to be done."""

    key: str  # of the scenario in the store
    seed: int
    keep: bool
    run_id: str


class Study:
    """Scenarios to be compared, each run with the same seeds.

    Parameters
    ----------
    scenarios : one or more, with different names
    seeds : a number of seeds (0, 1, …) or the seeds themselves
    store : folder of the results; a study run again with the same folder does only what is
        missing. Without one the results live as long as this process.
    keep : whose tables to keep on disk: those of the first seed of every scenario, of all runs,
        or of none. Tables not kept are made again when asked for; the figures are always kept.

    Raises
    ------
    InputError : two scenarios share a name, no seed, or anything wrong in a scenario
    """

    def __init__(
        self,
        scenarios: Scenario | Sequence[Scenario],
        seeds: int | Iterable[int] = 20,
        store: str | os.PathLike[str] | None = None,
        *,
        keep: Keep = "first",
    ) -> None:
        self.scenarios = [scenarios] if isinstance(scenarios, Scenario) else list(scenarios)
        names = [scenario.name for scenario in self.scenarios]
        twice = sorted({name for name in names if names.count(name) > 1})
        if not names:
            raise input_error("study", "has no scenario", "give one or more")
        if twice:
            raise input_error("study", f"two scenarios are called {twice[0]!r}", "rename one")
        self.seeds = list(range(seeds)) if isinstance(seeds, int) else [int(seed) for seed in seeds]
        if not self.seeds or min(self.seeds) < 0 or len(set(self.seeds)) < len(self.seeds):
            raise input_error(
                "study", f"seeds are {self.seeds}", "give different numbers from 0 up"
            )
        if keep not in ("first", "all", "none"):
            raise input_error("study", f"keep is {keep!r}", "use first, all or none")
        self.keep = keep
        self._temporary = None if store else tempfile.TemporaryDirectory(prefix="chimata-study-")
        self.store = Store(self._temporary.name if self._temporary else store or "")
        self._keys: list[str] = []

    def run(
        self,
        *,
        progress: bool = True,
        executor: str | Executor | Any | None = None,
        threads: int = 1,
        workers: int | None = None,
    ) -> StudyResult:
        """Does every run that the store lacks.

        Ctrl-C stops within a second; what is finished stays finished. A run that fails is
        recorded with its reason and does not stop the others.

        Parameters
        ----------
        executor : None (processes of this machine), "process", "dask", a Dask client, or any
            `concurrent.futures.Executor` whose workers see the store's folder
        threads : threads of each run; the results do not depend on it
        workers : processes; all cores by default

        Raises
        ------
        InputError : a scenario is wrong, found before anything is run
        """
        tasks = self._tasks()
        done = self.store.status()
        missing = [task for task in tasks if not _settled(done.get(task.run_id))]
        names = [scenario.name for scenario in self.scenarios]
        told = {
            task.run_id: f"{name}, seed {task.seed}"
            for name, key in zip(names, self._keys, strict=True)
            for task in tasks
            if task.key == key
        }
        with _bar(told, len(tasks) - len(missing), progress) as advance:
            for attempt in range(3):
                if not missing:
                    break
                self._do(missing, executor, threads, workers, advance)
                done = self.store.status()
                missing = [task for task in missing if task.run_id not in done]
                if missing and attempt == 2:
                    self._give_up(missing)
        keys = {
            scenario.name: key for scenario, key in zip(self.scenarios, self._keys, strict=True)
        }
        return StudyResult(self.store, keys, self.seeds, _alive=self)

    def _tasks(self) -> list[Task]:
        tasks = []
        self._keys.clear()
        for scenario in self.scenarios:
            scenario.core  # noqa: B018 (anything wrong in a scenario is said before the first run)
            design = work.design_of(scenario)
            key = str(design["digest"])
            self._keys.append(key)
            self.store.describe(key, design)
            for seed in self.seeds:
                keep = self.keep == "all" or (self.keep == "first" and seed == self.seeds[0])
                tasks.append(Task(key, seed, keep, work.run_id(key, seed)))
        names = [scenario.name for scenario in self.scenarios]
        self.store.ask_for(dict(zip(names, self._keys, strict=True)), self.seeds)
        # the first seed of everything comes first, so that a stopped study shows all scenarios
        return sorted(tasks, key=lambda task: self.seeds.index(task.seed))

    def _do(
        self, tasks: list[Task], executor: Any, threads: int, workers: int | None, advance: Advance
    ) -> None:
        folder = str(self.store.folder.resolve())
        count = min(workers or max(1, (os.cpu_count() or 1) // max(1, threads)), len(tasks))
        if executor is None and count == 1:
            try:
                for task in tasks:
                    work.do_run(folder, task.key, task.seed, task.keep, threads, wait=False)
                    advance(task.run_id)
            finally:
                work.settle()
            return
        # processes of our own write the last outcome before they end; of others we do not know
        wait = executor not in (None, "process")
        with _pool(executor, count) as pool:
            futures: dict[Future[str], Task] = {
                pool.submit(
                    work.do_run, folder, task.key, task.seed, task.keep, threads, wait
                ): task
                for task in tasks
            }
            for future in as_completed(futures):
                try:
                    future.result()
                except BrokenProcessPool:
                    return  # a worker died; the store says what is missing
                except KeyboardInterrupt:
                    raise
                except Exception as lost:
                    # a cluster may lose a future whose run is done: the store is the truth
                    if future.cancelled() or type(lost).__module__.startswith("distributed"):
                        continue
                    raise
                advance(futures[future].run_id)

    def _give_up(self, tasks: list[Task]) -> None:
        for task in tasks:
            reason = "the process running it died three times; is there enough memory?"
            self.store.record(RunStatus(task.run_id, task.key, task.seed, "failed", error=reason))


def _settled(status: RunStatus | None) -> bool:
    # a failed run is tried again when the study is
    return status is not None and status.state == "done"


@contextmanager
def _pool(executor: Any, workers: int) -> Iterator[Executor]:
    if isinstance(executor, Executor):
        yield executor
    elif executor in (None, "process"):
        with _processes(workers) as pool:
            yield pool
    elif executor == "dask":
        from distributed import Client, LocalCluster

        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client.get_executor(pure=False)
    elif hasattr(executor, "get_executor"):
        yield executor.get_executor(pure=False)
    else:
        raise input_error(
            "executor", f"{executor!r} is unknown", "use process, dask or an Executor"
        )


@contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    # spawn, never fork: a fork after threads have started may hang
    context = get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(workers, context, work.start_worker, (stop,))
    try:
        yield pool
    except BaseException:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _bar(runs: Mapping[str, str], done: int, wanted: bool) -> Iterator[Advance]:
    """A bar on a terminal; into a file or a pipe a plain line per finished run.

    Parameters
    ----------
    runs : what to call each run, by its id
    done : how many of them were done before
    """
    if not wanted or os.environ.get("CHIMATA_PROGRESS") == "0":
        yield lambda run: None
    elif not sys.stderr.isatty():
        yield _Lines(runs, done)
    else:
        from tqdm.auto import tqdm

        with tqdm(total=len(runs), initial=done, unit="run") as bar:
            yield lambda run: bar.update()


class _Lines:
    """Tells of every finished run, and how long the others may take."""

    def __init__(self, runs: Mapping[str, str], done: int) -> None:
        self._runs, self._before, self._done = runs, done, done
        self._began = time.monotonic()

    def __call__(self, run: str) -> None:
        self._done += 1
        took = time.monotonic() - self._began
        left = took / (self._done - self._before) * (len(self._runs) - self._done)
        rest = f", about {_rough(left)} left" if left else ""
        print(
            f"run {self._done} of {len(self._runs)}: {self._runs[run]}; {_rough(took)} so far{rest}",
            file=sys.stderr, flush=True,
        )  # fmt: skip


def _rough(length_s: float) -> str:
    return f"{length_s:.0f} s" if length_s < 100 else f"{length_s / 60:.0f} min"


def open_study(folder: str | os.PathLike[str]) -> StudyResult:
    """The results of a study from its folder.

    Raises
    ------
    InputError : the folder holds no study
    """
    if not Store.exists(folder):
        raise input_error(str(folder), "holds no study", "give the --out folder of `chimata run`")
    store = Store(folder)
    return StudyResult(store, *store.asked())
