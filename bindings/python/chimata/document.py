"""Scenario files: reading YAML as people write it, `base:` files, and paths that stay right."""

from __future__ import annotations

import copy
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

SCHEMA = "chimata/scenario@1"

Document = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """YAML in which 12:30 and 2025-09-10 stay texts, only true and false are booleans, and no key
    may be given twice."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int",
                       "tag:yaml.org,2002:bool", "tag:yaml.org,2002:float")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}  # fmt: skip
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"{key!r} is given twice", key_node.start_mark
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def parse(text: str, where: str) -> Document:
    """The document in `text`.

    Raises
    ------
    InputError : no YAML, no mapping, or not a scenario of this version
    """
    try:
        document = yaml.load(text, _Loader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        said = getattr(problem, "problem", None) or str(problem).splitlines()[0]
        raise input_error(f"{where}{line}", f"cannot be read as YAML ({said})") from None
    if not isinstance(document, dict):
        raise input_error(where, "holds no scenario", "run `chimata schema` for what belongs there")
    given = document.get("schema", SCHEMA if "base" in document else None)
    if given != SCHEMA:
        raise input_error(where, f"schema is {given!r}", f'write schema: "{SCHEMA}"')
    return document


def read(path: Path, _reading: tuple[Path, ...] = ()) -> Document:
    """The document in a file, merged with its `base`; paths in it are relative to the file's folder.

    Raises
    ------
    InputError : a file is missing or wrong, or bases go in a circle
    """
    place = path.resolve()
    if place in _reading:
        raise input_error(str(path), "is its own base", "remove a `base` from the circle")
    try:
        text = place.read_text("utf-8-sig")
    except OSError:
        raise input_error(str(path), "cannot be read", "check the path") from None
    except UnicodeDecodeError:
        raise input_error(str(path), "is not UTF-8", "save it as UTF-8") from None
    document = parse(text, str(path))
    base = document.pop("base", None)
    if base is None:
        return document
    under = place.parent / str(base)
    below = relocated(read(under, (*_reading, place)), under.resolve().parent, place.parent)
    return merged(below, document)


def merged(below: Document, above: Document) -> Document:
    """`above` over `below`: sections key by key, edits one after the other."""
    whole = copy.deepcopy(below)
    for key, value in above.items():
        if key == "edits":
            whole["edits"] = [*whole.get("edits", []), *copy.deepcopy(value or [])]
        elif isinstance(value, dict) and isinstance(whole.get(key), dict):
            whole[key] = merged(whole[key], value)
        else:
            whole[key] = copy.deepcopy(value)
    return whole


def _paths(document: Document) -> Iterator[tuple[dict[str, Any], str]]:
    # where a document names files
    yield document, "city"
    for section, keys in (("flood", FLOOD_FILES), ("population", ("file",))):
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
