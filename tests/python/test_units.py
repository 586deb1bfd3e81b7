from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chimata as cm
from chimata.units import duration_text, seconds, seed_range


@pytest.mark.parametrize(
    ("written", "meant"),
    [("90s", 90), ("10min", 600), ("6h", 21600), ("1h 30min", 5400), ("1.5h", 5400), (42, 42),
     (timedelta(minutes=2), 120), ("2d", 172800)],
)  # fmt: skip
def test_durations_mean_what_people_write(written: object, meant: float) -> None:
    assert seconds(written) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written", ["", "h", "10", "6 hours", "-1h", "1h-", "nan", float("nan"), True]
)
def test_what_is_no_duration_is_refused(written: object) -> None:
    with pytest.raises(cm.InputError, match="is no duration"):
        seconds(written)  # type: ignore[arg-type]


@given(st.integers(0, 10**6))
def test_a_written_duration_reads_back_the_same(total: int) -> None:
    assert seconds(duration_text(total)) == total


def test_seeds_are_a_count_or_a_range() -> None:
    assert list(seed_range("3")) == [0, 1, 2]
    assert list(seed_range("5:8")) == [5, 6, 7]
    for wrong in ("", "0", "3:3", "a", "1:2:3", "-1"):
        with pytest.raises(cm.InputError, match="names no seed"):
            seed_range(wrong)
