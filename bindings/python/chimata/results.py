"""Results of a study: figures of every run, compared with confidence intervals."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _core, work
from .errors import did_you_mean, input_error
from .labels import say
from .store import RunStatus, Store

if TYPE_CHECKING:
    import pandas as pd

    from .run import Run
    from .scenario import Scenario


@cache
def kpi_catalogue() -> dict[str, dict[str, Any]]:
    """Every figure by id: unit, labels, formulae, whether lower or higher is better, decimals."""
    return {str(kpi["id"]): kpi for kpi in _core.kpi_catalogue()}


class StudyResult:
    """Everything a study found. `res["name", seed]` is one run.

    Parameters
    ----------
    store : folder of the study
    keys : keys of the scenarios in the store by name, in the order of the study
    seeds : seeds that were asked for
    """

    def __init__(
        self, store: Store, keys: Mapping[str, str], seeds: Sequence[int], _alive: Any = None
    ) -> None:
        self.store = store
        self.scenarios = list(keys)
        self.seeds = list(seeds)
        self._keys = dict(keys)
        self._alive = _alive  # keeps a temporary store from being deleted

    def _status(self, scenario: str, seed: int) -> RunStatus | None:
        return self.store.status().get(work.run_id(self._keys[self._known(scenario)], seed))

    def _known(self, name: str) -> str:
        if name not in self.scenarios:
            raise input_error(
                name, "is no scenario of this study", did_you_mean(name, self.scenarios)
            )
        return name

    def __getitem__(self, which: tuple[str, int]) -> Run:
        from .run import load_run

        name, seed = which
        status = self._status(name, seed)
        if status is None or status.state != "done":
            reason = f"failed ({status.error})" if status else "was not run"
            raise input_error(f"{name}, seed {seed}", reason, "run the study again")
        return load_run(self.store, status)

    def scenario(self, name: str) -> Scenario:
        """The scenario as it was run."""
        return work.stored_scenario(self.store, self._keys[self._known(name)])

    @property
    def missing(self) -> pd.DataFrame:
        """Runs without figures: scenario, seed, state, error."""
        import pandas as pd

        rows = []
        for name in self.scenarios:
            for seed in self.seeds:
                status = self._status(name, seed)
                if status is None or status.state != "done":
                    rows.append((name, seed, status.state if status else "missing",
                                 status.error if status else ""))  # fmt: skip
        return pd.DataFrame(rows, columns=["scenario", "seed", "state", "error"])

    def kpis(self) -> pd.DataFrame:
        """Figures of every run, tidy: scenario, seed, kpi, value, unit."""
        import pandas as pd

        about = kpi_catalogue()
        rows = [
            (name, seed, kpi, value, about.get(kpi, {}).get("unit", ""))
            for name in self.scenarios
            for seed in self.seeds
            if (status := self._status(name, seed)) is not None and status.state == "done"
            for kpi, value in status.kpis.items()
        ]
        return pd.DataFrame(rows, columns=["scenario", "seed", "kpi", "value", "unit"])

    def compare(
        self,
        baseline: str | None = None,
        ci: float = 0.95,
        *,
        lang: str = "ja",
        allow_missing: bool = False,
    ) -> pd.DataFrame:
        """Differences from the baseline, paired over seeds: the same people, the same draws.

        Parameters
        ----------
        baseline : name of the scenario to compare with; the first by default
        ci : confidence of the interval lo … hi
        lang : "ja" or "en", language of `label`
        allow_missing : compare the seeds that both have although others are missing

        Returns
        -------
        kpi, label, unit (of the engine: s, persons, …), baseline (mean), variant (mean), scenario,
        diff, lo, hi, n (pairs), verdict: "better", "worse", "no clear difference"; "changed" for
        figures that are neither good nor bad; "not judged" with fewer than two pairs. A difference is clear when its interval excludes 0
        and it does not round to 0 at the digits shown. A figure that does not exist in a run
        (nobody arrived) leaves out that pair.

        Raises
        ------
        InputError : runs are missing and `allow_missing` is not set
        """
        from .comparison import compared

        first = self._known(baseline if baseline is not None else self.scenarios[0])
        say("time", lang)
        if not allow_missing:
            self.require_complete()
        others = [name for name in self.scenarios if name != first]
        return compared(self.kpis(), first, others, kpi_catalogue(), ci, lang)

    def require_complete(self) -> None:
        """Refuses a study with missing runs, naming the first.

        Raises
        ------
        InputError : a run failed or was not done
        """
        missing = self.missing
        if len(missing):
            row = missing.iloc[0]
            reason = f": {row['error']}" if row["error"] else ""
            raise input_error(
                f"{row['scenario']}, seed {row['seed']}",
                f"{row['state']}{reason} ({len(missing)} of "
                f"{len(self.scenarios) * len(self.seeds)} runs have no figures)",
                "run the study again, or compare with allow_missing=True",
            )

    def report(
        self, path: str | os.PathLike[str], *, baseline: str | None = None, lang: str = "ja"
    ) -> Path:
        """Writes the report for the council: one HTML file that needs no network.

        Parameters
        ----------
        lang : "ja" or "en"
        """
        from .report import write_report

        return write_report(path, self, baseline=baseline, lang=lang)

    def district_tables(self, scenario: str, seed: int) -> dict[str, Any] | None:
        """Columns of the districts in one run; None where the store has none."""
        status = self._status(scenario, seed)
        return self.store.districts(status.run_id) if status and status.state == "done" else None

    def districts(self, scenario: str | None = None, ci: float = 0.95) -> pd.DataFrame:
        """Every district (町丁目) of a scenario: by when, where to, how long, who is left.

        Parameters
        ----------
        scenario : name; the first by default
        ci : confidence of the intervals `_lo` … `_hi` over the seeds

        Returns
        -------
        One row per district, and one with an empty id for people outside all of them: residents;
        told, decided, departed, sheltered, not_arrived, caught, casualties, vertical, need_help
        (persons), told_p50_s, departed_p50_s, travel_p50_s, travel_p95_s as means over the seeds
        with their intervals; leave_by_s, the last safe departure; walk_distance_m / walk_speed_m_s =
        walk_time_s, the hand check; shelter_1 to shelter_3 with their shares
        """
        from .districts import districts_of

        return districts_of(self, self._known(scenario or self.scenarios[0]), ci)

    def district_sheets(
        self, path: str | os.PathLike[str], *, scenario: str | None = None, lang: str = "ja"
    ) -> Path:
        """Writes one A4 page per district as HTML, or all of them as CSV for Excel.

        Parameters
        ----------
        path : ….html; ….csv (UTF-8, opens in Excel) or ….cp932.csv (for older Japanese programs)
        scenario : name; the first by default
        lang : "ja" or "en"
        """
        name = self._known(scenario or self.scenarios[0])
        if Path(path).suffix == ".csv":
            from .districts import write_csv

            say("title", lang)
            return write_csv(self.districts(name), path, lang)
        from .district_sheets import write_sheets

        return write_sheets(path, self, name, lang)

    def __repr__(self) -> str:
        done = len(self.scenarios) * len(self.seeds) - len(self.missing)
        return (
            f"StudyResult({', '.join(self.scenarios)})\n"
            f"  {done} of {len(self.scenarios) * len(self.seeds)} runs done, {self.store.folder}"
        )

    def _repr_html_(self) -> str:
        if len(self.scenarios) < 2 or len(self.missing):
            from html import escape

            return f"<pre>{escape(repr(self))}</pre>"
        from .display import study_html

        return study_html(self)
