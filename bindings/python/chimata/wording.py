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
    "event_inside_at_end",
    "event_not_admitted",
    "event_crush_person_min",
    "event_dense_person_min",
    "event_density_max",
    "event_clearance_s",
    "event_out_p95_s",
    "platform_load_max",
    "event_home_p95_s",
    "event_cars_out_p95_s",
    "left_at_station",
    "not_home",
)

#: Figures on the cards that open a report.
CARDS = ("caught_total", "evacuated_share", "not_arrived_in_time", "shelter_full_count",
         "clearance_p95_s", "wet_person_min", "event_density_max", "event_dense_person_min",
         "event_crush_person_min", "event_overcome", "event_inside_at_end", "event_clearance_s", "event_out_p95_s", "event_exit_queue_max",
         "event_alarm_lead_s", "platform_load_max", "event_home_p95_s",
         "event_cars_out_p95_s")  # fmt: skip

_WORTH_TELLING = 0.01  # share of the baseline
_CLEAR = ("better", "worse", "changed")  # verdicts
_MORE_DIGITS = 2  # than an interval supports, so that rows add up


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


def shown_places(comparison: pd.DataFrame, decimals: dict[str, int]) -> dict[str, int]:
    """Decimals of every figure, alike in all scenarios: one baseline is one number.

    As many as the narrowest interval supports; up to two more, but at most one beyond those of the
    catalogue, where the rounded baseline and difference would not add up to the rounded variant.
    """
    return {
        str(kpi): _places([row for _, row in rows.iterrows()], decimals.get(str(kpi), 0))
        for kpi, rows in comparison.groupby("kpi", sort=False)
    }


def _places(rows: list[Any], decimals: int) -> int:
    kpi, unit = str(rows[0]["kpi"]), str(rows[0]["unit"])
    factor, most = scale_of(kpi, unit, "en")[0], places_of(kpi, unit, decimals)
    # intervals of nothing, or of no width at 0, ask for no digits
    moving = [row for row in rows if row["n"] > 1 and (row["lo"] or row["hi"])] or rows
    fewest = max(decimals_for((row["hi"] - row["lo"]) / 2 * factor, most) for row in moving)
    return min(
        range(fewest, min(fewest + _MORE_DIGITS, most + 1) + 1),
        key=lambda places: sum(not _adds_up(row, factor, places) for row in rows),
    )


def _adds_up(row: Any, factor: float, places: int) -> bool:
    before, after, change = (
        float(f"{float(row[key]) * factor:.{places}f}") for key in ("baseline", "variant", "diff")
    )
    return not math.isfinite(change) or abs(before + change - after) < 0.5 * 10.0**-places


def row_texts(row: Any, decimals: int, lang: str, places: int | None = None) -> dict[str, str]:
    """One row of a comparison as texts, rounded to the width of its interval.

    Parameters
    ----------
    decimals : of the figure in the catalogue
    places : decimals from `shown_places`, where other scenarios stand beside this one
    """
    factor, unit = scale_of(str(row["kpi"]), str(row["unit"]), lang)
    low, high = float(row["lo"]) * factor, float(row["hi"]) * factor
    if places is None:
        places = _places([row], decimals)
    clear = row["verdict"] in _CLEAR
    bounds = (_bound(low, places, clear), _bound(high, places, clear))
    return {
        "unit": unit,
        "diff_unit": unit_label("points", lang) if unit == "%" else unit,
        "baseline": number(float(row["baseline"]) * factor, places),
        "variant": number(float(row["variant"]) * factor, places),
        "diff": signed(float(row["diff"]) * factor, places),
        "lo": bounds[0],
        "hi": bounds[1],
        "interval": " … ".join(bounds) if math.isfinite(high - low) else "–",
    }


def _bound(value: float, places: int, clear: bool) -> str:
    # the interval of a clear difference must not end at 0 because of rounding
    finer = clear and math.isfinite(value) and round(value, places) == 0
    return signed(value, places + 1 if finer else places)


