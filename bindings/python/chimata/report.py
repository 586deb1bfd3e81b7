"""The report for the council: one HTML file with words, figures, maps and all assumptions."""

from __future__ import annotations

import base64
import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .files import write_whole
from .labels import LIMITS, say
from .results import StudyResult, kpi_catalogue
from .wording import headline, number, row_texts, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .run import Run

_DOTS_PER_INCH = 130  # sharp on A4 at the width of the page


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
    from jinja2 import Environment, PackageLoader

    say("title", lang)
    first = baseline or study.scenarios[0]
    comparison = study.compare(first, lang=lang)
    shown = study.seeds[0]
    runs = {name: study[name, shown] for name in study.scenarios}
    page = Environment(
        loader=PackageLoader("chimata"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    ).get_template("report.html.j2")
    decimals = {kpi: int(about["decimals"]) for kpi, about in kpi_catalogue().items()}
    html = page.render(
        lang=lang,
        say=lambda key, **values: say(key, lang, **values),
        city=runs[first].scenario.city.name,
        first=first,
        seed=shown,
        headline=headline(comparison, first, decimals, lang),
        single=_single(study, first, lang) if len(study.scenarios) == 1 else [],
        comparisons=_comparisons(comparison, decimals, lang),
        maps=_maps(runs, lang),
        curves=[_picture(run, "arrivals", lang) for run in runs.values()],
        shelters={name: _shelter_rows(run) for name, run in runs.items()},
        edits=_edits(study, first, lang),
        assumptions=_assumptions(runs[first], lang),
        limits=[limit[0 if lang == "ja" else 1] for limit in LIMITS],
        licences=runs[first].scenario.city.licences,
        manifest=json.dumps(
            {name: run.manifest for name, run in runs.items()} | {"seeds": study.seeds},
            ensure_ascii=False, indent=1,
        ),
    )  # fmt: skip
    target = Path(path)
    write_whole(target, html.encode())
    return target


def _single(study: StudyResult, name: str, lang: str) -> list[dict[str, str]]:
    # a study of one scenario has no differences: mean figures with the spread over seeds
    kpis = study.kpis()
    rows = []
    for kpi, about in kpi_catalogue().items():
        values = kpis.loc[(kpis["scenario"] == name) & (kpis["kpi"] == kpi), "value"].astype(float)
        if len(values):
            factor, unit = scale_of(kpi, about["unit"], lang)
            places = 1 if factor != 1.0 else int(about["decimals"])
            low, high = values.min() * factor, values.max() * factor
            rows.append({
                "label": str(about[f"label_{lang}"]), "unit": unit,
                "mean": number(values.mean() * factor, places),
                "range": f"{number(low, places)} – {number(high, places)}",
            })  # fmt: skip
    return rows


def _comparisons(
    comparison: pd.DataFrame, decimals: dict[str, int], lang: str
) -> list[dict[str, Any]]:
    from .plots.curves import forest

    tables = []
    for name, rows in comparison.groupby("scenario", sort=False):
        lines = [
            {
                "label": row["label"], "n": row["n"], "verdict": row["verdict"],
                **row_texts(row, decimals[str(row["kpi"])], lang),
            }
            for _, row in rows.iterrows()
        ]  # fmt: skip
        tables.append({"name": name, "rows": lines, "picture": _png(forest(rows, lang=lang))})
    return tables


def _maps(runs: dict[str, Run], lang: str) -> list[str]:
    first = next(iter(runs.values()))
    pictures = []
    if first.scenario.core.depth_frames() is not None:
        pictures.append(_picture(first, "depth", lang))
    for run in runs.values():
        pictures += [_picture(run, what, lang) for what in ("arrival_time_s", "density")]
    return pictures


def _picture(run: Run, what: str, lang: str) -> str:
    return _png(run.plot(what, lang=lang))


def _png(axes: Axes) -> str:
    """The figure of `axes` as a data address; closes the figure."""
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure

    from .plots.style import styled

    figure = axes.figure
    assert isinstance(figure, Figure)
    held = io.BytesIO()
    with styled():
        figure.savefig(held, format="png", dpi=_DOTS_PER_INCH, metadata={"Software": "chimata"})
    plt.close(figure)
    return "data:image/png;base64," + base64.b64encode(held.getvalue()).decode()


def _shelter_rows(run: Run) -> list[dict[str, str]]:
    columns = run.core.table("shelters")
    plan = run.scenario.core.shelters()
    shelter = np.asarray(columns["shelter"], np.int64)
    rows = []
    for i, name in enumerate(plan["name"]):
        mine = shelter == i
        peak = int(np.asarray(columns["occupancy"])[mine].max(initial=0))
        turned = int(np.asarray(columns["turned_away"])[mine].max(initial=0))
        depth = np.nan_to_num(np.asarray(columns["depth_m"], float)[mine], nan=0.0)
        rows.append({
            "id": str(plan["id"][i]), "name": str(name), "capacity": f"{int(plan['capacity'][i]):,}",
            "peak": f"{peak:,}", "turned": f"{turned:,}", "depth": f"{depth.max(initial=0.0):.1f}",
        })  # fmt: skip
    return rows


def _edits(study: StudyResult, first: str, lang: str) -> dict[str, list[dict[str, str]]]:
    base = study.scenario(first)
    found = {}
    for name in study.scenarios:
        if name != first:
            table = base.diff(study.scenario(name))
            found[name] = [
                {str(key): _plain(value) for key, value in row.items()}
                | {"op": say(row["op"], lang)}
                for row in table.to_dict("records")
            ]
    return found


def _plain(value: Any) -> str:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(f"{part:.6g}" if isinstance(part, float) else str(part) for part in value)
    return str(value)


def _assumptions(run: Run, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "model": row["model"], "label": row[f"label_{lang}"] or row["name"], "name": row["name"],
            "value": _plain(row["value"]), "default": _plain(row["default"]), "unit": row["unit"],
            "source": row["source"], "grade": row["grade"], "changed": row["changed"],
            "help": row["help"],
        }
        for row in run.scenario.core.assumptions()
    ]  # fmt: skip
