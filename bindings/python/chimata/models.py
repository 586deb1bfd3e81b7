"""The parts of a scenario: water, evacuation, walking. Parameters come from the engine's catalogue."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, ClassVar

from .document import FLOOD_FILES, SMOKE_FILES
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


_FLOOD_TEXTS = (
    "time", "crs", "variable", "velocity", "layer", "time_field", "depth_field", "rank_field",
    "velocity_field",
)  # fmt: skip


class Flood(Process):
    """Water over time; see `Flood.from_rasters`, `from_netcdf`, `from_polygons`, `from_levels`, `from_maximum`."""

    model = "flood"
    _inputs = (*FLOOD_FILES, *_FLOOD_TEXTS, "rank_edges", "sources")

    @classmethod
    def from_rasters(
        cls,
        pattern: str | os.PathLike[str],
        *,
        time: str = "filename",
        crs: str = "",
        velocity: str | os.PathLike[str] = "",
        **values: Any,
    ) -> Flood:
        """Water from depth rasters (m above ground), one file per moment.

        Parameters
        ----------
        pattern : GeoTIFF or ESRI ASCII files, e.g. "depth_*.tif"; "demo:riverside/…" is bundled
        time : where the moments are: "filename" (clock time, depth_0230.tif), "minutes" or
            "seconds" (after the scenario's start, depth_150.tif)
        crs : coordinate system of rasters that carry none
        velocity : rasters of the water's speed (m/s), one per depth raster; with them flowing
            water sweeps people away
        **values : parameters of the model, below
        """
        _check_time(time, "filename", "minutes", "seconds", "hours")
        return cls(
            **_given(
                rasters=os.fspath(pattern), time=time, crs=crs, velocity_rasters=os.fspath(velocity)
            ),
            **values,
        )

    @classmethod
    def from_netcdf(
        cls,
        path: str | os.PathLike[str],
        *,
        variable: str = "",
        velocity: str = "",
        time: str = "elapsed",
        crs: str = "",
        **values: Any,
    ) -> Flood:
        """Water from a NetCDF file by the CF conventions, on a regular grid (time, y, x).

        Parameters
        ----------
        path : the file
        variable : depth in m; without it depth, water_depth, waterdepth, h, inundation_depth are tried
        velocity : variable of speed in m/s, or two components, "u,v"
        time : what times count from: "elapsed" (the moment behind "since" is the scenario's start),
            "calendar" (dates, read as local time) or "first" (the first frame is at the start)
        crs : coordinate system if the file does not say its own
        **values : parameters of the model, below
        """
        _check_time(time, "elapsed", "calendar", "first")
        return cls(
            **_given(
                netcdf=os.fspath(path), time=time, crs=crs, variable=variable, velocity=velocity
            ),
            **values,
        )

    @classmethod
    def from_polygons(
        cls,
        pattern: str | os.PathLike[str],
        *,
        depth_field: str = "",
        rank_field: str = "",
        rank_edges: Sequence[float] = (),
        time: str = "",
        time_field: str = "",
        velocity_field: str = "",
        layer: str = "",
        crs: str = "",
        **values: Any,
    ) -> Flood:
        """Water from areas with a depth or a Japanese depth rank, laid onto a grid of `cell_m`.

        A rank is an interval of depths; `rank_bound` says which end counts (default: upper) and
        stands on the assumption sheet.

        Parameters
        ----------
        pattern : one layer, or one per moment: shapefile, GeoPackage, GeoJSON
        depth_field : field of depth in m; without it the usual names are tried
        rank_field : field of ranks, codes (A31: 11–15, 21–27; A31a and PLATEAU: 1–6) or text
            ("0.5m以上3m未満")
        rank_edges : depths (m) at which ranks 1, 2, … begin, for a municipality's own ranks
        time : what the number in a file's name is: "filename" (HHMM), "minutes", "seconds" or
            "hours"; with `time_field` the field's unit; without either there is one map from the
            start on
        time_field : field with the time after the start
        velocity_field : field with the water's speed, m/s
        layer : of a file with several
        crs : coordinate system if the file does not say its own
        **values : parameters of the model, below
        """
        if time:
            _check_time(time, "filename", "minutes", "seconds", "hours")
        return cls(
            **_given(
                polygons=os.fspath(pattern), time=time, crs=crs, layer=layer,
                time_field=time_field, depth_field=depth_field, rank_field=rank_field,
                velocity_field=velocity_field, rank_edges=[float(depth) for depth in rank_edges],
            ),
            **values,
        )  # fmt: skip

    @classmethod
    def from_levels(
        cls,
        path: str | os.PathLike[str],
        *,
        sources: Sequence[tuple[float, float]] = (),
        time: str = "",
        variable: str = "",
        crs: str = "",
        **values: Any,
    ) -> Flood:
        """Water as level (m above the terrain's datum, in Japan T.P.) less the city's terrain.

        Parameters
        ----------
        path : rasters of levels (a pattern), a NetCDF file (.nc), or a table (.csv) with level and
            seconds, minutes, hours or time (HH:MM); for several gauges with lon and lat
        sources : (longitude, latitude) of places where the water comes from; with
            ``connected=True`` only what wet ground joins to one of them is flooded
        time : as in `from_rasters` or `from_netcdf`
        variable : NetCDF variable of levels
        crs : coordinate system if the files do not say their own
        **values : parameters of the model, below
        """
        places = [[float(lon), float(lat)] for lon, lat in sources]
        return cls(
            **_given(levels=os.fspath(path), time=time, crs=crs, variable=variable, sources=places),
            **values,
        )

    @classmethod
    def from_maximum(
        cls,
        path: str | os.PathLike[str],
        *,
        arrival: str | os.PathLike[str] = "",
        time: str = "minutes",
        crs: str = "",
        **values: Any,
    ) -> Flood:
        """Water from a map of greatest depths: from the start on, or rising from its arrival.

        Parameters
        ----------
        path : raster of greatest depths, m
        arrival : raster of arrival times after the scenario's start, on the same grid; the depth
            then rises evenly for `rise_h` and stays
        time : unit of arrivals: "minutes", "seconds" or "hours"
        crs : coordinate system if the rasters do not say their own
        **values : parameters of the model, below
        """
        _check_time(time, "minutes", "seconds", "hours")
        return cls(
            **_given(maximum=os.fspath(path), time=time, crs=crs, arrival=os.fspath(arrival)),
            **values,
        )


class Smoke(Process):
    """Smoke and gases in the area of an event; see `Smoke.from_rasters`, `from_netcdf`, `disc`.

    Smoke slows people down, gases poison them, and whoever is overcome lies where they fell and counts as a
    casualty. On the streets there is no smoke.
    """

    model = "smoke"
    _inputs = (*SMOKE_FILES, "time", "crs", "variable", "co", "co2", "o2")

    @classmethod
    def from_rasters(
        cls,
        pattern: str | os.PathLike[str],
        *,
        co: str | os.PathLike[str] = "",
        co2: str | os.PathLike[str] = "",
        o2: str | os.PathLike[str] = "",
        time: str = "filename",
        crs: str = "",
        **values: Any,
    ) -> Smoke:
        """Smoke from rasters of the extinction coefficient (1/m), one file per moment.

        Parameters
        ----------
        pattern : GeoTIFF or ESRI ASCII files, e.g. "ks_*.tif"
        co, co2, o2 : rasters of CO (ppm), CO2 and O2 (% of volume), one per raster of smoke on its
            grid; without them nobody is poisoned
        time : where the moments are: "filename" (clock time, ks_1910.tif), "minutes", "seconds" or
            "hours" (after the scenario's start)
        crs : coordinate system of rasters that carry none
        **values : parameters of the model, below
        """
        _check_time(time, "filename", "minutes", "seconds", "hours", model="smoke")
        return cls(
            **_given(
                rasters=os.fspath(pattern), time=time, crs=crs, co_rasters=os.fspath(co),
                co2_rasters=os.fspath(co2), o2_rasters=os.fspath(o2),
            ),
            **values,
        )  # fmt: skip

    @classmethod
    def from_netcdf(
        cls,
        path: str | os.PathLike[str],
        *,
        variable: str = "",
        co: str = "",
        co2: str = "",
        o2: str = "",
        time: str = "elapsed",
        crs: str = "",
        **values: Any,
    ) -> Smoke:
        """Smoke from a NetCDF file by the CF conventions, on a regular grid (time, y, x).

        Parameters
        ----------
        path : the file
        variable : extinction coefficient, 1/m; without it extinction, extinction_coefficient, ks and
            smoke are tried
        co, co2, o2 : variables of CO (ppm), CO2 and O2 (% of volume); without them nobody is poisoned
        time : what times count from: "elapsed" (the moment behind "since" is the scenario's start),
            "calendar" (dates, read as local time) or "first" (the first frame is at the start)
        crs : coordinate system if the file does not say its own
        **values : parameters of the model, below
        """
        _check_time(time, "elapsed", "calendar", "first", model="smoke")
        return cls(
            **_given(
                netcdf=os.fspath(path), time=time, crs=crs, variable=variable, co=co, co2=co2, o2=o2
            ),
            **values,
        )

    @classmethod
    def disc(cls, place: str, *, starts_at: str, **values: Any) -> Smoke:
        """Even smoke in a disc that grows evenly: to try a plan without a file. It is no model of a fire.

        Parameters
        ----------
        place : its middle, "longitude, latitude", "area:ID" or "building:ID"
        starts_at : when it appears, e.g. "19:10"
        **values : parameters of the model, below: extinction_per_m, radius_m, growth_m_per_s, largest_m,
            co_ppm, …
        """
        return cls(disc=place, starts_at=starts_at, **values)


class SmokeEffects(Process):
    """How smoke slows people in areas, and at which dose of its gases they are overcome."""

    model = "smoke_effects"


def _given(**inputs: Any) -> dict[str, Any]:
    # keys that were left empty stay out of the document
    return {key: value for key, value in inputs.items() if value}


def _check_time(time: str, *known: str, model: str = "flood") -> None:
    if time not in known:
        raise input_error(
            f"{model}.time", f"{time!r} is unknown", f"use {', '.join(known[:-1])} or {known[-1]}"
        )


class Evacuation(Process):
    """Who is warned, who leaves and when, and where they go."""

    model = "evacuation"


class Event(Process):
    """An event that draws a crowd: who comes and how they leave.

    ``Event("花火", at="area:riverside", start="19:00", end="20:30", attendance=12_000)``.
    With an `Evacuation` in the same scenario a warning reaches people there, ends the event and sends those who
    heed it to shelters; a `Flood` needs one. With `Driving` visitors may come by car: ``car_share=0.3,
    car_from=["139.72, 35.68"], car_parks=["139.73, 35.69, 300"]``. Who comes:
    ``people=["population, 0.98", "wheelchair, 0.02"], groups=["1, 0.4", "2, 0.6"]``, kinds and sizes with their shares.
    `barriers` are ropes and fences inside, `checks` bag checks at the way in: docs/howto/events.md.
    """

    model = "event"

    def __init__(self, name: str = "", **values: Any) -> None:
        super().__init__(**({"name": name} if name else {}), **values)


class Trips(Process):
    """Everybody goes from home at a time of their own by a route of their own. Without an evacuation.

    ``Trips(file="trips.csv", routes="routes.csv")``; `chimata.crowdwalk` writes such files.
    """

    model = "trips"

    def __init__(self, **values: Any) -> None:
        super().__init__(**{name: os.fspath(value) for name, value in values.items()})


class Crowds(Process):
    """How people move in areas, in continuous space."""

    model = "crowds"


class Walking(Process):
    """How people move along streets: density, width, stairs, slope."""

    model = "walking"


class Driving(Process):
    """Cars on the roads: with it in a scenario, households may leave by car."""

    model = "driving"


class Fording(Process):
    """How water slows, stops and carries away cars."""

    model = "fording"


class Wading(Process):
    """How water slows and stops people."""

    model = "wading"


class People(Process):
    """Walking speeds by class of person."""

    model = "people"
