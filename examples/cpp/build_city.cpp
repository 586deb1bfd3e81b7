/// Builds a city from its files once, to be loaded in a moment later: build_city FOLDER CITY.h5
#include <chimata/chimata.hpp>
#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: build_city FOLDER CITY.h5\n";
    return EXIT_FAILURE;
  }
  try {
    using namespace chimata;
    const City city = io::import_city(io::read_city_plan(argv[1]));
    io::save_city(city, argv[2]);
    std::cout << city.name << ": " << city.network.segment_count() << " streets, " << city.crs << '\n';
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
