/// Two futures of one moment: runs PLAN_A up to HH:MM as it happens, then goes on under both plans.
///
///     what_next CITY.h5 PLAN_A.yaml PLAN_B.yaml MINUTES [SEED]
///
/// MINUTES count from the start. The plans may differ only in what is still to come then: a street closed, a
/// shelter enlarged.
#include <chimata/chimata.hpp>
#include <cstdlib>
#include <iostream>
#include <string>

namespace {

using namespace chimata;

std::int64_t safe(const Census& census) {
  return census[static_cast<std::size_t>(PersonState::sheltered)];
}

int what_next(const City& city, const std::string& plan_a, const std::string& plan_b, Time now, Seed seed) {
  const Scenario as_planned = Scenario::from_yaml(plan_a, city);
  Simulation present{as_planned, seed};
  present.run_until(now);
  std::cout << "safe after " << seconds(now) / 60 << " min: " << safe(present.census()) << '\n';

  // the fork stands where the present does; from here each runs by itself
  Simulation otherwise = present.fork(Scenario::from_yaml(plan_b, city));
  for (Simulation* future : {&present, &otherwise}) {
    future->run_until(as_planned.end());
    std::cout << "safe in the end, " << future->scenario().name() << ": " << safe(future->census()) << '\n';
  }
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::cerr << "usage: what_next CITY.h5 PLAN_A.yaml PLAN_B.yaml MINUTES [SEED]\n";
    return EXIT_FAILURE;
  }
  try {
    const City city = io::load_city(argv[1]);
    const Seed seed{argc > 5 ? std::stoull(argv[5]) : 0};
    return what_next(city, argv[2], argv[3], time_of(60 * std::stod(argv[4])), seed);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
