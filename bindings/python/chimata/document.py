"""Scenario files: reading YAML as people write it, `base:` files, and paths that stay right."""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from .errors import input_error
from .resources import SCHEME

#: Keys of `flood` in a scenario file that name files of this machine.
FLOOD_FILES = (
    "rasters", "netcdf", "polygons", "levels", "maximum", "velocity_rasters", "arrival",
)  # fmt: skip

#: The same of `smoke`.
SMOKE_FILES = ("rasters", "netcdf", "co_rasters", "co2_rasters", "o2_rasters")

#: Sections that read grids, with their keys of files.
GRID_FILES = (("flood", FLOOD_FILES), ("smoke", SMOKE_FILES))

#: The same of `trips`.
TRIP_FILES = ("file", "routes", "forks")

SCHEMA = "chimata/scenario@1"

Document = dict[str, Any]


def read(path: Path) -> Document:
    """The document in a file, merged with its `base`; paths in it are relative to the file's folder.

    Raises
    ------
    InputError : a file is missing or wrong, not of this version, or bases go in a circle
    """
    from . import _core

    document: Document = json.loads(_core.read_scenario_file(str(path)))
    if document.get("schema") != SCHEMA:
        if "schema" not in document:
            raise input_error(str(path), "has no line schema", f'begin it with schema: "{SCHEMA}"')
        given = document["schema"]
        raise input_error(str(path), f"schema is {given!r}", f'write schema: "{SCHEMA}"')
    return document


def _paths(document: Document) -> Iterator[tuple[dict[str, Any], str]]:
    # where a document names files
    yield document, "city"
    for section, keys in (*GRID_FILES, ("population", ("file",)), ("trips", TRIP_FILES)):
        holder = document.get(section)
        if isinstance(holder, dict):
            yield from ((holder, key) for key in keys)


_VARIABLE = re.compile(r"\$\{(\w+)\}")


def expanded(path: str, where: str) -> str:
    """`path` with every ${NAME} replaced by the environment variable NAME.

    Raises
    ------
    InputError : a variable is not set
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if not os.environ.get(name):
            raise input_error(
                where, f"the environment variable {name} is not set",
                f"export {name}=/folder/of/the/files",
            )  # fmt: skip
        return os.environ[name]

    return _VARIABLE.sub(value, path)


def relocated(document: Document, old: Path, new: Path | None) -> Document:
    """The document with its relative paths, written for folder `old`, rewritten for `new`.

    None makes every path absolute and replaces ${NAME} by the environment variable. Bundled files
    ("demo:…"), absolute paths and those that begin with ${NAME} stay.
    """
    moved = copy.deepcopy(document)
    if new is not None and old.resolve() == new.resolve():
        return moved
    for holder, key in _paths(moved):
        text = holder.get(key)
        if new is None and isinstance(text, str):
            text = holder[key] = expanded(text, f"{document.get('name', 'scenario')}: {key}")
        if (
            isinstance(text, str)
            and text
            and not text.startswith((SCHEME, "${"))
            and not Path(text).is_absolute()
        ):
            absolute = Path(os.path.normpath(old.resolve() / text))
            holder[key] = str(absolute) if new is None else os.path.relpath(absolute, new.resolve())
    return moved


def without_folders(document: Document) -> Document:
    """The document with the names of its files only, for pages that leave this machine."""
    bare = copy.deepcopy(document)
    for holder, key in _paths(bare):
        text = holder.get(key)
        if isinstance(text, str) and not text.startswith(SCHEME):
            holder[key] = Path(text).name
    return bare


def write(document: Document) -> str:
    """The document as YAML, keys in the order people read them."""
    first = ["schema", "name", "why", "city", "population", "start", "duration", "tz"]
    ordered = {key: document[key] for key in first if key in document}
    ordered.update((key, value) for key, value in document.items() if key not in ordered)
    if "edits" in ordered:
        ordered["edits"] = ordered.pop("edits")
    text: str = yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=100)
    return text
