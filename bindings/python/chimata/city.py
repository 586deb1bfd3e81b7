"""A city: streets, shelters, zones, homes, terrain and further layers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import did_you_mean, input_error
from .files import folder_digest
from .population import Population, renamed, save_people
from .resources import SCHEME, bundled_towns, cache_folder, resolve

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from . import _core

PathLike = str | os.PathLike[str]


class City:
    """A place as every scenario takes it for granted. Immutable.

    Make one with `City.load` or `City.from_osm(...).add_shelters(...)`; each `add_` returns a new
    city, and files are read when the city is first looked at.
    """

    def __init__(
        self, plan: Mapping[str, Any], core: _core.City | None = None, source: str = ""
    ) -> None:
        self._plan = dict(plan)
        self._loaded = core
        self.source = source  #: what a scenario file calls this city: "demo:riverside" or a path

    # -- making one ----------------------------------------------------------------------------

    @staticmethod
    def load(path: PathLike) -> City:
        """A city from a city file, a folder with town.yaml, or a bundled town.

        Parameters
        ----------
        path : "demo:riverside", "city.h5", a plan (town.yaml), or a folder that holds one

        Raises
        ------
        InputError : there is no such city, or its file is damaged
        """
        from . import _core

        text = os.fspath(path)
        place = Path(resolve(text))
        if text.startswith(SCHEME):
            return City(_english_name(place), _bundled(place), text)
        if _is_plan(place):
            built = _core.City.from_folder(str(place))
            return City(_english_name(place), built, str(place.resolve()))
        if not place.is_file():
            raise input_error(
                text, "there is no such city file",
                "bundled are " + ", ".join(SCHEME + town for town in bundled_towns()),
            )  # fmt: skip
        return City({}, _core.City.load(str(place)), str(place.resolve()))

    @staticmethod
    def from_osm(
        path: PathLike, *, name: str = "", crs: str = "", time_zone: str = "", **options: Any
    ) -> City:
        """A city whose streets come from an OpenStreetMap extract (.osm, .osm.gz, .osm.pbf).

        Parameters
        ----------
        name : what to call it; the file's name by default
        crs : metric coordinate system, e.g. "EPSG:6673"; chosen by place if not given
        time_zone : IANA name, e.g. "Asia/Tokyo"
        options : ``at`` ("2026-04-01 08:00", when conditional rules are judged), ``country`` (JP, DE,
            US, GB or auto: whose customs fill in missing tags), ``ferries``, ``walk_private``

        Raises
        ------
        InputError : there is no such file
        """
        return City(_begin(path, name, crs, time_zone, options))

    @staticmethod
    def from_streets(
        path: PathLike, *, name: str = "", crs: str = "", time_zone: str = "", **options: Any
    ) -> City:
        """A city whose streets are lines of a map layer, or the network of a transport model.

        Parameters
        ----------
        path : shapefile, GeoPackage, GeoJSON; SUMO net.xml, MATSim network.xml, TNTP, GMNS folder
        options : ``format`` where it is not recognised (lines, sumo, matsim, tntp, gmns, osm). For lines:
            ``width_field``, ``class_field``, ``oneway_field``, ``direction_field``, ``name_field``,
            ``id_field``, ``speed_field``, ``lanes_field``, ``capacity_field``, ``modes_field``,
            ``class_values`` ({"1": "primary"}), ``oneway_values``, ``modes_values``, ``speed_unit``,
            ``width_unit``, ``snap`` (m), ``default_width`` (m). For networks: ``crs``, ``walk_along``,
            ``length_unit``, ``speed_unit``, ``time_unit``, ``nodes``

        Raises
        ------
        InputError : there is no such file
        """
        return City(_begin(path, name, crs, time_zone, options))

    def _with(self, key: str, value: Any) -> City:
        if self._loaded is not None:
            raise input_error(
                "city", f"is already built: {key} cannot be added", "start from City.from_osm(...)"
            )
        return City({**self._plan, key: value})

    def add_buildings(self, path: PathLike) -> City:
        """Footprints with use, storeys and height in m: polygons of any vector file.

        Raises
        ------
        InputError : there is no such file; what is wrong inside is said when the city is built
        """
        return self._with("buildings", _existing(path))

    def add_terrain(self, path: PathLike) -> City:
        """Ground heights in metres: GeoTIFF or ESRI ASCII.

        Raises
        ------
        InputError : there is no such file
        """
        return self._with("terrain", _existing(path))

    def add_shelters(self, path: PathLike, *, default_capacity: int | None = None) -> City:
        """Places of safety with capacity in persons: CSV (UTF-8 or CP932), GeoJSON, shapefile.

        Parameters
        ----------
        default_capacity : persons, for shelters without a figure; without it that is an error

        Raises
        ------
        InputError : there is no such file
        """
        entry: dict[str, Any] = {"file": _existing(path)}
        if default_capacity is not None:
            entry["default_capacity"] = int(default_capacity)
        return self._with("shelters", entry)

    def add_zones(self, path: PathLike) -> City:
        """Districts with residents (persons) and shares by age (0 to 1): polygons of any vector file.

        Raises
        ------
        InputError : there is no such file
        """
        return self._with("zones", _existing(path))

    def add_population(self, path: PathLike, *, spread: str = "automatic") -> City:
        """Where people live: points, census cells or polygons with a head count (persons).

        Parameters
        ----------
        spread : where the people of a census cell (a mesh code, or a polygon of a hectare or more)
            are put: ``"buildings"`` by floor area, every 25 m along ``"streets"``, ``"scattered"``,
            all at its ``"centre"``, or ``"automatic"``: the first of these that the cell has

        Raises
        ------
        InputError : there is no such file
        """
        if spread == "automatic":
            return self._with("residences", _existing(path))
        return self._with("residences", {"file": _existing(path), "spread": spread})

    def add_layer(self, name: str, path: PathLike) -> City:
        """Any further named things: ports, stops, areas, water. A layer "water" is drawn as river.

        Raises
        ------
        InputError : there is no such file
        """
        layers = dict(self._plan.get("layers", {}))
        return self._with("layers", {**layers, name: _existing(path)})

    def add_licence(self, line: str) -> City:
        """One line of source and terms; printed on maps and in reports."""
        return self._with("licences", [*self._plan.get("licences", []), line])

    # -- looking at it -------------------------------------------------------------------------

    @property
    def core(self) -> _core.City:
        """The city in the compiled engine; built on first use."""
        if self._loaded is None:
            from . import _core

            self._loaded = _core.City.import_plan(json.dumps(self._plan, ensure_ascii=False))
        return self._loaded

    @property
    def name(self) -> str:
        """What the city is called."""
        return str(self._plan.get("name") or self.core.name)

    def name_in(self, lang: str) -> str:
        """What pages in a language ("ja" or "en") call it.

        English pages take ``name_en`` of the city's plan; a city file (.h5) does not keep it.
        """
        return str(self._plan.get("name_en") or self.name) if lang == "en" else self.name

    @property
    def crs(self) -> str:
        """Metric coordinate system of the engine, e.g. "EPSG:6673"."""
        return self.core.crs

    @property
    def time_zone(self) -> str:
        """IANA name; empty if unknown."""
        return self.core.time_zone

    @property
    def licences(self) -> list[str]:
        """One line per source with its terms."""
        return list(self.core.licences)

    @property
    def digest(self) -> str:
        """Hex digest of everything in the city."""
        return self.core.digest()

    def save(self, path: PathLike) -> Path:
        """Writes one city file (HDF5) that loads in a fraction of a second; returns its path."""
        self.core.save(os.fspath(path))
        self.source = str(Path(path).resolve())
        return Path(path)

    def validate(self) -> pd.DataFrame:
        """Every problem, worst first: severity, layer, id, message, fix."""
        import pandas as pd

        columns = ["severity", "layer", "id", "message", "fix"]
        return pd.DataFrame(self.core.validate(), columns=columns)

    def population(
        self,
        total: int | None = None,
        seed: int = 1,
        *,
        table: pd.DataFrame | str | Path | None = None,
        columns: Mapping[str, str] | None = None,
        classes: Mapping[Any, str] | None = None,
    ) -> Population:
        """The people of a scenario.

        Parameters
        ----------
        total : number of people, placed by the city's residents; all residents if not given
        seed : of the draw of homes, ages and speeds; the same people in every run
        table : your own people instead, as a DataFrame or a CSV (UTF-8 or CP932) or Parquet file:
            persons, groups or weighted points with lon, lat in degrees or x, y in metres. If known:
            count (people of the row; fractions are expanded), age in years, person_class,
            free_speed_m_s, household (rows of one name live together), cars, can_drive, needs_help,
            upper_floor_m, supplies_h, zone (id)
        columns : our names to the table's, e.g. ``{"count": "グループ人数"}``
        classes : the table's words or codes to ours, e.g. ``{1: "elderly", 4: "adult"}``

        Raises
        ------
        InputError : `total` is no whole number above 0, or the table has no places
        """
        if table is not None:
            frame = renamed(table, columns or {}, classes or {})
            path = save_people(frame, cache_folder(), self.crs)
            return Population(self, {"file": str(path), "seed": int(seed)})
        if total is None:
            total = round(float(sum(self.core.residences()["residents"])))
            if total == 0:
                raise input_error(
                    self.name,
                    "has no residents",
                    "use add_population(…), or give a table of people",
                )
        if isinstance(total, bool) or int(total) != total or total < 1:
            raise input_error(
                "population", f"total is {total!r}", "give a whole number of people, 1 or more"
            )
        return Population(self, {"total": int(total), "seed": int(seed)})

    def to_lonlat(self, x: Any, y: Any) -> tuple[NDArray[Any], NDArray[Any]]:
        """Longitude and latitude in degrees (WGS 84) of city coordinates in metres, each shape (n,)."""
        import numpy as np

        lon, lat = self._to_lonlat.transform(np.asarray(x), np.asarray(y))
        return lon, lat

    @cached_property
    def _to_lonlat(self) -> Any:
        import pyproj

        return pyproj.Transformer.from_crs(self.crs, "EPSG:4326", always_xy=True)

    @cached_property
    def layers(self) -> Layers:
        """Everything on the map as GeoDataFrames by name: nodes, streets, shelters, zones, …"""
        return Layers(self.core)

    def __repr__(self) -> str:
        if self._loaded is None:
            return (
                f"City({self._plan.get('name')!r}, not read yet: {', '.join(sorted(self._plan))})"
            )
        told = ", ".join(f"{count:,} {what}" for what, count in self.core.counts().items())
        return f"City({self.name!r}, {self.crs})\n  {told}"

    def _repr_html_(self) -> str:
        from html import escape

        if self._loaded is None:
            return f"<pre>{escape(repr(self))}</pre>"
        from .display import city_html

        return city_html(self)

    def __reduce__(self) -> tuple[Any, ...]:
        # another process reads the city file; the compiled city itself cannot travel
        return City.load, (self.file(),)

    def file(self) -> str:
        """A path from which `City.load` makes this city again, written to the cache if need be."""
        if self.source and not _is_plan(Path(self.source)):
            return self.source
        path = cache_folder() / f"city-{self.digest}.h5"
        if not path.exists():
            _save_whole(self.core, path)
        return str(path)


class Layers(Mapping[str, "gpd.GeoDataFrame"]):
    """Layers of a city by name, each a GeoDataFrame in the city's coordinates, made on access."""

    def __init__(self, core: _core.City) -> None:
        self._core = core

    def _names(self) -> Iterable[str]:
        return ["streets", "nodes", "shelters", "zones", "residences", *self._core.layer_names()]

    def __getitem__(self, name: str) -> gpd.GeoDataFrame:
        from . import layers

        if name not in self._names():
            raise input_error(
                "layers", f"there is no layer {name!r}", did_you_mean(name, self._names())
            )
        return layers.frame(self._core, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(list(self._names()))

    def __repr__(self) -> str:
        return f"Layers({', '.join(self)})"


def _begin(
    path: PathLike, name: str, crs: str, time_zone: str, options: Mapping[str, Any]
) -> dict[str, Any]:
    streets = {"file": _existing(path), **options}
    plan: dict[str, Any] = {"streets": streets, "name": name or Path(path).name.split(".")[0]}
    given = {"crs": crs, "time_zone": time_zone}
    return {**plan, **{key: value for key, value in given.items() if value}}


def _existing(path: PathLike) -> str:
    if not Path(path).exists():
        raise input_error(os.fspath(path), "there is no such file", "check the path")
    return str(Path(path).resolve())


def _is_plan(path: Path) -> bool:
    return path.is_dir() or (path.is_file() and path.suffix in (".yaml", ".yml"))


def _english_name(plan: Path) -> dict[str, str]:
    import yaml

    named = (plan / name for name in ("town.yaml", "city.yaml"))
    file = next((path for path in named if path.is_file()), None) if plan.is_dir() else plan
    if file is None:
        return {}  # a folder without a plan is refused by the engine, in a better line
    try:
        document = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return {}  # so is a plan that cannot be read
    given = document.get("name_en") if isinstance(document, dict) else None
    return {"name_en": given} if isinstance(given, str) else {}


def _bundled(folder: Path) -> _core.City:
    # built once per content of the folder and version, then read back from the cache
    from . import _core

    key = f"{folder.name}-{_core.version()}-{folder_digest(folder)}"
    kept = cache_folder() / f"{key}.h5"
    if kept.exists():
        try:
            return _core.City.load(str(kept))
        except _core.InputError:
            kept.unlink(missing_ok=True)
    city = _core.City.from_folder(str(folder))
    _save_whole(city, kept)
    return city


def _save_whole(city: _core.City, path: Path) -> None:
    beside = path.with_name(f".{os.getpid()}-{path.name}")
    city.save(str(beside))
    beside.replace(path)
