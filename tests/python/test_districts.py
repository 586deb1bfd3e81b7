"""The table and the sheets of districts."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest

import chimata as cm


@pytest.fixture(scope="module")
def study(wet: cm.Scenario, tmp_path_factory: pytest.TempPathFactory) -> cm.StudyResult:
    return cm.Study(wet, seeds=3, store=tmp_path_factory.mktemp("s")).run(workers=1, progress=False)


def test_districts_add_up_to_the_figures_of_the_city(study: cm.StudyResult) -> None:
    frame = study.districts()
    kpis = study.kpis()
    mean = kpis.groupby("kpi")["value"].mean()
    assert frame["residents"].sum() == 300
    for column, kpi in (("sheltered", "sheltered"), ("caught", "caught_total"), ("decided", "decided"),
                        ("not_arrived", "not_arrived_in_time")):  # fmt: skip
        assert frame[column].sum() == pytest.approx(mean[kpi])
    known = frame[np.isfinite(frame["sheltered_lo"])]
    assert (known["sheltered_lo"] <= known["sheltered"]).all()
    assert (known["sheltered"] <= known["sheltered_hi"]).all()
    shares = frame[["shelter_1_share", "shelter_2_share", "shelter_3_share"]].fillna(0)
    assert (shares.sum(axis=1) <= 1 + 1e-9).all()


def test_the_hand_check_is_distance_by_speed(study: cm.StudyResult) -> None:
    frame = study.districts()
    lived_in = frame[frame["residents"] > 0]
    assert (lived_in["walk_time_s"]
            == lived_in["walk_distance_m"] / lived_in["walk_speed_m_s"]).all()  # fmt: skip
    # nobody who arrives is faster than the last safe departure of a dry town allows
    assert lived_in["walk_distance_m"].between(10, 20_000).all()


def test_without_water_there_is_no_time_by_which_to_leave(flood: cm.Scenario) -> None:
    dry = cm.Study(flood, seeds=1).run(workers=1, progress=False)
    assert np.isposinf(dry.districts()["leave_by_s"].dropna()).all()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_district_has_a_sheet_of_its_own(
    study: cm.StudyResult, tmp_path: Path, lang: str
) -> None:
    page = study.district_sheets(tmp_path / "d.html", lang=lang).read_text("utf-8")
    frame = study.districts()
    assert page.count("<h2>") == len(frame)
    for name in frame["name"]:
        assert name in page
    assert page.count('class="check"') == len(frame)
    assert ("検算" if lang == "ja" else "Hand check") in page
    assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?(https?:)?//", page)
    assert "<script" not in page
    assert "district_" not in page  # every word is translated


def test_excel_opens_the_table_of_districts(study: cm.StudyResult, tmp_path: Path) -> None:
    path = study.district_sheets(tmp_path / "d.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [row["町丁目"] for row in rows] == list(study.districts()["name"])
    old = study.district_sheets(tmp_path / "d.cp932.csv").read_bytes().decode("cp932")
    assert old.splitlines()[0].startswith("町丁目コード,町丁目,人口(人)")


def test_causes_say_what_would_have_to_be_true_for_nobody_to_be_caught(
    study: cm.StudyResult,
) -> None:
    run = study["洪水", 0]
    causes = run.causes
    assert causes["persons"].sum() == run.kpis["caught_total"]
    assert causes["remedy_ja"].str.len().gt(0).all()
    assert not causes["remedy_en"].str.contains("{}", regex=False).any()


def test_an_unknown_scenario_has_no_districts(study: cm.StudyResult) -> None:
    with pytest.raises(cm.InputError, match="did you mean 洪水"):
        study.districts("洪")
