"""The table of differences between scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .statistics import paired_difference, verdict

COLUMNS = ("kpi", "label", "unit", "baseline", "variant", "scenario", "diff", "lo", "hi", "n",
           "verdict")  # fmt: skip


def compared(
    kpis: pd.DataFrame,
    baseline: str,
    variants: Iterable[str],
    about: Mapping[str, Mapping[str, Any]],
    ci: float,
    lang: str,
) -> pd.DataFrame:
    """Differences of every figure from the baseline, paired over the seeds both have.

    Parameters
    ----------
    kpis : tidy figures: scenario, seed, kpi, value
    about : figures by id with label_ja, label_en, unit, better
    """
    by_seed = {
        (str(name), str(kpi)): part.set_index("seed")["value"].astype(float)
        for (name, kpi), part in kpis.groupby(["scenario", "kpi"])
    }
    rows = []
    for name in variants:
        for kpi, said in about.items():
            if (baseline, kpi) not in by_seed or (name, kpi) not in by_seed:
                continue
            pairs = pd.concat([by_seed[baseline, kpi], by_seed[name, kpi]], axis=1).dropna()
            before, after = pairs.iloc[:, 0], pairs.iloc[:, 1]
            change = paired_difference(before.to_list(), after.to_list(), ci)
            rows.append((
                kpi, said[f"label_{lang}"], said["unit"], before.mean(), after.mean(), name,
                change.mean, change.low, change.high, change.n, verdict(change, said["better"]),
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))
