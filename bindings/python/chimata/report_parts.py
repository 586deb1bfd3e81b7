"""What the report prints besides pictures: cards, shelters, plans and assumptions as rows of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .labels import (
    CAR_LIMIT,
    CHOICES,
    EVENT_LIMITS,
    LIMITS,
    NO_CAR_LIMIT,
    SMOKE_LIMIT,
    TRAIN_LIMIT,
    say,
    unit_label,
)
from .parameters import catalogue
from .wording import CARDS, number, places_of, row_texts, scale_of

if TYPE_CHECKING:
    from .results import StudyResult
    from .run import Run
    from .scenario import Scenario

_MANY = 4  # edits alike that become one line
_DURATION = re.compile(r"([\d.]+)(min|s|h)")
_PLACE = re.compile(r"(-?[\d.]+), (-?[\d.]+)")


def comparison_rows(
    rows: pd.DataFrame, decimals: dict[str, int], places: dict[str, int], lang: str
) -> list[dict[str, Any]]:
    """Rows of one scenario of a comparison as texts; for `places` see `shown_places`."""
    return [
        {
            "kpi": row["kpi"], "label": row["label"], "n": row["n"], "verdict": row["verdict"],
            **row_texts(row, decimals[str(row["kpi"])], lang, places[str(row["kpi"])]),
        }
        for _, row in rows.iterrows()
    ]  # fmt: skip


def cards(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that open the report, the most important first."""
    by_kpi = {str(line["kpi"]): line for line in lines}
    return [by_kpi[kpi] for kpi in CARDS if kpi in by_kpi]


def means(study: StudyResult, name: str, about: Any, lang: str) -> list[dict[str, str]]:
    """Mean figures of a scenario with their range over the seeds."""
    kpis = study.kpis()
    rows = []
    for kpi, told in about.items():
        values = (
            kpis.loc[(kpis["scenario"] == name) & (kpis["kpi"] == kpi), "value"]
            .astype(float)
            .dropna()
        )
        if len(values):
            factor, unit = scale_of(kpi, told["unit"], lang)
            places = places_of(kpi, told["unit"], int(told["decimals"]))
            low, high = values.min() * factor, values.max() * factor
            rows.append({
                "kpi": kpi, "label": str(told[f"label_{lang}"]), "unit": unit,
                "mean": number(values.mean() * factor, places),
                "range": f"{number(low, places)} – {number(high, places)}",
            })  # fmt: skip
    return rows


def shelter_rows(run: Run) -> list[dict[str, Any]]:
    """Every shelter: capacity, peak, share used, when it was full, how many it turned away."""
    columns = run.core.table("shelters")
    plan = run.scenario.core.shelters()
    shelter = np.asarray(columns["shelter"], np.int64)
    rows = []
    for i, name in enumerate(plan["name"]):
        mine = shelter == i
        times = np.asarray(columns["t_s"], float)[mine]
        inside = np.asarray(columns["occupancy"])[mine]
        capacity, peak = int(plan["capacity"][i]), int(inside.max(initial=0))
        full = np.flatnonzero(inside >= capacity) if capacity > 0 else np.array([], int)
        turned = int(np.asarray(columns["turned_away"])[mine].max(initial=0))
        depth = np.nan_to_num(np.asarray(columns["depth_m"], float)[mine], nan=0.0)
        rows.append({
            "id": str(plan["id"][i]), "name": str(name), "safe": bool(plan["flood_safe"][i]),
            "capacity": number(capacity), "peak": number(peak), "turned": number(turned),
            "share": min(round(100 * peak / capacity), 100) if capacity > 0 else 0,
            "filled": f"{run.clock(times[full[0]])[0]:%H:%M}" if len(full) else "–",
            "depth": f"{depth.max(initial=0.0):.1f}",
        })  # fmt: skip
    return rows


