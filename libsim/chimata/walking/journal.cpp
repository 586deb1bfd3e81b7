#include "chimata/walking/journal.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "chimata/core/records.hpp"
#include "chimata/core/table_room.hpp"

namespace chimata::walking {

namespace {

// an entry is known at most this long after its moment: the window in which its handover travelled
constexpr double kLatest = 5.0;  // s

std::uint16_t saturated(double value) {
  return static_cast<std::uint16_t>(std::min(value + 0.5, 65535.0));
}

void write_exposures(const std::vector<Leg>& legs, Table& table) {
  auto& deepest = table.column<float>("deepest_m", "greatest depth of water met, m");
  auto& product = table.column<float>("depth_velocity_m2_s", "greatest depth × velocity met, m²/s");
  auto& stood = table.column<float>("stopped_s", "time stopped by water, s");
  for (const Leg& leg : legs) {
    deepest.push_back(static_cast<float>(leg.exposure.deepest / 1000.0));
    product.push_back(static_cast<float>(leg.exposure.product / 1000.0));
    stood.push_back(leg.exposure.stood);
  }
}

void write_legs(std::vector<Leg> legs, bool exposure, TableSet& tables) {
  std::sort(legs.begin(), legs.end(),
            [](const Leg& a, const Leg& b) { return std::tie(a.end, a.person) < std::tie(b.end, b.person); });
  Table& table = tables.try_emplace("legs", "Stays on the streets, one row each").first->second;
  auto& person = table.column<std::uint32_t>("person", "row of persons");
  auto& start = table.column<double>("start_s", "stepped onto the street, s since the start");
  auto& end = table.column<double>("end_s", "left the street or was last seen, s since the start");
  auto& distance = table.column<float>("distance_m", "walked, m");
  auto& free_flow = table.column<float>("free_flow_s", "time the same way takes on dry, empty streets, s");
  auto& wet = table.column<float>("wet_s", "time in water of 0.1 m or more, s");
  auto& from = table.column<std::uint32_t>("from_node", "node where the stay began");
  auto& goal = table.column<std::uint32_t>("goal_node", "node headed for at the end");
  auto& link = table.column<std::uint32_t>("last_link", "link last walked on, 4294967295 for none");
  auto& fraction = table.column<float>("last_fraction", "share of the last link walked");
  auto& outcome = table.column<std::uint8_t>(
      "outcome", exposure ? "0 arrived, 1 handed back, 2 still walking, 3 stranded, 4 swept away"
                          : "0 arrived, 1 handed back, 2 still walking, 3 stranded");
  make_room(table, legs.size());
  for (const Leg& leg : legs) {
    person.push_back(leg.person.value);
    start.push_back(leg.start);
    end.push_back(leg.end);
    distance.push_back(leg.distance);
    free_flow.push_back(leg.free_flow);
    wet.push_back(leg.wet);
    from.push_back(leg.from.value);
    goal.push_back(leg.goal.value);
    link.push_back(leg.last_link.value);
    fraction.push_back(leg.last_fraction);
    outcome.push_back(static_cast<std::uint8_t>(leg.outcome));
  }
  if (exposure) write_exposures(legs, table);
}

template <class Iterator>
void write_entries(Iterator begin, Iterator end, TableSet& tables) {
  Table& table = tables.try_emplace("entries", "Who entered which link when, in order of time").first->second;
  auto& person = table.column<std::uint32_t>("person", "row of persons");
  auto& time = table.column<double>("t_s", "s since the start");
  auto& link = table.column<std::uint32_t>("link", "link entered");
  make_room(table, static_cast<std::size_t>(end - begin));
  for (auto entry = begin; entry != end; ++entry) {
    person.push_back(entry->person.value);
    time.push_back(entry->time);
    link.push_back(entry->link.value);
  }
}

void write_traffic(const Column<LinkId, Traffic>& all, double from, double to, TableSet& tables) {
  Table& table =
      tables.try_emplace("links", "Traffic by link and recording interval, links with anybody only")
          .first->second;
  auto& time = table.column<double>("t_s", "end of the interval, s since the start");
  auto& link = table.column<std::uint32_t>("link", "link");
  auto& entered = table.column<std::uint32_t>("entered", "persons who entered in the interval");
  auto& mean = table.column<float>("mean_density", "of the segment over the interval, persons/m²");
  auto& greatest = table.column<float>("max_density", "of the segment in the interval, persons/m²");
  auto& speed = table.column<float>("mean_speed_m_s", "distance walked over time spent, m/s");
  auto& dense = table.column<float>("dense_person_s",
                                    "time that people spent while the segment held 4 persons/m² or more, s");
  const auto used = [](const Traffic& traffic) { return traffic.ticks > 0 || traffic.entered > 0; };
  make_room(table, static_cast<std::size_t>(std::count_if(all.begin(), all.end(), used)));
  for (std::uint32_t l = 0; l < all.size(); ++l) {
    const Traffic& traffic = all[LinkId{l}];
    if (!used(traffic)) continue;
    time.push_back(to);
    link.push_back(l);
    entered.push_back(traffic.entered);
    mean.push_back(static_cast<float>(to > from ? traffic.density_sum / (to - from) : traffic.density_max));
    greatest.push_back(static_cast<float>(traffic.density_max));
    speed.push_back(static_cast<float>(traffic.walking > 0 ? traffic.walked / traffic.walking : 0));
    dense.push_back(static_cast<float>(traffic.dense));
  }
}

void sort_entries(std::vector<Entry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.time, a.person, a.link) < std::tie(b.time, b.person, b.link);
  });
}

}  // namespace

void Exposure::meet(double depth, double velocity) {
  deepest = std::max(deepest, saturated(depth * 1000));
  product = std::max(product, saturated(depth * velocity * 1000));
}

void Exposure::stand(double seconds) {
  stood = saturated(stood + seconds);
}

void Journal::flush(Time now, TableSet& tables) {
  const double moment = seconds(now);
  write_legs(std::exchange(legs_, {}), exposure_, tables);
  sort_entries(entries_);
  const auto settled = std::partition_point(entries_.begin(), entries_.end(),
                                            [&](const Entry& e) { return e.time < moment - kLatest; });
  write_entries(entries_.begin(), settled, tables);
  entries_.erase(entries_.begin(), settled);
  write_traffic(traffic_, recorded_, moment, tables);
  std::fill(traffic_.begin(), traffic_.end(), Traffic{});
  recorded_ = moment;
}

void Journal::close_all(Time now, std::vector<Leg> open, TableSet& tables) const {
  open.insert(open.end(), legs_.begin(), legs_.end());
  write_legs(std::move(open), exposure_, tables);
  auto entries = entries_;
  sort_entries(entries);
  write_entries(entries.begin(), entries.end(), tables);
  write_traffic(traffic_, recorded_, seconds(now), tables);
}

void Journal::save(SnapshotWriter& out) const {
  put_records(out, "traffic", traffic_);
  put_records(out, "legs", legs_);
  put_records(out, "entries", entries_);
  out.put_value("recorded", recorded_);
}

void Journal::load(const SnapshotReader& in) {
  get_records(in, "traffic", traffic_);
  get_records(in, "legs", legs_);
  get_records(in, "entries", entries_);
  in.get_value("recorded", recorded_);
}

}  // namespace chimata::walking
