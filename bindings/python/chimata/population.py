"""The people of a scenario."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import did_you_mean, input_error

if TYPE_CHECKING:
    import pandas as pd

    from . import _core
    from .city import City


class Population:
    """People with homes, ages, classes and walking speeds; the same in every run of a study.

    Made by `City.population`. Immutable; people are created when first needed.

    Parameters
    ----------
    city : where they live
    reference : how a scenario file names them: {"total": …, "seed": …} or {"file": …}
    """

    def __init__(self, city: City, reference: dict[str, Any]) -> None:
        self.city = city
        self.reference = dict(reference)

    @cached_property
    def core(self) -> _core.Population:
        """The people in the compiled engine."""
        from . import _core

        seed = self._whole("seed", 0)
        if "file" not in self.reference:
            total = self._whole("total", sum(self.city.core.residences()["residents"]))
            return _core.Population.synthesise(self.city.core, total, seed, "{}")
        table = read_people(Path(self.reference["file"]), self.city.crs)
        return _core.Population.from_table(self.city.core, table, seed, "{}")

    def _whole(self, key: str, otherwise: float) -> int:
        for unknown in set(self.reference) - {"total", "seed", "file"}:
            fix = did_you_mean(unknown, ["total", "seed", "file"])
            raise input_error("population", f"unknown key {unknown!r}", fix)
        value = self.reference.get(key, round(otherwise))
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise input_error(
                f"population.{key}", f"is {value!r}", "give a whole number, 0 or more"
            )
        return value

    @property
    def df(self) -> pd.DataFrame:
        """One row per person: home (lon, lat), age in years, class, speed in m/s, zone."""
        import pandas as pd

        columns = dict(self.core.columns())
        lon, lat = self.city.to_lonlat(columns.pop("home_x"), columns.pop("home_y"))
        return pd.DataFrame({"home_lon": lon, "home_lat": lat, **columns})

    def __len__(self) -> int:
        return int(self.core.size)

    def __repr__(self) -> str:
        told = ", ".join(f"{key}={value!r}" for key, value in self.reference.items())
        return f"Population({told}) of {self.city.name}"

    def __reduce__(self) -> tuple[Any, ...]:
        return Population, (self.city, self.reference)


def read_people(path: Path, crs: str) -> dict[str, Any]:
    """A table of people with homes in city coordinates.

    Parameters
    ----------
    path : CSV or Parquet with lon and lat in degrees (or home_x and home_y in metres of `crs`);
        age (years), person_class (adult, child, elderly, impaired) and free_speed_m_s if known
    crs : the city's coordinate system

    Raises
    ------
    InputError : the file is missing or has no places
    """
    import pandas as pd

    if not path.is_file():
        raise input_error(
            str(path), "there is no such file", "give a CSV or Parquet file of people"
        )
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    return people_columns(frame, crs, str(path))


def people_columns(frame: pd.DataFrame, crs: str, where: str) -> dict[str, Any]:
    """Columns of a user's table of people as the engine takes them; see `read_people`."""
    import numpy as np
    import pyproj

    if frame.empty:
        raise input_error(where, "has no rows", "give one row per person")
    names = {"longitude": "lon", "latitude": "lat", "x": "home_x", "y": "home_y"}
    frame = frame.rename(columns={old: new for old, new in names.items() if old in frame})
    if {"lon", "lat"} <= set(frame):
        to_city = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
        x, y = to_city.transform(frame["lon"].to_numpy(float), frame["lat"].to_numpy(float))
    elif {"home_x", "home_y"} <= set(frame):
        x, y = frame["home_x"].to_numpy(float), frame["home_y"].to_numpy(float)
    else:
        raise input_error(
            where, f"has no places (columns {', '.join(map(str, frame))})", "name them lon and lat"
        )
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        row = int(np.flatnonzero(~(np.isfinite(x) & np.isfinite(y)))[0])
        raise input_error(
            f"{where}, row {row + 1}", "has no place", "give longitude, latitude in degrees"
        )
    table: dict[str, Any] = {"x": x.tolist(), "y": y.tolist()}
    for name in ("age", "free_speed_m_s"):
        if name in frame:
            table[name] = frame[name].tolist()
    if "person_class" in frame:
        table["person_class"] = _classes(frame["person_class"].tolist(), where)
    return table


def _classes(given: list[Any], where: str) -> list[int]:
    from . import _core

    names = _core.Population.class_names()
    number: dict[Any, int] = {
        **{name: i for i, name in enumerate(names)},
        **{i: i for i in range(len(names))},
    }
    for row, value in enumerate(given):
        if value not in number:
            fix = did_you_mean(str(value), names)
            raise input_error(f"{where}, row {row + 1}", f"person_class is {value!r}", fix)
    return [number[value] for value in given]


def save_people(frame: pd.DataFrame, folder: Path, crs: str) -> Path:
    """Keeps a user's table under a name made of its content, so that workers can read it."""
    import hashlib
    import io

    plain = frame.drop(columns="geometry", errors="ignore")
    geometry: Any = getattr(frame, "geometry", None)
    if geometry is not None and "lon" not in frame:
        where = geometry.to_crs("EPSG:4326")
        plain = plain.assign(lon=where.x.to_numpy(), lat=where.y.to_numpy())
    people_columns(plain, crs, "population")
    text = io.BytesIO()
    plain.to_csv(text, index=False)
    content = text.getvalue()
    path = folder / f"people-{hashlib.blake2b(content, digest_size=16).hexdigest()}.csv"
    if not path.exists():
        from .files import write_whole

        write_whole(path, content)
    return path


def reference_of(document: dict[str, Any]) -> dict[str, Any] | None:
    """What a scenario document says of its people, as plain values; None if it says nothing."""
    given = document.get("population")
    return None if given is None else json.loads(json.dumps(given))
