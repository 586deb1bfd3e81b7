"""Edits of a scenario: checked when they are written, listed when scenarios are compared."""

from __future__ import annotations

import fnmatch
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .errors import did_you_mean, input_error
from .parameters import catalogue, checked

if TYPE_CHECKING:
    import pandas as pd

    from .city import City
    from .scenario import Scenario

Edit = dict[str, Any]
_TARGET = re.compile(r"[a-z_]+:.+")
_NOT_COMPARED = ("schema", "name", "why", "edits", "city")


def checked_edit(edit: Edit, city: City, before: Sequence[Edit]) -> Edit:
    """The edit as a file writes it.

    Raises
    ------
    InputError : the target is no `kind:id` or model, no such shelter or parameter exists, a value
        is out of range, or a place is no lon, lat
    """
    target = edit["target"]
    if target in catalogue():
        if edit["op"] != "change":
            raise input_error(target, f"cannot {edit['op']} a model", "use change")
        values = {name: checked(target, name, value) for name, value in edit["set"].items()}
        return {**edit, "set": values}
    if isinstance(target, str) and target.startswith(("way/", "extra/")):
        raise input_error(
            target, "is a gate of an event, not a street",
            f'shut it by change("event", closed_gates=["{target}"]); streets are link:osm/way/ID',
        )  # fmt: skip
    if not isinstance(target, str) or not _TARGET.match(target):
        raise input_error(repr(target), "is no target", 'write kind:id, e.g. "shelter:S01"')
    kind, _, wanted = target.partition(":")
    if kind == "event":  # the scenario has one; its name is for people
        return checked_edit({**edit, "target": "event"}, city, before)
    if kind == "shelter":
        known = [str(name) for name in city.core.shelters()["id"]]
        known += [e["target"].partition(":")[2] for e in before if e["op"] == "add"]
        exists = any(fnmatch.fnmatchcase(name, wanted) for name in known)
        if edit["op"] == "add" and exists:
            raise input_error(target, "exists already", "give the new one another id")
        if edit["op"] != "add" and not exists:
            near = did_you_mean(target, [f"shelter:{name}" for name in known])
            raise input_error(target, "there is no such shelter", near)
    for key in ("to", "toward"):
        if key in edit:
            edit = {**edit, key: _place(target, edit[key])}
    return edit


def _place(target: str, to: Any) -> str | list[float]:
    if isinstance(to, str):
        if not _TARGET.match(to):
            raise input_error(target, f"{to!r} is no place", 'write "area:hill" or (lon, lat)')
        return to
    if hasattr(to, "x") and hasattr(to, "y"):
        to = (to.x, to.y)
    try:
        lon, lat = (float(part) for part in to)
    except (TypeError, ValueError):
        raise input_error(target, f"{to!r} is no place", "give (longitude, latitude)") from None
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise input_error(target, f"{to!r} is no place", "give (longitude, latitude)")
    if abs(lat) > 90 and abs(lon) <= 90:
        raise input_error(target, f"{to!r} has a latitude of {lat:g}°", "swap it: longitude first")
    if abs(lat) > 90 or abs(lon) > 180:
        raise input_error(
            target, f"{to!r} is not on the globe", "give longitude, latitude in degrees"
        )
    return [lon, lat]


def differences(one: Scenario, other: Scenario) -> pd.DataFrame:
    """Table of how `other` differs from `one`, parameters first, then edits in their order."""
    import pandas as pd

    rows = []
    reason = other.why
    mine, theirs = dict(_leaves(one.document)), dict(_leaves(other.document))
    for key in [*mine, *(key for key in theirs if key not in mine)]:
        old, new = _value(one, mine, key), _value(other, theirs, key)
        if old != new:
            rows.append(("set", key, "", old, new, reason))
    before, after = one.document.get("edits", []), other.document.get("edits", [])
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    rows += [("undo " + row[0], *row[1:]) for row in _edit_rows(one, shared)]
    rows += _edit_rows(other, shared)
    return pd.DataFrame(rows, columns=["op", "target", "field", "old", "new", "why"], dtype=object)


def _leaves(document: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in document.items():
        if not prefix and key in _NOT_COMPARED:
            continue
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _value(scenario: Scenario, given: Mapping[str, Any], key: str) -> Any:
    if key in given:
        return given[key]
    section, _, name = key.partition(".")
    if section in scenario.document or section not in ("flood", "evacuation"):
        about = catalogue().get(section, {"parameters": {}})["parameters"].get(name)
        return about["default"] if about else None
    return None


def _edit_rows(scenario: Scenario, first: int) -> list[tuple[Any, ...]]:
    if len(scenario.document.get("edits", [])) <= first:
        return []
    fields = ("op", "target", "field", "old", "new", "why")
    return [
        tuple(row[field] for field in fields)
        for row in applied_edits(scenario)
        if row["seq"] > first
    ]


def applied_edits(scenario: Scenario) -> list[Edit]:
    """Edits as the engine resolved them: seq, op, target, field, old, new, why.

    An edit of several things gives several rows of one `seq`; numbers are numbers, and what did
    not exist is None.
    """
    rows = scenario.core.edits()
    return [{**row, "old": _plain(row["old"]), "new": _plain(row["new"])} for row in rows]


def _plain(text: str) -> Any:
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+(e-?\d+)?", text):
        return float(text)
    return text or None
