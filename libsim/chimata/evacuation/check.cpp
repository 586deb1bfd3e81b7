#include "chimata/evacuation/decisions.hpp"
#include "chimata/evacuation/destinations.hpp"
#include "chimata/evacuation/evacuation.hpp"
#include "chimata/evacuation/roads.hpp"

namespace chimata {

void check_evacuation(const Zones& zones, const std::vector<ShelterPlan>& shelters,
                      const EvacuationModel& model, bool driving) {
  (void)warned_zones(zones, model);
  (void)warnings_of(model);
  (void)usable_shelters(shelters, model);
  (void)cars_leave(shelters, model, driving);
  if (model.crews > 0) (void)crew_base(shelters, model);
}

}  // namespace chimata
