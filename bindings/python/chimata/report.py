"""The report for the council: one HTML file with words, figures, maps and all assumptions."""

from __future__ import annotations

import base64
import io
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .document import without_folders, write
from .files import write_whole
from .labels import GRADES, say
from .report_parts import (
    assumption_groups,
    cards,
    comparison_rows,
    gate_rows,
    limits_of,
    means,
    plan_rows,
    shelter_rows,
)
from .results import StudyResult, kpi_catalogue
from .version import __version__
from .wording import CARDS, headline, number, shown_places

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .run import Run

_DOTS_PER_INCH = 130  # sharp on A4
_EDGE = 0.06  # inch of white above and below a picture
_COLOURS = 255  # of a picture; maps and charts have few, and this makes them a third of the size


def write_report(
    path: str | os.PathLike[str],
    study: StudyResult,
    *,
    baseline: str | None = None,
    lang: str = "ja",
) -> Path:
    """Writes the report of a study and returns its path.

    Parameters
    ----------
    baseline : name of the scenario the others are compared with; the first by default
    lang : "ja" or "en"

    Raises
    ------
    InputError : runs are missing, or an unknown baseline or language
    """
    from .templating import page_template

    say("title", lang)
    first = baseline or study.scenarios[0]
    comparison = study.compare(first, lang=lang)
    about = kpi_catalogue()
    decimals = {kpi: int(told["decimals"]) for kpi, told in about.items()}
    shown = study.seeds[0]
    runs = {name: study[name, shown] for name in study.scenarios}
    single = means(study, first, about, lang) if len(study.scenarios) == 1 else []
    event, evacuation = runs[first].has_event, runs[first].has_evacuation
    page = page_template("report.html.j2")
    html = page.render(
        lang=lang,
        title=say("both_title" if event and evacuation else "event_title" if event else "title", lang),
        say=lambda key, **values: say(key, lang, **values),
        gap=lambda unit: "" if lang == "ja" or unit == "%" else " ",
        city=runs[first].scenario.city.name_in(lang),
        first=first,
        seed=shown,
        facts=_facts(study, runs[first], lang),
        headline=headline(comparison, first, decimals, lang),
        single=single,
        single_cards=[row for kpi in CARDS for row in single if row["kpi"] == kpi],
        comparisons=_comparisons(comparison, decimals, lang),
        no_figure=say("no_figure", lang) if event else "",
        plans={
            name: (study.scenario(name).why, plan_rows(study.scenario(first), study.scenario(name), lang))
            for name in study.scenarios
            if name != first
        },
        flood=_picture(runs[first], "depth", lang) if _floods(runs[first]) else "",
        maps=_maps(runs, lang),
        gates=gate_rows(runs, lang) if event else [],
        curves_title=say("course" if event else "curves", lang),
        progress=_progress(runs, lang),
        curves=[_picture(run, "arrivals", lang) for run in runs.values()] if evacuation else [],
        shelters={name: shelter_rows(run) for name, run in runs.items()} if evacuation else {},
        assumptions=assumption_groups(runs[first], lang),
        grades=[(grade, said[0 if lang == "ja" else 1]) for grade, *said in GRADES],
        limits=limits_of(runs.values(), lang),
        licences=runs[first].scenario.city.licences,
        records=[
            (name, str(run.manifest.get("inputs_digest", "")), write(without_folders(study.scenario(name).document)))
            for name, run in runs.items()
        ],
    )  # fmt: skip
    target = Path(path)
    write_whole(target, html.encode())
    return target


def _facts(study: StudyResult, run: Run, lang: str) -> list[tuple[str, str]]:
    # what stands below the title of any report: of what, by what, when
    scenario = run.scenario
    start, end = scenario.start, run.clock(scenario.core.duration_s)[0]
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}"
    seeds = study.seeds
    in_a_row = len(seeds) > 1 and seeds == list(range(seeds[0], seeds[-1] + 1))
    told = f"{seeds[0]}–{seeds[-1]}" if in_a_row else ", ".join(map(str, seeds))
    runs = say("runs", lang, n=len(seeds)) if len(seeds) > 1 else say("run_once", lang)
    people = number(float(len(run.scenario.population.core.columns()["home_x"])))
    return [
        (say("written", lang), f"{datetime.now(scenario.start.tzinfo):%Y-%m-%d}"),
        (say("period", lang), f"{start:%Y-%m-%d %H:%M}–{until}"),
        (say("residents", lang), f"{people}人" if lang == "ja" else people),
        (say("seeds", lang), f"{told} ({runs})"),
        (say("software", lang), f"chimata {__version__}"),
    ]


