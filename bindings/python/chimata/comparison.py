"""The table of differences between scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .statistics import paired_difference, verdict
from .wording import smallest_shown

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

    A difference that rounds to 0 at the digits a figure is shown with is none, however narrow its
    interval: with common random numbers a fraction of a second may be certain and still matter to
    nobody.

    Parameters
    ----------
    kpis : tidy figures: scenario, seed, kpi, value
    about : figures by id with label_ja, label_en, unit, better, decimals
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
            if by_seed[baseline, kpi].isna().all() and by_seed[name, kpi].isna().all():
                continue  # of cars, say, where nobody drives
            before, after = pairs.iloc[:, 0], pairs.iloc[:, 1]
            change = paired_difference(before.to_list(), after.to_list(), ci)
            least = smallest_shown(kpi, str(said["unit"]), int(said["decimals"]))
            told = verdict(change, said["better"], least)
            # a figure that only one of them has, as of cars, is shown without a difference
            one = before if len(pairs) else by_seed[baseline, kpi]
            other = after if len(pairs) else by_seed[name, kpi]
            rows.append((
                kpi, said[f"label_{lang}"], said["unit"], one.mean(), other.mean(), name,
                change.mean, change.low, change.high, change.n, told,
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))
