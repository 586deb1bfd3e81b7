"""The parts of a scenario: water, evacuation, walking. Parameters come from the engine's catalogue."""

from __future__ import annotations

import os
from typing import Any, ClassVar

from .errors import input_error
from .parameters import checked, parameters_text


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
        cls,
        pattern: str | os.PathLike[str],
        *,
        time: str = "filename",
        crs: str = "",
        **values: Any,
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
            raise input_error(
                "flood.time", f"{time!r} is unknown", "use filename, minutes or seconds"
            )
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
