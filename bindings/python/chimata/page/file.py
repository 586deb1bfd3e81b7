"""One HTML file out of the player's parts, a header and columns; for every kind of page."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .encode import Packer

_PLAYER = Path(__file__).with_name("player")

# what every page needs, in the order of definition; a page's own scripts come after and open it
_COMMON = (
    "strings.js",
    "palette.js",
    "dom.js",
    "columns.js",
    "camera.js",
    "shaders.js",
    "gl.js",
    "polygons.js",
    "layers.js",
    "legend.js",
    "hud.js",
    "view.js",
    "gestures.js",
    "chart.js",
    "timeline.js",
    "shell.js",
)


def write_page(
    path: str | os.PathLike[str], title: str, scenes: Sequence[dict[str, Any]], pack: Packer,
    lang: str, scripts: Sequence[str],
) -> Path:  # fmt: skip
    """Writes the page and returns its path; `scripts` are the page's own, the last of which opens it.

    Raises
    ------
    ValueError : `lang` is unknown
    """
    if lang not in ("ja", "en"):
        raise ValueError(f"lang is {lang!r}: must be 'ja' or 'en'")
    script = "\n".join((_PLAYER / name).read_text("utf-8") for name in (*_COMMON, *scripts))
    header = json.dumps({"lang": lang, "scenes": list(scenes)}, ensure_ascii=False)
    parts = {
        "lang": lang,
        "title": html.escape(title),
        "style": (_PLAYER / "style.css").read_text("utf-8"),
        "header": _script_safe(header),
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
