"""The animation page in a real browser without network: what it shows is what the scene says."""

from __future__ import annotations

import dataclasses
import io
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from grid_town import CASUALTY, SHELTERED, town
from opened_page import Opened, wait_until

from chimata.page import Scene, write_animation
from chimata.page.scene import RIDING

INDOORS = ("home", "preparing", "sheltered")


@pytest.fixture(scope="module")
def scene() -> Scene:
    return town(2000)


@pytest.fixture(scope="module")
def page_file(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_animation(tmp_path_factory.mktemp("page") / "town.html", scene)


@pytest.fixture(scope="module")
def opened(browser: Any, page_file: Path) -> Opened:
    return Opened(browser, page_file)


def clear_moment(scene: Scene, t: float) -> float:
    """The first moment from t on with no event within 0.05 s, the resolution of times in the file."""
    events = [scene.trip_enter_s, scene.trip_end_s, scene.person_caught_s, scene.person_lost_s,
              scene.car_enter_s, scene.car_end_s]  # fmt: skip
    while any(np.any(np.abs(times - t) <= 0.05) for times in events):
        t += 0.01
    return t


def riding(scene: Scene, t: float) -> int:
    """How many people ride at time t; nobody ends their way riding here."""
    entry = np.flatnonzero(scene.trip_link == RIDING)
    enter = scene.trip_enter_s
    return int(((enter[entry] <= t) & (t < enter[entry + 1])).sum())


def drawn(scene: Scene, t: float) -> tuple[int, int]:
    """How many people are on foot, and how many stand outdoors or are caught, at time t."""
    offsets = scene.trip_offsets.astype(np.int64)
    walks = np.diff(offsets) > 0
    begin = np.full(len(walks), np.inf)
    begin[walks] = scene.trip_enter_s[offsets[:-1][walks]]
    moving = walks & (begin <= t) & (t < scene.trip_end_s)
    names = np.array(scene.state_names)[scene.person_final]
    stopped = walks & (scene.trip_end_s <= t) & ~np.isin(names, INDOORS)
    met = np.isin(names, ("caught_at_home", "casualty"))
    caught = ~walks & met & (scene.person_caught_s <= t)
    return int(moving.sum()) - riding(scene, t), int((stopped | caught).sum())


def cars_drawn(scene: Scene, t: float) -> dict[str, int]:
    begin = scene.car_enter_s[scene.car_offsets[:-1]]
    over = scene.car_end_s <= t
    return {
        "moving": int(((begin <= t) & ~over).sum()),
        "stopped": int((scene.car_stays & over).sum()),
    }


def test_page_is_one_small_file_without_references(page_file: Path) -> None:
    text = page_file.read_text("utf-8")
    assert len(text) < 400_000
    assert not re.search(r"https?://|src=|@import|url\(|\bfetch\(|XMLHttpRequest", text)


def test_equal_scenes_give_equal_files(scene: Scene, page_file: Path, tmp_path: Path) -> None:
    again = write_animation(tmp_path / "again.html", scene)
    assert again.read_bytes() == page_file.read_bytes()


def test_a_run_to_compare_shares_the_city(scene: Scene, page_file: Path, tmp_path: Path) -> None:
    pair = write_animation(tmp_path / "pair.html", scene, compare=scene)
    assert pair.stat().st_size < page_file.stat().st_size + 4000


def test_twenty_thousand_people_fit_in_four_megabytes(tmp_path: Path) -> None:
    wanderers = town(20_000, side=40, links_each=40)
    assert len(wanderers.trip_link) == 800_000
    assert write_animation(tmp_path / "many.html", wanderers).stat().st_size <= 4_000_000


def test_page_is_silent_and_offline(opened: Opened, page_file: Path) -> None:
    opened.seek(3600)
    assert opened.complaints == []
    assert opened.requests == [page_file.as_uri()]


@pytest.mark.parametrize("t", [0.0, 611.3, 1800.0, 3600.0, 5411.7, 7200.0])
def test_people_drawn_are_those_of_the_scene(opened: Opened, scene: Scene, t: float) -> None:
    t = clear_moment(scene, t)
    opened.seek(t)
    counts = opened.tab.evaluate("chimata.counts()[0]")
    assert (counts["moving"], counts["stopped"]) == drawn(scene, t)


@pytest.mark.parametrize("t", [0.0, 900.3, 2400.0, 4800.0, 7200.0])
def test_cars_drawn_are_those_of_the_scene(opened: Opened, scene: Scene, t: float) -> None:
    t = clear_moment(scene, t)
    opened.seek(t)
    counts = opened.tab.evaluate("chimata.counts()[0].cars")
    assert counts == cars_drawn(scene, t)


def test_whoever_rides_is_not_drawn(scene: Scene) -> None:
    assert max(riding(scene, t) for t in (1500.0, 2400.0, 3000.0)) > 5


@pytest.mark.parametrize("t", [0.0, 1830.0, 3600.0, 7200.0])
def test_counters_show_the_census(opened: Opened, scene: Scene, t: float) -> None:
    opened.seek(t)
    moment = np.searchsorted(scene.census_times_s, t, side="right") - 1
    assert opened.counters() == scene.census[moment].tolist()


def test_slider_and_keys_move_time_and_picture(opened: Opened) -> None:
    opened.seek(1200)
    opened.show_only("people")
    before = opened.map_picture()
    opened.tab.locator(".slider").fill("3000")
    wait_until(opened.tab, "document.querySelector('.clock').textContent === '17:50:00'")
    assert opened.map_picture() != before
    opened.seek(1200)
    assert opened.map_picture() == before
    opened.seek(3000)

    opened.tab.locator("canvas").first.focus()
    opened.tab.keyboard.press("ArrowRight")
    opened.tab.keyboard.press("Shift+ArrowLeft")
    assert opened.tab.evaluate("chimata.time()") == 3000 + 30 - 300
    opened.tab.keyboard.press("Space")
    wait_until(opened.tab, "chimata.time() > 2760")
    opened.tab.keyboard.press("Space")
    stopped_at = opened.tab.evaluate("chimata.time()")
    opened.tab.wait_for_timeout(200)
    assert opened.tab.evaluate("chimata.time()") == stopped_at


@pytest.mark.parametrize("layer", ["people", "cars", "water", "density", "buildings", "shelters"])
def test_each_layer_is_drawn_and_can_be_hidden(
    browser: Any, scene: Scene, tmp_path: Path, layer: str
) -> None:
    # alleys of half a metre, so that the few people of the scene crowd some of them
    narrow = dataclasses.replace(scene, segment_width_m=np.full_like(scene.segment_width_m, 0.5))
    page = Opened(browser, write_animation(tmp_path / "narrow.html", narrow), "#t=2400")
    page.show_only(layer)
    shown = page.map_picture()
    page.show_only()
    assert page.map_picture() != shown
    page.tab.close()


def test_density_is_drawn_only_where_it_is_high(browser: Any, scene: Scene, tmp_path: Path) -> None:
    # the same people on avenues of 600 m: nowhere 0.1 persons per square metre
    wide = dataclasses.replace(scene, segment_width_m=np.full_like(scene.segment_width_m, 600.0))
    page = Opened(browser, write_animation(tmp_path / "wide.html", wide), "#t=2400")
    page.show_only("density")
    shown = page.map_picture()
    page.show_only()
    assert page.map_picture() == shown
    page.tab.close()


def test_position_is_exact_to_centimetres(browser: Any, scene: Scene, tmp_path: Path) -> None:
    # one walker on streets without width, which leave no room to spread people over
    person = int(np.flatnonzero(scene.person_final == SHELTERED)[3])
    first, last = (int(i) for i in scene.trip_offsets[person : person + 2])
    fields = ("trip_end_s", "trip_end_fraction", "person_class", "person_final",
              "person_home_xy", "person_depart_s", "person_caught_s", "person_lost_s")  # fmt: skip
    alone = dataclasses.replace(
        scene,
        segment_width_m=np.zeros_like(scene.segment_width_m),
        trip_offsets=np.array([0, last - first], np.uint32),
        trip_link=scene.trip_link[first:last],
        trip_enter_s=scene.trip_enter_s[first:last],
        **{name: getattr(scene, name)[person : person + 1] for name in fields},
    )
    page = Opened(browser, write_animation(tmp_path / "alone.html", alone))
    enter = alone.trip_enter_s
    t = float(enter[1] * 0.7 + enter[2] * 0.3)
    page.seek(t)
    segment, back = divmod(int(alone.trip_link[1]), 2)
    line = scene.segment_xy[3 * segment : 3 * segment + 3][:: -1 if back else 1]
    reach = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    metres = reach[-1] * (t - enter[1]) / (enter[2] - enter[1])
    expected = [np.interp(metres, reach, line[:, axis]) for axis in (0, 1)]
    origin = np.round((scene.segment_xy.min(0) + scene.segment_xy.max(0)) / 2)
    assert np.hypot(*(page.tab.evaluate("chimata.positions()") + origin - expected)) < 0.1
    page.tab.close()


def test_people_inside_an_area_walk_from_place_to_place(
    browser: Any, scene: Scene, tmp_path: Path
) -> None:
    origin = np.round((scene.segment_xy.min(0) + scene.segment_xy.max(0)) / 2)
    ring = np.array([[-50, -50], [50, -50], [50, 50], [-50, 50]]) + origin
    places = np.array([[-40, 0], [0, 0], [0, 30], [10, 10], [10, 10]]) + origin
    event = dataclasses.replace(
        scene,
        area_xy=ring, area_offsets=np.array([0, 4], np.uint32),
        gate_xy=ring[:1], gate_width_m=np.array([4.0]),
        stay_offsets=np.array([0, 3, 5], np.uint32), stay_person=np.array([7, 11], np.uint32),
        stay_s=np.array([100.0, 140, 170, 200, 900]), stay_xy=places,
    )  # fmt: skip
    page = Opened(browser, write_animation(tmp_path / "event.html", event))
    plain = Opened(browser, write_animation(tmp_path / "plain.html", scene))

    def added(t: float) -> list[list[float]]:
        pages = (page, plain)
        for one in pages:
            one.seek(t)
        seen, usual = (np.reshape(p.tab.evaluate("chimata.positions()"), (-1, 2)) for p in pages)
        assert np.allclose(seen[: len(usual)], usual)
        return np.round(seen[len(usual) :], 2).tolist()

    assert added(99) == []
    assert added(120) == [[-20, 0]]
    assert added(155) == [[0, 15]]
    assert added(170) == []
    assert added(500) == [[10, 10]]
    page.show_only()
    plain.show_only()
    assert page.map_picture() != plain.map_picture()  # the area and its gate
    assert page.complaints == plain.complaints == []
    page.tab.close()
    plain.tab.close()


def test_a_rope_is_drawn_while_it_stands(browser: Any, scene: Scene, tmp_path: Path) -> None:
    origin = np.round((scene.segment_xy.min(0) + scene.segment_xy.max(0)) / 2)
    line = np.array([[-60, -20], [0, 20], [60, -20]]) + origin
    roped = dataclasses.replace(
        scene,
        barrier_xy=line, barrier_offsets=np.array([0, 3], np.uint32),
        barrier_from_s=np.array([100.0]), barrier_to_s=np.array([200.0]),
    )  # fmt: skip
    page = Opened(browser, write_animation(tmp_path / "roped.html", roped))
    plain = Opened(browser, write_animation(tmp_path / "plain.html", scene))
    page.show_only()
    plain.show_only()
    alike = {}
    for t in (90, 150, 210):
        page.seek(t)
        plain.seek(t)
        alike[t] = page.map_picture() == plain.map_picture()
    assert alike == {90: True, 150: False, 210: True}
    assert page.complaints == plain.complaints == []
    page.tab.close()
    plain.tab.close()


def colours_near(page: Opened, x: float, y: float) -> set[str]:
    """Colours of the pixels within 3 of a place on the map, which is a screenshot decoded here."""
    plt = pytest.importorskip("matplotlib.image")
    picture = plt.imread(io.BytesIO(page.tab.screenshot()))[:, :, :3]
    box = page.tab.locator("canvas").first.bounding_box()
    px, py = round(box["x"] + x), round(box["y"] + y)
    part = np.round(picture[py - 3 : py + 4, px - 3 : px + 4] * 255).astype(int).reshape(-1, 3)
    return {f"{r:02x}{g:02x}{b:02x}" for r, g, b in part}


def one_car(scene: Scene, car: int) -> Scene:
    first, last = (int(i) for i in scene.car_offsets[car : car + 2])
    return dataclasses.replace(
        scene,
        segment_width_m=np.zeros_like(scene.segment_width_m),
        car_offsets=np.array([0, last - first], np.uint32),
        car_link=scene.car_link[first:last],
        car_enter_s=scene.car_enter_s[first:last],
        **{
            n: getattr(scene, n)[car : car + 1]
            for n in ("car_end_s", "car_end_fraction", "car_stays")
        },
    )


def on_link(scene: Scene, link: int, share: float) -> np.ndarray[Any, Any]:
    """Metres from the origin of the page."""
    segment, back = divmod(link, 2)
    line = scene.segment_xy[3 * segment : 3 * segment + 3][:: -1 if back else 1]
    reach = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    origin = np.round((scene.segment_xy.min(0) + scene.segment_xy.max(0)) / 2)
    return np.array([np.interp(share * reach[-1], reach, line[:, a]) for a in (0, 1)]) - origin


def test_a_car_moves_and_stands_in_its_own_colours(
    browser: Any, scene: Scene, tmp_path: Path
) -> None:
    alone = one_car(scene, 0)
    assert alone.car_stays[0]
    page = Opened(browser, write_animation(tmp_path / "car.html", alone))
    enter, end = alone.car_enter_s, float(alone.car_end_s[0])
    page.seek(float(enter[1] * 0.6 + enter[2] * 0.4))
    place = page.tab.evaluate("chimata.carPositions()")
    expected = on_link(alone, int(alone.car_link[1]), 0.4)
    assert np.hypot(*(place - expected)) < 0.3

    page.show_only("cars")
    here = page.tab.evaluate("([x, y]) => chimata.screen(x, y)", place)
    assert "ee6c00" in colours_near(page, *here)
    page.seek(end + 600)
    there = on_link(alone, int(alone.car_link[-1]), 0.3)
    there = page.tab.evaluate("([x, y]) => chimata.screen(x, y)", there.tolist())
    assert "f5c400" in colours_near(page, *there)
    assert page.tab.evaluate("chimata.counts()[0].cars") == {"moving": 0, "stopped": 1}
    page.show_only()
    assert "f5c400" not in colours_near(page, *there)
    page.tab.close()


@pytest.mark.parametrize("left_hand", [True, False])
def test_cars_keep_to_the_side_of_the_country(
    browser: Any, scene: Scene, tmp_path: Path, left_hand: bool
) -> None:
    widths = np.full_like(scene.segment_width_m, 10.0)
    alone = dataclasses.replace(one_car(scene, 0), segment_width_m=widths, left_hand=left_hand)
    page = Opened(browser, write_animation(tmp_path / "side.html", alone))
    enter = alone.car_enter_s
    for entry in range(5):  # along segments and against them
        page.seek(float(enter[entry] * 0.7 + enter[entry + 1] * 0.3))
        here, on = (on_link(alone, int(alone.car_link[entry]), share) for share in (0.3, 0.31))
        (dx, dy), (ax, ay) = page.tab.evaluate("chimata.carPositions()") - here, on - here
        to_left = (ax * dy - ay * dx) / np.hypot(ax, ay)
        assert to_left == pytest.approx(2.2 if left_hand else -2.2, abs=0.5)
    page.tab.close()


def test_a_casualty_has_a_colour_of_its_own(browser: Any, scene: Scene, tmp_path: Path) -> None:
    lost = [
        i for i in np.flatnonzero(np.isfinite(scene.person_lost_s)) if scene.person_home_xy[i, 0]
    ]
    page = Opened(browser, write_animation(tmp_path / "lost.html", scene))
    page.show_only("people")
    origin = np.round((scene.segment_xy.min(0) + scene.segment_xy.max(0)) / 2)
    seen = []
    for person in lost[:5]:
        x, y = page.tab.evaluate(
            "([x, y]) => chimata.screen(x, y)", (scene.person_home_xy[person] - origin).tolist()
        )
        page.seek(float(scene.person_lost_s[person]) - 60)
        before = colours_near(page, x, y)
        page.seek(float(scene.person_lost_s[person]) + 60)
        seen.append(("d3122a" in before, "141414" in colours_near(page, x, y)))
    assert (True, True) in seen
    page.tab.close()


@pytest.mark.parametrize(
    ("lang", "words"),
    [("ja", ("車", "走行中の車", "止まったままの車", "人的被害")),
     ("en", ("Cars", "Cars on the way", "Cars left on the road", "Casualties"))],
)  # fmt: skip
def test_legend_names_cars_and_casualties_only_where_there_are_any(
    browser: Any, scene: Scene, tmp_path: Path, lang: Any, words: tuple[str, ...]
) -> None:
    page = Opened(browser, write_animation(tmp_path / "all.html", scene, lang=lang))
    said = page.tab.locator(".legend").inner_text().split("\n")
    assert set(words) <= set(said)
    page.tab.close()
    walks = dataclasses.replace(
        scene,
        census=np.where(np.arange(len(scene.state_names)) == CASUALTY, 0, scene.census),
        **{
            f"car_{n}": getattr(scene, f"car_{n}")[:0]
            for n in ("link", "enter_s", "end_s", "end_fraction", "stays")
        },
        car_offsets=np.zeros(1, np.uint32),
    )
    page = Opened(browser, write_animation(tmp_path / "none.html", walks, lang=lang))
    said = page.tab.locator(".map").inner_text().split("\n")
    assert not set(words) & set(said)
    page.tab.close()


def test_moment_in_the_address_is_shown_and_stands_still(browser: Any, page_file: Path) -> None:
    page = Opened(browser, page_file, "#t=1800")
    assert page.tab.text_content(".clock") == "17:30:00"
    page.tab.wait_for_timeout(300)
    assert page.tab.text_content(".clock") == "17:30:00"
    page.tab.close()


def test_two_runs_share_clock_and_tell_the_difference(
    browser: Any, scene: Scene, tmp_path: Path
) -> None:
    late = town(2000, later_s=1200, title="20分遅れ")
    page = Opened(browser, write_animation(tmp_path / "pair.html", scene, compare=late), "#t=3600")
    moment = 60
    assert page.counters(0) == scene.census[moment].tolist()
    assert page.counters(1) == late.census[moment].tolist()
    fewer = int(scene.census[moment, SHELTERED]) - int(late.census[moment, SHELTERED])
    assert f"避難完了 −{fewer:,}" in page.tab.text_content(".difference")
    page.tab.close()


def test_shelter_names_cover_neither_pins_nor_each_other(
    browser: Any, scene: Scene, tmp_path: Path
) -> None:
    middle = scene.segment_xy.mean(axis=0)
    count = 12
    crowded = dataclasses.replace(
        scene,
        shelter_x=middle[0] + 60.0 * np.arange(count), shelter_y=np.full(count, middle[1]),
        shelter_name=[f"避難所{i}" for i in range(count)],
        shelter_capacity=np.full(count, 100.0), shelter_usable=np.ones(count, bool),
        shelter_occupancy=np.zeros((len(scene.census_times_s), count), np.uint32),
    )  # fmt: skip
    opened = Opened(browser, write_animation(tmp_path / "crowded.html", crowded))
    boxes = opened.tab.evaluate("""
        [...document.querySelectorAll('.shelter')].map((node) => {
          const [pin, text] = ['.pin', '.text'].map((part) => {
            const box = node.querySelector(part).getBoundingClientRect();
            return [box.left, box.top, box.right, box.bottom];
          });
          return { pin, text: node.classList.contains('bare') ? null : text };
        })""")

    def apart(a: list[float], b: list[float]) -> bool:
        return bool(a[0] >= b[2] or a[2] <= b[0] or a[1] >= b[3] or a[3] <= b[1])

    texts = [box["text"] for box in boxes if box["text"]]
    assert len(texts) >= 3
    assert all(apart(text, box["pin"]) for text in texts for box in boxes)
    assert all(apart(a, b) for i, a in enumerate(texts) for b in texts[:i])


def test_the_map_is_exact_again_once_the_camera_rests(opened: Opened) -> None:
    opened.seek(1200)
    opened.show_only("buildings")
    opened.tab.locator(".fit").click()
    before = opened.map_picture()
    opened.tab.locator(".zoom-in").click()
    assert opened.map_picture() != before
    opened.tab.locator(".fit").click()
    opened.tab.wait_for_timeout(400)
    assert opened.map_picture() == before


def test_page_fits_a_phone(browser: Any, page_file: Path) -> None:
    page = Opened(
        browser, page_file, "#t=1800", viewport={"width": 390, "height": 844}, has_touch=True
    )
    assert page.tab.evaluate("document.documentElement.scrollWidth") == 390
    for part in (".play", ".slider", ".hud", ".legend summary", ".attribution"):
        box = page.tab.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    page.tab.close()


def test_japanese_has_glyphs(opened: Opened) -> None:
    if not subprocess.run(["fc-list", ":lang=ja"], capture_output=True, check=False).stdout:
        pytest.skip("no Japanese font on this machine")
    # a missing glyph is a box: then two different characters look alike
    letters, different = opened.tab.evaluate("""() => {
      const ink = (text) => {
        const pen = new OffscreenCanvas(40, 40).getContext('2d');
        pen.font = '28px ' + getComputedStyle(document.querySelector('.name')).fontFamily;
        pen.fillText(text, 4, 32);
        return pen.getImageData(0, 0, 40, 40).data.join();
      };
      const words = [...document.querySelectorAll('.name, .label, h1')].map((n) => n.textContent);
      const letters = [...new Set(words.join(''))].filter((c) => c > '\\u3000');
      return [letters.length, new Set(letters.map(ink)).size];
    }""")
    assert letters > 30
    assert different == letters


def test_missing_webgl_is_explained(browser: Any, page_file: Path) -> None:
    tab = browser.new_page()
    tab.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    tab.goto(page_file.as_uri())
    wait_until(tab, "document.querySelector('.message').textContent.includes('WebGL2')")
    tab.close()


def test_titles_cannot_break_out_of_the_page(browser: Any, scene: Scene, tmp_path: Path) -> None:
    title = "</script><script>window.broken = 1</script>{{data}}"
    odd = dataclasses.replace(scene, title=title)
    page = Opened(browser, write_animation(tmp_path / "odd.html", odd, lang="en"))
    assert page.tab.text_content("h1") == title
    assert page.tab.evaluate("window.broken") is None
    page.tab.close()


def test_homes_are_not_embedded(scene: Scene, page_file: Path, tmp_path: Path) -> None:
    quiet = np.isnan(scene.person_caught_s)
    moved = scene.person_home_xy + np.where(quiet[:, None], 50.0, 0.0)
    elsewhere = dataclasses.replace(scene, person_home_xy=moved)
    written = write_animation(tmp_path / "elsewhere.html", elsewhere)
    assert written.read_bytes() == page_file.read_bytes()


def test_contradictory_scene_is_refused(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="census: shape"):
        write_animation(tmp_path / "x.html", dataclasses.replace(scene, census=scene.census[:, :3]))
    with pytest.raises(ValueError, match="no time zone"):
        write_animation(tmp_path / "x.html", dataclasses.replace(scene, start="2026-09-10T17:00"))


def test_software_rendering_keeps_up(browser: Any, tmp_path: Path) -> None:
    crowd = town(20_000, side=40, links_each=40)
    page = Opened(browser, write_animation(tmp_path / "many.html", crowd))
    begin = time.perf_counter()
    frames = 12
    for i in range(frames):
        page.tab.evaluate("t => { chimata.seek(t); chimata.finish(); }", 2400 + 20 * i)
    rate = frames / (time.perf_counter() - begin)
    print(f"{rate:.1f} frames per second, {page.tab.evaluate('chimata.counts()[0].moving')} people")
    assert rate > 1  # 3 wanted on an idle machine; a busy one is slower
    page.tab.close()
