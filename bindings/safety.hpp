/// Measures of a crowd as Python holds them.
#pragma once

#include "bind.hpp"
#include "chimata/pedestrian/safety_record.hpp"

namespace chimata::python {

using Places = py::array_t<double, py::array::c_style | py::array::forcecast>;
using People = py::array_t<std::uint32_t, py::array::c_style | py::array::forcecast>;

/// A record with the threads it measures on.
class SafetyHandle {
 public:
  /// @param building  none: the area is one floor
  SafetyHandle(const std::shared_ptr<Area>& area, const std::shared_ptr<Levels>& building,
               const pedestrian::SafetyRecordModel& model, int threads)
      : record(building ? pedestrian::SafetyRecord(building, model) : pedestrian::SafetyRecord(area, model)),
        arena_(threads) {}

  void look(const People& person, const Places& position, const Places& velocity, double now);

  pedestrian::SafetyRecord record;

 private:
  Arena arena_;
};

}  // namespace chimata::python
