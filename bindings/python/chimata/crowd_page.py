"""A venue's recorded run as one HTML page that plays without network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from .errors import input_error
from .level_panels import Panels, panel_frames
from .units import seconds

if TYPE_CHECKING:
    from .page.crowd import CrowdScene
    from .venue import Venue


def write_crowd_page(
    path: str | Path, venue: Venue, *, every: str | float = "1s", compare: Venue | None = None,
    title: str = "", compare_title: str = "", lang: str = "ja",
) -> Path:  # fmt: skip
    """Writes the page of a run that was recorded with ``run_until(..., record_every=...)``.

    Parameters
    ----------
    path : the HTML file
    every : time between two moments of the file; the page moves people evenly between them
    compare : a second run, shown beside the first
    title, compare_title : printed on the page, and above the second run
    lang : "ja" or "en", of the controls

    Raises
    ------
    InputError : nothing was recorded, too much for one page, or the language is unknown
    """
    from .page.crowd import write_crowd

    if lang not in ("ja", "en"):
        raise input_error("lang", f"{lang!r} is unknown", "use ja or en")
    step = seconds(every, "every")
    scene = _scene(venue, step, title)
    other = _scene(compare, step, compare_title or title) if compare is not None else None
    try:
        return write_crowd(path, scene, compare=other, lang=cast(Literal["ja", "en"], lang))
    except ValueError as error:
        raise input_error("animation", str(error), "give a longer every=") from None


def _scene(venue: Venue, every_s: float, title: str) -> CrowdScene:
    from .page.crowd import CrowdScene

    frames = venue.plane_frames
    if not frames:
        raise input_error("animation", "the run was not recorded", "run_until(..., record_every=1)")
    due, kept = -np.inf, []
    for frame in frames:
        if frame[0] >= due - 1e-6 or frame is frames[-1]:
            kept.append(frame)
            due = frame[0] + every_s
    gates = [(name, ends, closed) for name, (ends, closed) in venue.area.gates.items()]
    scene = CrowdScene(
        title=title or "Chimata",
        rings=venue.area.rings(),
        exits=venue.exits,
        gates=gates,
        gate_changes=venue.gate_changes,
        times_s=np.array([time for time, _, _ in kept]),
        frames=[(person, at) for _, person, at in kept],
        people=venue.left + venue.present + venue.to_come,
    )
    if venue.levels is None:
        return scene
    panels = Panels(venue.levels)
    shown, panel = panel_frames(panels, kept)
    return replace(
        scene,
        rings=panels.rings(),
        exits=[(name, panels.line(at)) for name, at in venue.exits],
        gates=[(name, panels.line(ends), closed) for name, ends, closed in gates],
        frames=shown,
        panel=panel,
        names=panels.names(),
        elevators=panels.doors(),
    )
