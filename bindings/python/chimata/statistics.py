"""Paired comparison of figures that share their random draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Difference:
    """Mean difference of pairs with its confidence interval."""

    mean: float
    low: float
    high: float
    n: int  # pairs


def paired_difference(
    before: Sequence[float], after: Sequence[float], ci: float = 0.95
) -> Difference:
    """Mean of `after` - `before` with a Student t interval over the pairs.

    Differences without any variance (a change whose effect no draw touches, or none) have an
    interval of no width. Fewer than two pairs have an unbounded one.

    Source: paired t interval, e.g. Law, Simulation Modeling and Analysis, 10.2.

    Parameters
    ----------
    before, after : one figure per seed, in the same order of seeds; pairs with NaN are left out
    ci : confidence, 0 to 1

    Raises
    ------
    ValueError : the lengths differ, or `ci` is not between 0 and 1
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} figures before, {len(after)} after: they must pair up")
    if not 0 < ci < 1:
        raise ValueError(f"ci is {ci}: give e.g. 0.95")
    change = np.asarray(after, float) - np.asarray(before, float)
    change = change[np.isfinite(change)]
    n = len(change)
    if n == 0:
        return Difference(math.nan, math.nan, math.nan, 0)
    mean = float(change.mean())
    if n == 1:
        return Difference(mean, -math.inf, math.inf, 1)
    spread = float(change.std(ddof=1)) / math.sqrt(n)
    # rounding of equal differences is not a spread
    scale = max(
        abs(mean), float(np.abs(np.asarray(before, float)[np.isfinite(before)]).max(initial=0))
    )
    if spread <= 1e-12 * scale:
        return Difference(mean, mean, mean, n)
    from scipy import stats

    half = float(stats.t.ppf((1 + ci) / 2, n - 1)) * spread
    return Difference(mean, mean - half, mean + half, n)


def verdict(difference: Difference, better: str, smallest: float = 0.0) -> str:
    """What the interval allows to say: "better", "worse", or "no clear difference".

    Fewer than two pairs have no interval and allow nothing: they are "not judged".

    Parameters
    ----------
    better : "lower", "higher", or "neither" for figures that are neither good nor bad, whose
        clear differences are "changed"
    smallest : mean differences below this are none in practice, in the unit of the figure
    """
    low, high = difference.low, difference.high
    if difference.n < 2:
        return "not judged"
    clear = (low > 0 or high < 0) and abs(difference.mean) >= smallest
    if not clear:
        return "no clear difference"
    if better == "neither":
        return "changed"
    return "better" if (high < 0) == (better == "lower") else "worse"
