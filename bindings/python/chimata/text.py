"""Tables on a terminal, where a Japanese character is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pandas as pd

from .labels import say
from .results import kpi_catalogue
from .wording import number, places_of, row_texts, scale_of, shown_places


def width(text: str) -> int:
    """Columns of a terminal that `text` takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Rows under heads; columns numbered in `right` end at the same place."""
    wide = [max(width(line[i]) for line in [heads, *rows]) for i in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        padded = []
        for i, cell in enumerate(cells):
            space = " " * (wide[i] - width(cell))
            padded.append(space + cell if i in right else cell + space)
        return "  ".join(padded).rstrip()

    rule = "─" * (sum(wide) + 2 * (len(wide) - 1))
    return "\n".join([line(heads), rule, *(line(row) for row in rows)])


def comparison_text(comparison: pd.DataFrame, baseline: str, lang: str) -> str:
    """A comparison as text, one table per scenario."""
    decimals = {kpi: int(told["decimals"]) for kpi, told in kpi_catalogue().items()}
    places = shown_places(comparison, decimals)
    parts = []
    for name, rows in comparison.groupby("scenario", sort=False):
        lines = []
        for _, row in rows.iterrows():
            kpi = str(row["kpi"])
            told = row_texts(row, decimals[kpi], lang, places[kpi])
            lines.append([
                str(row["label"]), told["unit"], told["baseline"], told["variant"], told["diff"],
                told["interval"], str(row["n"]), say(str(row["verdict"]), lang),
            ])  # fmt: skip
        keys = ("kpi", "unit", "baseline", "variant", "diff", "interval", "pairs", "verdict")
        heads = [say(key, lang) for key in keys]
        parts.append(f"{name}  /  {say('baseline', lang)}: {baseline}")
        parts.append(table(heads, lines, right=(2, 3, 4, 5, 6)) + "\n")
    return "\n".join(parts)


def means_text(kpis: pd.DataFrame, lang: str) -> str:
    """Mean figures of every scenario as text, for studies without a comparison."""
    names = list(dict.fromkeys(kpis["scenario"]))
    mean = kpis.groupby(["kpi", "scenario"])["value"].mean()
    rows = []
    for kpi, about in kpi_catalogue().items():
        if not mean.get(kpi, pd.Series(dtype=float)).notna().any():
            continue  # of cars, say, where nobody drives
        factor, unit = scale_of(kpi, about["unit"], lang)
        places = places_of(kpi, about["unit"], int(about["decimals"]))
        cells = [
            number(float(mean.get((kpi, name), float("nan"))) * factor, places) for name in names
        ]
        rows.append([str(about[f"label_{lang}"]), unit, *cells])
    heads = [say("kpi", lang), say("unit", lang), *names]
    return table(heads, rows, right=range(2, len(heads)))
