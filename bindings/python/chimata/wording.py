"""Figures as people read them: rounded to what is known, in minutes and percent, in sentences."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from .labels import unit_label

#: Figures of the headline, the most important first.
HEADLINE = (
    "caught_total",
    "not_arrived_in_time",
    "evacuated_share",
    "sheltered",
    "clearance_p95_s",
    "event_crush_person_min",
    "event_dense_person_min",
    "event_density_max",
    "event_clearance_s",
    "event_out_p95_s",
)

#: Figures on the cards that open a report.
CARDS = ("caught_total", "evacuated_share", "not_arrived_in_time", "shelter_full_count",
         "clearance_p95_s", "wet_person_min", "event_density_max", "event_dense_person_min",
         "event_crush_person_min", "event_clearance_s", "event_out_p95_s", "event_exit_queue_max",
         "event_alarm_lead_s", "platform_load_max", "event_home_p95_s",
         "event_cars_out_p95_s")  # fmt: skip

_WORTH_TELLING = 0.01  # share of the baseline


def scale_of(kpi: str, unit: str, lang: str) -> tuple[float, str]:
    """Factor and unit for people: seconds become minutes, shares become percent."""
    if unit == "s":
        return 1 / 60, unit_label("min", lang)
    if kpi.endswith("_share") and unit in ("", "1", "-"):
        return 100.0, "%"
    return 1.0, unit_label(unit, lang)


def places_of(kpi: str, unit: str, decimals: int) -> int:
    """Decimals a figure is shown with at most: one where minutes or percent are shown."""
    return decimals if scale_of(kpi, unit, "en")[0] == 1.0 else 1


def smallest_shown(kpi: str, unit: str, decimals: int) -> float:
    """Half a unit of the last digit shown, in the figure's own unit: less than it rounds to 0."""
    return 0.5 * 10.0 ** -places_of(kpi, unit, decimals) / scale_of(kpi, unit, "en")[0]


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands separated and a true minus; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:,.{max(decimals, 0)}f}"
    if text.startswith("-"):
        return text[1:] if float(text.replace(",", "")) == 0 else "−" + text[1:]
    return text


def signed(value: float, decimals: int = 0) -> str:
    """A difference with its sign."""
    if not math.isfinite(value):
        return "–"
    text = number(value, decimals)
    return f"+{text}" if any(digit in text for digit in "123456789") and value > 0 else text


def decimals_for(half_width: float, most: int = 2) -> int:
    """Decimals that an interval of this half width supports: its first digit, no more."""
    if not math.isfinite(half_width) or half_width <= 0:
        return most
    return min(max(-math.floor(math.log10(half_width)), 0), most)


def row_texts(row: Any, decimals: int, lang: str) -> dict[str, str]:
    """One row of a comparison as texts, rounded to the width of its interval."""
    factor, unit = scale_of(str(row["kpi"]), str(row["unit"]), lang)
    low, high = float(row["lo"]) * factor, float(row["hi"]) * factor
    places = decimals_for((high - low) / 2, places_of(str(row["kpi"]), str(row["unit"]), decimals))
    clear = row["verdict"] != "no clear difference"
    return {
        "unit": unit,
        "diff_unit": unit_label("points", lang) if unit == "%" else unit,
        "baseline": number(float(row["baseline"]) * factor, places),
        "variant": number(float(row["variant"]) * factor, places),
        "diff": signed(float(row["diff"]) * factor, places),
        "lo": _bound(low, places, clear),
        "hi": _bound(high, places, clear),
    }


def _bound(value: float, places: int, clear: bool) -> str:
    # the interval of a clear difference must not end at 0 because of rounding
    finer = clear and math.isfinite(value) and round(value, places) == 0
    return signed(value, places + 1 if finer else places)


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
    clear = [row for row in chosen if row["verdict"] in ("better", "worse")]
    # three people of four thousand may be a sure difference, but are no headline
    large = [row for row in clear if abs(row["diff"]) >= _WORTH_TELLING * abs(row["baseline"])]
    clear = large or clear
    first = (clear or chosen)[0]
    patterns = _SENTENCES[lang]
    told = patterns[str(first["verdict"]) if clear else "no clear difference"].format(
        **_words(first, decimals, lang), name=name, base=baseline, n=first["n"]
    )
    # whoever reads one sentence only has to see the other side as well
    against = [row for row in clear if row["verdict"] != first["verdict"]]
    if against:
        pattern = patterns["but " + str(against[0]["verdict"])]
        told += pattern.format(**_words(against[0], decimals, lang))
    return told


def _words(row: Any, decimals: dict[str, int], lang: str) -> dict[str, str]:
    text = row_texts(row, decimals.get(str(row["kpi"]), 0), lang)
    gap = "" if lang == "ja" or text["unit"] == "%" else " "
    same = row["lo"] == row["hi"]
    interval = _EVERY[lang] if same else _INTERVAL[lang].format(**text, gap=gap)
    return {**text, "label": str(row["label"]), "gap": gap, "interval": interval}


_INTERVAL = {
    "ja": "95%信頼区間 {lo}〜{hi}{diff_unit}",
    "en": "95 % interval {lo} to {hi} {diff_unit}",
}
_EVERY = {"ja": "どの組でも同じ", "en": "the same in every pair"}

_SENTENCES = {
    "ja": {
        "better": "「{name}」では「{base}」に比べ、{label}が{baseline}{unit}から{variant}{unit}へ改善した"
                  "(差 {diff}{diff_unit}、{interval}、{n}組の比較)。",
        "worse": "「{name}」では「{base}」に比べ、{label}が{baseline}{unit}から{variant}{unit}へ悪化した"
                 "(差 {diff}{diff_unit}、{interval}、{n}組の比較)。",
        "but better": "一方、{label}は{baseline}{unit}から{variant}{unit}へ改善した。",
        "but worse": "一方、{label}は{baseline}{unit}から{variant}{unit}へ悪化した。",
        "no clear difference": "「{name}」と「{base}」の間で、{label}に明確な差は認められない"
                               "(差 {diff}{diff_unit}、{interval}、{n}組の比較)。",
    },
    "en": {
        "better": "“{name}” improves “{label}” over “{base}”: from {baseline} to "
                  "{variant}{gap}{unit} (difference {diff}, {interval}, {n} pairs of runs).",
        "worse": "“{name}” worsens “{label}” against “{base}”: from {baseline} to "
                 "{variant}{gap}{unit} (difference {diff}, {interval}, {n} pairs of runs).",
        "but better": " On the other hand, “{label}” improves from {baseline} to "
                      "{variant}{gap}{unit}.",
        "but worse": " On the other hand, “{label}” gets worse, from {baseline} to "
                     "{variant}{gap}{unit}.",
        "no clear difference": "No clear difference in “{label}” between “{name}” and “{base}” "
                               "(difference {diff} {diff_unit}, {interval}, {n} pairs of runs).",
    },
}  # fmt: skip