def _comparisons(
    comparison: pd.DataFrame, decimals: dict[str, int], lang: str
) -> list[dict[str, Any]]:
    from .plots.curves import forest, left_out

    tables = []
    places = shown_places(comparison, decimals)
    for name, rows in comparison.groupby("scenario", sort=False):
        lines = comparison_rows(rows, decimals, places, lang)
        omitted = left_out(rows)
        picture = "" if omitted.all() else _png(forest(rows, lang=lang))
        names = ("、" if lang == "ja" else "; ").join(
            rows["label"][omitted & (rows["n"] > 1).to_numpy()]
        )
        tables.append({
            "name": name, "rows": lines, "cards": cards(lines), "picture": picture,
            "one_pair": (rows["n"] == 1).any(), "left_out": names if picture else "",
        })  # fmt: skip
    return tables


def _floods(run: Run) -> bool:
    return run.scenario.core.depth_frames() is not None


def _maps(runs: dict[str, Run], lang: str) -> dict[str, list[str]]:
    """Maps under their headings: those of every scenario, then how crowded the streets are in each."""
    from .plots.events import gate_numbers

    first = next(iter(runs.values()))
    found: dict[str, list[str]] = {name: [] for name in runs}
    if first.has_event:
        gates = gate_numbers(list(runs.values()))
        for name, run in runs.items():
            kinds = ("crowd_density", "crowd_hotspot")
            found[name] += [_picture(run, what, lang, gates=gates) for what in kinds]
    if first.has_evacuation:
        for name, pictures in _evacuation_maps(runs, lang).items():
            found[name] += pictures
    names = "id" if first.has_evacuation else "none"
    return {
        **found,
        say("density", lang): [
            _picture(run, "density", lang, names=names) for run in runs.values()
        ],
    }


def _evacuation_maps(runs: dict[str, Run], lang: str) -> dict[str, list[str]]:
    arrived = np.concatenate([run.persons["sheltered_s"].astype(float) for run in runs.values()])
    arrived = arrived[np.isfinite(arrived)]
    # one scale for all, or the colours could not be compared
    scale = (float(arrived.min()), float(arrived.max())) if len(arrived) else None
    # shelters by their number, as in the table: the map of the flood gives their names
    return {
        name: [
            _picture(run, "caught", lang, names="id"),
            _picture(run, "arrival_time_s", lang, scale=scale, names="id"),
        ]
        for name, run in runs.items()
    }


def _progress(runs: dict[str, Run], lang: str) -> str:
    from .plots.curves import compared
    from .plots.events import course

    if next(iter(runs.values())).has_event:
        return _png(course(list(runs.values()), lang=lang))
    return _png(compared(list(runs.values()), lang=lang))


def _picture(run: Run, what: str, lang: str, **more: Any) -> str:
    return _png(run.plot(what, lang=lang, **more))


def _png(axes: Axes) -> str:
    """The figure of `axes` as a data address; closes the figure."""
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox
    from PIL import Image

    from .plots.style import styled

    figure = axes.figure
    assert isinstance(figure, Figure)
    drawn, held = io.BytesIO(), io.BytesIO()
    with styled():
        # as wide as the figure, so that pictures side by side are alike, and as high as what is drawn:
        # layouts of maps with a fixed scale may put titles and legends beyond the figure
        figure.canvas.draw()
        ink = figure.get_tightbbox()
        width = figure.get_figwidth()
        box = Bbox.from_extents(
            min(ink.x0, 0.0), ink.y0 - _EDGE, max(ink.x1, width), ink.y1 + _EDGE
        )
        figure.savefig(drawn, format="png", dpi=_DOTS_PER_INCH, bbox_inches=box)
    plt.close(figure)
    picture = Image.open(drawn).convert("RGB")
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(held.getvalue()).decode()
