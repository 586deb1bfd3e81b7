/// Private to io: what makes a shelter valid, whatever file it comes from.
#pragma once

#include <map>

#include "chimata/io/places.hpp"
#include "chimata/io/shelter_columns.hpp"

namespace chimata::io {

/// A shelter as a source gives it.
struct ShelterRow {
  std::string where;     ///< for messages
  std::string id, name;  ///< id "": one is made
  Point position;
  std::optional<double> capacity;
  HazardMask fit = kAnyHazard;
  ShelterStock stock;
};

class ShelterRules {
 public:
  ShelterRules(const PlaceOptions& options, std::string file, std::vector<Problem>* notes)
      : options_(options), file_(std::move(file)), notes_(notes) {}

  /// @throws InputError if the row is not a valid shelter
  void add(const ShelterRow& row);
  /// @throws InputError if there was no row
  [[nodiscard]] Shelters finish();

 private:
  const PlaceOptions& options_;
  std::string file_;
  std::vector<Problem>* notes_;
  Shelters shelters_;
  std::map<std::string, std::string> where_of_id_;
  std::size_t without_capacity_ = 0;
};

}  // namespace chimata::io
