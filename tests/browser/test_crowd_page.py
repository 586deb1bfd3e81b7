"""The page of a crowd in a real browser without network: what it shows is what the scene says."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from opened_page import Opened

from chimata.page import CrowdScene, write_crowd

FAST, SLOW = 1.5, 0.1  # m/s
SECONDS = 30


def street(
    people: int = 60, *, speed: float = FAST, side: float = 40.0, later: int = 0
) -> CrowdScene:
    """People who come one a row and a second apart, walk east in lanes and leave at the end.

    A square pillar in the middle; a gate that shuts at second 10."""
    lane = np.arange(people) % 10
    begins = np.arange(people) // 10 * 2 + later
    frames, times = [], np.arange(0, SECONDS + 1.0)
    for t in times:
        x = 1 + speed * (t - begins)
        here = (t >= begins) & (x < side - 1)
        frames.append((np.flatnonzero(here), np.column_stack([x, 3 + 3 * lane])[here]))
    outer = np.array([[0, 0], [side, 0], [side, side], [0, side]], float) - 5000
    pillar = np.array([[34, 34], [34, 38], [38, 38], [38, 34]], float) - 5000
    return CrowdScene(
        title=f"{speed} m/s",
        rings=[outer, pillar],
        exits=[("east", np.array([[side, 20.0], [side, 24.0]]) - 5000)],
        gates=[("east", np.array([[side, 10.0], [side, 14.0]]) - 5000, False)],
        gate_changes=[(10.0, "east", True)],
        times_s=times,
        frames=[(who, at - 5000) for who, at in frames],
        people=people,
    )


def pixels(opened: Opened, x: float, y: float) -> np.ndarray:
    """A patch of 7 x 7 pixels of the first map around a point in metres from the area's middle."""
    from PIL import Image

    box = opened.tab.locator(".view canvas").first.bounding_box()
    left, top = opened.tab.evaluate("([x, y]) => chimata.screen(x, y)", [x, y])
    clip = {"x": box["x"] + left - 3, "y": box["y"] + top - 3, "width": 7, "height": 7}
    opened.tab.wait_for_timeout(150)
    return np.asarray(Image.open(io.BytesIO(opened.tab.screenshot(clip=clip))).convert("RGB"), int)


def colour(text: str) -> np.ndarray:
    return np.array([int(text[i : i + 2], 16) for i in (0, 2, 4)])


def has(patch: np.ndarray, text: str) -> bool:
    return bool((np.abs(patch - colour(text)).max(axis=-1) <= 12).any())


@pytest.fixture(scope="module")
def scene() -> CrowdScene:
    return street()


