"""Reads the rooms of the engine from their CMakeLists.txt and the files from the source tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ROOT / "libsim" / "chimata"
# made by builds and tools, or not ours to read
SKIPPED = {"build", "out", "dist", "node_modules", "__pycache__"}
KEYWORDS = ("HEADERS", "SOURCES", "USES", "LINKS", "HIDES")


@dataclass
class Room:
    """One folder of libsim/chimata as its sim_module line declares it."""

    name: str
    headers: list[str] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)

    def files(self) -> list[Path]:
        return sorted(p for p in (ROOMS / self.name).iterdir() if p.suffix in (".hpp", ".cpp"))


def room_from(cmake: str) -> Room:
    """The room that the text of a CMakeLists.txt declares."""
    code = re.sub(r"#.*", "", cmake)
    call = re.search(r"sim_module\(\s*(\w+)([^)]*)\)", code)
    assert call, "no sim_module(...) line"
    room, lists = Room(call[1]), {word: [] for word in KEYWORDS}
    current: list[str] = []
    for word in call[2].split():
        if word in KEYWORDS:
            current = lists[word]
        else:
            current.append(word)
    room.headers, room.uses = lists["HEADERS"], lists["USES"]
    return room


def rooms() -> dict[str, Room]:
    found = (room_from(p.read_text()) for p in sorted(ROOMS.glob("*/CMakeLists.txt")))
    return {room.name: room for room in found}


def build_order() -> list[str]:
    """The rooms in the order in which libsim/CMakeLists.txt adds them: the lowest first."""
    text = (ROOT / "libsim" / "CMakeLists.txt").read_text()
    loop = re.search(r"foreach\(room ([^)]*)\)", text)
    assert loop, "libsim/CMakeLists.txt lists no rooms"
    return loop[1].split()


def includes(file: Path) -> list[str]:
    """What a file includes, without brackets or quotes."""
    return re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', file.read_text(), re.MULTILINE)


def source_files(*suffixes: str) -> list[Path]:
    """Files of the project with one of the endings, whatever a build or a tool left beside them."""
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.suffix in suffixes
        and path.is_file()
        and not path.name.startswith(".")
        and not any(
            part in SKIPPED or (part.startswith(".") and part != ".ci")
            for part in path.relative_to(ROOT).parts[:-1]
        )
    ]
