#include "chimata/driving/trips.hpp"

namespace chimata::driving {

TripRecord Trips::of(VehicleRow row, double end, LinkId last, double along, Outcome outcome) const {
  const Vehicle& vehicle = traffic_.vehicles[row];
  TripRecord trip{};
  trip.departed = traffic_.departed[row];
  trip.entered = riders_[row].entered;
  trip.end = end;
  trip.distance = vehicle.distance;
  trip.free_time = vehicle.free_time;
  trip.driver = riders_[row].driver;
  trip.people = riders_[row].people;
  trip.from = riders_[row].from;
  trip.goal = traffic_.routes.node_of(vehicle.guide);
  trip.last_link = last;
  trip.last_fraction = last.valid() ? static_cast<float>(along / traffic_.network.length_of(last)) : 0;
  trip.outcome = outcome;
  return trip;
}

std::vector<TripRecord> Trips::open(double now) const {
  std::vector<TripRecord> trips;
  for (VehicleRow row = 0; row < riders_.rows(); ++row) {
    const Vehicle& vehicle = traffic_.vehicles[row];
    if (vehicle.present != 0 && vehicle.state == kNobody) {
      trips.push_back(of(row, now, LinkId::none(), 0, Outcome::driving));
    }
  }
  for (std::uint32_t l = 0; l < traffic_.roads.size(); ++l) {
    const LinkId link{l};
    for (std::uint32_t i = 0; i < traffic_.present(link); ++i) {
      const double along = waters_.position(traffic_, link, i, now);
      trips.push_back(of(traffic_.slot(link, i).vehicle, now, link, along, Outcome::driving));
    }
  }
  return trips;
}

Journal::Places Trips::places(double now) const {
  return [this, now](LinkId link) {
    double sum = 0;
    for (std::uint32_t i = 0; i < traffic_.present(link); ++i) {
      sum += waters_.position(traffic_, link, i, now);
    }
    return sum;
  };
}

}  // namespace chimata::driving
