/// Everything most programs need: load a city, describe a scenario, run it, read the results.
///
///     const City city = io::load_city("city.h5");
///     const Scenario scenario = Scenario::from_yaml("flood.yaml", city);
///     Simulation sim{scenario, Seed{7}};
///     sim.run_until(scenario.end());
///     const Results results = sim.results();
///
/// Errors in the input are thrown as `InputError`, whose text is one line for a person.
#pragma once

#include "chimata/analysis/kpi.hpp"
#include "chimata/city/city.hpp"
#include "chimata/core/error.hpp"
#include "chimata/core/time.hpp"
#include "chimata/io/city_file.hpp"
#include "chimata/io/import.hpp"
#include "chimata/network/network.hpp"
#include "chimata/people/population.hpp"
#include "chimata/routing/path.hpp"
#include "chimata/scenario/scenario.hpp"
#include "chimata/scenario/simulation.hpp"
