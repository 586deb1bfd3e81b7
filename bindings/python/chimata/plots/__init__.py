"""Pictures of runs and studies; every function returns matplotlib Axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import did_you_mean, input_error
from . import curves, events, maps
from .style import styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..run import Run

_KINDS: dict[str, Callable[..., Axes]] = {
    "density": maps.density,
    "arrival_time_s": maps.arrival_time,
    "caught": maps.caught,
    "depth": maps.depth,
    "crowd_density": events.crowd_density,
    "crowd_hotspot": events.crowd_hotspot,
    "arrivals": curves.states,
    "shelters": curves.shelters,
}


def draw(run: Run, what: str, *, ax: Axes | None = None, lang: str = "ja", **more: Any) -> Axes:
    """The picture `what` of a run.

    Raises
    ------
    InputError : there is no such picture
    """
    if what not in _KINDS:
        raise input_error("plot", f"there is no picture {what!r}", did_you_mean(what, _KINDS))
    with styled():
        return _KINDS[what](run, ax=ax, lang=lang, **more)