def gate_rows(runs: dict[str, Run], lang: str) -> list[dict[str, Any]]:
    """Every gate by its number on the maps: id, width, how people pass, and in which plans, if not in all."""
    from .plots.events import gate_numbers

    tables = {name: run.table("area_gates").df.set_index("id") for name, run in runs.items()}
    rows = []
    for gate, number_ in gate_numbers(list(runs.values())).items():
        having = {name: table.loc[gate] for name, table in tables.items() if gate in table.index}
        ways: dict[str, list[str]] = {}
        for name, row in having.items():
            ways.setdefault(_passage(row, lang), []).append(name)
        told = [
            words if len(ways) == 1 else f"{words} [{_names(names, lang)}]"
            for words, names in ways.items()
        ]
        rows.append({
            "number": number_, "id": gate, "width": f"{next(iter(having.values()))['width_m']:.1f}",
            "passage": "; ".join(told),
            "plans": "" if len(having) == len(runs) else _names(list(having), lang),
        })  # fmt: skip
    return rows


def _names(names: list[str], lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(names)


def _passage(gate: Any, lang: str) -> str:
    """How people come in and leave by a row of `area_gates`."""
    ways = []
    for way in ("in", "out"):
        mode = str(gate[f"mode_{way}"])
        words = say(f"gate_{mode}", lang, lanes=gate["lanes"], seconds=f"{gate['check_s']:g}",
                    flow=f"{gate['flow_out']:.1f}")  # fmt: skip
        ways.append(f"{say(f'gate_{way}', lang)} {words}")
    return " / ".join(ways)


def plan_rows(base: Scenario, other: Scenario, lang: str) -> list[dict[str, str]]:
    """How `other` differs from `base`, in the words of a planner."""
    rows = base.diff(other).to_dict("records")
    told: list[dict[str, str]] = []
    while rows:
        first = rows[0]
        alike = [r for r in rows if all(r[k] == first[k] for k in ("op", "field", "why"))]
        numeric = all(_is_number(r["old"]) and _is_number(r["new"]) for r in alike)
        if len(alike) >= _MANY and numeric and str(first["target"]).startswith("shelter:"):
            row: dict[Any, Any] = {
                **first, "target": say("all_shelters", lang, n=len(alike)),
                   "old": number(sum(float(r["old"]) for r in alike)),
                   "new": number(sum(float(r["new"]) for r in alike))}  # fmt: skip
            rows = [r for r in rows if r not in alike]
        else:
            row = {**first, "target": _target(other, str(first["target"]), lang),
                   **{key: _told(other, first, key, lang) for key in ("old", "new")}}  # fmt: skip
            rows = rows[1:]
        field = _field(str(first["target"]), str(first["field"]), lang)
        words = {str(key): plain(value, lang) for key, value in row.items()} | {"field": field}
        told.append({**words, "op": _operation(words["op"], lang)})
    return told


def _operation(op: str, lang: str) -> str:
    undone = op.removeprefix("undo ")
    return say(op, lang) if undone == op else say("undo", lang, op=say(undone, lang))


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def _target(scenario: Scenario, target: str, lang: str) -> str:
    kind, _, wanted = target.partition(":")
    if kind == "shelter":
        plan = scenario.core.shelters()
        named = {str(i): str(name) for i, name in zip(plan["id"], plan["name"], strict=True)}
        name = f"{named[wanted]} ({wanted})" if wanted in named else wanted
        return say("shelter_one", lang, name=name)
    model, _, parameter = target.partition(".")
    title = catalogue().get(model, {}).get(f"label_{lang}") or model
    return f"{title}: {_field(model, parameter, lang)}" if parameter else str(title)


def _field(target: str, field: str, lang: str) -> str:
    about = catalogue().get(target, {"parameters": {}})["parameters"].get(field)
    return str(about[f"label_{lang}"] or field) if about else say(field, lang)


def _told(scenario: Scenario, row: dict[Any, Any], key: str, lang: str) -> Any:
    model, _, parameter = str(row["target"]).partition(".")
    parameters = catalogue().get(model, {"parameters": {}})["parameters"]
    kind = parameters.get(parameter or str(row["field"]), {}).get("kind")
    if kind is None:
        return _place(scenario, row[key], lang)
    if kind != "choice":
        return row[key]  # as the planner wrote it: places are in degrees there
    words = _choice(row[key], lang)
    return words if words == row[key] else f"{words} ({row[key]})"


def _place(scenario: Scenario, value: Any, lang: str) -> Any:
    # "area:hill (x, y)" in metres: people know the name, or find degrees on their own maps
    found = _PLACE.search(value) if isinstance(value, str) else None
    if found is None or value.startswith("["):  # a list brings degrees of its own
        return value
    lon, lat = scenario.city.to_lonlat(float(found[1]), float(found[2]))
    degrees = f"{float(lat):.4f}, {float(lon):.4f}"
    kind, _, wanted = value[: found.start()].strip(" (").partition(":")
    core = scenario.city.core
    for layer in (kind, f"{kind}s"):
        if wanted and layer in core.layer_names():
            named = core.layer(layer)
            if wanted in list(named["id"]):
                return f"{named['name'][list(named['id']).index(wanted)]} ({degrees})"
    return degrees


def plain(value: Any, lang: str) -> str:
    """A value of a scenario as text."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return "–"
    if isinstance(value, bool) or value in ("true", "false"):
        return say("yes" if value in (True, "true") else "no", lang)
    if value == "never":
        return say("never", lang)
    if value in ([], (), "[]", ""):
        return say("none_given", lang)
    if isinstance(value, str) and (time := _DURATION.fullmatch(value)):
        return time[1] + unit_label(time[2], lang)
    if isinstance(value, str) and value.startswith('["'):
        return " / ".join(re.findall(r'"([^"]*)"', value))
    if isinstance(value, list | tuple):
        return ", ".join(f"{part:.6g}" if isinstance(part, float) else str(part) for part in value)
    return str(value)


def assumption_groups(run: Run, lang: str) -> list[dict[str, Any]]:
    """Every parameter of every model, model by model."""
    groups: dict[str, dict[str, Any]] = {}
    for row in run.scenario.core.assumptions():
        model = str(row["model"])
        title = catalogue().get(model, {}).get(f"label_{lang}") or model
        choice = catalogue().get(model, {"parameters": {}})["parameters"].get(row["name"], {})
        told = _choice if choice.get("kind") == "choice" else plain
        value, default = told(row["value"], lang), told(row["default"], lang)
        # "30min" says its unit itself
        says_unit = row["unit"] in ("s", "h") and not _is_number(row["value"])
        groups.setdefault(model, {"name": model, "title": title, "rows": []})["rows"].append({
            "label": row[f"label_{lang}"] or row["name"], "name": row["name"],
            "value": value, "default": default, "changed": row["changed"],
            "value_key": row["value"] if value != row["value"] and told is _choice else "",
            "default_key": row["default"] if default != row["default"] and told is _choice else "",
            "unit": "" if says_unit else unit_label(str(row["unit"]), lang),
            "source": _source(row, default, lang) if row["changed"] else row["source"],
            "grade": "" if row["changed"] else row["grade"], "help": row["help"],
        })  # fmt: skip
    return list(groups.values())


def _choice(value: Any, lang: str) -> str:
    return CHOICES.get(str(value), str(value)) if lang == "ja" else str(value)


def _source(row: Any, default: str, lang: str) -> str:
    # the source of a default backs no other value
    if row["source"] in ("", "the plan") or row["default"] in ("", "[]", "never"):
        return say("set_here", lang)
    return say("set_over", lang, default=default, source=row["source"])


def limits_of(runs: Iterable[Run], lang: str) -> list[str]:
    """What the results of these scenarios cannot tell, by what is in them."""
    runs = list(runs)
    rows = [row for run in runs for row in run.scenario.core.assumptions()]
    limits: list[tuple[str, str]] = []
    if any(run.has_event for run in runs):
        limits += EVENT_LIMITS
        if any(
            row["model"] == "event" and row["name"] == "station" and row["value"] for row in rows
        ):
            limits.append(TRAIN_LIMIT)
        limits.append(CAR_LIMIT if any(row["model"] == "driving" for row in rows) else NO_CAR_LIMIT)
        if any(row["model"] == "smoke" for row in rows):
            limits.append(SMOKE_LIMIT)
    if any(run.has_evacuation for run in runs):
        limits += LIMITS
    return [limit[0 if lang == "ja" else 1] for limit in limits]
