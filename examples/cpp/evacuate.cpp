/// Runs a scenario once and prints its key figures: evacuate CITY.h5 SCENARIO.yaml [SEED]
#include <chimata/chimata.hpp>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>

namespace {

int evacuate(const std::string& city_file, const std::string& scenario_file, std::uint64_t seed) {
  using namespace chimata;
  const City city = io::load_city(city_file);
  const Scenario scenario = Scenario::from_yaml(scenario_file, city);

  Simulation sim{scenario, Seed{seed}};
  sim.run_until(scenario.end());
  const Results results = sim.results();

  std::cout << scenario.name() << ", seed " << seed << '\n' << std::fixed;
  const auto& definitions = kpi_catalogue();
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    const auto& kpi = definitions[i];
    std::cout << std::setw(14) << std::setprecision(kpi.decimals) << results.kpis[i] << ' ' << std::left
              << std::setw(9) << kpi.unit << kpi.label_en << std::right << '\n';
  }
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: evacuate CITY.h5 SCENARIO.yaml [SEED]\n";
    return EXIT_FAILURE;
  }
  try {
    return evacuate(argv[1], argv[2], argc > 3 ? std::stoull(argv[3]) : 0);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
