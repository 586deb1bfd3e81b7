"""Files that come with the package, and the folder for files made from them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .errors import did_you_mean, input_error

_PACKAGE = Path(__file__).parent
SCHEME = "demo:"


def bundled_towns() -> dict[str, Path]:
    """Folders of the bundled towns by name, from the wheel or from a source checkout."""
    found: dict[str, Path] = {}
    for root in (_PACKAGE / "data", _PACKAGE.parents[2] / "data"):
        if root.is_dir():
            for plan in sorted(root.glob("*/town.yaml")):
                found.setdefault(plan.parent.name, plan.parent)
    return found


def resolve(path: str | os.PathLike[str]) -> str:
    """`demo:riverside/flood/depth_*.tif` as a path of this machine; other paths unchanged."""
    text = os.fspath(path)
    if not text.startswith(SCHEME):
        return text
    town, _, rest = text[len(SCHEME) :].partition("/")
    towns = bundled_towns()
    if town not in towns:
        raise input_error(text, f"there is no bundled town {town!r}", did_you_mean(town, towns))
    return str(towns[town] / rest) if rest else str(towns[town])


def cache_folder() -> Path:
    """Where built cities are kept; CHIMATA_CACHE moves it."""
    chosen = os.environ.get("CHIMATA_CACHE")
    if chosen:
        folder = Path(chosen)
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "chimata" / "cache"
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Caches" / "chimata"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "chimata"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
