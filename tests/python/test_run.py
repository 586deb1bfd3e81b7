from __future__ import annotations

import re
import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

import chimata as cm
from chimata.page.checks import check_scene
from chimata.trajectories import along, sampled, stretches


@pytest.fixture(scope="module")
def run(wet: cm.Scenario) -> cm.Run:
    return wet.run(seed=0, progress=False)


def test_tables_are_pandas_geopandas_and_arrow(run: cm.Run) -> None:
    trips = run.trips
    assert len(trips.df) == len(trips) == len(trips.arrow)
    assert trips.gdf.crs == "EPSG:6673"
    assert set(trips.gdf.geom_type.dropna()) == {"LineString"}
    arrived = trips["outcome"] == 0
    assert trips["delay_s"][arrived].min() > -0.01  # nobody is faster than alone on dry streets
    length = run.scenario.city.core.segments()["length_m"]
    streets = run.links.gdf
    assert streets.geometry.length.to_numpy() == pytest.approx(length[streets["link"] // 2])
    assert list(run.shelters.df["name"].unique()) == run.scenario.city.core.shelters()["name"]
    assert len(run.persons.gdf) == 300


def test_arrow_shares_memory_with_the_engine(run: cm.Run) -> None:
    column = run.persons["departed_s"]
    shared = run.persons.arrow.column("departed_s").chunk(0).buffers()[1]
    assert shared is not None
    assert shared.address == column.ctypes.data


def test_a_table_goes_to_parquet_and_back(run: cm.Run, tmp_path: Path) -> None:
    import pandas as pd

    path = run.census.to_parquet(tmp_path / "census.parquet")
    assert pd.read_parquet(path).equals(run.census.df)


def test_a_table_without_places_has_no_map(run: cm.Run) -> None:
    with pytest.raises(cm.InputError, match=r"events: has no geometry; use \.df"):
        run.events.gdf  # noqa: B018
    with pytest.raises(cm.InputError, match="did you mean census"):
        run.table("sensus")


def test_trajectories_start_at_departure_keep_walking_speed_and_end_at_arrival(
    wet: cm.Scenario,
) -> None:
    # on slopes people may walk faster than on the level, and households wait for each other
    alone = wet.add(cm.Walking(slope=False), cm.People(households=False))
    run = alone.run(seed=0, progress=False)
    path = run.trajectories(every="5s").df
    people = run.scenario.population.core.columns()
    speed, access = people["free_speed_m_s"], people["access_distance_m"]
    trips = run.trips.df.set_index("person")
    walkers = list(path.groupby("id"))
    assert {person for person, _ in walkers} == set(trips.index)
    for person, rows in walkers:
        steps = np.hypot(np.diff(rows["x"]), np.diff(rows["y"]))
        assert np.all(np.diff(rows["t_s"]) == 5)
        # shorter than the walk only where a corner is cut
        assert steps.max() <= speed[person] * 5 * 1.001
        # from the door to the street takes the way between them
        on_street = run.persons["departed_s"][person] + access[person] / speed[person]
        assert abs(trips["start_s"][person] - on_street) < 2e-3
        assert 0 <= rows["t_s"].iloc[0] - trips["start_s"][person] < 5
        assert 0 <= trips["end_s"][person] - rows["t_s"].iloc[-1] <= 5
        assert run.persons["sheltered_s"][person] >= trips["end_s"][person] - 1e-3


def test_a_step_of_no_length_is_refused(run: cm.Run) -> None:
    with pytest.raises(cm.InputError, match="every"):
        run.trajectories(every="0s")


def test_someone_stopped_on_a_link_is_not_drawn_beyond() -> None:
    entries = {"person": np.array([4, 4]), "t_s": np.array([0.0, 10.0]), "link": np.array([0, 3])}
    legs = {"person": np.array([4]), "start_s": np.array([0.0]), "end_s": np.array([20.0]),
            "last_fraction": np.array([0.5])}  # fmt: skip
    row, moment, fraction = sampled(stretches(entries, legs), 5.0)
    assert row.tolist() == [0, 0, 1, 1]
    assert moment.tolist() == [0, 5, 10, 15]
    assert fraction.tolist() == [0, 0.5, 0, 0.25]


def test_two_legs_of_one_person_end_each_on_its_own() -> None:
    entries = {"person": np.array([1, 1]), "t_s": np.array([0.0, 100.0]), "link": np.array([0, 2])}
    legs = {"person": np.array([1, 1]), "start_s": np.array([0.0, 100.0]),
            "end_s": np.array([10.0, 110.0]), "last_fraction": np.array([1.0, 0.2])}  # fmt: skip
    stays = stretches(entries, legs)
    assert stays.end_s.tolist() == [10, 110]
    assert stays.reach.tolist() == [1.0, 0.2]
    assert stays.leg.tolist() == [0, 1]


def test_places_along_a_bent_street_follow_its_shape_in_both_directions() -> None:
    segments = {"shape_offset": np.array([0, 3, 5]), "shape_x": np.array([0.0, 10, 10, 500, 504]),
                "shape_y": np.array([0.0, 0, 30, 7, 7])}  # fmt: skip
    link, fraction = np.array([0, 0, 0, 1, 2, 3]), np.array([0.0, 0.5, 1.0, 0.25, 0.5, 1.0])
    x, y = along(segments, link, fraction)
    assert x.tolist() == [0, 10, 10, 10, 502, 500]
    assert y.tolist() == [0, 10, 30, 20, 7, 7]


def test_clock_times_carry_the_zone(run: cm.Run) -> None:
    assert run.clock([0, 5400])[1].isoformat() == "2025-09-10T03:30:00+09:00"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("what", ["density", "arrival_time_s", "depth", "arrivals", "shelters"])
def test_every_picture_has_all_its_glyphs(run: cm.Run, what: str, lang: str) -> None:
    from chimata.plots.style import font_families

    if len(font_families()) < 2:
        pytest.skip("no Japanese font is installed")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes = run.plot(what, lang=lang)
        assert axes.figure is not None
        axes.figure.canvas.draw()
    plt.close("all")


def test_a_picture_goes_onto_given_axes_and_leaves_the_users_settings(run: cm.Run) -> None:
    before = dict(plt.rcParams)
    figure, axes = plt.subplots()
    assert run.plot("arrivals", ax=axes) is axes
    assert len(figure.axes) == 1
    assert dict(plt.rcParams) == before
    plt.close("all")
    with pytest.raises(cm.InputError, match="did you mean density"):
        run.plot("densty")


def test_maps_name_their_sources_and_have_a_scale_bar(run: cm.Run) -> None:
    ax = run.plot("density")
    words = [text.get_text() for text in ax.texts]
    assert run.scenario.city.licences[0] in ax.get_xlabel()
    assert any(re.fullmatch(r"\d+ k?m", word) for word in words)
    plt.close("all")


def test_the_scene_of_a_run_fits_together_and_plays_without_network(
    run: cm.Run, tmp_path: Path
) -> None:
    from chimata.export import scene_of

    scene = scene_of(run)
    check_scene(scene)
    assert scene.duration_s == 21600
    assert scene.start == "2025-09-10T02:00:00+09:00"
    page = run.animate(tmp_path / "a.html", compare=run, lang="en").read_text("utf-8")
    assert 'src="http' not in page
    assert 'href="http' not in page
    with pytest.raises(cm.InputError, match="use ja or en"):
        run.animate(tmp_path / "b.html", lang="fr")