@pytest.fixture(scope="module")
def opened(browser: Any, scene: CrowdScene, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return Opened(browser, write_crowd(tmp_path_factory.mktemp("crowd") / "street.html", scene))


def test_nothing_is_asked_of_the_network(opened: Opened) -> None:
    assert opened.complaints == []
    assert len(opened.requests) == 1


@pytest.mark.parametrize("t", [0, 7, 15, SECONDS])
def test_counters_and_places_are_those_of_the_scene(
    opened: Opened, scene: CrowdScene, t: int
) -> None:
    opened.seek(t)
    who, at = scene.frames[t]
    seen = max((int(w.max()) + 1 for w, _ in scene.frames[: t + 1] if len(w)), default=0)
    present, _standing, left, to_come = opened.counters()
    assert (present, left, to_come) == (len(who), seen - len(who), 60 - seen)
    shown = np.array(opened.tab.evaluate("chimata.positions()")).reshape(-1, 2)
    middle = np.round([-4980.0, -4980.0])
    assert np.abs(np.sort(shown, axis=0) - np.sort(at - middle, axis=0)).max(initial=0) <= 0.03


def test_people_move_evenly_between_two_moments(opened: Opened) -> None:
    opened.seek(5)
    before = np.array(opened.tab.evaluate("chimata.positions()")).reshape(-1, 2)
    opened.seek(5.5)
    after = np.array(opened.tab.evaluate("chimata.positions()")).reshape(-1, 2)
    assert (after - before)[:, 0] == pytest.approx(0.5 * FAST, abs=0.06)


def test_people_are_drawn_where_they_are_in_the_colour_of_their_speed(opened: Opened) -> None:
    opened.tab.locator("input[name=colour]").first.check()
    opened.seek(8)
    x, y = opened.tab.evaluate("chimata.positions().slice(0, 2)")
    assert has(pixels(opened, x, y), "1f4e9e")
    assert not has(pixels(opened, x, y + 1.5), "1f4e9e")
    opened.tab.locator("input[name=colour]").last.check()
    assert not has(pixels(opened, x, y), "1f4e9e")


def test_the_floor_is_white_and_the_pillar_is_not(opened: Opened) -> None:
    opened.seek(0)
    assert (pixels(opened, -10, -19) == 255).all()
    assert (pixels(opened, 16, 16) != 255).any(axis=-1).all()  # in the pillar
    assert has(pixels(opened, 14, 16), "333c47")  # its wall


def test_the_gate_turns_red_when_it_shuts(opened: Opened) -> None:
    opened.seek(9)
    assert has(pixels(opened, 20, -8), "2f8f4e")
    opened.seek(11)
    assert has(pixels(opened, 20, -8), "d3122a")


def test_the_exit_is_marked(opened: Opened) -> None:
    assert has(pixels(opened, 20, 2), "1f6feb")
    assert not has(pixels(opened, 20, 8), "1f6feb")


def test_the_heat_map_shows_levels_of_service_where_people_are(
    browser: Any, tmp_path: Path
) -> None:
    # five to a square metre on 6 x 6 m
    pitch = np.arange(17, 23, 1 / np.sqrt(5))
    places = np.stack(np.meshgrid(pitch, pitch), -1).reshape(-1, 2)
    crowd = CrowdScene(
        title="crowd", rings=[np.array([[0, 0], [40, 0], [40, 40], [0, 40]], float)],
        times_s=np.array([0.0, 1.0]), frames=[(np.arange(len(places)), places)] * 2,
    )  # fmt: skip
    page = Opened(browser, write_crowd(tmp_path / "heat.html", crowd, lang="en"))
    page.tab.locator("input[name=people]").set_checked(False)
    page.tab.locator("input[name=heat]").set_checked(True)
    page.seek(0.5)
    assert has(pixels(page, 0, 0), "00a5c8")  # 4 to 6 persons/m²
    assert (pixels(page, 15, 15) == 255).all()
    assert page.counters()[:2] == [len(places), 0]
    page.seek(1)
    assert page.counters()[:2] == [len(places), len(places)]  # they stand
    page.tab.close()


def test_two_runs_are_shown_side_by_side_with_one_clock(browser: Any, tmp_path: Path) -> None:
    file = write_crowd(tmp_path / "two.html", street(), compare=street(speed=0.5), lang="en")
    page = Opened(browser, file)
    page.seek(SECONDS)
    (here, _, left, _), (other, _, other_left, _) = page.counters(0), page.counters(1)
    assert left > other_left
    assert here + left == other + other_left == 60
    assert f"Left −{left - other_left}" in page.tab.text_content(".difference")
    page.tab.close()


def test_play_goes_on_by_itself(opened: Opened) -> None:
    opened.seek(2)
    opened.tab.locator(".play").click()
    deadline = time.monotonic() + 30
    while opened.tab.evaluate("chimata.time()") < 3:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    opened.tab.locator(".play").click()


def test_titles_cannot_break_out_of_the_page(browser: Any, tmp_path: Path) -> None:
    title = "</script><script>window.broken = 1</script>{{data}}"
    odd = street()
    odd = CrowdScene(title=title, rings=odd.rings, times_s=odd.times_s, frames=odd.frames)
    page = Opened(browser, write_crowd(tmp_path / "odd.html", odd, lang="en"))
    assert page.tab.text_content("h1") == title
    assert page.tab.evaluate("window.broken") is None
    page.tab.close()


def test_equal_scenes_are_equal_files(tmp_path: Path) -> None:
    one, two = (write_crowd(tmp_path / name, street()) for name in ("a.html", "b.html"))
    assert one.read_bytes() == two.read_bytes()


def test_a_crowd_without_moments_is_refused(tmp_path: Path) -> None:
    empty = CrowdScene(title="", rings=[np.eye(3)[:, :2]], times_s=np.zeros(0), frames=[])
    with pytest.raises(ValueError, match="without a recorded moment"):
        write_crowd(tmp_path / "x.html", empty)


def test_nobody_is_seen_to_walk_from_one_level_to_another(browser: Any, tmp_path: Path) -> None:
    square = np.array([[0, 0], [10, 0], [10, 10], [0, 10]], float)
    here, there = np.array([[5.0, 5.0]]), np.array([[25.0, 5.0]])
    scene = CrowdScene(
        title="levels", rings=[square, square + np.array([20, 0])], times_s=np.array([0.0, 1.0, 2.0, 3.0]),
        frames=[(np.array([7]), at) for at in (here, here, there, there)],
        panel=[np.array([p]) for p in (0, 0, 1, 1)],
        names=[("1F", np.array([5.0, 12.0])), ("2F", np.array([25.0, 12.0]))],
        elevators=[np.array([[10.0, 4.0], [10.0, 6.0]])],
    )  # fmt: skip
    page = Opened(browser, write_crowd(tmp_path / "levels.html", scene, lang="en"))
    page.seek(1.5)
    x = page.tab.evaluate("chimata.positions()")[0]
    assert x == pytest.approx(-10, abs=0.1)  # still on the first level, 10 m west of the middle
    page.seek(2)
    assert page.tab.evaluate("chimata.positions()")[0] == pytest.approx(10, abs=0.1)
    assert page.counters()[:1] == [1]
    assert page.tab.locator(".place-names span").all_text_contents() == ["1F", "2F"]
    left, top = page.tab.evaluate("([x, y]) => chimata.screen(x, y)", [10, 7])
    shown = page.tab.locator(".place-names span").last.bounding_box()
    canvas = page.tab.locator(".view canvas").first.bounding_box()
    assert shown["x"] + shown["width"] / 2 - canvas["x"] == pytest.approx(left, abs=1.5)
    assert shown["y"] + shown["height"] / 2 - canvas["y"] == pytest.approx(top, abs=1.5)
    assert has(pixels(page, -5, 0), "7a4fbf")
    assert "Elevator" in page.tab.text_content(".legend")
    assert page.complaints == []
    page.tab.close()
