from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import chimata as cm


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _text(html: str) -> str:
    """The words of the page, after checking that every tag is closed."""
    balance = _Balance()
    balance.feed(html)
    assert not balance.open
    return re.sub(r"<[^>]+>", " ", html)


def test_a_city_shows_its_size_and_sources(city: cm.City) -> None:
    city.core  # noqa: B018 (reads it)
    told = _text(city._repr_html_())
    assert "km" in told
    assert city.licences[0] in told


def test_a_scenario_shows_its_parts_and_edits_as_text(flood: cm.Scenario) -> None:
    moved = flood.variant("移設<b>", why="安全").move("shelter:S01", to="area:hill")
    told = _text(moved._repr_html_())
    assert "移設&lt;b&gt;" in told
    assert "order_at=02:30" in told
    assert "shelter:S01" in told
    assert "安全" in told


def test_a_run_shows_its_figures_with_units(flood: cm.Scenario) -> None:
    told = _text(flood.run(0, progress=False)._repr_html_())
    assert "逃げ遅れ" in told
    assert "人" in told
    assert "%" in told


def test_a_study_shows_differences_and_verdicts(
    flood: cm.Scenario, early: cm.Scenario, tmp_path: Path
) -> None:
    results = cm.Study([flood, early], seeds=3, store=tmp_path / "s").run(workers=1)
    told = _text(results._repr_html_())
    assert "早期発令 / 基準: 洪水" in told
    assert "…" in told
    assert "明確な差なし" in told or "改善" in told
