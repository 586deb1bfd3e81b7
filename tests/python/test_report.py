from __future__ import annotations

import math
import re
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import chimata as cm
from chimata.comparison import compared
from chimata.labels import CHOICES, UNITS, unit_label
from chimata.parameters import catalogue
from chimata.plots.curves import forest, left_out
from chimata.report_parts import assumption_groups, limits_of, plan_rows
from chimata.wording import (
    CARDS,
    decimals_for,
    headline,
    number,
    row_texts,
    shown_places,
    signed,
)


@pytest.fixture(scope="module")
def study(wet: cm.Scenario, tmp_path_factory: pytest.TempPathFactory) -> cm.StudyResult:
    early = wet.variant("早期発令", why="夜間のため").set("evacuation.compliance", 0.9)
    moved = wet.variant("移設<b>", why="安全 & 近さ").move("shelter:S01", to="area:hill")
    return cm.Study([wet, early, moved], seeds=4, store=tmp_path_factory.mktemp("s")).run(workers=1)


HEADINGS = {
    "ja": ["要約", "比較した案", "指標の比較", "地図", "避難の進み方", "避難所", "前提条件",
           "この結果の限界", "データの出典とライセンス", "実行の記録"],
    "en": ["Summary", "The plans compared", "Comparison of figures", "Maps",
           "How the evacuation goes", "Shelters", "Assumptions", "Limits of these results",
           "Sources and licences of the data", "Record of the runs"],
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_report_answers_what_a_council_asks(
    study: cm.StudyResult, tmp_path: Path, lang: str
) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        page = study.report(tmp_path / "r.html", lang=lang).read_text("utf-8")
    found = re.findall(r"<h2>(.*?)</h2>", page)
    assert found == HEADINGS[lang]
    assert f'<html lang="{lang}">' in page
    for licence in study.scenario("洪水").city.licences:
        assert licence in page
    assert "judgement" in page  # sources of parameters
    assert "夜間のため" in page  # reason of a change
    assert "schema: chimata/scenario@1" in page  # the scenarios, to be run again
    assert "0–3" in page  # seeds
    # the flood; three maps of every scenario; all curves, those of every scenario; two forests
    assert page.count("data:image/png;base64,") == 1 + 3 * 3 + 1 + 3 + 2
    assert len(page) < 3_000_000


def test_the_report_needs_no_network_and_no_script(study: cm.StudyResult, tmp_path: Path) -> None:
    page = study.report(tmp_path / "r.html").read_text("utf-8")
    assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?(https?:)?//", page)
    assert "<script" not in page
    assert "@import" not in page


def test_names_and_reasons_are_text_not_markup(study: cm.StudyResult, tmp_path: Path) -> None:
    page = study.report(tmp_path / "r.html").read_text("utf-8")
    assert "移設&lt;b&gt;" in page
    assert "移設<b>" not in page
    assert "安全 &amp; 近さ" in page


def test_a_study_of_one_scenario_gets_figures_without_a_comparison(
    flood: cm.Scenario, tmp_path: Path
) -> None:
    results = cm.Study(flood, seeds=2, store=tmp_path / "s").run(workers=1)
    page = results.report(tmp_path / "r.html", lang="en").read_text("utf-8")
    assert "min – max" in page
    known = results.kpis().dropna(subset=["value"])["kpi"]
    assert page.count('class="card plain"') == len(set(CARDS) & set(known)) > 3
    assert 'id="comparison"' not in page


def _row(**values: object) -> dict[str, object]:
    return {"kpi": "not_arrived_in_time", "label": "避難できない人", "unit": "persons",
            "baseline": 1234.4, "variant": 1084.4, "scenario": "案", "diff": -150.0, "lo": -181.2,
            "hi": -118.8, "n": 20, "verdict": "better", **values}  # fmt: skip


def test_the_headline_states_the_difference_with_its_interval() -> None:
    rows = pd.DataFrame([_row()])
    (sentence,) = headline(rows, "洪水", {"not_arrived_in_time": 0}, "ja")
    assert sentence == (
        "「案」では「洪水」に比べ、避難できない人が1,234人から1,084人へ改善した"
        "(差 −150人、95%信頼区間 −181〜−119人、20組の比較)。"
    )


def test_the_headline_claims_nothing_where_the_interval_contains_zero() -> None:
    rows = pd.DataFrame([_row(diff=-5.0, lo=-20.0, hi=10.0, verdict="no clear difference")])
    (ja,) = headline(rows, "洪水", {}, "ja")
    (en,) = headline(rows, "洪水", {}, "en")
    assert "明確な差は認められない" in ja
    assert "No clear difference" in en
    assert "改善" not in ja
    assert "improve" not in en


def test_the_headline_prefers_a_clear_difference_and_admits_a_worse_one() -> None:
    rows = pd.DataFrame([
        _row(diff=-5.0, lo=-20.0, hi=10.0, verdict="no clear difference"),
        _row(kpi="sheltered", label="避難完了者", diff=-9.0, lo=-12.0, hi=-6.0, verdict="worse"),
    ])  # fmt: skip
    (sentence,) = headline(rows, "洪水", {}, "ja")
    assert "避難完了者" in sentence
    assert "悪化" in sentence


def test_the_headline_tells_the_other_side_too() -> None:
    rows = pd.DataFrame([
        _row(),
        _row(kpi="clearance_p95_s", label="避難所要", unit="s", baseline=3600.0, variant=4200.0,
             diff=600.0, lo=590.0, hi=610.0, verdict="worse"),
    ])  # fmt: skip
    (ja,) = headline(rows, "洪水", {}, "ja")
    (en,) = headline(rows, "洪水", {}, "en")
    assert ja.endswith("一方、避難所要は60.0分から70.0分へ悪化した。")
    assert en.endswith("On the other hand, “避難所要” gets worse, from 60.0 to 70.0 min.")


def test_a_sure_but_tiny_difference_is_no_headline() -> None:
    rows = pd.DataFrame([
        _row(kpi="caught_total", label="逃げ遅れ", baseline=3895.0, variant=3892.0, diff=-3.0,
             lo=-5.7, hi=-0.3),
        _row(label="未到着"),
    ])  # fmt: skip
    (sentence,) = headline(rows, "洪水", {}, "ja")
    assert "未到着" in sentence
    assert "逃げ遅れ" not in sentence


def test_an_interval_without_zero_does_not_end_at_zero_by_rounding() -> None:
    told = row_texts(_row(diff=-3.0, lo=-5.7, hi=-0.3), 0, "ja")
    assert (told["lo"], told["diff"], told["hi"]) == ("−6", "−3", "−0.3")
    told = row_texts(_row(diff=-3.0, lo=-6.3, hi=0.3, verdict="no clear difference"), 0, "ja")
    assert (told["lo"], told["hi"]) == ("−6", "0")


@pytest.mark.parametrize(
    ("kpi", "unit", "decimals", "change", "said"),
    [
        ("clearance_p95_s", "s", 0, 2.9, "no clear difference"),  # 0.05 min are 3 s
        ("clearance_p95_s", "s", 0, 3.1, "worse"),
        ("caught_total", "persons", 0, 0.4, "no clear difference"),
        ("caught_total", "persons", 0, 0.6, "worse"),
        ("evacuated_share", "1", 3, -0.0004, "no clear difference"),
        ("evacuated_share", "1", 3, -0.0006, "worse"),
        ("max_density", "persons/m2", 2, 0.004, "no clear difference"),
        ("max_density", "persons/m2", 2, 0.006, "worse"),
    ],
)
def test_a_difference_that_rounds_to_nothing_is_none(
    kpi: str, unit: str, decimals: int, change: float, said: str
) -> None:
    kpis = pd.DataFrame(
        [("a", seed, kpi, 0.5) for seed in range(5)]
        + [("b", seed, kpi, 0.5 + change) for seed in range(5)],
        columns=["scenario", "seed", "kpi", "value"],
    )
    better = "higher" if kpi == "evacuated_share" else "lower"
    about = {kpi: {"label_ja": kpi, "unit": unit, "better": better, "decimals": decimals}}
    (row,) = compared(kpis, "a", ["b"], about, 0.95, "ja").to_dict("records")
    assert row["verdict"] == said


def test_units_are_written_as_people_write_them() -> None:
    assert unit_label("persons/m2", "ja") == "人/m²"
    assert unit_label("person min", "ja") == "人・分"
    assert unit_label("person min", "en") == "person-min"
    assert unit_label("m", "ja") == "m"
    told = row_texts(_row(kpi="evacuated_share", unit="1", baseline=0.7, variant=0.8, diff=0.1,
                          lo=0.09, hi=0.11), 3, "ja")  # fmt: skip
    assert (told["diff"], told["unit"], told["diff_unit"]) == ("+10", "%", "ポイント")


def test_figures_show_no_more_digits_than_the_interval_supports() -> None:
    assert decimals_for(31.0) == 0
    assert decimals_for(0.3, most=3) == 1
    assert decimals_for(0.004, most=3) == 3
    assert decimals_for(0.0, most=1) == 1
    text = row_texts(_row(kpi="clearance_p95_s", unit="s", baseline=2838.0, variant=2460.0,
                          diff=-378.0, lo=-940.0, hi=184.0), 0, "en")  # fmt: skip
    assert text == {"unit": "min", "diff_unit": "min", "baseline": "47", "variant": "41",
                    "diff": "−6", "lo": "−16", "hi": "+3", "interval": "−16 … +3"}  # fmt: skip


def test_the_difference_shown_is_that_of_the_figures_shown() -> None:
    # 24.4 to 21.6 min: at full minutes 24 and 22 would differ by 3
    told = row_texts(_row(kpi="event_out_p95_s", unit="s", baseline=1464.0, variant=1296.0,
                          diff=-168.0, lo=-270.0, hi=-66.0), 0, "en")  # fmt: skip
    assert (told["baseline"], told["variant"], told["diff"]) == ("24.4", "21.6", "−2.8")


def test_one_baseline_is_one_number_in_every_table() -> None:
    rows = pd.DataFrame([
        _row(kpi="max_density", unit="persons/m2", baseline=7.2, variant=6.2, diff=-1.0,
             lo=-1.0 - half, hi=-1.0 + half, scenario=name, n=pairs)
        for name, half, pairs in (("a", 0.3, 4), ("b", 4.0, 4), ("c", math.nan, 0))
    ])  # fmt: skip
    places = shown_places(rows, {"max_density": 2})
    shown = {
        row_texts(row, 2, "en", places["max_density"])["baseline"] for _, row in rows.iterrows()
    }
    assert shown == {"7.2"}


def test_minutes_have_two_decimals_at_most() -> None:
    rows = pd.DataFrame([
        _row(kpi="event_out_p95_s", unit="s", baseline=427.62, variant=427.62 + diff, diff=diff,
             lo=diff - 0.6, hi=diff + 0.6, scenario=name, n=3)
        for name, diff in (("a", 2.4), ("b", 183.77), ("c", -123.18), ("d", 8.51))
    ])  # fmt: skip
    assert shown_places(rows, {"event_out_p95_s": 0})["event_out_p95_s"] <= 2


@pytest.mark.parametrize("pairs", [0, 1])
def test_fewer_than_two_pairs_are_not_judged(pairs: int) -> None:
    unbounded = math.inf if pairs else math.nan
    row = _row(lo=-unbounded, hi=unbounded, n=pairs, verdict="not judged")
    (ja,) = headline(pd.DataFrame([row]), "洪水", {}, "ja")
    (en,) = headline(pd.DataFrame([row]), "洪水", {}, "en")
    assert "判定できない" in ja
    assert "cannot be judged" in en
    assert ("run more seeds" in en) == (pairs == 1)
    assert "組の比較" not in ja
    assert row_texts(row, 0, "en")["interval"] == "–"


def test_a_report_of_one_seed_judges_nothing_and_asks_for_more(
    flood: cm.Scenario, early: cm.Scenario, tmp_path: Path
) -> None:
    results = cm.Study([flood, early], seeds=1, store=tmp_path / "s").run(workers=1)
    page = results.report(tmp_path / "r.html", lang="en").read_text("utf-8")
    assert (
        page.count("A figure that only one pair of runs has cannot be judged; run more seeds.") == 2
    )
    assert "(1 run of each plan)" in page
    assert 'class="forest"' not in page
    assert "o clear difference" not in page


def test_the_headline_knows_platforms_and_the_way_home() -> None:
    rows = pd.DataFrame([
        _row(kpi="event_density_max", label="会場の最大密度", lo=-200.0, hi=1.0,
             verdict="no clear difference"),
        _row(kpi="event_home_p95_s", label="帰宅", unit="s"),
        _row(kpi="platform_load_max", label="ホームの最大密度"),
    ])  # fmt: skip
    (sentence,) = headline(rows, "花火", {}, "ja")
    assert "ホームの最大密度" in sentence
    (sentence,) = headline(rows[:2], "花火", {}, "ja")
    assert "帰宅" in sentence


def test_without_a_clear_main_figure_the_clearest_other_one_is_named() -> None:
    rows = pd.DataFrame([
        _row(diff=-5.0, lo=-200.0, hi=190.0, verdict="no clear difference"),
        _row(kpi="delay_mean_s", label="平均遅れ", verdict="changed"),
        _row(kpi="turned_away", label="断られた人", lo=-299.0, hi=-1.0),
        _row(kpi="redirected", label="行き先を変えた人"),
    ])  # fmt: skip
    (sentence,) = headline(rows, "洪水", {}, "ja")
    assert "行き先を変えた人" in sentence
    assert sentence.endswith("主な指標に明確な差は認められない。")
    (sentence,) = headline(rows[:2], "洪水", {}, "en")
    assert "changes “平均遅れ”" in sentence


def test_the_chart_of_differences_is_not_ruled_by_tiny_baselines() -> None:
    rows = pd.DataFrame([
        _row(kpi="squeezed", baseline=0.33, variant=4.5, diff=4.17, lo=1.0, hi=7.3),
        _row(kpi="sheltered", label="一人", baseline=1.0, variant=9.0, diff=8.0, lo=1.0, hi=15.0),
        _row(kpi="cut_off", lo=-math.inf, hi=math.inf, n=1, verdict="not judged"),
        _row(),
    ])  # fmt: skip
    assert left_out(rows).tolist() == [True, False, True, False]
    ax = forest(rows, lang="en")
    assert [text.get_text() for text in ax.get_yticklabels()] == ["避難できない人", "一人"]
    assert max(abs(edge) for edge in ax.get_xlim()) < 250
    assert "beyond" in ax.get_xlabel()
    plt.close("all")


def test_numbers_read_well() -> None:
    assert number(1234567.0) == "1,234,567"
    assert number(float("nan")) == "–"
    assert number(-0.2) == "0"
    assert signed(3.0) == "+3"
    assert signed(0.2) == "0"
    assert signed(float("inf")) == "–"


@pytest.fixture(scope="module")
def fireworks(city: cm.City) -> cm.Scenario:
    night = cm.Scenario(
        "花火", city, city.population(300, seed=1), start="2025-08-02 17:45", duration="3h"
    )
    return night.add(
        cm.Event("花火", at="area:riverside", start="19:30", end="19:50", attendance=60),
        cm.Crowds(dt_s=0.1, radius_m=0.15),
    )  # fmt: skip


def _planned(scenario: cm.Scenario, *, event: bool = True, evacuation: bool = False) -> cm.Run:
    # what the tables of assumptions and limits read of a run, which need not be done for them
    return cast(
        "cm.Run", SimpleNamespace(scenario=scenario, has_event=event, has_evacuation=evacuation)
    )


def test_the_source_of_a_default_backs_no_changed_value(fireworks: cm.Scenario) -> None:
    for lang, said in (
        ("en", "set by this scenario; default 0.2: RiMEA"),
        ("ja", "このシナリオで設定"),
    ):
        groups = {
            group["name"]: group["rows"] for group in assumption_groups(_planned(fireworks), lang)
        }
        rows = {row["name"]: row for row in groups["crowds"]}
        assert rows["radius_m"]["source"].startswith(said)
        assert rows["radius_m"]["grade"] == ""
        assert rows["law"]["grade"] in ("A", "B", "C")
        attendance = next(row for row in groups["event"] if row["name"] == "attendance")
        assert (
            attendance["source"] == {"en": "set by this scenario", "ja": "このシナリオで設定"}[lang]
        )


def test_places_that_a_planner_wrote_in_degrees_are_told_as_they_are(
    fireworks: cm.Scenario,
) -> None:
    other = fireworks.change("event", centre="134.8395, 34.7585").set(
        "event.station", "134.85, 34.76"
    )
    told = [str(row["new"]) for row in plan_rows(fireworks, other, "ja")]
    assert "134.8395, 34.7585" in told
    assert "134.85, 34.76" in told


def test_choices_are_told_in_japanese_beside_their_key(flood: cm.Scenario) -> None:
    groups = assumption_groups(_planned(flood), "ja")
    rows = {row["name"]: row for group in groups for row in group["rows"]}
    assert (rows["hazard"]["value"], rows["hazard"]["value_key"]) == ("洪水", "river_flood")
    assert (rows["away"]["value"], rows["away"]["value_key"]) == ("いったん帰宅する", "come_home")
    (row,) = plan_rows(flood, flood.variant("b").set("evacuation.departure", "uniform"), "ja")
    assert (row["old"], row["new"]) == ("Rayleigh分布 (rayleigh)", "一様分布 (uniform)")
    names = {"weidmann", "crowdwalk", "orca", "pregnolato"}  # proper names
    for model in catalogue().values():
        for parameter in model["parameters"].values():
            assert set(parameter["choices"]) <= set(CHOICES) | names
            assert parameter["unit"] in UNITS or parameter["unit"] in (
                "",
                "m",
                "L",
                "1/m",
                "1/km",
                "ppm",
                "%",
            )


def test_limits_are_those_of_what_the_scenario_has(
    fireworks: cm.Scenario, flood: cm.Scenario
) -> None:
    def told(*runs: cm.Run) -> str:
        return " ".join(limits_of(runs, "en"))

    assert "no cars in this scenario" in told(_planned(fireworks))
    assert "Trains" not in told(_planned(fireworks))
    cars = (
        fireworks.variant("車").add(cm.Driving()).change("event:花火", station="building:station")
    )
    both = told(_planned(fireworks), _planned(cars))
    assert "no cars" not in both
    assert "at crossings only" in both
    assert "Trains are an interval" in both
    assert "Few seeds" not in told(_planned(flood, event=False, evacuation=True))


def test_every_label_exists_in_both_languages() -> None:
    from chimata.labels import LABELS, LIMITS, say

    for key, words in [*LABELS.items(), *enumerate(LIMITS)]:
        assert len(words) == 2, key
        assert all(word.strip() for word in words), key
    with pytest.raises(cm.InputError, match="use ja or en"):
        say("time", "fr")
