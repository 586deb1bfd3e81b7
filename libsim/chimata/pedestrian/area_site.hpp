/// One area of the world as a venue. Private to this room.
#pragma once

#include <vector>

#include "chimata/core/table.hpp"
#include "chimata/geo/raster.hpp"
#include "chimata/mobility/focus_area.hpp"
#include "chimata/pedestrian/area_air.hpp"
#include "chimata/pedestrian/crowds.hpp"
#include "chimata/pedestrian/safety.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::pedestrian {

/// A stage and an entrance per gate, a stage per spot.
struct AreaSite {
  /// @param first_cell_row, first_gate_row  rows of this area in the fields
  AreaSite(const FocusArea& area, const CrowdModel& model, Seed seed, std::size_t first_cell_row,
           std::size_t first_gate_row);

  /// @throws InputError naming the gate to come in by through which a body so wide, as a radius in m, does
  /// not
  ///         fit
  void check_width(double radius) const;
  /// The nearest gate that lets people out and to which a way leads now, if one is so near; else kNoRow.
  [[nodiscard]] std::uint32_t way_out_at(Point at, double within) const;
  /// Whether some gate is so near.
  [[nodiscard]] bool at_a_gate(Point at, double within) const;
  /// What people here walk through and breathe from now on: water, if anybody tells of it, smoke and gases.
  void surround(const Field* depths, const WadingModel& wading, const AreaAir& air);
  /// Lets out no more people than the streets have room for, less those whom the streets do not know of yet.
  /// @param room        persons, by gate of all areas
  /// @param went_on     whether this window follows the last one
  void hold_back(const std::vector<float>& room, bool went_on);

  /// The nearest gate by which somebody gets out of here; kNoRow while barriers in their way may still be
  /// taken away, or if there is none.
  [[nodiscard]] std::uint32_t other_way_out(PersonId person, Point at) const;

  /// Rows of "areas" and "gates"; those of "area_gates", "area_levels", "guard_posts" and
  /// "density". `row` is that of the area.
  void record(Time time, std::uint32_t row, const AreaAir& air, TableSet& tables) const;
  void finish(std::uint32_t row, TableSet& tables) const;
  /// Rows of "doses": everybody who breathed in something harmful.
  void write_doses(std::uint32_t row, std::size_t people, TableSet& tables) const;

  const FocusArea* about;
  Venue venue;
  Safety safety;
  std::vector<StageRow> gate_stage;                  ///< by gate
  std::vector<std::uint32_t> leave_by, go_to;        ///< journeys, by gate and by spot
  std::vector<EntranceRow> entrance;                 ///< by gate
  std::vector<std::int64_t> went_in, went_out;       ///< by gate, since the start
  std::vector<std::int64_t> turned_back;             ///< by gate: sent away before they were in
  std::vector<std::int32_t> stage_gate, stage_spot;  ///< by stage; -1: none
  RasterFrame cells;                                 ///< of the fields of water
  std::size_t first_cell, first_gate;                ///< rows of this area in the fields
  bool wet = false;                                  ///< there is water somewhere in it
  std::int64_t visiting = 0, stranded = 0;           ///< a visitor who is stranded counts as stranded
  std::int64_t overcome = 0;                         ///< by smoke and gases: they lie where they fell
  std::int64_t in_smoke = 0;                         ///< at the end of the last window
  double smoke_person_s = 0;                         ///< time spent in smoke so far
  std::vector<std::int64_t>
      let_out;             ///< `went_out` at the last window's start and those before, latest first
  double looked_at = 0;    ///< s, last look at who gets no farther
  double measured_at = 0;  ///< s
  double last_change = 0;  ///< s, when the last barrier is put up or taken away

 private:
  void put_up_barriers();
  void write_gates(std::uint32_t row, Table& gates) const;
  double gate_flow;  ///< persons/(m s) out; 0: as many as the law brings through
};

}  // namespace chimata::pedestrian
