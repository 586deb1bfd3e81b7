"""What an animation shows: streets, people's trips, water, shelters, counts over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Indices = NDArray[np.uint32]
Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Array = NDArray[Any]

#: Values of `Scene.segment_class`.
SEGMENT_CLASSES = ("motorway", "major", "minor", "residential", "foot", "steps")
#: Order of states the engine reports; the page translates these names.
STATE_NAMES = (
    "home",
    "preparing",
    "walking",
    "waiting",
    "sheltered",
    "stranded",
    "cut_off",
    "caught_at_home",
    "casualty",
)
CLASS_NAMES = ("adult", "child", "elderly", "impaired")


#: A value of `Scene.trip_link`: in a vehicle, or indoors, until the next entry, and not drawn.
RIDING = 0xFFFFFFFF


def _none() -> Floats:
    return np.zeros(0)


def _no_points() -> Floats:
    return np.zeros((0, 2))


def _no_rings() -> Indices:
    return np.zeros(1, np.uint32)


def _no_links() -> Indices:
    return np.zeros(0, np.uint32)


def _no_times() -> Singles:
    return np.zeros(0, np.float32)


def _no_flags() -> Flags:
    return np.zeros(0, np.bool_)


@dataclass(frozen=True, eq=False, kw_only=True)
class Scene:
    """Everything the page draws, in local metric coordinates.

    Positions are metres, x east and y north, in any local frame; times are seconds after `start`.
    Ragged arrays come as values and offsets: item i owns values[offsets[i]:offsets[i + 1]].
    `chimata.page.checks.check_scene` states what must hold between the fields.

    A directed link is 2 * segment from the segment's first vertex to its last, and
    2 * segment + 1 the other way.
    """

    # -- words ---------------------------------------------------------------------------------
    title: str
    subtitle: str = ""
    attribution: str = ""  # licence line of the data, printed on the map
    start: str  # time of second 0, ISO 8601 with zone: "2026-09-10T17:00:00+09:00"
    duration_s: float  # length of the time axis

    # -- streets -------------------------------------------------------------------------------
    segment_xy: Floats  # (n_points, 2) m, vertices of all segments
    segment_offsets: Indices  # (n_segments + 1)
    segment_width_m: Floats  # (n_segments) usable width
    segment_class: Bytes  # (n_segments) index into SEGMENT_CLASSES
    segment_bridge: Flags  # (n_segments)
    segment_from: Indices | None = None  # (n_segments) node of the first vertex
    segment_to: Indices | None = None  # (n_segments) node of the last; None: nodes by position

    # -- people --------------------------------------------------------------------------------
    trip_offsets: Indices  # (n_people + 1); an empty trip is somebody who stays at home
    trip_link: Indices  # (n_entries) directed links in order of travel, or RIDING
    trip_enter_s: Singles  # (n_entries) s, when the person enters that link
    trip_end_s: Singles  # (n_people) s, leaves the last link or stops there; ignored without trip
    trip_end_fraction: Singles  # (n_people) 0..1 along the last link; 1 has left it
    person_class: Bytes  # (n_people) index into class_names
    person_final: Bytes  # (n_people) index into state_names, the state after the last entry
    person_home_xy: Floats  # (n_people, 2) m; embedded only for those caught at home
    person_depart_s: Singles  # (n_people) s, leaves home; NaN never leaves
    person_caught_s: Singles  # (n_people) s, when the water closes the home; NaN never
    person_lost_s: Singles | None = None  # (n_people) s, a casualty at home; NaN never
    class_names: Sequence[str] = CLASS_NAMES
    state_names: Sequence[str] = STATE_NAMES

    # -- people inside an area, who walk in the plane; their trips say RIDING meanwhile ----------------
    stay_offsets: Indices = field(
        default_factory=_no_rings
    )  # (n_stays + 1), two places each or more
    stay_person: Indices = field(default_factory=_no_links)  # (n_stays)
    stay_s: Floats = field(default_factory=_none)  # (n_places) s, not falling within a stay
    stay_xy: Floats = field(default_factory=_no_points)  # (n_places, 2) m, straight in between

    # -- cars, one each however many ride in it ----------------------------------------------------
    car_offsets: Indices = field(default_factory=_no_rings)  # (n_cars + 1)
    car_link: Indices = field(default_factory=_no_links)  # (n_car_entries) directed links
    car_enter_s: Singles = field(default_factory=_no_times)  # (n_car_entries) s
    car_end_s: Singles = field(default_factory=_no_times)  # (n_cars) s, off the road, or stopped
    car_end_fraction: Singles = field(default_factory=_no_times)  # (n_cars) 0..1 of the last link
    car_stays: Flags = field(default_factory=_no_flags)  # (n_cars) stands there from then on
    left_hand: bool = True  # cars keep to the left

    # -- counts over time ----------------------------------------------------------------------
    census_times_s: Floats  # (n_census) s, increasing
    census: Indices  # (n_census, n_states) persons per state

    # -- water ---------------------------------------------------------------------------------
    water_times_s: Floats = field(default_factory=_none)  # (n_water) s, increasing
    water_depth_m: Singles = field(  # (n_water, ny, nx) m, row 0 is the northernmost
        default_factory=lambda: np.zeros((0, 0, 0), np.float32)
    )
    water_x0: float = 0.0  # m, lower-left corner of the raster
    water_y0: float = 0.0
    water_cell_m: float = 1.0  # m, side of a cell

    # -- ground --------------------------------------------------------------------------------
    river_xy: Floats = field(default_factory=_no_points)  # (n, 2) m, rings filled even-odd:
    river_offsets: Indices = field(default_factory=_no_rings)  # an island is a ring in a ring
    building_xy: Floats = field(default_factory=_no_points)  # (n, 2) m, outer rings only
    building_offsets: Indices = field(default_factory=_no_rings)

    area_xy: Floats = field(default_factory=_no_points)  # (n, 2) m, where an event is; even-odd
    area_offsets: Indices = field(default_factory=_no_rings)
    gate_xy: Floats = field(default_factory=_no_points)  # (n_gates, 2) m, middles of its gates
    gate_width_m: Floats = field(default_factory=_none)  # (n_gates)
    barrier_xy: Floats = field(default_factory=_no_points)  # (n, 2) m, ropes and fences
    barrier_offsets: Indices = field(default_factory=_no_rings)
    barrier_from_s: Floats = field(default_factory=_none)  # (n_barriers) s, stands from then on
    barrier_to_s: Floats = field(default_factory=_none)  # (n_barriers) s, until then

    # -- shelters ------------------------------------------------------------------------------
    shelter_x: Floats = field(default_factory=_none)  # (n_shelters) m
    shelter_y: Floats = field(default_factory=_none)  # (n_shelters) m
    shelter_name: Sequence[str] = ()
    shelter_capacity: Floats = field(default_factory=_none)  # (n_shelters) persons
    shelter_occupancy: Indices = field(  # (n_census, n_shelters) persons
        default_factory=lambda: np.zeros((0, 0), np.uint32)
    )
    shelter_usable: Flags = field(default_factory=_no_flags)
