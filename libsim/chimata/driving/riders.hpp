/// Who sits in which car.
#pragma once

#include <vector>

#include "chimata/core/records.hpp"
#include "chimata/driving/vehicle.hpp"

namespace chimata::driving {

/// Cars by row with their drivers, passengers in a chain behind each driver. Rows are used again.
class Riders {
 public:
  struct Car {
    double entered = -1;  ///< s, drove onto the first link
    PersonId driver;
    NodeId from;
    std::uint32_t people = 0;
    std::uint32_t unused = 0;
  };
  static_assert(sizeof(Car) == 24);

  explicit Riders(std::size_t people) : next_(people), car_(people, kNobody) {}

  /// A row for a new car of `driver`.
  VehicleRow board(PersonId driver, NodeId from) {
    VehicleRow row = static_cast<VehicleRow>(cars_.size());
    if (free_.empty()) {
      cars_.emplace_back();
    } else {
      row = free_.back();
      free_.pop_back();
    }
    cars_[row] = {-1, driver, from, 1, 0};
    car_[driver] = row;
    next_[driver] = PersonId::none();
    return row;
  }
  void join(PersonId passenger, VehicleRow row) {
    const PersonId driver = cars_[row].driver;
    next_[passenger] = next_[driver];
    next_[driver] = passenger;
    car_[passenger] = row;
    ++cars_[row].people;
  }
  /// Calls `tell(person)` for everybody in the car and forgets it.
  template <class Tell>
  void alight(VehicleRow row, Tell&& tell) {
    for (PersonId person = cars_[row].driver; person.valid(); person = next_[person]) {
      car_[person] = kNobody;
      tell(person);
    }
    free_.push_back(row);
  }
  [[nodiscard]] Car& operator[](VehicleRow row) { return cars_[row]; }
  [[nodiscard]] const Car& operator[](VehicleRow row) const { return cars_[row]; }
  [[nodiscard]] std::size_t rows() const { return cars_.size(); }
  /// The car that somebody is in; kNobody if none.
  [[nodiscard]] VehicleRow car_of(PersonId person) const { return car_[person]; }

  void save(SnapshotWriter& out) const {
    put_records(out, "riders", cars_);
    out.put("next_rider", next_.values());
    out.put("car_of", car_.values());
    out.put("free_rows", free_);
  }
  void load(const SnapshotReader& in) {
    get_records(in, "riders", cars_);
    in.get("next_rider", next_);
    in.get("car_of", car_);
    in.get("free_rows", free_);
  }

 private:
  std::vector<Car> cars_;
  std::vector<VehicleRow> free_;
  Column<PersonId, PersonId> next_;
  Column<PersonId, VehicleRow> car_;
};

}  // namespace chimata::driving
