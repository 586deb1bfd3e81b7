"""Writes a scene as one HTML file that plays from disk, without any network."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path
from typing import Any, Literal

from .checks import check_scene
from .columns import Header, scene_columns
from .encode import Packer
from .scene import Scene

_PLAYER = Path(__file__).with_name("player")

# the order of definition; everything ends up in one closure
_SCRIPTS = (
    "strings.js",
    "palette.js",
    "decode.js",
    "network.js",
    "tracks.js",
    "people.js",
    "cars.js",
    "camera.js",
    "shaders.js",
    "gl.js",
    "basemap.js",
    "layers.js",
    "points.js",
    "labels.js",
    "view.js",
    "gestures.js",
    "chart.js",
    "hud.js",
    "timeline.js",
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
    if lang not in ("ja", "en"):
        raise ValueError(f"lang is {lang!r}: must be 'ja' or 'en'")
    scenes = [scene] if compare is None else [scene, compare]
    pack = Packer()
    headers: list[Header] = []
    for each in scenes:
        check_scene(each)
        headers.append(scene_columns(each, pack))

    script = "\n".join((_PLAYER / name).read_text("utf-8") for name in _SCRIPTS)
    parts = {
        "lang": lang,
        "title": html.escape(scene.title),
        "style": (_PLAYER / "style.css").read_text("utf-8"),
        "header": _script_safe(json.dumps({"lang": lang, "scenes": headers}, ensure_ascii=False)),
        "data": pack.base64(),
        "script": script,
    }
    target = Path(path)
    target.write_text(_filled((_PLAYER / "page.html").read_text("utf-8"), parts), "utf-8")
    return target


def _filled(template: str, parts: dict[str, Any]) -> str:
    # one pass over the template: what is inserted is never searched again
    pieces = template.split("{{")
    page = [pieces[0]]
    for piece in pieces[1:]:
        name, rest = piece.split("}}", 1)
        page += [parts[name], rest]
    return "".join(page)


def _script_safe(text: str) -> str:
    # a title containing "</script>" must not end the script
    return text.replace("<", "\\u003c")
