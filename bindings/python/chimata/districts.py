"""What a plan means for every district (町丁目): by when, where to, how long, and who is left."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from . import _core
from .errors import input_error
from .labels import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .results import StudyResult
    from .run import Run
    from .scenario import Scenario

#: Columns that are counted or timed in every run, in the order of the table.
FIGURES = (
    "told", "decided", "departed", "sheltered", "not_arrived", "caught", "casualties", "vertical",
    "need_help", "told_p50_s", "departed_p50_s", "travel_p50_s", "travel_p95_s",
)  # fmt: skip
_MAIN = 3  # shelters that are named
_JAM_MIN = 0.5  # minutes lost each from which a street is called jammed
_NONE = 4294967295


def districts_of(study: StudyResult, scenario: str, ci: float = 0.95) -> pd.DataFrame:
    """Districts of one scenario, figures as means over the seeds with their intervals.

    Returns
    -------
    id, name, residents; of every figure its mean, `_lo` and `_hi`; leave_by_s (last safe departure
    of the first twentieth to be cut off; infinite where no water comes in the way), walk_distance_m
    (median way to the nearest shelter), walk_speed_m_s (of the slowest class there), walk_time_s
    (the one divided by the other), shelter_1 … with the share of those who go there
    """
    made = study.scenario(scenario)
    tables = [t for seed in study.seeds if (t := study.district_tables(scenario, seed)) is not None]
    if not tables:
        raise input_error(scenario, "has no districts", "run the study again with this version")
    zones = made.city.core.zones()
    frame = pd.DataFrame({"id": [*zones["id"], ""], "name": [*zones["name"], ""]})
    frame["residents"] = tables[0]["residents"]
    for figure in FIGURES:
        values = np.array([t[figure] for t in tables], float)
        frame[figure], frame[f"{figure}_lo"], frame[f"{figure}_hi"] = _interval(values, ci)
    frame["leave_by_s"] = np.asarray(tables[0]["leave_by_s"], float)
    for name, column in _hand_check(made).items():
        frame[name] = column
    for name, listed in _main_shelters(made, tables).items():
        frame[name] = listed
    frame.attrs["seeds"] = len(tables)
    outside = frame["id"].eq("") & frame["residents"].eq(0)
    return frame[~outside].reset_index(drop=True)


def _interval(values: NDArray[Any], ci: float) -> tuple[Any, Any, Any]:
    """Mean over the rows and its Student t interval; one row has an unbounded one."""
    from scipy import stats

    known = np.isfinite(values)
    n = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(n > 0, total / n, np.nan)
        squares = np.where(known, (values - mean) ** 2, 0.0).sum(axis=0)
        half = stats.t.ppf((1 + ci) / 2, np.maximum(n - 1, 1)) * np.sqrt(squares / (n - 1) / n)
    half = np.where(n > 1, half, np.inf)
    return mean, np.where(n > 0, mean - half, np.nan), np.where(n > 0, mean + half, np.nan)


def _hand_check(scenario: Scenario) -> dict[str, NDArray[Any]]:
    """Per district: median way to the nearest shelter, speed of the slowest class, way / speed."""
    people = scenario.population.core.columns()
    safe = scenario.core.safe_departures()
    count = len(scenario.city.core.zones()["id"])
    zone = np.minimum(np.asarray(people["zone"], np.int64), count)
    speed = np.asarray(safe["class_speed_m_s"], float)[np.asarray(people["person_class"], np.intp)]
    distance = np.asarray(safe["distance_m"], float)
    found = {name: np.full(count + 1, np.nan) for name in ("walk_distance_m", "walk_speed_m_s")}
    for row in range(count + 1):
        mine = (zone == row) & np.isfinite(distance)
        if mine.any():
            found["walk_distance_m"][row] = np.median(distance[mine])
            found["walk_speed_m_s"][row] = speed[mine].min()
    found["walk_time_s"] = found["walk_distance_m"] / found["walk_speed_m_s"]
    return found


def _main_shelters(scenario: Scenario, tables: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """The shelters where most people go, all runs together, with the share of those who go."""
    names = list(scenario.core.shelters()["name"])
    rows = len(tables[0]["residents"])
    found: dict[str, list[Any]] = {}
    totals: list[dict[int, float]] = [{} for _ in range(rows)]
    for table in tables:
        for rank in range(1, _MAIN + 1):
            pairs = zip(table[f"shelter_{rank}"], table[f"shelter_{rank}_persons"], strict=True)
            for row, (shelter, persons) in enumerate(pairs):
                if shelter != _NONE:
                    totals[row][shelter] = totals[row].get(shelter, 0) + persons
    left = np.maximum(sum(np.asarray(t["departed"], float) for t in tables), 1)
    for rank in range(_MAIN):
        ranked = [sorted(t.items(), key=lambda pair: (-pair[1], pair[0])) for t in totals]
        found[f"shelter_{rank + 1}"] = [names[r[rank][0]] if len(r) > rank else "" for r in ranked]
        found[f"shelter_{rank + 1}_share"] = [
            r[rank][1] / left[row] if len(r) > rank else math.nan for row, r in enumerate(ranked)
        ]
    return found


def jams_of(run: Run, most: int = _MAIN) -> dict[int, list[dict[str, Any]]]:
    """Per row of the zones the streets on which its people lose most time, worst first."""
    segments = run.scenario.city.core.segments()
    jams = run.core.jams(run.scenario.core, most)
    found: dict[int, list[dict[str, Any]]] = {}
    for zone, segment, persons, delay in zip(
        jams["zone"], jams["segment"], jams["persons"], jams["delay_s"], strict=True
    ):
        minutes = float(delay) / 60 / max(int(persons), 1)
        if minutes < _JAM_MIN:
            continue
        source = int(segments["source"][segment])
        found.setdefault(int(zone), []).append({
            "name": segments["name"][segment] or f"#{source or segment}",
            "persons": int(persons), "minutes": minutes,
        })  # fmt: skip
    return found


def causes_of(run: Run) -> pd.DataFrame:
    """Why people were caught by the water, and what would have to be true for nobody to be."""
    words = {cause["id"]: cause for cause in _core.cause_catalogue()}
    table = run.table("causes")
    rows = []
    for cause, persons, gap in zip(
        table["cause"], table["persons"], table["worst_gap_s"], strict=True
    ):
        minutes = "–" if not math.isfinite(gap) else str(math.ceil(gap / 60))
        said = words[str(cause)]
        rows.append({
            "cause": str(cause), "persons": int(persons), "worst_gap_s": float(gap),
            "label_ja": said["label_ja"], "label_en": said["label_en"],
            "remedy_ja": said["remedy_ja"].replace("{}", minutes),
            "remedy_en": said["remedy_en"].replace("{}", minutes),
        })  # fmt: skip
    return pd.DataFrame(rows)


def write_csv(frame: pd.DataFrame, path: str | os.PathLike[str], lang: str) -> Path:
    """The table of districts as Excel opens it: UTF-8 with a mark, or CP932 if the name says so.

    A file called ``….cp932.csv`` is written in CP932, the encoding of older Japanese Excel; letters
    that it lacks become "〓", as printers write a missing letter.
    """
    import codecs

    from .files import write_whole

    text = frame.rename(columns={name: say(f"district_{name}", lang) for name in frame}).to_csv(
        index=False, lineterminator="\r\n", float_format="%.6g"
    )
    target = Path(path)
    if target.name.endswith(".cp932.csv"):
        codecs.register_error("geta", lambda e: ("〓", e.end))  # type: ignore[attr-defined]
        # CP932 has another dash and wave than Unicode texts usually carry
        text = text.replace("−", "-").replace("〜", "~").replace("–", "-")
        write_whole(target, text.encode("cp932", "geta"))
    else:
        write_whole(target, text.encode("utf-8-sig"))
    return target
