"""Figures as people read them: rounded to what is known, in minutes and percent, in sentences."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

#: Figures of the headline, the most important first.
HEADLINE = ("not_arrived_in_time", "caught_total", "sheltered", "clearance_p95_s")

_UNITS_JA = {
    "persons": "人", "person": "人", "people": "人", "persons/m2": "人/m²", "person min": "人・分",
    "shelters": "か所", "times": "回",
}  # fmt: skip


def scale_of(kpi: str, unit: str, lang: str) -> tuple[float, str]:
    """Factor and unit for people: seconds become minutes, shares become percent."""
    if unit == "s":
        return 1 / 60, "分" if lang == "ja" else "min"
    if kpi.endswith("_share") and unit in ("", "1", "-"):
        return 100.0, "%"
    words = _UNITS_JA if lang == "ja" else {"persons/m2": "persons/m²"}
    return 1.0, words.get(unit, unit)


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands separated; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:,.{max(decimals, 0)}f}"
    return text[1:] if float(text.replace(",", "")) == 0 and text.startswith("-") else text


def signed(value: float, decimals: int = 0) -> str:
    """A difference with its sign."""
    if not math.isfinite(value):
        return "–"
    text = number(value, decimals)
    return f"+{text}" if value > 0 and float(text.replace(",", "")) != 0 else text


def decimals_for(half_width: float, most: int = 2) -> int:
    """Decimals that an interval of this half width supports: its first digit, no more."""
    if not math.isfinite(half_width) or half_width <= 0:
        return most
    return min(max(-math.floor(math.log10(half_width)), 0), most)


def row_texts(row: Any, decimals: int, lang: str) -> dict[str, str]:
    """One row of a comparison as texts, rounded to the width of its interval."""
    factor, unit = scale_of(str(row["kpi"]), str(row["unit"]), lang)
    low, high = float(row["lo"]) * factor, float(row["hi"]) * factor
    most = 1 if factor != 1.0 else decimals
    places = decimals_for((high - low) / 2, most)
    return {
        "unit": unit,
        "baseline": number(float(row["baseline"]) * factor, places),
        "variant": number(float(row["variant"]) * factor, places),
        "diff": signed(float(row["diff"]) * factor, places),
        "lo": signed(low, places),
        "hi": signed(high, places),
    }


def headline(
    comparison: pd.DataFrame, baseline: str, decimals: dict[str, int], lang: str
) -> list[str]:
    """One sentence per scenario, of its most important clear difference, or that there is none."""
    return [
        _sentence(rows, str(name), baseline, decimals, lang)
        for name, rows in comparison.groupby("scenario", sort=False)
    ]


def _sentence(
    rows: pd.DataFrame, name: str, baseline: str, decimals: dict[str, int], lang: str
) -> str:
    by_kpi = {str(row["kpi"]): row for _, row in rows.iterrows()}
    chosen = [by_kpi[kpi] for kpi in HEADLINE if kpi in by_kpi] or list(by_kpi.values())[:1]
    if not chosen:
        return ""
    clear = [row for row in chosen if row["verdict"] not in ("no clear difference", "changed")]
    row = (clear or chosen)[0]
    text = row_texts(row, decimals.get(str(row["kpi"]), 0), lang)
    told = {**text, "name": name, "base": baseline, "label": str(row["label"]), "n": row["n"]}
    if row["verdict"] == "no clear difference":
        pattern = _SAME[lang]
    else:
        pattern = (_BETTER if row["verdict"] == "better" else _WORSE)[lang]
    return pattern.format(**told)


_BETTER = {
    "ja": "「{name}」では「{base}」に比べ、{label}が{baseline}{unit}から{variant}{unit}へ改善した"
          "(差{diff}{unit}、95%信頼区間{lo}〜{hi}{unit}、{n}組の比較)。",
    "en": "“{name}” improves “{label}” over “{base}”: from {baseline} to {variant} {unit} "
          "(difference {diff}, 95 % interval {lo} to {hi}, {n} pairs of runs).",
}  # fmt: skip
_WORSE = {
    "ja": "「{name}」では「{base}」に比べ、{label}が{baseline}{unit}から{variant}{unit}へ悪化した"
          "(差{diff}{unit}、95%信頼区間{lo}〜{hi}{unit}、{n}組の比較)。",
    "en": "“{name}” worsens “{label}” against “{base}”: from {baseline} to {variant} {unit} "
          "(difference {diff}, 95 % interval {lo} to {hi}, {n} pairs of runs).",
}  # fmt: skip
_SAME = {
    "ja": "「{name}」と「{base}」の間で、{label}に明確な差は認められない"
          "(差{diff}{unit}、95%信頼区間{lo}〜{hi}{unit}、{n}組の比較)。",
    "en": "No clear difference in “{label}” between “{name}” and “{base}” "
          "(difference {diff} {unit}, 95 % interval {lo} to {hi}, {n} pairs of runs).",
}  # fmt: skip
