"""What people in a venue know, choose, breathe and stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .area import points
from .errors import did_you_mean, input_error
from .placing import Placing

if TYPE_CHECKING:
    import pandas as pd

    from . import _core
    from .set_up import SetUp

_CHOICE = ("look_every", "gain_s", "gain_share", "door_flow", "sight", "follow", "follow_within",
           "follow_least", "stay_s")  # fmt: skip
_WHY = ("quicker", "shut", "advised", "followed")


def _known(where: str, settings: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    for name in settings:
        if name not in names:
            raise input_error(where, f"there is no setting {name!r}", did_you_mean(name, names))
    return dict(settings)


def _places(at: Any, where: str) -> list[np.ndarray]:
    """Points and lines, as lines."""
    if at is None:
        return []
    array = np.asarray(getattr(at, "coords", at), dtype=float)
    if array.ndim == 1:
        array = array.reshape(1, -1)
    line = points(array, where)
    return [np.repeat(line, 2, axis=0) if len(line) == 1 else line]


class Choosing(Placing):
    """The part of a venue that is about exits, information, smoke, gases and water."""

    core: _core.Venue
    _set_up: SetUp

    def add_smoke(
        self, extinction: Any, at: Any = None, *, times_s: Any = None, grid: Any = None,
        level: str = "",
    ) -> None:  # fmt: skip
        """Smoke with an extinction coefficient in 1/m: people walk slower, and see signs less far.

        A number holds from the start on; with ``times_s`` give one value per moment: between two it changes
        evenly, before the first there is none. It is everywhere in the shape ``at`` (None: the whole area),
        or on a grid of square cells ``(west, north, cell)`` in m: then the last two axes are rows from the
        north and columns, NaN where there is none. Where layers meet, the thickest counts. On `Levels` a
        shape or grid is on one ``level``; without either it is everywhere.

        Raises
        ------
        InputError : values that cannot be, moments that do not rise, a place outside the area
        """
        self._layer("smoke", extinction, at, times_s, grid, level)

    def add_gas(
        self, gas: str, value: Any, at: Any = None, *, times_s: Any = None, grid: Any = None,
        level: str = "",
    ) -> None:  # fmt: skip
        """What people breathe: "co" in ppm, "co2" or "o2" in % of volume; otherwise as `add_smoke`.

        Who has taken in a dose of 1 (Purser's equations, as NIST TN 1822 test 2.6) stays where they are.
        """
        if gas not in ("co", "co2", "o2"):
            raise input_error("gas", f"there is no gas {gas!r}", "use co, co2 or o2")
        self._layer(gas, value, at, times_s, grid, level)

    def add_water(
        self, depth: Any, at: Any = None, *, times_s: Any = None, grid: Any = None,
        level: str = "",
    ) -> None:  # fmt: skip
        """Water of a depth in m, slower to walk in by the linear law; otherwise as `add_smoke`.

        Adults stand still in 0.7 m, elderly in 0.5, children and impaired people in 0.3 (see `set_class`).
        """
        self._layer("water", depth, at, times_s, grid, level)

    def _layer(
        self, quantity: str, value: Any, at: Any, times_s: Any, grid: Any, level: str
    ) -> None:
        values = np.asarray(value, dtype=float)
        times = [0.0] if times_s is None else [float(t) for t in np.atleast_1d(times_s)]
        frame: tuple[Any, ...] = ()
        if grid is not None:
            if at is not None:
                raise input_error(quantity, "has a shape and a grid", "give one of them")
            if values.ndim < 2 or len(grid) != 3:
                raise input_error(
                    quantity,
                    "is no grid",
                    "give values (rows, columns) and grid=(west, north, cell)",
                )
            rows, columns = values.shape[-2:]
            west, north, cell = (float(number) for number in grid)
            corner = self._onto(np.array([[west, north]]), level, quantity)[0]
            frame = (float(corner[0]), float(corner[1]), cell, columns, rows)
        shapes = [] if at is None else self._rings(at, level, quantity)
        if at is None and grid is None and self.levels is not None and level:
            parts = self.levels.parts(level)
            shapes = [[self._onto(ring, level, quantity) for ring in part] for part in parts]
        self.core.add_layer(quantity, shapes, frame, times, values.ravel().tolist())
        self._set_up.note("smoke, gases and water", quantity, shapes, frame, times, values)

    def set_smoke(self, law: str = "jin", *, sign_contrast: float = 3.0) -> None:
        """How smoke of extinction K slows people, and how far signs are seen through it.

        ``law`` "jin": speed x (1 - 0.5 K), at least 0.3 m/s (NIST TN 1822 test 2.5; grade B), or
        "frantzich_nilsson": speed x (1 - 0.0807 K), at least a tenth (as FDS+Evac; B). A sign is seen from
        ``sign_contrast`` / K m: 3 if it reflects, 8 if it shines (Jin; B).
        """
        self.core.set_smoke(law, sign_contrast)
        self._set_up.note("smoke, gases and water", law, sign_contrast)

    def set_class(self, people: Any, name: str) -> None:
        """Says who is "adult" (if never said), "child", "elderly" or "impaired": how water stops them."""
        self.core.set_class(self._numbers(people), name)

    @property
    def incapacitated(self) -> int:
        """People who have been overcome by gases and lie in the area."""
        return int(self.core.incapacitated)

    def exposures(self, people: Any) -> pd.DataFrame:
        """What has been done to people so far: person, dose, down_s (when overcome; NaN: not)."""
        import pandas as pd

        numbers = self._numbers(people)
        table = pd.DataFrame({"person": numbers, **self.core.exposures(numbers)})
        return table.replace(np.inf, np.nan)

    def set_choice(self, **values: float) -> None:
        """How people choose in legs ``("quickest", [a, b])`` of a journey.

        ``look_every`` s (2, grade C) they compare the time to each exit they know: the way there, and the
        line of those who can be there before, at ``door_flow`` persons/(m s) where the door's flow is not
        set (1.33, IMO MSC.1/Circ.1533, B). They change for a gain above ``gain_s`` (3, C) and
        ``gain_share`` of the time left (0.1, FDS+Evac, B). A door is seen to be shut from ``sight`` m
        (30, C). A share ``follow`` (0, C) goes where more than half of those seen within ``follow_within``
        m (5, C) go, at least ``follow_least`` persons (3, C), and stays with it ``stay_s`` s (5, C).

        Raises
        ------
        InputError : a setting that is not there, or a number that cannot be
        """
        self.core.set_choice(_known("choice", values, _CHOICE))
        self._set_up.note("settings of choice", values)

    def familiarise(self, people: Any, stages: Sequence[int], share: float = 1.0) -> None:
        """A share of these people, drawn, is familiar with these exits.

        Whoever is named here, drawn or not, knows nothing else but what they are told and see; calls add
        up. Whoever is never named knows all exits. Who knows none makes for the quickest.
        """
        self.core.familiarise(self._numbers(people), [int(stage) for stage in stages], share)

    def add_sign(self, at: Any, shows: Sequence[int], *, level: str = "", **how: float) -> None:
        """A sign at a point or line: whoever sees and notices it knows the exits it shows from then on.

        ``reach`` m (15: 100 times a height of 0.15 m, EN 1838, grade B), ``noticed`` by a share (0.38, Xie
        et al. 2012, B), ``from_s``, ``until_s``. Walls and smoke hide it.
        """
        known = _known("sign", how, ("reach", "noticed", "from_s", "until_s"))
        lines = [self._onto(line, level, "sign") for line in _places(at, "sign")]
        self.core.add_sign(lines, [int(stage) for stage in shows], known)
        self._set_up.note("signs", lines, list(shows), known)

    def announce(
        self, recommends: Sequence[int] = (), *, share: float, at: Any = None,
        shut: Sequence[int] = (), level: str = "", **how: Any,
    ) -> None:  # fmt: skip
        """Staff or loudspeakers: who hears it knows the exits named; a ``share`` does as told.

        They take the quickest of those it ``recommends``, and none of those said to be ``shut``. It comes
        from ``at``, a point or line (None: heard everywhere), and carries ``reach`` m (20, grade C),
        ``in_sight=True`` only to those who see it, from ``from_s`` until ``until_s``. No published share
        of people who comply holds everywhere, so it has no default.
        """
        known = _known("announcement", how, ("reach", "in_sight", "from_s", "until_s"))
        known["share"] = share
        named = [int(stage) for stage in recommends]
        lines = [self._onto(line, level, "announcement") for line in _places(at, "announcement")]
        self.core.announce(lines, named, [int(stage) for stage in shut], known)
        self._set_up.note("announcements", lines, named, list(shut), known)

    def set_door(self, stage: int, *, shut: bool, at_s: float = 0.0) -> None:
        """Shuts or opens an exit at a moment, s. Nobody is told: people learn of it when they see it."""
        self.core.set_door(int(stage), shut, at_s)

    @property
    def changes_of_mind(self) -> pd.DataFrame:
        """Who turned to another exit when and why: time_s, person, from, to, why."""
        import pandas as pd

        table = pd.DataFrame(self.core.changes_of_mind())
        names = self.core.stage_ids()
        for column in ("from", "to"):
            table[column] = [names[row] for row in table[column]]
        table["why"] = [_WHY[row] for row in table["why"]]
        return table

    @staticmethod
    def _numbers(people: Any) -> list[int]:
        return [int(person) for person in np.atleast_1d(np.asarray(people))]
