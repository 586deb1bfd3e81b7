"""One A4 page per district for residents' meetings and the annex of the plan."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .districts import causes_of, districts_of, jams_of
from .files import write_whole
from .labels import LIMITS, say
from .version import __version__
from .wording import number

if TYPE_CHECKING:
    from .results import StudyResult
    from .run import Run

_COUNTS = ("told", "decided", "departed", "sheltered", "not_arrived", "caught", "vertical",
           "need_help", "casualties")  # fmt: skip


def write_sheets(
    path: str | os.PathLike[str], study: StudyResult, scenario: str, lang: str = "ja"
) -> Path:
    """Writes the sheets of all districts of a scenario as one HTML file that needs no network."""
    from .templating import page_template

    say("title", lang)
    frame = districts_of(study, scenario)
    run = study[scenario, study.seeds[0]]
    jams = jams_of(run)
    zones = list(run.scenario.city.core.zones()["id"])
    page = page_template("districts.html.j2")
    html = page.render(
        lang=lang,
        say=lambda key, **values: say(key, lang, **values),
        city=run.scenario.city.name_in(lang),
        scenario=scenario,
        software=f"chimata {__version__}",
        seeds=frame.attrs["seeds"],
        districts=[
            _sheet(row, run, jams.get(zones.index(row["id"]), []) if row["id"] else [], lang)
            for _, row in frame.iterrows()
        ],
        causes=[
            (row[f"label_{lang}"], number(row["persons"]), row[f"remedy_{lang}"])
            for _, row in causes_of(run).iterrows()
            if row["persons"]
        ],
        limits=[limit[0 if lang == "ja" else 1] for limit in LIMITS[:4]],
        licences=run.scenario.city.licences,
    )
    target = Path(path)
    write_whole(target, html.encode())
    return target


def _sheet(row: pd.Series[Any], run: Run, jams: list[dict[str, Any]], lang: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"] or say("district_outside", lang),
        "residents": number(row["residents"]),
        "told": _clock(run, row["told_p50_s"], lang),
        "leave_by": _clock(run, row["leave_by_s"], lang),
        "leave": _clock(run, row["departed_p50_s"], lang),
        "minutes": (_minutes(row["travel_p50_s"]), _minutes(row["travel_p95_s"])),
        "shelters": [
            (row[f"shelter_{rank}"], f"{100 * row[f'shelter_{rank}_share']:.0f}%")
            for rank in (1, 2, 3)
            if row[f"shelter_{rank}"]
        ],
        "jams": [
            (jam["name"], number(jam["persons"]), number(jam["minutes"], 1)) for jam in jams
        ],
        "counts": [
            (say(f"district_{name}", lang), number(row[name]), _range(row, name))
            for name in _COUNTS
        ],
        "check": _check(row, lang),
    }  # fmt: skip


def _clock(run: Run, t_s: float, lang: str) -> str:
    if t_s == math.inf:
        return say("no_deadline", lang)
    if t_s == -math.inf:
        return say("no_safe_way", lang)
    return "–" if math.isnan(t_s) else f"{run.clock(t_s)[0]:%H:%M}"


def _minutes(t_s: float) -> str:
    return number(t_s / 60) if math.isfinite(t_s) else "–"


def _range(row: pd.Series[Any], name: str) -> str:
    low, high = row[f"{name}_lo"], row[f"{name}_hi"]
    if not (math.isfinite(low) and math.isfinite(high)):
        return "–"
    return f"{number(max(low, 0.0))}–{number(high)}"


def _check(row: pd.Series[Any], lang: str) -> str:
    if not math.isfinite(row["walk_distance_m"]):
        return "–"
    return say(
        "hand_check", lang, distance=number(row["walk_distance_m"]),
        speed=number(row["walk_speed_m_s"], 2), minutes=number(row["walk_time_s"] / 60, 1),
    )  # fmt: skip
