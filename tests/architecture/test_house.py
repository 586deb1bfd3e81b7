"""The rooms keep to their permissions, and the tree to its habits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from house import ROOMS, ROOT, Room, build_order, includes, room_from, rooms, source_files

ALL = rooms()
UPPER = {"analysis", "io", "scenario", "verification"}  # only these may open files
LOWER = ALL.keys() - UPPER
SECTORS = {name for name in LOWER - {"simulation", "verification"} if "mobility" in ALL[name].uses}
FILE_HEADERS = re.compile(r"^(fstream|filesystem|gdal|ogr_|cpl_|hdf5|H5|osmium/|expat|yaml-cpp)")
NOT_PUBLIC = re.compile(r"^(gdal|ogr_|cpl_|hdf5|H5|boost/graph|Python\.h|pybind11)")
LONGEST_FILE = 600  # lines

each_room = pytest.mark.parametrize("room", ALL.values(), ids=ALL.keys())


def own(include: str) -> tuple[str, str] | None:
    """Room and header of one of our includes."""
    parts = include.split("/")
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "chimata" else None


def test_a_declaration_is_read_as_cmake_reads_it() -> None:
    room = room_from(
        "# USES nobody\nsim_module(bus\n  HEADERS bus.hpp # the bus\n  USES core geo HIDES x)"
    )
    assert (room.name, room.headers, room.uses) == ("bus", ["bus.hpp"], ["core", "geo"])


@each_room
def test_a_room_includes_only_what_its_uses_line_allows(room: Room) -> None:
    trespasses = [
        f"{file.relative_to(ROOT)} includes {include}: add {found[0]} to USES or do without"
        for file in room.files()
        for include in includes(file)
        if (found := own(include)) and found[0] not in {room.name, *room.uses}
    ]
    assert trespasses == []


@each_room
def test_a_room_uses_only_rooms_below_it(room: Room) -> None:
    order = build_order()
    assert [used for used in room.uses if order.index(used) >= order.index(room.name)] == []


@each_room
def test_sectors_know_neither_each_other_nor_the_clock(room: Room) -> None:
    if room.name in SECTORS or room.name == "simulation":
        assert (SECTORS | {"simulation"}) & set(room.uses) == set()


@each_room
def test_an_installed_header_needs_only_installed_headers(room: Room) -> None:
    missing = [
        f"{header} includes {include}"
        for header in room.headers
        for include in includes(ROOMS / room.name / header)
        if (found := own(include))
        and (found[0] not in ALL or found[1] not in ALL[found[0]].headers)
    ]
    assert missing == []


@pytest.mark.parametrize("name", sorted(LOWER))
def test_a_room_below_io_opens_no_file(name: str) -> None:
    offenders = [
        f"{file.relative_to(ROOT)}: {sign}"
        for file in ALL[name].files()
        for sign in [
            *filter(FILE_HEADERS.match, includes(file)),
            *re.findall(r"\bfopen\b|\bi?o?fstream\b", file.read_text()),
        ]
    ]
    assert offenders == []


@each_room
def test_no_public_header_carries_files_graphs_or_python(room: Room) -> None:
    carried = [
        f"{header} includes {include}"
        for header in room.headers
        for include in includes(ROOMS / room.name / header)
        if NOT_PUBLIC.match(include)
    ]
    assert carried == []


def test_no_file_is_longer_than_600_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in source_files(".cpp", ".hpp", ".py", ".pyi", ".js", ".cmake", ".sh")
        if (lines := path.read_text(errors="replace").count("\n")) > LONGEST_FILE
    }
    assert long == {}


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    # put together here, so that this file does not find itself
    places = "|".join(
        ["/wo" + "rk/", "/ro" + "ot/", "/op" + "t/cmvenv", "/ho" + "me/[a-z]+/", "/Use" + "rs/"]
    )
    text = source_files(
        ".cpp", ".hpp", ".py", ".pyi", ".js", ".cmake", ".md", ".txt", ".json", ".yaml", ".toml", ""
    )
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in text
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if re.search(places, line)
    ]
    assert named == []


def test_every_source_file_is_built() -> None:
    forgotten = [
        str(file.relative_to(ROOT))
        for name in ALL
        for file in ALL[name].files()
        if file.suffix == ".cpp"
        and file.name not in Path(file.parent / "CMakeLists.txt").read_text()
    ]
    assert forgotten == []
