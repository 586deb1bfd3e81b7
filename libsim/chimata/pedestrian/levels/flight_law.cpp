#include "chimata/pedestrian/levels/flight_law.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/core/fast_math.hpp"

namespace chimata::pedestrian {

namespace {

constexpr std::size_t kOnFoot = 4;  // kinds of people who take stairs

struct Speeds {
  double down[kOnFoot], up[kOnFoot], level[kOnFoot];
  bool along_slope;
};

constexpr Speeds kIndoor{{0.76, 0.65, 0.55, 0.42}, {0.55, 0.50, 0.42, 0.32}, {1.60, 1.48, 1.27, 0.61}, false};
constexpr Speeds kOutdoor{
    {0.81, 0.78, 0.59, 0.42}, {0.58, 0.58, 0.42, 0.32}, {1.60, 1.48, 1.27, 0.61}, false};
constexpr Speeds kImo{{0.88, 0.75, 0.635, 0.48}, {0.65, 0.61, 0.50, 0.39}, {1.36, 1.12, 0.935, 0.71}, true};
constexpr Speeds kWeidmann{
    {0.694, 0.694, 0.694, 0.694}, {0.610, 0.610, 0.610, 0.610}, {1.34, 1.34, 1.34, 1.34}, false};

const Speeds* table_of(StairTable table) {
  switch (table) {
    case StairTable::fruin_indoor:
      return &kIndoor;
    case StairTable::fruin_outdoor:
      return &kOutdoor;
    case StairTable::imo:
      return &kImo;
    case StairTable::weidmann:
      return &kWeidmann;
    default:
      return nullptr;
  }
}

/// Of the speed on the level, on a slope (rise over run) that is walked upwards if above 0.
double tobler(double slope) {
  return fast::exp(-3.5 * (std::fabs(slope + 0.05) - 0.05));
}

/// EN 115-1, annex H.
double escalator_capacity(double width, double belt) {
  const double at_half = width <= 0.8 ? 4800.0 / 0.8 : 6000.0 / 1.0;  // persons/h and metre: 3600 for 0.6 m
  return at_half * width / 3600 * std::min(belt, 0.65) / 0.5;
}

void check(bool good, const std::string& where, const std::string& what, const std::string& fix) {
  if (!good) throw InputError(where, what, fix);
}

}  // namespace

FlightLaw::FlightLaw(const std::string& where, const FlightModel& model, double steepness, double rise,
                     double width)
    : use_(model.use) {
  const bool own = model.table == StairTable::fixed || model.table == StairTable::shares;
  check(!own || (model.up > 0 && model.down > 0 && model.up <= 5 && model.down <= 5), where,
        "has no speed up or down", "give both, above 0");
  check(std::isfinite(model.rate), where, "has no rate", "give persons/s");
  const Speeds* table = table_of(model.table);
  for (const bool onward : {false, true}) {
    const bool up = onward == (rise >= 0);
    for (std::size_t who = 0; who < kMobilities; ++who) {
      Pace& pace = walk_[onward ? 1 : 0][who];
      if (model.kind == FlightKind::ramp) {
        const double slope = std::sqrt(std::max(0.0, steepness * steepness - 1));
        const bool rolls = who < kOnFoot || slope <= 1.0 / 12 + 1e-9;
        pace.share = rolls ? tobler(up ? slope : -slope) : 0;
      } else if (who >= kOnFoot) {
        continue;
      } else if (model.table == StairTable::fixed) {
        pace.fixed = (up ? model.up : model.down) / steepness;
      } else if (table == nullptr) {
        pace.share = up ? model.up : model.down;
      } else {
        pace.share = (up ? table->up[who] : table->down[who]) / table->level[who] /
                     (table->along_slope ? steepness : 1);
      }
    }
  }
  if (model.kind == FlightKind::escalator) {
    check(model.use != Use::both, where, "is an escalator that leads both ways", "say which way it goes");
    check(model.belt > 0 && model.belt <= 2, where,
          "its belt moves at " + std::to_string(model.belt) + " m/s", "give 0.5 to 0.75 m/s");
    check(model.walking >= 0 && model.walking <= 1, where, "has no such share of people who walk",
          "give 0 to 1");
    belt_ = model.belt / steepness, walking_ = model.walking;
    rate_ = model.rate < 0 ? escalator_capacity(width, model.belt) : model.rate;
  } else {
    rate_ = std::max(0.0, model.rate);
  }
}

double FlightLaw::speed_on_foot(Mobility who, bool onward, double on_level) const {
  const Pace& pace = walk_[onward ? 1 : 0][static_cast<std::size_t>(who)];
  return pace.share * on_level + pace.fixed;
}

double FlightLaw::speed(Mobility who, bool onward, double on_level, bool walks) const {
  const double walked = speed_on_foot(who, onward, on_level);
  if (belt_ == 0 || walked == 0) return walked;
  return belt_ + (walks ? walked : 0);
}

bool FlightLaw::walks(PersonId person, std::uint32_t flight, Random random) const {
  constexpr Purpose kWalks{"pedestrian.escalator"};
  return walking_ > 0 && random.uniform(kWalks, person.value, flight) < walking_;
}

}  // namespace chimata::pedestrian