def headline(
    comparison: pd.DataFrame, baseline: str, decimals: dict[str, int], lang: str
) -> list[str]:
    """One sentence per scenario, of its most important clear difference, or that there is none."""
    places = shown_places(comparison, decimals)
    return [
        _sentence(rows, str(name), baseline, decimals, places, lang)
        for name, rows in comparison.groupby("scenario", sort=False)
    ]


def _sentence(
    rows: pd.DataFrame,
    name: str,
    baseline: str,
    decimals: dict[str, int],
    places: dict[str, int],
    lang: str,
) -> str:
    patterns = _SENTENCES[lang]

    def told(pattern: str, row: Any) -> str:
        words = _words(row, decimals, places, lang)
        return patterns[pattern].format(**words, name=name, base=baseline, n=row["n"])

    judged = {str(row["kpi"]): row for _, row in rows.iterrows() if row["n"] > 1}
    if not judged:
        pattern = "one pair" if (rows["n"] == 1).any() else "no pair"
        return patterns[pattern].format(name=name, base=baseline) if len(rows) else ""
    chosen = [judged[kpi] for kpi in HEADLINE if kpi in judged]
    clear = [row for row in chosen if row["verdict"] in ("better", "worse")]
    # three people of four thousand may be a sure difference, but are no headline
    clear = [row for row in clear if _is_large(row)] or clear
    if not clear:
        others = [row for row in judged.values() if row["verdict"] in _CLEAR and _is_large(row)]
        if not others:
            return told("no clear difference", (chosen or list(judged.values()))[0])
        clearest = max(others, key=lambda row: (row["verdict"] != "changed", _clarity(row)))
        return told(str(clearest["verdict"]), clearest) + (patterns["only"] if chosen else "")
    first = clear[0]
    # whoever reads one sentence only has to see the other side as well
    against = [row for row in clear if row["verdict"] != first["verdict"]]
    return told(str(first["verdict"]), first) + "".join(
        told(f"but {row['verdict']}", row) for row in against[:1]
    )


def _is_large(row: Any) -> bool:
    return bool(abs(row["diff"]) >= _WORTH_TELLING * abs(row["baseline"]))


def _clarity(row: Any) -> float:
    # how often the half width of its interval fits into the difference
    half = (float(row["hi"]) - float(row["lo"])) / 2
    return abs(float(row["diff"])) / half if half > 0 else math.inf


def _words(row: Any, decimals: dict[str, int], places: dict[str, int], lang: str) -> dict[str, str]:
    kpi = str(row["kpi"])
    text = row_texts(row, decimals.get(kpi, 0), lang, places[kpi])
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
        "changed": "「{name}」では「{base}」に比べ、{label}が{baseline}{unit}から{variant}{unit}へ変わった"
                   "(差 {diff}{diff_unit}、{interval}、{n}組の比較)。",
        "only": "主な指標に明確な差は認められない。",
        "one pair": "「{name}」と「{base}」の違いは、一組の実行だけでは判定できない。"
                    "乱数の種を増やして実行すること。",
        "no pair": "「{name}」と「{base}」の違いは判定できない。両方で求められた指標がない。",
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
        "changed": "“{name}” changes “{label}” against “{base}”: from {baseline} to "
                   "{variant}{gap}{unit} (difference {diff}, {interval}, {n} pairs of runs).",
        "only": " The main figures show no clear difference.",
        "one pair": "“{name}” cannot be judged against “{base}” from one pair of runs; run more seeds.",
        "no pair": "“{name}” cannot be judged against “{base}”: no figure exists for both.",
        "but better": " On the other hand, “{label}” improves from {baseline} to "
                      "{variant}{gap}{unit}.",
        "but worse": " On the other hand, “{label}” gets worse, from {baseline} to "
                     "{variant}{gap}{unit}.",
        "no clear difference": "No clear difference in “{label}” between “{name}” and “{base}” "
                               "(difference {diff} {diff_unit}, {interval}, {n} pairs of runs).",
    },
}  # fmt: skip
