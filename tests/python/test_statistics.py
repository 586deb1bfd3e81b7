from __future__ import annotations

import math

import numpy as np
import pytest

from chimata.statistics import Difference, paired_difference, verdict


def test_the_95_percent_interval_covers_the_truth_in_93_to_97_of_100_studies() -> None:
    draw = np.random.default_rng(1)
    truth, studies, seeds = -3.0, 4000, 20
    shared = draw.normal(0, 50, (studies, seeds))  # what the same seed gives both scenarios
    before = 100 + shared
    after = 100 + shared + truth + draw.normal(0, 5, (studies, seeds))
    covered = 0
    for one, other in zip(before, after, strict=True):
        found = paired_difference(one.tolist(), other.tolist())
        covered += found.low <= truth <= found.high
    assert 0.93 <= covered / studies <= 0.97


def test_pairing_makes_the_interval_far_narrower_than_the_spread_over_seeds() -> None:
    draw = np.random.default_rng(2)
    shared = draw.normal(0, 50, 20)
    found = paired_difference(shared.tolist(), (shared - 3 + draw.normal(0, 5, 20)).tolist())
    assert found.high - found.low < 10
    assert verdict(found, "lower") == "better"


def test_equal_differences_have_an_interval_without_width() -> None:
    before = [0.1 * i for i in range(10)]
    found = paired_difference(before, [value + 0.3 for value in before])
    assert found.low == found.high == pytest.approx(0.3)
    assert verdict(found, "lower") == "worse"


def test_no_difference_at_all_is_no_clear_difference() -> None:
    found = paired_difference([1.0, 2.0], [1.0, 2.0])
    assert found == Difference(0.0, 0.0, 0.0, 2)
    assert verdict(found, "higher") == "no clear difference"


def test_one_pair_proves_nothing() -> None:
    found = paired_difference([1.0], [100.0])
    assert found.low == -math.inf
    assert found.high == math.inf
    assert verdict(found, "higher") == "not judged"
    assert verdict(paired_difference([math.nan], [1.0]), "lower") == "not judged"


def test_pairs_without_a_figure_are_left_out() -> None:
    found = paired_difference([1.0, math.nan, 3.0], [2.0, 2.0, 4.0])
    assert (found.mean, found.n) == (1.0, 2)
    assert paired_difference([math.nan], [1.0]).n == 0


@pytest.mark.parametrize(
    ("low", "high", "better", "said"),
    [
        (1, 2, "higher", "better"), (1, 2, "lower", "worse"), (-2, -1, "lower", "better"),
        (-2, -1, "higher", "worse"), (-1, 1, "lower", "no clear difference"),
        (1, 2, "neither", "changed"), (0, 0, "lower", "no clear difference"),
    ],
)  # fmt: skip
def test_verdicts(low: float, high: float, better: str, said: str) -> None:
    assert verdict(Difference((low + high) / 2, low, high, 20), better) == said


def test_figures_that_do_not_pair_up_are_refused() -> None:
    with pytest.raises(ValueError, match="pair up"):
        paired_difference([1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="ci is 95"):
        paired_difference([1.0, 2.0], [1.0, 2.0], 95)
