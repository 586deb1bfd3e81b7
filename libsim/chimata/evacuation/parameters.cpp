#include "chimata/evacuation/parameters.hpp"

namespace chimata {

const Declarations<EvacuationModel>& evacuation_parameters() {
  static const Declarations<EvacuationModel> all = [] {
    Declarations<EvacuationModel> parts{"evacuation", "避難", "Evacuation", {}};
    for (const auto part :
         {warning_parameters, shelter_parameters, reception_parameters, behaviour_parameters}) {
      for (auto& parameter : part()) parts.all.push_back(std::move(parameter));
    }
    return parts;
  }();
  return all;
}

}  // namespace chimata
