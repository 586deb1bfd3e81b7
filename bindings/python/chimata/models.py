"""The parts of a scenario: water, evacuation, walking. Parameters come from the engine's catalogue."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from functools import cache
from typing import Any, ClassVar

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


class Process:
    """A part of a scenario with its parameters; what is not given keeps its documented default."""

    model: ClassVar[str] = ""
    _inputs: ClassVar[tuple[str, ...]] = ()  # keys that name files rather than parameters

    def __init__(self, **values: Any) -> None:
        self.values: dict[str, Any] = {
            name: value if name in self._inputs else checked(self.model, name, value)
            for name, value in values.items()
        }

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        cls.__doc__ = f"{cls.__doc__}\n\n{parameters_text(cls.model)}"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.values == getattr(other, "values", None)

    def __hash__(self) -> int:
        return hash((self.model, repr(sorted(self.values.items()))))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{type(self).__name__}({told})"


class Flood(Process):
    """Water over time, from a series of depth rasters; see `Flood.from_rasters`."""

    model = "flood"
    _inputs = ("rasters", "time", "crs")

    @classmethod
    def from_rasters(
        cls, pattern: str | os.PathLike[str], *, time: str = "filename", crs: str = "", **values: Any
    ) -> Flood:
        """Water from depth rasters (m above ground), one file per moment.

        Parameters
        ----------
        pattern : GeoTIFF or ESRI ASCII files, e.g. "depth_*.tif"; "demo:riverside/…" is bundled
        time : where the moments are: "filename" (clock time, depth_0230.tif), "minutes" or
            "seconds" (after the scenario's start, depth_150.tif)
        crs : coordinate system of rasters that carry none
        **values : parameters of the model, below
        """
        if time not in ("filename", "minutes", "seconds"):
            raise input_error("flood.time", f"{time!r} is unknown", "use filename, minutes or seconds")
        inputs = {"rasters": os.fspath(pattern), "time": time, **({"crs": crs} if crs else {})}
        return cls(**inputs, **values)


class Evacuation(Process):
    """Who is warned, who leaves and when, and where they go."""

    model = "evacuation"


class Walking(Process):
    """How people move along streets: density, width, stairs, slope."""

    model = "walking"


class Wading(Process):
    """How water slows and stops people."""

    model = "wading"


class People(Process):
    """Walking speeds by class of person."""

    model = "people"


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
        raise input_error(where, f"{value!r} is unknown", did_you_mean(str(value), about["choices"]))
    if kind == "list":
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise input_error(where, f"{value!r} is no list", "write e.g. [Z01, Z02]")
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
        unit = f" {about['unit']}" if about["unit"] else ""
        raise input_error(where, f"{shown!r} is out of range", f"give {low:g} to {high:g}{unit}")


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
