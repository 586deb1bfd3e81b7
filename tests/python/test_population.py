"""People from tables, groups and weighted points; households; what shelters are fit for."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import chimata as cm

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("CHIMATA_DATA") or ROOT.parent / "shared" / "data")
KUMAMOTO = DATA / "practice" / "kumamoto_evacuation" / "dlib__Evacuees_Master_Data.csv"


def homes(city: cm.City, rows: int) -> pd.DataFrame:
    residences = city.core.residences()
    return pd.DataFrame({"x": residences["x"][:rows], "y": residences["y"][:rows]})


def test_every_person_belongs_to_a_household_of_the_size_it_says(city: cm.City) -> None:
    people = city.population(3000)
    households = people.households
    sizes = people.df.groupby("household").size()
    assert len(people.df) == 3000
    assert sizes.index.tolist() == list(range(len(households)))
    assert (sizes.to_numpy() == households["size"].to_numpy()).all()
    assert not people.df.loc[people.df.age < 18, "can_drive"].any()
    grown = people.df[people.df.age >= 18].groupby("household").size()
    assert len(grown) == len(households)
    assert (households["supplies_h"] <= 72).all()


def test_groups_of_a_table_become_households(city: cm.City) -> None:
    table = homes(city, 3).assign(
        count=[2, 3, 1], household=["a", "b", "c"], cars=[0, 2, 1], upper_floor_m=[0, 6, 3],
        supplies_h=[10, 72, 24], needs_help=[1, 0, 1], can_drive=[False, True, False],
    )  # fmt: skip
    people = city.population(table=table)
    assert people.households["size"].tolist() == [2, 3, 1]
    assert people.households["cars"].tolist() == [0, 2, 1]
    assert people.households["upper_floor_m"].tolist() == [0, 6, 3]
    assert people.df["needs_help"].tolist() == [True, True, False, False, False, True]
    assert people.df["can_drive"].tolist() == [False, False, True, True, True, False]


def test_expansion_factors_keep_the_total(city: cm.City) -> None:
    table = homes(city, 40).assign(count=0.35)
    first, again = city.population(table=table), city.population(table=table)
    assert len(first) == 14
    assert first.df.equals(again.df)


def test_a_file_in_cp932_with_other_names_is_understood(city: cm.City, tmp_path: Path) -> None:
    table = homes(city, 2).assign(人数=[4, 1], 属性=[1, 4])
    table.to_csv(tmp_path / "people.csv", index=False, encoding="cp932")
    people = city.population(
        table=tmp_path / "people.csv",
        columns={"count": "人数", "person_class": "属性"},
        classes={1: "elderly", 4: "adult"},
    )
    assert people.df["person_class"].tolist() == [2, 2, 2, 2, 0]


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("count", [1, -2], "row 2: count is -2"),
        ("count", ["1", "many"], "row 2: count is 'many'; give a number"),
        ("age", [30.5, 40], "row 1: age is .*whole number"),
        ("person_class", ["adult", "adlut"], "row 2: person_class is 'adlut'; did you mean adult"),
        ("household", ["a", "a"], "row 2: household a lives at two places"),
        ("can_drive", [1, 2], "row 2: can_drive is "),
        ("zone", ["", "nowhere"], "row 2: there is no zone nowhere"),
    ],
)
def test_a_wrong_table_is_refused_with_its_row(
    city: cm.City, column: str, values: list[object], message: str
) -> None:
    with pytest.raises(cm.InputError, match=message):
        _ = city.population(table=homes(city, 2).assign(**{column: values})).core


def test_a_missing_column_is_named(city: cm.City) -> None:
    with pytest.raises(cm.InputError, match="no column '人数' for count"):
        city.population(table=homes(city, 2), columns={"count": "人数"})


def test_kumamotos_groups_are_expanded(city: cm.City) -> None:
    if not KUMAMOTO.is_file():
        pytest.skip(f"no {KUMAMOTO}: set CHIMATA_DATA")
    people = city.population(
        table=KUMAMOTO,
        columns={
            "count": "グループ人数", "household": "グループ番号", "person_class": "グループ属性",
            "x": "座標X", "y": "座標Y",
        },
        classes={1: "elderly", 2: "child", 3: "elderly", 4: "adult", 5: "impaired", 6: "elderly",
                 7: "elderly", 8: "adult", 9: "adult"},
    )  # fmt: skip
    master = pd.read_csv(KUMAMOTO, encoding="cp932")
    assert len(people) == master["グループ人数"].sum() == 67028
    assert people.households["size"].tolist() == master["グループ人数"].tolist()
    by_class = np.bincount(people.df["person_class"], minlength=4).tolist()
    asked = master.groupby("グループ属性")["グループ人数"].sum()
    assert by_class == [
        asked[[4, 8, 9]].sum(), asked[2], asked[[1, 3, 6, 7]].sum(), asked[5],
    ]  # fmt: skip


def test_shelters_say_what_they_are_fit_for(city: cm.City) -> None:
    shelters = city.core.shelters()
    assert ((shelters["fit"] & 1) != 0).tolist() == shelters["flood_safe"].tolist()
    assert {"floor_m", "parking", "toilets", "water_l", "meals", "welfare"} <= set(shelters)


def test_a_city_file_of_the_first_version_still_loads(city: cm.City, tmp_path: Path) -> None:
    import h5py

    city.save(tmp_path / "old.h5")
    with h5py.File(tmp_path / "old.h5", "r+") as file:
        count = len(file["shelters/fit"])
        for name in ("fit", "floor", "parking", "toilets", "water_l", "meals", "welfare"):
            del file[f"shelters/{name}"]
        file["shelters/flood_safe"] = np.arange(count, dtype=np.uint8) % 2
        file.attrs["version"] = 1
    shelters = cm.City.load(tmp_path / "old.h5").core.shelters()
    assert shelters["flood_safe"].tolist() == [row % 2 == 1 for row in range(count)]
    assert shelters["fit"].tolist() == [
        255 if row % 2 else 255 - (1 + 4 + 16 + 64) for row in range(count)
    ]
