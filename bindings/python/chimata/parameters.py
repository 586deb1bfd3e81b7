"""Parameters of the engine's models: what they are, and whether a value will do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from functools import cache
from typing import Any

from . import _core
from .errors import did_you_mean, input_error
from .units import duration_text, seconds


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Every model of the engine by its key in a scenario file, parameters by name."""
    models = {}
    for model in _core.parameter_catalogue():
        parameters = {parameter["name"]: parameter for parameter in model["parameters"]}
        models[str(model["name"])] = {**model, "parameters": parameters}
    return models


def checked(model: str, name: str, value: Any) -> Any:
    """The value of a parameter as a scenario file writes it.

    Raises
    ------
    InputError : no such model or parameter, or the value is of the wrong kind or out of range
    """
    where = f"{model}.{name}"
    models = catalogue()
    if model not in models:
        raise input_error(where, f"there is no model {model!r}", did_you_mean(model, models))
    parameters = models[model]["parameters"]
    if name not in parameters:
        raise input_error(where, f"there is no parameter {name!r}", did_you_mean(name, parameters))
    return _of_kind(where, parameters[name], value)


def _of_kind(where: str, about: Mapping[str, Any], value: Any) -> Any:
    kind = about["kind"]
    if kind == "boolean":
        if not isinstance(value, bool):
            raise input_error(where, f"{value!r} is neither true nor false")
        return value
    if kind in ("integer", "number", "fraction"):
        return _number(where, about, value)
    if kind == "duration":
        length = seconds(value, where)
        _in_range(where, about, length, value)
        return value if isinstance(value, str) else duration_text(length)
    if kind == "time":
        if isinstance(value, time):
            return value.isoformat()
        if isinstance(value, timedelta | float | int):
            raise input_error(where, f"{value!r} is no time of day", 'write e.g. "02:30"')
        return str(value)
    if kind == "choice" and value not in about["choices"]:
        raise input_error(
            where, f"{value!r} is unknown", did_you_mean(str(value), about["choices"])
        )
    if kind == "list":
        if isinstance(value, str) or not isinstance(value, Sequence):
            form = re.match(r'Each as (".*?")', about["help"])
            example = f"[{form[1]}]" if form else "[Z01, Z02]"
            raise input_error(where, f"{value!r} is no list", f"write e.g. {example}")
        return [str(item) for item in value]
    return str(value)


def _number(where: str, about: Mapping[str, Any], value: Any) -> float | int:
    if isinstance(value, bool | str) or not hasattr(value, "__float__"):
        raise input_error(where, f"{value!r} is no number")
    number = float(value)
    if about["kind"] == "integer" and number != int(number):
        raise input_error(where, f"{value!r} is no whole number")
    _in_range(where, about, number, value)
    return int(number) if about["kind"] == "integer" else number


def _in_range(where: str, about: Mapping[str, Any], number: float, shown: Any) -> None:
    low, high = _range(about)
    if not low <= number <= high:
        raise input_error(where, f"{shown!r} is out of range", f"give {_range_text(about)}")


def _range_text(about: Mapping[str, Any]) -> str:
    # 0 to 1, 1 to 1,000,000 persons, 0s to 4h
    low, high = _range(about)
    if about["kind"] == "duration":
        return f"{duration_text(low)} to {duration_text(high)}"
    unit = f" {about['unit']}" if about["unit"] else ""
    return f"{_plain(low)} to {_plain(high)}{unit}"


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:g}"


def _range(about: Mapping[str, Any]) -> tuple[float, float]:
    narrow = (0.0, 1.0) if about["kind"] == "fraction" else (float("-inf"), float("inf"))
    low, high = about.get("low"), about.get("high")
    return narrow[0] if low is None else float(low), narrow[1] if high is None else float(high)


def parameters_text(model: str) -> str:
    """Section "Parameters" of a docstring: kind, default, unit, range, source and grade of each."""
    lines = ["Parameters", "----------"]
    for name, about in catalogue().get(model, {"parameters": {}})["parameters"].items():
        unit = f" {about['unit']}" if about["unit"] else ""
        lines.append(f"{name} : {about['kind']}, default {about['default']}{unit}")
        low, high = _range(about)
        told = [about["label_en"] or "", about["help"] or ""]
        if about.get("choices"):
            told.append("one of " + ", ".join(about["choices"]))
        elif (low, high) != (float("-inf"), float("inf")):
            told.append(f"{low:g} to {high:g}")
        if about["source"]:
            told.append(f"[{about['source']}, grade {about['grade']}]")
        lines.append("    " + "; ".join(part for part in told if part))
    return "\n".join(lines)
