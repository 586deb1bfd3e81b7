"""A venue as it stands, in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import input_error
from .safety import Safety

if TYPE_CHECKING:
    from .venue import Venue


def save_venue(venue: Venue, path: Path) -> Path:
    """Writes what `load_venue` reads."""
    safeties = _safeties(venue)
    about = {
        "venue": _made(venue),
        "people": venue._people,
        "profiles": venue._profiles,
        "safeties": [safety.made for safety in safeties],
    }
    venue.core.save(str(path), json.dumps(about), [safety.core for safety in safeties])
    return path


def load_venue(venue: Venue, path: Path) -> None:
    """Puts a venue that was made in the same way into the state of the file."""

    def check(text: str) -> None:
        about, own = json.loads(text), _made(venue)
        if "venue" not in about:
            raise input_error(str(path), "is a snapshot of something else", "see Venue.save")
        for what in own | about["venue"]:
            there, here = about["venue"].get(what), own.get(what)
            if there != here:
                raise input_error(
                    str(path),
                    f"is of another venue: {what}: {_said(there)}",
                    f"make this one in the same way, not with {_said(here)}",
                )
        measured, made = about.get("safeties", []), [safety.made for safety in _safeties(venue)]
        if made and measured != made:
            raise input_error(
                str(path),
                f"was measured in another way: by {measured or 'no Safety'}, and this venue by {made}",
                "make each Safety in the same way, or after load: then it begins there",
            )
        venue._people = int(about["people"])
        venue._profiles = {int(person): kind for person, kind in about["profiles"].items()}

    venue.core.load(str(path), check, [safety.core for safety in _safeties(venue)])


def _safeties(venue: Venue) -> list[Safety]:
    return [watcher for watcher in venue.watchers if isinstance(watcher, Safety)]


def _said(value: Any) -> str:
    return "none" if value is None else str(value)


def _made(venue: Venue) -> dict[str, Any]:
    """What a snapshot of a venue fits to."""
    return {
        "square metres": f"{venue.area.size_m2:.3f}",
        "stages": venue.core.stage_ids(),
        "entrances": list(venue._entrances.values()),
        "journeys": venue._journeys,
        "levels": list(venue.levels.names) if venue.levels is not None else [],
        **venue._set_up.as_json(),
    }
