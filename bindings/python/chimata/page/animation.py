"""Writes a scene as one HTML file that plays from disk, without any network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from .checks import check_scene
from .columns import Header, scene_columns
from .encode import Packer
from .file import write_page
from .scene import Scene

# the order of definition; everything ends up in one closure
_TOWN = (
    "decode.js",
    "network.js",
    "tracks.js",
    "stays.js",
    "people.js",
    "cars.js",
    "basemap.js",
    "lines.js",
    "points.js",
    "labels.js",
    "town_view.js",
    "town_legend.js",
    "main.js",
)


def write_animation(
    path: str | os.PathLike[str],
    scene: Scene,
    *,
    compare: Scene | None = None,
    lang: Literal["ja", "en"] = "ja",
) -> Path:
    """Writes the animation of `scene` to `path` and returns the path.

    The file carries its own player and data and asks for nothing else, so it can be mailed, put
    on a USB stick or opened on a machine without network. Opened with `#t=1800` it shows second
    1800 and stands still. It contains no names; people appear in an order of departure only.
    Positions are kept to 1 cm, times to 0.05 s and depths to 1 cm at the kerb, 6 cm at 3 m.

    Parameters
    ----------
    compare : a second run, shown beside the first with one clock and one camera
    lang : language of the controls; titles and shelter names are printed as given

    Raises
    ------
    ValueError : fields of a scene contradict each other, or `lang` is unknown
    """
    scenes = [scene] if compare is None else [scene, compare]
    pack = Packer()
    headers: list[Header] = []
    for each in scenes:
        check_scene(each)
        headers.append(scene_columns(each, pack))

    return write_page(path, scene.title, headers, pack, lang, _TOWN)
