"""How the people of a venue move: laws of one's own, and kinds of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import did_you_mean, input_error
from .times import law_of_time

if TYPE_CHECKING:
    import pandas as pd

    from . import _core

#: classes of people on stairs, as the engine counts them
MOBILITIES = ("under_30", "adult", "over_50", "impaired", "wheelchair")


@dataclass(frozen=True)
class CrowdStep:
    """Everybody in an area before a step, a row each; copies, good also after the step.

    Whom row ``i`` sees is ``neighbour[first[i]:first[i + 1]]``, rising rows; nobody for rows that are not
    ``mine``. Rows depend on where people stand and on their numbers only.
    """

    dt_s: float  #: length of the step, s
    person: np.ndarray  #: (n,) numbers
    position: np.ndarray  #: (n, 2), m
    velocity: np.ndarray  #: (n, 2), m/s
    aim: np.ndarray  #: (n, 2), m: where they want to go next
    radius: np.ndarray  #: (n,), m
    speed: np.ndarray  #: (n,), m/s: desired here and now
    time_gap: np.ndarray  #: (n,), s
    mine: np.ndarray  #: (n,) bool: moves by the own law
    first: np.ndarray  #: (n + 1,)
    neighbour: np.ndarray  #: (first[n],) rows


def profiles() -> pd.DataFrame:
    """The kinds of people there are, with means, standard deviations, sources and grades.

    >>> import chimata as cm
    >>> table = cm.profiles().set_index("profile")
    >>> float(table.loc["wheelchair", "speed"])
    0.69
    """
    import pandas as pd

    from . import _core

    return pd.DataFrame(_core.profiles())


def mobility_rows(names: Any) -> np.ndarray:
    """Classes on stairs as the engine counts them: of one name, or of an array (n,)."""
    given = np.asarray(names)
    for name in np.unique(given):
        if name not in MOBILITIES:
            raise input_error(
                "mobility", f"there is no {str(name)!r}", did_you_mean(str(name), MOBILITIES)
            )
    return np.asarray([MOBILITIES.index(name) for name in given.ravel()]).reshape(given.shape)


def kinds_of(profile: Any) -> list[tuple[str, float]]:
    """Names and shares of ``profile``: a name, or a mapping of names to shares."""
    if isinstance(profile, Mapping):
        return [(str(name), float(share)) for name, share in profile.items()]
    return [(str(profile), 1.0)]


class Moving:
    """The part of `Venue` that says how people move."""

    core: _core.Venue
    _seed: int
    _profiles: dict[int, str]

    def set_law(self, law: Callable[[CrowdStep], Any], *, sees: float = 3.0) -> None:
        """The law of everybody who comes with ``law="own"``.

        ``law`` is called once a step with a `CrowdStep` and returns velocities (n, 2) in m/s, a row for
        each person; people see others whose bodies are at most ``sees`` m away and behind no wall. Walls
        hold everybody back whatever it returns. Not in snapshots. See docs/howto/add_a_law.md.

        Raises
        ------
        InputError : ``sees`` is not above 0; later, while it runs: velocities of another shape or no numbers
        """
        self.core.set_own_law(lambda columns: law(CrowdStep(**columns)), sees)

    def _with_profile(self, numbers: Sequence[int], people: Mapping[str, Any]) -> dict[str, Any]:
        """The columns that are given, and those that follow from ``profile`` and ``reaction``."""
        given = dict(people)
        profile, alarm_s = given.pop("profile", None), given.pop("alarm_s", None)
        reaction = given.pop("reaction", None)
        for name, value in (("alarm_s", alarm_s), ("reaction", reaction)):
            if value is not None and "starts_s" in given:
                raise input_error(name, "is given, and starts_s too", "give one of the two")
        from . import _core

        if reaction is not None:
            law = law_of_time(reaction, "reaction")
            waits = _core.draw_times(law, "reaction", self._seed, list(numbers))
            given["starts_s"] = [float(alarm_s or 0) + wait for wait in waits]
        if profile is None:
            if alarm_s is not None and reaction is None:
                raise input_error("alarm_s", "nobody has a reaction", "give a profile, or reaction")
            return given
        drawn = _core.draw_people(kinds_of(profile), self._seed, list(numbers))
        columns = {name: drawn[name] for name in ("speed", "radius", "mobility")}
        columns["mobility"] = [MOBILITIES[row] for row in columns["mobility"]]
        if alarm_s is not None:
            columns["starts_s"] = [float(alarm_s) + wait for wait in drawn["reaction_s"]]
        for kind in sorted(set(drawn["water"])):
            who = [n for n, water in zip(numbers, drawn["water"], strict=True) if water == kind]
            self.core.set_class(who, kind)
        self._profiles.update(zip(numbers, drawn["profile"], strict=True))
        return columns | given

    def profile_of(self, person: int) -> str:
        """The kind of somebody; "" for whoever came without a profile."""
        return self._profiles.get(person, "")
