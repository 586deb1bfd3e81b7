"""What must hold between the fields of a scene before it is worth encoding."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from .scene import RIDING, SEGMENT_CLASSES, Array, Scene


def check_scene(scene: Scene) -> None:
    """Raises ValueError naming the first field that does not fit the others."""
    if not scene.duration_s > 0:
        raise ValueError(f"duration_s is {scene.duration_s}: must be positive")
    if datetime.fromisoformat(scene.start).tzinfo is None:
        raise ValueError(f"start {scene.start!r} has no time zone: append e.g. +09:00")
    _check_streets(scene)
    _check_people(scene)
    _check_stays(scene)
    _check_cars(scene)
    _check_counts(scene)
    _check_water(scene)
    _ragged("river_offsets", scene.river_offsets, len(scene.river_xy))
    _ragged("building_offsets", scene.building_offsets, len(scene.building_xy))
    _ragged("area_offsets", scene.area_offsets, len(scene.area_xy))
    _shape("gate_xy", scene.gate_xy, (len(scene.gate_width_m), 2))
    _ragged("barrier_offsets", scene.barrier_offsets, len(scene.barrier_xy))
    for name in ("barrier_from_s", "barrier_to_s"):
        _shape(name, getattr(scene, name), (len(scene.barrier_offsets) - 1,))
        if not np.all(np.isfinite(getattr(scene, name))):
            raise ValueError(f"{name}: has values that are not finite")


def _check_streets(scene: Scene) -> None:
    segments = len(scene.segment_offsets) - 1
    _ragged("segment_offsets", scene.segment_offsets, len(scene.segment_xy))
    if segments < 1 or np.any(np.diff(scene.segment_offsets.astype(np.int64)) < 2):
        raise ValueError("segment_offsets: there must be segments, each with two vertices or more")
    _shape("segment_xy", scene.segment_xy, (len(scene.segment_xy), 2))
    for name in ("segment_width_m", "segment_class", "segment_bridge"):
        _shape(name, getattr(scene, name), (segments,))
    _below("segment_class", scene.segment_class, len(SEGMENT_CLASSES))
    if (scene.segment_from is None) != (scene.segment_to is None):
        raise ValueError("segment_from and segment_to: give both or neither")
    if scene.segment_from is not None and scene.segment_to is not None:
        _shape("segment_from", scene.segment_from, (segments,))
        _shape("segment_to", scene.segment_to, (segments,))
    if not np.all(np.isfinite(scene.segment_xy)):
        raise ValueError("segment_xy: has values that are not finite")


def _check_people(scene: Scene) -> None:
    people = len(scene.trip_offsets) - 1
    _check_tracks(scene, "trip", "person")
    for name in ("person_class", "person_final",
                 "person_depart_s", "person_caught_s"):  # fmt: skip
        _shape(name, getattr(scene, name), (people,))
    _shape("person_home_xy", scene.person_home_xy, (people, 2))
    if scene.person_lost_s is not None:
        _shape("person_lost_s", scene.person_lost_s, (people,))
    _below("person_class", scene.person_class, len(scene.class_names))
    _below("person_final", scene.person_final, len(scene.state_names))

    walks = np.diff(scene.trip_offsets.astype(np.int64)) > 0
    never = np.isnan(scene.person_depart_s) & walks
    if never.any():
        raise ValueError(
            f"person_depart_s: person {np.flatnonzero(never)[0]} travels, never leaves"
        )


def _check_stays(scene: Scene) -> None:
    stays = len(scene.stay_offsets) - 1
    _ragged("stay_offsets", scene.stay_offsets, len(scene.stay_s))
    _shape("stay_person", scene.stay_person, (stays,))
    _shape("stay_xy", scene.stay_xy, (len(scene.stay_s), 2))
    _below("stay_person", scene.stay_person, len(scene.trip_offsets) - 1)
    lengths = np.asarray(np.diff(scene.stay_offsets.astype(np.int64)), np.int64)
    if np.any(lengths < 2):
        raise ValueError(f"stay_offsets: stay {np.flatnonzero(lengths < 2)[0]} has no two places")
    owner = np.repeat(np.arange(stays), lengths)
    backwards = (np.diff(scene.stay_s) < 0) & (owner[1:] == owner[:-1])
    if backwards.any():
        raise ValueError(f"stay_s: stay {owner[1:][backwards][0]} goes back in time")


def _check_cars(scene: Scene) -> None:
    _check_tracks(scene, "car", "car")
    _shape("car_stays", scene.car_stays, (len(scene.car_offsets) - 1,))


def _check_tracks(scene: Scene, kind: str, whose: str) -> None:
    parts = ("offsets", "link", "enter_s", "end_s", "end_fraction")
    offsets, link, enter, end, fraction = (getattr(scene, f"{kind}_{part}") for part in parts)
    _ragged(f"{kind}_offsets", offsets, len(link))
    _shape(f"{kind}_enter_s", enter, (len(link),))
    _shape(f"{kind}_end_s", end, (len(offsets) - 1,))
    _shape(f"{kind}_end_fraction", fraction, (len(offsets) - 1,))
    on_street = link[link != RIDING] if kind == "trip" else link
    _below(f"{kind}_link", on_street, 2 * (len(scene.segment_offsets) - 1))

    lengths = np.asarray(np.diff(offsets.astype(np.int64)), np.int64)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    backwards = (np.diff(enter) < 0) & (owner[1:] == owner[:-1])
    if backwards.any():
        raise ValueError(f"{kind}_enter_s: {whose} {owner[1:][backwards][0]} travels back in time")
    moves = lengths > 0
    last = enter[offsets[1:].astype(np.int64)[moves] - 1]
    wrong = ~(end[moves] >= last)
    if wrong.any():
        raise ValueError(
            f"{kind}_end_s: {whose} {np.flatnonzero(moves)[wrong][0]} ends before entering the last link"
        )


def _check_counts(scene: Scene) -> None:
    moments = len(scene.census_times_s)
    _shape("census", scene.census, (moments, len(scene.state_names)))
    if moments < 1 or np.any(np.diff(scene.census_times_s) <= 0):
        raise ValueError("census_times_s: must be there and increase")
    shelters = len(scene.shelter_x)
    for name in ("shelter_y", "shelter_capacity", "shelter_usable"):
        _shape(name, getattr(scene, name), (shelters,))
    if len(scene.shelter_name) != shelters:
        raise ValueError(f"shelter_name: {len(scene.shelter_name)} names for {shelters} shelters")
    if shelters:
        _shape("shelter_occupancy", scene.shelter_occupancy, (moments, shelters))


def _check_water(scene: Scene) -> None:
    moments = len(scene.water_times_s)
    if scene.water_depth_m.ndim != 3 or len(scene.water_depth_m) != moments:
        raise ValueError(
            f"water_depth_m: shape {scene.water_depth_m.shape}, expected ({moments}, ny, nx)"
        )
    if np.any(np.diff(scene.water_times_s) <= 0):
        raise ValueError("water_times_s: must increase")
    if not scene.water_cell_m > 0:
        raise ValueError(f"water_cell_m is {scene.water_cell_m}: must be positive")


def _shape(name: str, array: Array, expected: tuple[int, ...]) -> None:
    if array.shape != expected:
        raise ValueError(f"{name}: shape {array.shape}, expected {expected}")


def _below(name: str, array: Array, limit: int) -> None:
    if array.size and int(array.max()) >= limit:
        raise ValueError(f"{name}: value {int(array.max())}, must be below {limit}")


def _ragged(name: str, offsets: Array, total: int) -> None:
    steps = np.diff(offsets.astype(np.int64))
    if len(offsets) < 1 or offsets[0] != 0 or offsets[-1] != total or np.any(steps < 0):
        raise ValueError(f"{name}: must rise from 0 to {total}")
