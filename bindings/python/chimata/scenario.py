"""Scenarios: immutable descriptions of what happens, and explained edits of them."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import document as files
from .document import GRID_FILES
from .edits import applied_edits, checked_edit, differences
from .errors import InputError, did_you_mean, input_error
from .models import Event, Process
from .parameters import catalogue
from .population import Population
from .resources import resolve
from .units import duration_text, length_between, moment, seconds

if TYPE_CHECKING:
    import pandas as pd

    from . import _core
    from .city import City
    from .run import Run

Place = str | tuple[float, float] | Sequence[float]


class Scenario:
    """What happens in a city between two moments, and what is changed compared with today.

    A scenario is a value: every method returns a new one and leaves this one as it is.

    Parameters
    ----------
    name : unique within a study
    city : where it happens
    people : who lives there; all residents by default
    start : date and time, e.g. "2025-09-10 02:00"
    duration : e.g. "6h"; give this or `end`
    end : clock time (the next day if before the start) or date and time
    tz : IANA time zone; the city's own by default

    Raises
    ------
    InputError : a time cannot be read, or neither duration nor end is given
    """

    def __init__(
        self, name: str, city: City, people: Population | None = None, *, start: str,
        duration: str | float | None = None, end: str | None = None, tz: str = "",
    ) -> None:  # fmt: skip
        if not name.strip():
            raise input_error("scenario", "has no name", "give it one; it heads every table")
        if (duration is None) == (end is None):
            raise input_error(name, "needs either duration or end", 'write e.g. duration="6h"')
        zone = tz or city.time_zone or "Asia/Tokyo"
        begin = moment(start, zone)
        length = seconds(duration) if duration is not None else length_between(begin, str(end))
        if length <= 0:
            raise input_error(name, f"lasts {length:g} s", "give a duration above 0")
        people = people or city.population()
        self._set_up(
            {
                "schema": files.SCHEMA, "name": name, "city": city.source,
                "population": dict(people.reference),
                "start": str(start), "duration": duration_text(length), "tz": zone,
            },
            city, people, Path.cwd(),
        )  # fmt: skip

    def _set_up(
        self, document: files.Document, city: City, people: Population, base: Path, where: str = ""
    ) -> None:
        self._document = document
        self._city = city
        self._people = people
        self._base = base
        self._where = where

    def _with(self, document: files.Document) -> Scenario:
        made = Scenario.__new__(Scenario)
        made._set_up(document, self._city, self._people, self._base, self._where)
        return made

    # -- describing ----------------------------------------------------------------------------

    def add(self, *processes: Process) -> Scenario:
        """With these parts; a part of the same kind is replaced.

        Raises
        ------
        InputError : something given is no `Process`
        """
        document = copy.deepcopy(self._document)
        for process in processes:
            if not isinstance(process, Process):
                raise input_error(
                    self.name, f"{process!r} is no part of a scenario", "add e.g. Evacuation(…)"
                )
            document[process.model] = copy.deepcopy(process.values)
        return self._with(document)

    def variant(self, name: str, why: str = "") -> Scenario:
        """The same under another name, ready to be changed.

        Parameters
        ----------
        name : another name, unique within a study
        why : the reason, shown with every change that states none of its own

        Raises
        ------
        InputError : the name is empty
        """
        if not name.strip():
            raise input_error(self.name, "the variant has no name", "give it one")
        document = copy.deepcopy(self._document) | {"name": name}
        document.pop("why", None)
        return self._with(document | ({"why": why} if why else {}))

    def set(self, parameter: str, value: Any, why: str = "") -> Scenario:
        """With one parameter changed: `set("evacuation.compliance", 0.8)`, an edit like any other.

        Parameters
        ----------
        parameter : model.parameter; `Scenario.assumptions` lists them with their units
        value : a number in that unit, or a text as a scenario file writes it ("30min", "02:30")

        Raises
        ------
        InputError : there is no such parameter, or the value is out of range
        """
        section, _, key = parameter.partition(".")
        if section not in catalogue() or not key:
            raise input_error(
                parameter,
                "is no parameter",
                "write model.parameter; " + did_you_mean(section, catalogue()),
            )
        return self.change(section, why=why, **{key: value})

    def _edit(self, op: str, target: str, why: str, **more: Any) -> Scenario:
        document = copy.deepcopy(self._document)
        reason = why or document.get("why", "")
        edit = {"op": op, "target": target, **more, **({"why": reason} if reason else {})}
        edits = document.get("edits", [])
        document["edits"] = [*edits, checked_edit(edit, self._city, edits)]
        return self._with(document)

    def move(self, target: str, *, to: Place, why: str = "") -> Scenario:
        """With something elsewhere: `move("shelter:S01", to="area:hill")` or `to=(lon, lat)`.

        Parameters
        ----------
        to : a named place, or longitude and latitude in degrees

        Raises
        ------
        InputError : there is no such thing, or `to` is no place
        """
        return self._edit("move", target, why, to=to)

    def change(
        self, target: str, *, start: str = "", end: str = "", toward: Place | None = None,
        why: str = "", **fields: Any,
    ) -> Scenario:  # fmt: skip
        """With fields changed: `change("shelter:*", capacity="x1.2")`; "x…" multiplies.

        A model's parameters change alike: `change("evacuation", order_at="02:00")`, and roads for
        cars: `change("street:昭和通り", capacity="x0.5", lanes=-1, start="02:00", end="03:00")`.

        Parameters
        ----------
        start, end : of streets from when to when; of an event, when it begins and ends
        toward : of streets only: in which direction
        fields : new values; of shelters ``capacity`` in persons and ``name``, of streets
            ``capacity`` and ``speed`` as multiples, ``lanes`` to add or take away

        Raises
        ------
        InputError : nothing is given, there is no such thing, or a value is out of range
        """
        when = _given(start=start, end=end, toward=toward)
        if target.partition(":")[0] == Event.model:  # these are its own
            fields |= {name: when.pop(name) for name in ("start", "end") if name in when}
        if not fields:
            raise input_error(target, "nothing to change", 'write e.g. capacity="x1.2"')
        return self._edit("change", target, why, set=fields, **when)

    def contraflow(
        self, target: str, *, toward: Place, lanes: int = 1, start: str = "", end: str = "",
        why: str = "",
    ) -> Scenario:  # fmt: skip
        """With `lanes` of the oncoming direction turned `toward` a place: everybody out, nobody in.

        Parameters
        ----------
        toward : a named place, or longitude and latitude in degrees
        start, end : clock times; the whole scenario by default

        Raises
        ------
        InputError : there is no such street, or `toward` is no place
        """
        when = _given(start=start, end=end)
        return self._edit("contraflow", target, why, toward=toward, set={"lanes": lanes}, **when)

    def close(
        self,
        target: str,
        *,
        start: str = "",
        end: str = "",
        modes: Sequence[str] = (),
        toward: Place | None = None,
        wait: bool = False,
        why: str = "",
    ) -> Scenario:
        """With a street or shelter closed, between clock times if given, to all modes or some.

        Parameters
        ----------
        toward : a place: close only the direction that leads there (one-way the other way)
        wait : a gate across a street: people on foot wait before it instead of turning elsewhere
        """
        given = _given(start=start, end=end, modes=list(modes), toward=toward, wait=wait)
        return self._edit("close", target, why, **given)

    def open(self, target: str, *, start: str = "", end: str = "", why: str = "") -> Scenario:
        """With a closed street or shelter open again."""
        return self._edit("open", target, why, **_given(start=start, end=end))

    def add_shelter(
        self, id: str, *, to: Place, capacity: int, why: str = "", **fields: Any
    ) -> Scenario:
        """With one more shelter for `capacity` persons.

        Parameters
        ----------
        to : a named place, or longitude and latitude in degrees

        Raises
        ------
        InputError : the id exists already, or `to` is no place
        """
        return self._edit("add", f"shelter:{id}", why, to=to, set={"capacity": capacity, **fields})

    def remove(self, target: str, *, why: str = "") -> Scenario:
        """Without something: `remove("shelter:S03")`."""
        return self._edit("remove", target, why)

    # -- looking at it -------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """What heads every table."""
        return str(self._document["name"])

    @property
    def why(self) -> str:
        """The reason for this variant; empty if none was given."""
        return str(self._document.get("why", ""))

    @property
    def city(self) -> City:
        """Where it happens."""
        return self._city

    @property
    def population(self) -> Population:
        """Who lives there."""
        return self._people

    @property
    def document(self) -> files.Document:
        """A copy of the scenario as a file holds it."""
        return copy.deepcopy(self._document)

    @property
    def base_folder(self) -> Path:
        """The folder its relative paths start from."""
        return self._base

    @cached_property
    def core(self) -> _core.Scenario:
        """The scenario in the compiled engine, with everything in it checked.

        Raises
        ------
        InputError : an edit's target does not exist, a raster misses the city, a key is unknown, …
        """
        from . import _core

        document = files.relocated(self._document, self._base, None)
        if "file" in document.get("population", {}):
            del document["population"]  # the people below are those of the file
        for section, keys in GRID_FILES:
            holder = document.get(section)
            if isinstance(holder, dict):
                holder.update({key: resolve(holder[key]) for key in keys if key in holder})
        where = self._where or self.name
        with _named(where):
            people = self._people.core
        return _core.Scenario(
            json.dumps(document, ensure_ascii=False), self._city.core, people, where
        )

    def check(self) -> None:
        """Looks for everything that would keep the scenario from running.

        Raises
        ------
        InputError : as `core`, or no shelter can be used, an unknown zone is warned, …
        """
        from . import _core

        scenario = self.core
        with _named(self._where or self.name):
            _core.Simulation(scenario, 0, 1)

    @property
    def start(self) -> datetime:
        """The moment it starts, with its zone."""
        return moment(str(self._document["start"]), str(self._document["tz"]))

    @property
    def edits(self) -> pd.DataFrame:
        """The ordered list of edits: op, target, field, old, new, why."""
        import pandas as pd

        columns = ["seq", "op", "target", "field", "old", "new", "why"]
        return pd.DataFrame(applied_edits(self), columns=columns, dtype=object)

    @property
    def assumptions(self) -> pd.DataFrame:
        """Every parameter of every model: value, default, unit, source, grade, labels."""
        import pandas as pd

        return pd.DataFrame(self.core.assumptions())

    @property
    def gates(self) -> pd.DataFrame:
        """Gates of the event's area: id, lon, lat, width in m, whether they lead in and out, and the check.

        `lanes` and `check_s` are those of `checks`, 0 where nobody is checked. The ids are what `closed_gates`,
        `entrances_only`, `exits_only` and `checks` of an event name; without an event the table is empty.
        """
        import pandas as pd

        columns = dict(self.core.gates())
        lon, lat = self._city.to_lonlat(columns.pop("x"), columns.pop("y"))
        return pd.DataFrame({"id": columns.pop("id"), "lon": lon, "lat": lat, **columns})

    @property
    def notes(self) -> list[str]:
        """What is odd about it and does not keep it from running, one line each."""
        return list(self.core.notes())

    def diff(self, other: Scenario) -> pd.DataFrame:
        """How `other` differs from this scenario: op, target, field, old, new, why."""
        return differences(self, other)

    def run(
        self, seed: int = 0, *, threads: int = 1, progress: bool = True,
        record: str | os.PathLike[str] | None = None,
    ) -> Run:  # fmt: skip
        """Runs it once. Compare scenarios with `Study`, never by single runs.

        Parameters
        ----------
        record : write the tables to this file (.h5) while the run goes on, for long runs of many
        """
        from .run import simulate

        return simulate(self, seed, threads=threads, progress=progress, record=record)

    # -- files ---------------------------------------------------------------------------------

    def to_yaml(self, path: str | os.PathLike[str] | None = None) -> str:
        """The scenario as YAML, also written to `path`; `chimata run path` runs it."""
        document = self.document
        document["city"] = document["city"] or self._city.file()
        if path is None:
            return files.write(files.relocated(document, self._base, None))
        target = Path(path)
        text = files.write(files.relocated(document, self._base, target.parent))
        target.write_text(text, "utf-8")
        return text

    @staticmethod
    def from_yaml(path: str | os.PathLike[str], city: City | None = None) -> Scenario:
        """A scenario from a file, with the file's `base` below it.

        Parameters
        ----------
        city : use this city instead of the one the file names

        Raises
        ------
        InputError : file:line or key, what is wrong and what to do
        """
        place = Path(path)
        document = files.read(place)
        with _named(str(path)):
            made = Scenario.from_document(document, place.resolve().parent, city)
        made._where = str(path)
        return made

    @staticmethod
    def from_document(
        document: files.Document, base: Path, city: City | None = None,
        people: Population | None = None,
    ) -> Scenario:  # fmt: skip
        """A scenario from a document whose relative paths start at `base`."""
        from .city import City

        for key in ("name", "start"):
            if not document.get(key):
                raise input_error("scenario", f"has no {key}", f"add `{key}:` to the file")
        if ("duration" in document) == ("end" in document):
            raise input_error(
                "scenario", "needs either duration or end", 'write e.g. duration: "6h"'
            )
        if city is None:
            named = document.get("city")
            if not named:
                raise input_error("scenario", "has no city", 'write e.g. city: "demo:riverside"')
            city = City.load(files.relocated(document, base, None)["city"])
        document = copy.deepcopy(document)
        document.setdefault("tz", city.time_zone or "Asia/Tokyo")
        begin = moment(str(document["start"]), str(document["tz"]))
        if "end" in document:
            document["duration"] = duration_text(length_between(begin, str(document.pop("end"))))
        seconds(document["duration"])
        made = Scenario.__new__(Scenario)
        reference = files.relocated(document, base, None).get("population")
        if people is None:
            people = Population(city, reference) if reference else city.population()
        document["population"] = document.get("population") or people.reference
        made._set_up(document, city, people, base)
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        mine = files.relocated(self._document, self._base, None)
        return mine == files.relocated(other._document, other._base, None)

    def __hash__(self) -> int:
        return hash(self.name)

    def __reduce__(self) -> tuple[Any, ...]:
        document = {**self._document, "city": self._document["city"] or self._city.file()}
        return Scenario.from_document, (document, self._base, self._city, self._people)

    def __repr__(self) -> str:
        d = self._document
        parts = ", ".join(key for key in catalogue() if key in d) or "nothing happens yet"
        return (
            f"Scenario({self.name!r}, {self._city.name}, {d['start']} + {d['duration']})\n"
            f"  {parts}; {len(d.get('edits', []))} edits"
        )

    def _repr_html_(self) -> str:
        from .display import scenario_html

        return scenario_html(self)


@contextmanager
def _named(where: str) -> Iterator[None]:
    # what is wrong with a date or the people is wrong in some file
    try:
        yield
    except InputError as problem:
        raise InputError(f"{where}: {problem}") from None


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
