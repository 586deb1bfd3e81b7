/// People in the plane, step by step: the part of the engine "pedestrian" that must be fast.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/core/parallel.hpp"
#include "chimata/core/random.hpp"
#include "chimata/pedestrian/cell_order.hpp"
#include "chimata/pedestrian/columns.hpp"
#include "chimata/pedestrian/laws.hpp"
#include "chimata/pedestrian/move.hpp"
#include "chimata/pedestrian/own_law.hpp"
#include "chimata/space/walls.hpp"

namespace chimata::pedestrian {

/// Somebody who comes in. Speed, radius and time gap are kept with seven digits.
struct Newcomer {
  PersonId person;
  Point at;
  Point velocity = {};    ///< m/s
  double speed = 1.2;     ///< desired, m/s
  double radius = 0.2;    ///< m
  double time_gap = 1.0;  ///< s, collision_free and anticipating
  Law law = Law::collision_free;
};

/// @throws InputError naming the person whose place, velocity, speed, radius or time gap is no such thing
void check(const Newcomer& who);

/// All people of one area. Columns are kept sorted by cell of the neighbour grid, within a cell by person: a
/// row is not an identity and changes with every step.
///
/// A step reads the old state and writes the new one; nothing depends on the number of threads, on the order
/// in which people came in or on the machine's instructions. No step allocates once the columns have grown.
class Crowd {
 public:
  /// @param walls  must outlive the crowd; they may be put up and taken away between steps
  /// @param seed   of what laws draw: people who shuffle
  explicit Crowd(const Walls& walls, const Laws& laws = {}, Seed seed = Seed{0});

  /// The law of everybody who comes in with `Law::own`.
  /// @throws InputError unless it has exactly one of its two functions, and a range above 0
  void set_own_law(OwnLaw law);
  [[nodiscard]] bool has_own_law() const { return own_.person != nullptr || own_.everybody != nullptr; }
  /// Lets people in, in any order. Whoever comes in aims at where they stand.
  /// @throws InputError naming the person whose place, speed, radius or time gap is no such thing
  void insert(std::span<const Newcomer> people);
  /// Takes out all rows with `gone[row] != 0`.
  void remove(std::span<const std::uint8_t> gone);
  /// Moves somebody and their aim, velocity kept: to another level, where people stand in the same plane.
  void shift(std::size_t row, Point by);
  /// One step of `dt` s towards `aims()`, at `moment` whole seconds (people who shuffle draw anew each
  /// second): sorts the rows anew by where everybody stands, then moves everybody. Nobody comes nearer than 1
  /// mm to a standing wall or passes through one, however long the step.
  /// @throws InputError naming somebody for whom the own law has no velocity; all stand where they stood
  void step(double dt, Arena& arena, std::uint32_t moment = 0);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::span<const PersonId> person() const { return {person_.data(), size_}; }
  [[nodiscard]] std::span<const Point> position() const { return {position_.data(), size_}; }  ///< m
  [[nodiscard]] std::span<const Point> velocity() const { return {velocity_.data(), size_}; }  ///< m/s
  // The same columns to be looked at without a copy. What is shown stays as it is for as long as it is held,
  // through steps and to the end of the crowd: the next step then goes on in other memory.
  [[nodiscard]] std::shared_ptr<const PersonId[]> show_person() const { return person_.share(); }
  [[nodiscard]] std::shared_ptr<const Point[]> show_position() const { return position_.share(); }
  [[nodiscard]] std::shared_ptr<const Point[]> show_velocity() const { return velocity_.share(); }
  /// Where everybody wants to go next, to be kept up by whoever finds the way; moves with the rows. Nobody
  /// goes past the aim within a step; whoever is there stays.
  [[nodiscard]] std::span<Point> aims() { return {aim_.data(), size_}; }
  [[nodiscard]] std::span<const Point> aims() const { return {aim_.data(), size_}; }
  /// Of the desired speed here and now (zones, water, smoke), 0 or more; 1 for newcomers.
  [[nodiscard]] std::span<float> speed_factor() { return {numbers_[kFactor], size_}; }
  [[nodiscard]] std::span<const float> speed_factor() const { return {numbers_[kFactor], size_}; }
  /// A number per person that the way-finder wants kept, 0 for newcomers; moves with the rows.
  [[nodiscard]] std::span<std::uint32_t> note() { return {note_.data(), size_}; }
  [[nodiscard]] std::span<const std::uint32_t> note() const { return {note_.data(), size_}; }

  // What people came in with. Whoever inserts them anew with their places and velocities and sets aims,
  // factors and notes goes on with the same bits.
  [[nodiscard]] std::span<const float> speed() const { return {numbers_[kSpeed], size_}; }  ///< desired, m/s
  [[nodiscard]] std::span<const float> radius() const { return {numbers_[kRadius], size_}; }     ///< m
  [[nodiscard]] std::span<const float> time_gap() const { return {numbers_[kTimeGap], size_}; }  ///< s
  [[nodiscard]] std::span<const Law> law() const { return {law_.data(), size_}; }

  /// How deep the body of somebody who wants to move overlapped at worst with one that they see when the
  /// last step began, m; 0 if none did.
  [[nodiscard]] double worst_overlap() const { return worst_overlap_; }
  /// Memory held, bytes.
  [[nodiscard]] std::size_t bytes() const;
  /// Instructions to use instead of the best that the machine has, for tests of equal bits.
  void use(Instructions instructions) { instructions_ = instructions; }

 private:
  void reserve(std::size_t people);
  void sort(Arena& arena);
  void reorder(Arena& arena);

  const Walls* walls_;
  Laws laws_;
  Random random_;
  OwnLaw own_;
  OwnStep own_step_;
  Instructions instructions_ = best_instructions();
  std::size_t size_ = 0, room_ = 0;
  std::size_t looking_ = 0;  ///< people whose law looks at the velocities of others
  std::size_t seeking_ = 0;  ///< people whose law looks at where others want to go
  std::size_t owning_ = 0;   ///< people who move by the own law
  double reach_ = 0, widest_ = 0, worst_overlap_ = 0;

  Rows<Point> position_, velocity_, aim_, spare_, next_velocity_;
  enum Number : std::uint8_t { kSpeed, kRadius, kTimeGap, kFactor };
  FourRows numbers_;
  Rows<PersonId> person_;
  std::vector<std::uint32_t> note_;
  Rows<Law> law_;
  CellOrder cells_;
  struct Extent {
    Box box;
    double sight, radius;
  };
  std::vector<Extent> extents_;  ///< by block
  std::vector<double> closest_;  ///< by block
};

}  // namespace chimata::pedestrian
