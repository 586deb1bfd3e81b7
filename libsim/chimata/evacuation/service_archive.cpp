#include "chimata/evacuation/service.hpp"

namespace chimata {

// Not saved, because it follows from the scenario: whom warnings reach when, rankings of shelters. Nor who
// has lost somebody: they act in the same window. What of the plan depends on shelters is saved, for people
// keep to it under a scenario that closes some of them later.
void EvacuationService::save(SnapshotWriter& out) const {
  out.put("state", state_);
  out.put("where", where_);
  out.put("held", held_);
  out.put("coming", coming_);
  out.put("decided", decided_);
  out.put("ready", ready_);
  out.put("vertical", vertical_);
  out.put("mode", mode_);
  out.put("at", at_);
  out.put("home_row", home_row_);
  out.put("helper", helper_);
  out.put("departed", departed_);
  out.put("sheltered", sheltered_);
  out.put("caught", caught_);
  out.put("upstairs", upstairs_);
  out.put("seen", seen_);
  out.put("seen_by", seen_by_);
  out.put("waiting_since", waiting_since_);
  out.put("waited", waited_);
  out.put("redirects", redirects_);
  parties_.save(out);
  std::vector<std::uint32_t> tried;  // party, shelter
  for (const auto& [party, shelters] : tried_) {
    for (const std::uint32_t shelter : shelters) tried.insert(tried.end(), {party.value, shelter});
  }
  out.put("tried", tried);
  books_.save(out);
  out.put("plan_heeds", plan_.heeds);
  out.put("plan_coming", plan_.coming);
  out.put("plan_helper", plan_.helper);
  out.put("plan_ready", plan_.decisions.ready);
  out.put_value("held_by_state", held_by_state_);
  out.put_value("next_news", next_news_);
  out.put_value("next_readiness", next_readiness_);
  out.put_value("next_alert", next_alert_);
  out.put_value("homes_seen", homes_seen_);
  out.put("crews", crews_);
  out.put("calls", calls_);
  into_street_.save(out, "into_street");
  at_door_.save(out, "at_door");
  again_.save(out, "again");
  joins_.save(out, "joins");
  overdue_.save(out, "overdue");
  gathering_.save(out, "gathering");
  climbing_.save(out, "climbing");
  crews_out_.save(out, "crews_out");
  crews_back_.save(out, "crews_back");
}

void EvacuationService::load(const SnapshotReader& in) {
  in.get("state", state_);
  in.get("where", where_);
  in.get("held", held_);
  in.get("coming", coming_);
  in.get("decided", decided_);
  in.get("ready", ready_);
  in.get("vertical", vertical_);
  in.get("mode", mode_);
  in.get("at", at_);
  in.get("home_row", home_row_);
  in.get("helper", helper_);
  in.get("departed", departed_);
  in.get("sheltered", sheltered_);
  in.get("caught", caught_);
  in.get("upstairs", upstairs_);
  in.get("seen", seen_);
  in.get("seen_by", seen_by_);
  in.get("waiting_since", waiting_since_);
  in.get("waited", waited_);
  in.get("redirects", redirects_);
  parties_.load(in);
  std::vector<std::uint32_t> tried;
  in.get("tried", tried);
  tried_.clear();
  for (std::size_t i = 0; i + 1 < tried.size(); i += 2) tried_[PartyId{tried[i]}].insert(tried[i + 1]);
  books_.load(in);
  count_places_left();
  in.get("plan_heeds", plan_.heeds);
  in.get("plan_coming", plan_.coming);
  in.get("plan_helper", plan_.helper);
  in.get("plan_ready", plan_.decisions.ready);
  make_agendas();
  in.get_value("held_by_state", held_by_state_);
  in.get_value("next_news", next_news_);
  in.get_value("next_readiness", next_readiness_);
  in.get_value("next_alert", next_alert_);
  in.get_value("homes_seen", homes_seen_);
  in.get("crews", crews_);
  in.get("calls", calls_);
  into_street_.load(in, "into_street");
  at_door_.load(in, "at_door");
  again_.load(in, "again");
  joins_.load(in, "joins");
  overdue_.load(in, "overdue");
  gathering_.load(in, "gathering");
  climbing_.load(in, "climbing");
  crews_out_.load(in, "crews_out");
  crews_back_.load(in, "crews_back");
}

}  // namespace chimata
