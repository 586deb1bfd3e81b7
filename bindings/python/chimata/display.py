"""How cities, scenarios and results look in a notebook: small HTML tables in Japanese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from .labels import say
from .results import kpi_catalogue
from .wording import number, places_of, row_texts, scale_of, shown_places

if TYPE_CHECKING:
    from .city import City
    from .results import StudyResult
    from .run import Run
    from .scenario import Scenario

_LANG = "ja"
_CELL = "padding:.15em .7em;text-align:{side};white-space:nowrap"
_COLOURS = {"better": "#00724f", "worse": "#b34700"}
_COUNTS = {
    "nodes": "交差点", "segments": "道路区間", "shelters": "避難所", "zones": "地区",
    "residences": "住宅", "buildings": "建物",
}  # fmt: skip
_SECTIONS = {"flood": "浸水", "smoke": "煙", "evacuation": "避難", "walking": "歩行", "wading": "浸水中の歩行",
             "people": "人口"}  # fmt: skip


def facts(title: str, rows: Mapping[str, str], below: str = "") -> str:
    """A title over pairs of name and value."""
    body = "".join(
        f"<tr><th style='{_CELL.format(side='left')};font-weight:600'>{escape(name)}</th>"
        f"<td style='{_CELL.format(side='left')};white-space:normal'>{escape(value)}</td></tr>"
        for name, value in rows.items()
    )
    return f"<p style='margin:.3em 0'><b>{escape(title)}</b></p><table>{body}</table>{below}"


def grid(
    heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = (),
    colours: Sequence[str] = (),
) -> str:  # fmt: skip
    """Rows under heads; columns numbered in `right` end at the same place.

    Parameters
    ----------
    colours : of the last cell of every row; "" for none
    """
    sides = ["right" if i in right else "left" for i in range(len(heads))]
    top = "".join(
        f"<th style='{_CELL.format(side=side)}'>{escape(head)}</th>"
        for head, side in zip(heads, sides, strict=True)
    )
    lines = []
    for number_of_row, row in enumerate(rows):
        colour = colours[number_of_row] if colours else ""
        cells = []
        for i, (cell, side) in enumerate(zip(row, sides, strict=True)):
            last = f";font-weight:700;color:{colour}" if colour and i == len(row) - 1 else ""
            cells.append(f"<td style='{_CELL.format(side=side)}{last}'>{escape(cell)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def city_html(city: City) -> str:
    """Size, coordinates, contents and sources of a city."""
    west, south, east, north = city.core.bbox
    contents = [f"{_COUNTS.get(k, k)} {count:,}" for k, count in city.core.counts().items()]
    return facts(
        city.name,
        {
            "広さ": f"東西 {(east - west) / 1000:.1f} km × 南北 {(north - south) / 1000:.1f} km",
            "内容": "、".join(contents),
            "座標系": city.crs,
            "時間帯": city.time_zone or "–",
            "出典": " / ".join(city.licences) or "–",
        },
    )


def scenario_html(scenario: Scenario) -> str:
    """When and where, the parts with what was given, and the edits."""
    document = scenario.document
    rows = {
        "都市": scenario.city.name,
        "期間": f"{document['start']} から {document['duration']} ({document['tz']})",
        "人口": ", ".join(f"{key}={value}" for key, value in scenario.population.reference.items()),
    }
    for key, title in _SECTIONS.items():
        if key in document:
            rows[title] = ", ".join(f"{name}={value}" for name, value in document[key].items())
    if scenario.why:
        rows["理由"] = scenario.why
    edits = document.get("edits", [])
    if not edits:
        return facts(scenario.name, rows)
    lines = []
    for edit in edits:
        given = {key: edit[key] for key in ("to", "start", "end", "modes") if key in edit}
        given |= edit.get("set", {})
        what = ", ".join(f"{name}={value}" for name, value in given.items())
        lines.append((say(edit["op"], _LANG), edit["target"], what, edit.get("why", "")))
    heads = [say("op", _LANG), say("target", _LANG), say("new", _LANG), say("why", _LANG)]
    return facts(scenario.name, rows, grid(heads, lines))


def run_html(run: Run) -> str:
    """Figures of one run."""
    lines = []
    for kpi, about in kpi_catalogue().items():
        if np.isfinite(run.kpis.get(kpi, np.nan)):
            factor, unit = scale_of(kpi, about["unit"], _LANG)
            places = places_of(kpi, about["unit"], int(about["decimals"]))
            told = number(run.kpis[kpi] * factor, places)
            lines.append((str(about["label_ja"]), told, unit))
    heads = [say("kpi", _LANG), say("value", _LANG), say("unit", _LANG)]
    title = f"<p style='margin:.3em 0'><b>{escape(run.scenario.name)}</b> (乱数の種 {run.seed})</p>"
    note = "<p style='margin:.3em 0;color:#5b6875'>一回の実行。案の比較には Study を使う。</p>"
    return title + grid(heads, lines, right=(1,)) + note


def study_html(study: StudyResult) -> str:
    """The comparison of every scenario with the first."""
    comparison = study.compare(lang=_LANG)
    decimals = {kpi: int(told["decimals"]) for kpi, told in kpi_catalogue().items()}
    places = shown_places(comparison, decimals)
    keys = ("kpi", "unit", "baseline", "variant", "diff", "interval", "verdict")
    heads = [say(key, _LANG) for key in keys]
    parts = []
    for name, rows in comparison.groupby("scenario", sort=False):
        lines, colours = [], []
        for _, row in rows.iterrows():
            kpi = str(row["kpi"])
            told = row_texts(row, decimals[kpi], _LANG, places[kpi])
            lines.append((
                str(row["label"]), told["unit"], told["baseline"], told["variant"], told["diff"],
                told["interval"], say(str(row["verdict"]), _LANG),
            ))  # fmt: skip
            colours.append(_COLOURS.get(str(row["verdict"]), ""))
        pairs = f"{escape(str(name))} / {say('baseline', _LANG)}: {escape(study.scenarios[0])}"
        parts.append(
            f"<p style='margin:.6em 0 .3em'><b>{pairs}</b> ({len(study.seeds)}組)</p>"
            + grid(heads, lines, right=(2, 3, 4, 5), colours=colours)
        )
    return "".join(parts)
