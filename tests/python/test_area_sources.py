"""Walkable areas from OpenStreetMap and from city models."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import chimata as cm
from chimata.area import osm_widths

LON, LAT = 139.7, 35.6
NORTH = 1 / 110_950  # degrees of latitude in a metre, about
EAST = 1 / (111_320 * math.cos(math.radians(LAT)))


class Town:
    """A small map in metres, written as OpenStreetMap writes it."""

    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.ways: list[str] = []
        self.relations: list[str] = []

    def node(self, x: float, y: float, **tags: str) -> int:
        number = len(self.nodes) + 1
        inner = "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        self.nodes.append(
            f'<node id="{number}" version="1" lat="{LAT + y * NORTH:.9f}" lon="{LON + x * EAST:.9f}">'
            f"{inner}</node>"
        )
        return number

    def way(self, points: list[tuple[float, float]], **tags: str) -> int:
        closed = points[0] == points[-1]
        refs = [self.node(*p) for p in (points[:-1] if closed else points)]
        refs += refs[:1] if closed else []
        return self.through(refs, **tags)

    def through(self, refs: list[int], **tags: str) -> int:
        number = 100 + len(self.ways)
        inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        inner += "".join(f'<tag k="{k.replace("_", ":", 1) if k.startswith("area_") else k}" v="{v}"/>'
                         for k, v in tags.items())  # fmt: skip
        self.ways.append(f'<way id="{number}" version="1">{inner}</way>')
        return number

    def relation(self, ways: list[int], **tags: str) -> None:
        inner = "".join(f'<member type="way" ref="{way}" role="outer"/>' for way in ways)
        # tags after the members, as in every map
        tags = {"type": "multipolygon", **tags}
        inner += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        number = len(self.relations) + 1
        self.relations.append(f'<relation id="{number}" version="1">{inner}</relation>')

    def write(self, folder: Path) -> Path:
        path = folder / "town.osm"
        body = "".join([*self.nodes, *self.ways, *self.relations])
        path.write_text(f'<?xml version="1.0"?><osm version="0.6">{body}</osm>')
        return path


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def border(west: float, south: float, east: float, north: float) -> tuple[float, ...]:
    return (LON + west * EAST, LAT + south * NORTH, LON + east * EAST, LAT + north * NORTH)


def middle(area: cm.Area, gate: str) -> np.ndarray:
    return np.asarray(area.gates[gate][0]).mean(axis=0)


def test_a_street_is_as_wide_as_its_tag_says_and_ends_in_gates(tmp_path: Path) -> None:
    town = Town()
    town.way([(-100, 0), (100, 0)], highway="residential", width="6", name="Main")
    area = cm.Area.from_osm(town.write(tmp_path), border(-50, -50, 50, 50))
    assert area.size_m2 == pytest.approx(600, rel=0.01)
    assert list(area.gates) == ["Main", "Main 2"]
    apart = np.hypot(*(middle(area, "Main") - middle(area, "Main 2")))
    assert apart == pytest.approx(99, abs=0.5)  # half a metre inside the border
    ends = np.asarray(area.gates["Main"][0])
    assert np.hypot(*(ends[1] - ends[0])) == pytest.approx(6, abs=0.1)
    assert area.crs == "EPSG:6677"


def test_people_walk_from_gate_to_gate_round_a_building(tmp_path: Path) -> None:
    town = Town()
    town.way(box(-30, -20, 30, 20), highway="pedestrian", area="yes", name="Plaza")
    town.way(box(-5, -15, 5, 15), building="yes")
    town.way([(-80, 0), (-29, 0)], highway="footway", width="4")
    town.way([(29, 0), (80, 0)], highway="footway", width="4", name="East")
    area = cm.Area.from_osm(town.write(tmp_path), border(-60, -40, 60, 40))
    assert area.size_m2 == pytest.approx(60 * 40 - 300 + 2 * 30 * 4, rel=0.02)
    assert "1 buildings were cut out" in area.notes
    west, east = (name for name in area.gates if name != "East"), "East"
    venue = cm.Venue(area, dt=0.05)
    out = venue.add_exit("out", area.gates[east][0])
    entrance = venue.add_entrance("in", area.gates[next(west)][0])
    venue.arrive(entrance, np.arange(10.0), venue.add_journey([out]))
    venue.run_until(200)
    assert venue.left == 10


def test_widths_that_are_not_tagged_are_marked_as_imputed(tmp_path: Path) -> None:
    town = Town()
    town.way([(-100, 0), (100, 0)], highway="residential")
    town.way([(-100, 40), (100, 40)], highway="secondary", lanes="3", sidewalk="both")
    town.way([(-100, -40), (100, -40)], highway="footway", est_width="3.5")
    town.way([(0, -60), (0, -50)], highway="motorway")
    area = cm.Area.from_osm(town.write(tmp_path), border(-50, -50, 50, 50))
    table = area.sources.set_index("kind")
    assert list(table["width_m"]) == [4, 3 * 3 + 1 + 4, 3.5]
    assert list(table["width_from"]) == ["imputed", "lanes", "tagged"]
    assert list(table["grade"]) == ["C", "C", "C"]
    widths = osm_widths()
    assert set(widths["grade"]) <= {"B", "C"}
    assert (widths["source"] != "").all()


def test_only_what_is_for_people_on_the_layer_asked_for(tmp_path: Path) -> None:
    town = Town()
    town.way([(-100, 0), (100, 0)], highway="primary", width="20")
    town.way([(0, -100), (0, 100)], highway="footway", width="3")
    town.way([(20, -100), (20, 100)], highway="footway", width="5", tunnel="yes", layer="-1")
    town.way([(30, -100), (30, 100)], highway="footway", foot="no", width="9")
    path = town.write(tmp_path)
    on_foot = cm.Area.from_osm(path, border(-50, -50, 50, 50), roads=False)
    assert on_foot.size_m2 == pytest.approx(300, rel=0.01)
    below = cm.Area.from_osm(path, border(-50, -50, 50, 50), layers=[-1])
    assert below.size_m2 == pytest.approx(500, rel=0.01)
    assert any("other layers" in note for note in on_foot.notes)


def test_walls_stop_people_but_for_their_gates(tmp_path: Path) -> None:
    town = Town()
    town.way(box(-20, -10, 20, 10), place="square")
    refs = [town.node(0, -20), town.node(0, 0, barrier="gate"), town.node(0, 20)]
    town.through(refs, barrier="wall")
    area = cm.Area.from_osm(town.write(tmp_path), border(-30, -30, 30, 30))
    assert len(area.core.rings()) == 1  # one piece through the gate
    open_place = 40 * 20
    assert area.size_m2 == pytest.approx(open_place - 0.2 * (20 - 2.1), rel=0.003)


def test_a_square_of_several_ways_has_its_hole(tmp_path: Path) -> None:
    town = Town()
    a, b, c, d = (town.node(*p) for p in ((-20, -10), (20, -10), (20, 10), (-20, 10)))
    inner = town.way(box(-5, -5, 5, 5))
    town.relation([town.through([c, d, a]), town.through([a, b, c]), inner], highway="pedestrian")
    area = cm.Area.from_osm(town.write(tmp_path), border(-30, -30, 30, 30))
    assert area.size_m2 == pytest.approx(800 - 100, rel=0.005)


@pytest.mark.parametrize(
    ("within", "words"),
    [
        ((35.5, 139.6, 35.7, 139.8), "cannot be cut out along a border in metres or with latitude first"),
        ((139.8, 35.5, 139.6, 35.7), "within: is no box; give (west, south, east, north)"),
        (border(500, 500, 600, 600), "town.osm: holds nothing to walk on inside the border"),
        (
            [(LON, LAT), (LON + 0.001, LAT + 0.001), (LON + 0.001, LAT), (LON, LAT + 0.001)],
            "town.osm, border: crosses itself",
        ),
        ([(LON, LAT), (LON + 0.001, LAT)], "town.osm, border: has 2 different points"),
    ],
)  # fmt: skip
def test_a_border_that_is_none_is_told_in_one_line(tmp_path: Path, within: Any, words: str) -> None:
    town = Town()
    town.way([(-100, 0), (100, 0)], highway="residential")
    with pytest.raises(cm.InputError, match=re.escape(words)) as told:
        cm.Area.from_osm(town.write(tmp_path), within)
    assert "\n" not in str(told.value)


def test_a_file_that_is_no_map_is_refused(tmp_path: Path) -> None:
    with pytest.raises(cm.InputError, match="there is no such file"):
        cm.Area.from_osm(tmp_path / "none.osm")
    path = tmp_path / "cut.osm"
    path.write_text('<osm version="0.6"><node id="1"')
    with pytest.raises(cm.InputError, match=r"cut.osm: is damaged or cut off"):
        cm.Area.from_osm(path)


def gml_polygon(corners: list[tuple[float, float]], name: str = "", swap: bool = False) -> str:
    places = [(LAT + y * NORTH, LON + x * EAST) for x, y in [*corners, corners[0]]]
    if swap:
        places = [(b, a) for a, b in places]
    text = " ".join(f"{a:.10f} {b:.10f} 3.5" for a, b in places)
    key = f' gml:id="{name}"' if name else ""
    return (
        f"<gml:Polygon{key}><gml:exterior><gml:LinearRing><gml:posList>{text}</gml:posList>"
        "</gml:LinearRing></gml:exterior></gml:Polygon>"
    )


def surface(lod: int, *members: str) -> str:
    inner = "".join(
        f'<gml:surfaceMember xlink:href="{m}"/>'
        if "#" in m
        else f"<gml:surfaceMember>{m}</gml:surfaceMember>"
        for m in members
    )
    return f"<tran:lod{lod}MultiSurface><gml:MultiSurface>{inner}</gml:MultiSurface></tran:lod{lod}MultiSurface>"


def traffic(function: str, body: str, kind: str = "TrafficArea") -> str:
    member = kind[0].lower() + kind[1:]
    return (
        f'<tran:{member}><tran:{kind} gml:id="t{function}"><tran:function>{function}</tran:function>{body}'
        f"</tran:{kind}></tran:{member}>"
    )


def model(
    folder: Path,
    *objects: str,
    srs: str = "http://www.opengis.net/def/crs/EPSG/0/6697",
    name: str = "53393558_tran_6697_op.gml",
) -> Path:
    path = folder / name
    members = "".join(f"<core:cityObjectMember>{one}</core:cityObjectMember>" for one in objects)
    path.write_text(
        '<?xml version="1.0"?><core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" '
        'xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:tran="http://www.opengis.net/citygml/transportation/2.0"><gml:boundedBy>'
        f'<gml:Envelope srsName="{srs}" srsDimension="3"/></gml:boundedBy>{members}</core:CityModel>'
    )
    return path


ROAD = box(0, 0, 50, 12)[:-1]
ROADWAY, SIDEWALK, PLANTS = box(0, 3, 50, 10)[:-1], box(0, 0, 50, 3)[:-1], box(0, 10, 50, 12)[:-1]


def road(name: str = "tran_1", swap: bool = False) -> str:
    return (
        f'<tran:Road gml:id="{name}"><tran:function>9020</tran:function>'
        + traffic("1000", surface(2, gml_polygon(ROADWAY, "carriageway", swap)))
        + traffic("2020", surface(2, gml_polygon(SIDEWALK, "", swap)))
        + traffic("5010", surface(2, gml_polygon(PLANTS, "", swap)), "AuxiliaryTrafficArea")
        + surface(1, gml_polygon(ROAD, "", swap))
        + "</tran:Road>"
    )


def test_a_road_is_taken_by_the_functions_of_its_surfaces(tmp_path: Path) -> None:
    path = model(tmp_path, road())
    whole = cm.Area.from_citygml(path)
    assert whole.size_m2 == pytest.approx(50 * 10, rel=0.01)
    assert len(whole.core.rings()) == 1  # carriageway and sidewalk are one
    assert whole.crs == "EPSG:6677"
    assert cm.Area.from_citygml(path, roads=False).size_m2 == pytest.approx(150, rel=0.01)
    row = whole.sources.iloc[0]
    assert (row["kind"], row["function"], row["lod"], row["surfaces"]) == ("Road", "9020", 2, 2)
    assert any("no floor" in note for note in whole.notes)


def test_longitude_first_is_noticed(tmp_path: Path) -> None:
    right = cm.Area.from_citygml(model(tmp_path, road()))
    swapped = cm.Area.from_citygml(model(tmp_path, road(swap=True), name="swapped.gml"))
    assert np.allclose(np.sort(right.rings()[0], axis=0), np.sort(swapped.rings()[0], axis=0))
    east, north = np.ptp(right.rings()[0], axis=0)
    assert east > 3 * north  # 50 m along the east axis, not the north one


def test_an_outline_is_taken_where_there_is_nothing_better(tmp_path: Path) -> None:
    bare = f'<tran:Road gml:id="r">{surface(1, gml_polygon(ROAD))}</tran:Road>'
    assert cm.Area.from_citygml(model(tmp_path, bare)).size_m2 == pytest.approx(600, rel=0.01)
    with pytest.raises(cm.InputError, match="holds no roads or squares to walk on"):
        cm.Area.from_citygml(model(tmp_path, bare), roads=False)


def test_a_square_in_another_file_is_found_there(tmp_path: Path) -> None:
    square = (
        '<tran:Square gml:id="squr_1"><tran:function>1</tran:function>'
        + surface(3, "../tran/53393558_tran_6697_op.gml#carriageway")
        + "</tran:Square>"
    )
    squr = model(tmp_path, square, name="53393558_squr_6697_op.gml")
    with pytest.raises(cm.InputError, match=r"takes its surfaces from .*53393558_tran_6697_op.gml"):
        cm.Area.from_citygml(squr)
    both = cm.Area.from_citygml([squr, model(tmp_path, road())], roads=False)
    assert both.size_m2 == pytest.approx(50 * 10, rel=0.01)
    assert set(both.sources["kind"]) == {"Road", "Square"}


def test_city_gml_3_is_read_too(tmp_path: Path) -> None:
    text = road().replace("tran:lod2MultiSurface", "core:lod2MultiSurface")
    assert cm.Area.from_citygml(model(tmp_path, text)).size_m2 == pytest.approx(500, rel=0.01)


@pytest.mark.parametrize(
    ("objects", "srs", "words"),
    [
        ([], "http://www.opengis.net/def/crs/EPSG/0/6697", "holds no roads or squares to walk on"),
        ([road()], "", "says no coordinate system; give its Envelope a srsName"),
        ([road()], "local grid", 'has the coordinate system "local grid", which is not known'),
        ([road().replace("35.6", "x5.6", 1)], "EPSG:6697", "Road tran_1: has no number where a coordinate"),
        ([road().replace(" 3.5</gml:posList>", "</gml:posList>", 1)], "EPSG:6697", "do not come in threes"),
        ([road().replace("139.7", "539.7")], "EPSG:6697", "which is no latitude and longitude"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_city_model_is_told_in_one_line(
    tmp_path: Path, objects: list[str], srs: str, words: str
) -> None:
    path = model(tmp_path, *objects, srs=srs)
    with pytest.raises(cm.InputError, match=re.escape(words)) as told:
        cm.Area.from_citygml(path)
    assert "\n" not in str(told.value)
    assert "53393558_tran_6697_op.gml" in str(told.value)


def test_what_is_no_city_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gml"
    path.write_text("<root/>")
    with pytest.raises(cm.InputError, match=r"a.gml: is no city model; give a CityGML file"):
        cm.Area.from_citygml(path)
    path.write_text("<core:CityModel xmlns:core='c'><tran:Road>")
    with pytest.raises(cm.InputError, match=r"a.gml"):
        cm.Area.from_citygml(path)


DATA = Path(os.environ.get("CHIMATA_DATA", Path(__file__).parents[2].parent / "shared/data"))
PLATEAU = DATA / "city3d/plateau/tran"
OSM = DATA / "network/osm"


@pytest.mark.skipif(not PLATEAU.exists(), reason="no data of PLATEAU here")
def test_real_roads_of_plateau(tmp_path: Path) -> None:
    suginami = cm.Area.from_citygml(PLATEAU / "suginami_53394503_tran_6697_op__uro3.1.gml")
    assert suginami.crs == "EPSG:6677"
    assert suginami.sources["lod"].iloc[0] == 2
    tokyo = cm.Area.from_citygml(PLATEAU / "tokyo_533925_tran_6697_op__lod1.gml")
    assert len(tokyo.sources) == 9
    assert set(tokyo.sources["lod"]) == {1}
    with pytest.raises(cm.InputError, match=r"takes its surfaces from .*53396570_tran_6697_op.gml"):
        cm.Area.from_citygml(PLATEAU / "saitama_53396570_squr_6697_op__lod3.gml")


@pytest.mark.skipif(not OSM.exists(), reason="no data of OpenStreetMap here")
@pytest.mark.parametrize(
    ("file", "within"),
    [
        ("jp_nagoya_sakae.osm", (136.9055, 35.1685, 136.9115, 35.1735)),
        ("jp_sapporo_hokudai_station.osm", (141.3445, 43.0672, 141.3505, 43.0712)),
        ("jp_tsukuba_aist.osm", (140.125, 36.055, 140.14, 36.065)),
    ],
)
def test_real_towns_become_one_area_people_can_cross(file: str, within: tuple[float, ...]) -> None:
    area = cm.Area.from_osm(OSM / file, within)
    assert area.size_m2 > 5000
    assert len(area.gates) >= 4
    assert {"imputed"} <= set(area.sources["width_from"])
    largest = max(area.core.rings(), key=lambda part: np.ptp(part[0], axis=0).max())
    plain = cm.Area([largest])
    there = [ends for ends, _ in area.gates.values() if plain.contains(*ends.mean(axis=0))]
    assert len(there) >= 2
    venue = cm.Venue(plain, dt=0.1)
    journey = venue.add_journey([venue.add_exit("out", there[0])])
    venue.arrive(venue.add_entrance("in", there[-1]), np.arange(5.0), journey)
    venue.run_until(1800)
    assert venue.left == 5
