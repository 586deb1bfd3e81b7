"""Safety measures of a crowd: tables, figures, maps and the page, from a small hall."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

import chimata as cm
from chimata.plots.crowds import LEVEL_COLOURS

HALL = [(0, 0), (20, 0), (20, 10), (0, 10)]


def hall(people: int = 120, dt: float = 0.05) -> cm.Venue:
    venue = cm.Venue(cm.Area([HALL], gates={"side": [(0, 4), (0, 6)]}), dt=dt)
    journey = venue.add_journey([venue.add_exit("east", [(20, 4.5), (20, 5.5)])])
    venue.let_in(venue.places([(0, 0), (8, 0), (8, 10), (0, 10)], people, spacing=0.35), journey)
    return venue


@pytest.fixture(scope="module")
def watched() -> cm.Safety:
    venue = hall()
    door = [(18, 4), (20, 4), (20, 6), (18, 6)]
    safety = cm.Safety(venue, "1s", lines={"door": [(19, 0), (19, 10)]}, zones={"door": door})
    venue.run_until(300, record_every=1)
    assert venue.left == 120
    return safety


def test_measuring_changes_nothing_in_the_crowd(watched: cm.Safety) -> None:
    alone = hall()
    alone.run_until(300)
    assert alone.passings.equals(watched.venue.passings)


def test_everybody_is_measured_every_second(watched: cm.Safety) -> None:
    moments = watched.moments
    assert np.diff(moments["time_s"]) == pytest.approx(1)
    assert moments["people"].max() == 120
    assert (moments["standing"] <= moments["people"]).all()
    assert watched.levels["walkway_person_min"].sum() == pytest.approx(moments["people"].sum() / 60)


def test_all_go_through_the_line_before_the_door(watched: cm.Safety) -> None:
    flow = watched.flow("door", "5s")
    # seen from its south end the line is crossed from left to right; in the throng somebody steps back
    assert flow["net"].iloc[-1] == 120
    assert ((flow["forward_s"] - flow["backward_s"]) * 5).sum() == pytest.approx(120)
    assert watched.crossings["person"].nunique() == 120
    assert flow["backward_s"].max() < 0.5


def test_the_densest_places_lie_before_the_door(watched: cm.Safety) -> None:
    places = watched.places
    worst = places.loc[places["density_max_m2"].idxmax()]
    assert worst["x_m"] < 20
    assert places["density_max_m2"].max() >= watched.figures["density_max_m2"] - 1e-6
    zones = watched.zones
    assert set(zones["zone"]) == {"door"}
    assert zones["density_m2"].max() > 1.5


def test_alarms_and_posts_tell_of_the_same_crush() -> None:
    venue = cm.Venue(cm.Area([HALL]), dt=0.05)
    stay = venue.add_journey([venue.add_waiting("crush", [(5, 2), (9, 2), (9, 6), (5, 6)], 1e9)])
    grid = np.arange(0.15, 4, 0.4)
    x, y = np.meshgrid(5 + grid, 2 + grid)
    venue.let_in(np.column_stack([x.ravel(), y.ravel()]), stay, radius=0.15)
    safety = cm.Safety(venue, alarm_after=5)
    venue.run_until(10)
    alarms, posts = safety.alarms, safety.posts()
    assert len(posts) == 1
    post = posts.iloc[0]
    assert 5 < post["x_m"] < 9
    assert 2 < post["y_m"] < 6
    assert post["alert_person_min"] == pytest.approx(safety.figures["alert_person_min"])
    assert (
        post["first_alarm_s"] == alarms["first_alarm_s"].iloc[0] == safety.figures["first_alarm_s"]
    )
    assert post["danger"] in ("dense", "crush", "turbulent")


def test_nobody_crushed_has_no_lead_time(watched: cm.Safety) -> None:
    assert np.isnan(watched.figures["lead_s"])


@pytest.mark.parametrize("what", ["max", "mean", "now", "alert", "counterflow"])
def test_heat_maps_speak_both_languages(watched: cm.Safety, what: str) -> None:
    for lang, word in (("ja", "密度"), ("en", "density")):
        ax = watched.plot_density(what=what, lang=lang)
        bars = [axes.get_ylabel() for axes in ax.figure.axes]
        assert what == "counterflow" or any(word in text.lower() for text in bars)
        plt.close(ax.figure)


def test_levels_of_service_grow_darker_step_by_step() -> None:
    # so they differ for every kind of colour vision, and on a black and white printout
    linear = [np.array([c / 12.92 if c <= 0.04 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)])
              for colour in LEVEL_COLOURS]  # fmt: skip
    lightness = [116 * float(rgb @ [0.2126, 0.7152, 0.0722]) ** (1 / 3) - 16 for rgb in linear]
    assert np.diff(lightness).max() < -9


def test_page_has_the_colours_of_the_plots() -> None:
    player = Path(cm.__file__).parent / "page" / "player" / "palette.js"
    levels = player.read_text("utf-8").split("const LEVELS")[1]
    for colour in LEVEL_COLOURS:
        assert colour.replace("#", "0x") in levels


def test_a_recorded_run_becomes_a_page(watched: cm.Safety, tmp_path: Path) -> None:
    page = watched.venue.animate(tmp_path / "hall.html", every="2s", title="ホール", lang="en")
    text = page.read_text("utf-8")
    header = json.loads(
        text.split('<script id="header" type="application/json">')[1].split("</script>")[0]
    )
    scene = header["scenes"][0]
    assert scene["title"] == "ホール"
    assert scene["gates"]["names"] == ["side"]
    assert scene["duration_s"] == pytest.approx(watched.venue.frames[-1][0])


def test_measures_go_on_from_a_snapshot(tmp_path: Path) -> None:
    def measure(venue: cm.Venue, every: str = "1s") -> cm.Safety:
        zone = [(17, 3), (20, 3), (20, 7), (17, 7)]
        lines = {"door": [(19, 0), (19, 10)]}
        return cm.Safety(venue, every, lines=lines, zones={"door": zone})

    def made_again() -> cm.Venue:
        venue = cm.Venue(cm.Area([HALL], gates={"side": [(0, 4), (0, 6)]}), dt=0.05)
        venue.add_journey([venue.add_exit("east", [(20, 4.5), (20, 5.5)])])
        return venue

    whole, again = measure(hall()), measure(made_again())
    whole.venue.run_until(33.3)
    path = whole.venue.save(tmp_path / "state.h5")
    again.venue.load(path)
    assert again.figures.equals(whole.figures)
    for safety in (whole, again):
        safety.venue.run_until(80)
    assert len(again.crossings) > 40
    for name in ("figures", "moments", "places", "levels", "crossings", "zones"):
        assert getattr(again, name).equals(getattr(whole, name)), name
    with pytest.raises(cm.InputError, match=r"was measured in another way: by .*make each Safety"):
        measure(made_again(), "2s").venue.load(path)
    # made afterwards it begins there
    venue = made_again()
    venue.load(path)
    late = measure(venue)
    venue.run_until(80)
    assert late.moments["time_s"].iloc[0] == pytest.approx(33.3)
    assert late.figures["alert_person_min"] <= whole.figures["alert_person_min"]


def test_a_second_counts_as_a_second_whatever_the_step() -> None:
    venue = cm.Venue(cm.Area([HALL]), dt=0.05)
    stay = venue.add_journey([venue.add_waiting("stay", [(5, 2), (9, 2), (9, 6), (5, 6)], 1e9)])
    venue.let_in([(6, 4)], stay)
    safety = cm.Safety(venue, 0.12)
    venue.run_until(60)
    minutes = safety.levels["walkway_person_min"]
    assert minutes[0] == minutes.sum() == pytest.approx(1, rel=0.01)


def test_mistakes_are_told_in_one_line(watched: cm.Safety, tmp_path: Path) -> None:
    with pytest.raises(cm.InputError, match=r"there is no line 'dor'; did you mean door\?"):
        watched.flow("dor")
    with pytest.raises(cm.InputError, match="what: there is no 'most'"):
        watched.plot_density(what="most")
    with pytest.raises(cm.InputError, match="was not recorded"):
        hall().animate(tmp_path / "x.html")
    with pytest.raises(cm.InputError, match="lies outside the area"):
        cm.Safety(hall(), zones={"street": [(30, 0), (40, 0), (40, 9)]})
    with pytest.raises(cm.InputError, match="cells and the range"):
        cm.Safety(hall(), cell=0)


def test_an_area_draws_its_walls_and_holes() -> None:
    area = cm.Area([[HALL, [(4, 4), (4, 6), (6, 6), (6, 4)]]])
    ax = area.plot()
    assert [len(line.get_xdata()) for line in ax.lines] == [5, 5]
    plt.close(ax.figure)
