/// Everything about an event that can be set.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chimata/core/parameter.hpp"
#include "chimata/core/time.hpp"

namespace chimata {

struct EventModel {
  std::string name;    ///< for people
  std::string at;      ///< where: a polygon of the city, "area:riverside"
  std::string centre;  ///< "building:…", "area:…" or "longitude, latitude"; "": the middle of `at`
  double within = 0;   ///< m from the centre in which people stay; 0: anywhere in the area
  Time start = kNever, end = kNever;
  std::int64_t attendance = 5000;     ///< persons
  std::vector<std::string> people;    ///< each "kind, share" or "kind, share, law"; none: all alike
  std::vector<std::string> groups;    ///< each "size, share"; none: everybody comes alone
  Duration arrive_from{90 * 60'000};  ///< before the start: when the first come
  double catchment = 3000;            ///< m on foot from which residents come
  double viewing_density = 1.0;       ///< persons/m² where people stay
  Duration release{20 * 60'000};      ///< from the end until the last have set out
  std::int64_t blocks = 1;            ///< parts of the crowd told to set out one after the other
  double guided = 0;                  ///< share who leave by the gate that staff name: the quickest now
  std::vector<std::string> closed_gates, entrances_only, exits_only;  ///< ids of gates
  std::vector<std::string> extra_gates;                               ///< "longitude, latitude, width in m"
  std::vector<std::string> barriers;  ///< "longitude, latitude, longitude, latitude[, from[, until]]"
  std::vector<std::string> checks;    ///< "gate, lanes, mean seconds per person"
  double check_variation = 0.5;       ///< of the time of a check: standard deviation over mean
  bool cut_buildings = false;         ///< nobody walks through the city's buildings

  std::int64_t stops_at_level = 4;   ///< alert level at the place at which staff end the event; 0: it goes on
  double stops_in_smoke = 0.1;       ///< 1/m, smoke anywhere in the area at which staff end it; 0: it goes on
  double announce_reach = 0.9;       ///< share of those in the area who take in what is announced there
  Duration announce_delay{180'000};  ///< mean, exponential: from the warning until somebody is told there

  std::string station;     ///< "building:station"; "": nobody comes by train
  double train_share = 0;  ///< of the attendance
  Duration train_every{10 * 60'000};
  std::int64_t train_capacity = 600;  ///< persons who find room in a train that leaves
  Time last_train = kNever;
  double platform_area = 500;  ///< m² where people wait for trains
  double station_gates = 4;    ///< persons/s that come out of the station

  double car_share = 0;                ///< of the attendance, from elsewhere
  std::vector<std::string> car_from;   ///< where roads enter the town
  std::vector<std::string> car_parks;  ///< each "place, spaces"
  double persons_per_car = 2.5;
  Duration parking_time{120'000};  ///< from turning in until they walk off, and the other way round
};

[[nodiscard]] const Declarations<EventModel>& event_parameters();

}  // namespace chimata
