"""The people of a scenario."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import did_you_mean, input_error

if TYPE_CHECKING:
    import pandas as pd

    from . import _core
    from .city import City

NUMBERS: dict[str, type] = {
    "count": float, "age": int, "free_speed_m_s": float, "cars": int, "can_drive": int,
    "needs_help": int, "upper_floor_m": float, "supplies_h": float,
}  # fmt: skip
TEXTS = {"zone": str, "household": str}


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
        """One row per person: home (lon, lat), age in years, class, speed in m/s, zone, household."""
        import pandas as pd

        columns = dict(self.core.columns())
        lon, lat = self.city.to_lonlat(columns.pop("home_x"), columns.pop("home_y"))
        return pd.DataFrame({"home_lon": lon, "home_lat": lat, **columns})

    @property
    def households(self) -> pd.DataFrame:
        """One row per household: dwelling (lon, lat), size, cars, upper floor (m), supplies (h).

        The column ``household`` of `df` holds the row. ``in_collapse_zone`` says whether the house
        is expected to be swept away.
        """
        import pandas as pd

        columns = dict(self.core.households())
        lon, lat = self.city.to_lonlat(columns.pop("x"), columns.pop("y"))
        return pd.DataFrame({"lon": lon, "lat": lat, **columns})

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
        count, age (years), person_class (adult, child, elderly, impaired), free_speed_m_s,
        household, cars, can_drive, needs_help, upper_floor_m, supplies_h, zone if known
    crs : the city's coordinate system

    Raises
    ------
    InputError : the file is missing or has no places
    """
    return people_columns(read_frame(path), crs, str(path))


def read_frame(path: Path) -> pd.DataFrame:
    """A table from Parquet or from CSV in UTF-8 or, as Japanese offices write it, CP932."""
    import pandas as pd

    if not path.is_file():
        raise input_error(
            str(path), "there is no such file", "give a CSV or Parquet file of people"
        )
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    try:
        return pd.read_csv(path, encoding="utf-8-sig", dtype=TEXTS)
    except UnicodeDecodeError:
        return pd.read_csv(path, encoding="cp932", dtype=TEXTS)


def renamed(
    table: pd.DataFrame | str | Path, columns: Mapping[str, str], classes: Mapping[Any, str]
) -> pd.DataFrame:
    """A user's table with our names of columns and classes.

    Parameters
    ----------
    table : the table, or a file of it
    columns : our name to the table's
    classes : the table's word or code for a class to ours

    Raises
    ------
    InputError : a column is not there
    """
    import pandas as pd

    frame = table if isinstance(table, pd.DataFrame) else read_frame(Path(table))
    for ours, theirs in columns.items():
        if theirs not in frame:
            fix = did_you_mean(str(theirs), [str(name) for name in frame])
            raise input_error("population", f"the table has no column {theirs!r} for {ours}", fix)
    frame = frame.rename(columns={theirs: ours for ours, theirs in columns.items()})
    if classes and "person_class" in frame:
        known = {str(word): meaning for word, meaning in classes.items()}
        given = frame["person_class"]
        frame = frame.assign(person_class=[known.get(str(word), word) for word in given])
    return frame


def people_columns(frame: pd.DataFrame, crs: str, where: str) -> dict[str, Any]:
    """Columns of a user's table of people as the engine takes them; see `read_people`."""
    import numpy as np
    import pyproj

    if frame.empty:
        raise input_error(where, "has no rows", "give one row per person")
    names = {
        "longitude": "lon", "latitude": "lat", "x": "home_x", "y": "home_y",
        "class": "person_class", "speed": "free_speed_m_s",
    }  # fmt: skip
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
    for name in NUMBERS:
        if name in frame:
            table[name] = _numbers(frame[name], name, where)
    for name in TEXTS:
        if name in frame:
            texts = frame[name]
            table[name] = [
                "" if missing else str(text)
                for text, missing in zip(texts, texts.isna(), strict=True)
            ]
    if "person_class" in frame:
        table["person_class"] = _classes(frame["person_class"].tolist(), where)
    return table


def _numbers(given: pd.Series[Any], name: str, where: str) -> list[float] | list[int]:
    import numpy as np
    import pandas as pd

    values = pd.to_numeric(given, errors="coerce").to_numpy(float)
    whole = NUMBERS[name] is int
    wrong = ~np.isfinite(values) | (whole & (values != np.round(values)))
    wrong |= whole & (np.abs(values) > 1e9)
    if name in ("can_drive", "needs_help"):
        wrong |= (values != 0) & (values != 1)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        fix = f"give a {'whole ' if whole else ''}number, or leave the column out"
        raise input_error(f"{where}, row {row + 1}", f"{name} is {given.iloc[row]!r}", fix)
    return values.astype(int).tolist() if whole else values.tolist()


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
