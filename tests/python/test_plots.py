from __future__ import annotations

import base64
import io
import warnings
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Annotation
from PIL import Image

import chimata as cm
from chimata.plots.naming import place_names
from chimata.plots.style import set_title, styled
from chimata.report import _png


@pytest.fixture(scope="module")
def run(wet: cm.Scenario) -> cm.Run:
    return wet.run(0, progress=False)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "what", ["density", "arrival_time_s", "caught", "depth", "arrivals", "shelters"]
)
def test_every_picture_is_drawn_in_both_languages_without_missing_glyphs(
    run: cm.Run, what: str, lang: str
) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        ax = run.plot(what, lang=lang)
        ax.figure.canvas.draw()
    told = [text.get_text() for text in ax.figure.findobj(lambda part: hasattr(part, "get_text"))]
    japanese = {"避難所", "人数(人)", "避難完了"} & set(told)
    assert bool(japanese) == (lang == "ja")
    plt.close("all")


def test_a_map_shows_river_shelters_and_sources(run: cm.Run) -> None:
    ax = run.plot("depth", t_s=3600, names="id")
    told = {text.get_text() for text in [*ax.texts, *ax.get_legend().get_texts()]}
    assert {"河川", "避難所", "S01"} <= told
    assert run.scenario.city.licences[0] in ax.get_xlabel()
    assert "03:00" in ax.get_title()
    plt.close("all")


def test_names_never_cover_each_other() -> None:
    draw = np.random.default_rng(3)
    ax = plt.subplots(figsize=(4, 4))[1]
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    x, y = draw.uniform(0.1, 0.9, (2, 60))
    written = place_names(ax, x, y, [f"shelter {i}" for i in range(60)], draw.uniform(size=60))
    assert 5 < len(written) < 60
    boxes = [t.get_window_extent() for t in ax.texts if isinstance(t, Annotation)]
    assert len(boxes) == len(written)
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    plt.close("all")


def test_where_names_compete_for_room_the_weightier_is_written() -> None:
    ax = plt.subplots(figsize=(4, 4))[1]
    weight = np.array([3.0, 1.0, 9.0, *[5.0] * 9])
    written = place_names(ax, np.full(12, 0.5), np.full(12, 0.5), list("abcdefghijkl"), weight)
    assert written[0] == "c"
    assert "b" not in written
    plt.close("all")


def test_a_long_title_fits_above_its_picture() -> None:
    for name, lines in (("洪水", 1), ("堤防の上に臨時の出入口を設け、分散して退場させる案" * 2, 2)):
        with styled():
            ax = plt.subplots(figsize=(6.4, 4))[1]
            set_title(ax, name, "会場の最大密度(人/m²)")
        assert ax.get_title().count("\n") == lines - 1
        assert ax.title.get_window_extent().width <= ax.figure.bbox.width
    plt.close("all")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("what", ["density", "arrival_time_s", "caught", "depth", "arrivals"])
def test_no_picture_of_the_report_is_cut(run: cm.Run, what: str, lang: str) -> None:
    data = _png(run.plot(what, lang=lang)).partition(",")[2]
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("L"))
    assert (picture[[0, -1]] > 250).all()
    assert (picture[:, [0, -1]] > 250).all()


def test_an_unknown_picture_is_refused_with_a_suggestion(run: cm.Run) -> None:
    with pytest.raises(cm.InputError, match="density"):
        run.plot("densty")
