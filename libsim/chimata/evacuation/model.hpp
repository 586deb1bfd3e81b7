/// Everything about evacuation behaviour that can be set.
#pragma once

#include <string>
#include <vector>

#include "chimata/core/parameter.hpp"

namespace chimata {

/// How warnings reach people.
enum class ReceptionLaw : std::uint8_t {
  at_once,  ///< everybody addressed hears at the moment of issue
  channels  ///< loudspeakers, mail, media, patrol cars and neighbours, each with reach and delay
};

/// How long people take from being told to the door.
enum class DepartureLaw : std::uint8_t { rayleigh, lognormal, uniform, immediate };

/// Whether the members of a household wait for each other.
enum class GatheringLaw : std::uint8_t {
  together,  ///< they decide as one and leave when the last is ready
  alone      ///< adults decide and leave by themselves; dependants go with one of them
};

/// What members do who are elsewhere when the warning comes.
enum class AwayLaw : std::uint8_t { come_home, by_themselves };

/// How a household chooses between car and feet.
enum class ModeLaw : std::uint8_t {
  share,    ///< a given share of those who could drive
  distance  ///< a logit on the distance to the shelter
};

/// How a place of safety is chosen.
enum class DestinationLaw : std::uint8_t {
  nearest,        ///< least travel time on the usual map
  assigned,       ///< the zone's shelter, else the nearest
  capacity_aware  ///< nearest with room: places are given out in order of walking time before anyone leaves
};

/// The kind of disaster that a shelter must be fit for; value i stands for bit i of a HazardMask.
enum class HazardKind : std::uint8_t {
  river_flood,
  landslide,
  storm_surge,
  earthquake,
  tsunami,
  large_fire,
  inland_flood,
  volcano
};

/// Who may count on their own upper floor when the order comes.
enum class VerticalRule : std::uint8_t {
  official,   ///< the three official conditions, see vertical.hpp
  any_floor,  ///< whoever has an upper floor, whatever the hazard map says
  none        ///< nobody: everyone who acts leaves
};

/// Whether water indoors kills.
enum class CasualtyLaw : std::uint8_t {
  none,
  depth  ///< likelier from `fatal_from` m over the floor they stand on, certain from `fatal_at`
};

///
/// Shares are compared with one draw per household (per person where members act alone) and purpose, so that
/// raising a share keeps everyone who acted before. Delays are one draw per person, so that an earlier order
/// makes nobody leave later.
struct EvacuationModel {
  // warnings
  Time order_at{};                  ///< level 4 (避難指示); kNever: no order
  Time elderly_at = kNever;         ///< level 3 (高齢者等避難) for elderly and impaired; kNever: none
  Time urgent_at = kNever;          ///< level 5 (緊急安全確保): those still at home go up; kNever: none
  std::vector<std::string> zones;   ///< ids of the zones warned; empty: those in the warning area, else all
  double compliance = 0.7;          ///< share of those ordered who leave
  double elderly_compliance = 0.7;  ///< share of elderly and impaired who leave at level 3
  double elderly_factor = 1;        ///< multiplies both shares for the elderly
  double impaired_factor = 1;       ///< multiplies both shares for the impaired
  double urgent_compliance = 0.9;   ///< share of those told at level 5 who go up if they can

  // reception
  ReceptionLaw reception = ReceptionLaw::at_once;
  bool night = false;  ///< people sleep: reaches are multiplied by the channels' night factors
  double siren_reach = 0.27, siren_night = 0.7;
  double mail_reach = 0.5, mail_night = 0.5;
  double media_reach = 0.19, media_night = 0.3;
  double patrol_reach = 0.07, patrol_night = 0.8;
  double neighbour_reach = 0.2, neighbour_night = 0.5;
  Duration siren_delay{120'000}, mail_delay{60'000}, media_delay{600'000};  ///< means, exponential
  Duration patrol_delay{1'800'000}, neighbour_delay{300'000};
  double water_seen_share = 0;     ///< of those who stayed, leave when they see water at the door
  double water_seen_depth = 0.05;  ///< m at which they see it

  // leaving
  DepartureLaw departure = DepartureLaw::rayleigh;
  Duration departure_mean{1'800'000};    ///< mean time from being told to leaving
  double departure_sigma = 0.94;         ///< of the logarithm, for lognormal
  Duration departure_latest{7'200'000};  ///< nobody leaves later than this after being told
  GatheringLaw gathering = GatheringLaw::together;
  AwayLaw away = AwayLaw::come_home;
  Duration wait_for_away{1'800'000};  ///< a household that is ready waits no longer for absent members
  Duration wait_on_way{600'000};      ///< nor do members who were separated on the way

  // means of travel
  ModeLaw mode = ModeLaw::share;
  double car_share = 0;                          ///< of the households that leave with a car and a driver
  double car_constant = -1.2, car_per_km = 1.0;  ///< utility of the car over walking
  bool car_ban = false;                          ///< evacuation by car is forbidden and nobody drives
  std::int64_t car_occupancy = 5;                ///< most people in one car
  Duration car_boarding{120'000};                ///< from the door to driving off

  // destinations
  DestinationLaw destination = DestinationLaw::nearest;
  HazardKind hazard = HazardKind::river_flood;
  bool flood_safe_only = true;     ///< use only shelters fit for the hazard
  double informed = 0.5;           ///< share who know closures and water everywhere
  bool shelter_info = false;       ///< the informed also know which shelters are full, at home and on the way
  bool redirect = true;            ///< whoever finds a shelter full is sent to the next with room
  Duration retry_every{300'000};   ///< how often those cut off look for a way again
  double shelter_closes_at = 0.5;  ///< m of water at a shelter from which it takes nobody in; its people stay

  // upstairs
  double vertical_share = 0;  ///< of those told who go up instead of leaving
  VerticalRule vertical = VerticalRule::official;
  double floor_margin = 0;       ///< m that a floor must lie above the hazard map's depth
  double refuge_distance = 500;  ///< m to a building nearby that is near enough for going up
  bool late_upstairs = true;     ///< who is trapped by water goes up if there is a floor
  bool return_home = true;       ///< who finds no way on goes back to an upper floor that is safe
  double stair_speed = 0.21;     ///< m of height per second
  CasualtyLaw casualties = CasualtyLaw::none;
  double fatal_from = 0.3, fatal_at = 1.0;  ///< m

  // help
  double helper_share = 0.05;    ///< of fit adults who help somebody outside their household
  double helper_distance = 200;  ///< m, straight, between the two homes
  std::int64_t crews = 0;        ///< vehicles with crew that the municipality sends
  std::string crew_base;         ///< id of the shelter where they start; empty: the first usable one
  Duration crew_loading{600'000};

  // supplies
  double water_per_day = 3;  ///< L per person
  double meals_per_day = 3;  ///< per person
};
[[nodiscard]] const Declarations<EvacuationModel>& evacuation_parameters();

}  // namespace chimata
