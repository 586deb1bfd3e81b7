#include "chimata/evacuation/service.hpp"

#include <algorithm>
#include <tuple>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"

namespace chimata {

namespace {

constexpr Duration kWindow{1000};

std::size_t row(PersonState state) {
  return static_cast<std::size_t>(state);
}

/// The people, as households of one where nothing is known of households.
std::shared_ptr<const Population> with_households(std::shared_ptr<const Population> people) {
  if (people->household.size() == people->size()) return people;
  auto alone = std::make_shared<Population>(*people);
  live_alone(*alone);
  return alone;
}

std::unique_ptr<Roads> roads_for(const World& world, std::vector<ShelterPlan>& shelters,
                                 const EvacuationModel& model, const EvacuationSetting& setting) {
  const bool cars = cars_leave(shelters, model, setting.driving.has_value());
  if (!cars && model.crews <= 0) return nullptr;
  return std::make_unique<Roads>(world.network, shelters);
}

}  // namespace

EvacuationService::EvacuationService(std::shared_ptr<const World> world, const Zones& zones,
                                     std::vector<ShelterPlan> shelters, const EvacuationModel& model,
                                     const WadingModel& wading, const Fields& fields,
                                     EvacuationSetting setting)
    : world_(std::move(world)),
      people_(with_households(world_->people)),
      shelters_(std::move(shelters)),
      model_(model),
      setting_(std::move(setting)),
      homes_(fields.find("depth.homes")),
      sites_(fields.find("depth.shelters")),
      destinations_(world_->network, shelters_, model),
      roads_(roads_for(*world_, shelters_, model, setting_)),
      plan_(make_plan(*people_, world_->random, zones, model, setting_.hazard, destinations_,
                      roads_ != nullptr && setting_.driving.has_value())),
      books_(shelters_.size()) {
  const std::size_t n = people_->size();
  for (int c = 0; c < kPersonClasses; ++c) {
    limit_[static_cast<std::size_t>(c)] =
        static_cast<float>(wading_limit(wading, static_cast<PersonClass>(c)));
  }
  state_.assign(n, PersonState::home);
  where_.assign(n, Where::home);
  held_.assign(n, 1);
  coming_ = plan_.coming;
  decided_.assign(n, 0);
  ready_ = vertical_ = decided_;
  mode_.assign(n, Travel::none);
  at_ = people_->home_node;
  for (std::uint32_t p = 0; p < n; ++p) home_row_.push_back(PersonId{p});
  helper_.assign(n, PersonId::none());
  departed_.assign(n, kNotYet);
  sheltered_ = caught_ = upstairs_ = seen_ = waiting_since_ = departed_;
  seen_by_.assign(n, Channel::none);
  waited_.assign(n, 0);
  redirects_.assign(n, 0);
  held_by_state_[row(PersonState::home)] = static_cast<std::int64_t>(n);

  std::vector<Chooser> choosers;
  choosers.reserve(plan_.parties.size());
  for (const PlannedParty& party : plan_.parties) {
    choosers.push_back({meeting_node(*people_, party), people_->zone[party.host],
                        static_cast<std::uint32_t>(party.members.size()), needs_help(*people_, party.members),
                        party.act == Act::leave});
  }
  const auto goals = destinations_.choose(model.destination, *people_, zones.size(), choosers);
  parties_.reserve(n, plan_.parties.size());
  for (std::size_t i = 0; i < plan_.parties.size(); ++i) {
    const bool refuge = plan_.parties[i].act == Act::refuge;
    parties_.add(plan_.parties[i],
                 refuge ? destinations_.refuge_from(choosers[i].node, model.refuge_distance) : goals[i]);
  }
  if (model.crews > 0) {
    const NodeId base = shelters_[crew_base(shelters_, model)].car_access.node;
    crews_.assign(static_cast<std::size_t>(model.crews), {base, PartyId::none()});
  }
  count_places_left();
  if (setting_.event) expect_event();
  make_agendas();
  // a town's worth of small lists that nobody reads any more; assigning {} would keep their memory
  plan_.parties = std::vector<PlannedParty>();
  plan_.decisions.units = std::vector<Unit>();
}

void EvacuationService::make_agendas() {
  const Decisions& decisions = plan_.decisions;
  news_.clear(), readiness_.clear();
  for (std::uint32_t w = 0; w < decisions.warnings.size(); ++w) {
    for (std::uint32_t p = 0; p < people_->size(); ++p) {
      const PersonId person{p};
      const Time told = decisions.told[w][person].at;
      const bool concerned =
          decisions.addresses(decisions.warnings[w], *people_, person) || plan_.heeds[person] == w + 1;
      if (told != kNever && concerned) news_.push_back({told, person, w});
      if (setting_.event && concerned && told_outside_[w][person].at != kNever)
        news_.push_back({told_outside_[w][person].at, person, w, true});
    }
  }
  news_.shrink_to_fit();
  std::sort(news_.begin(), news_.end(), [](const News& a, const News& b) {
    return std::tie(a.time, a.person, a.warning, a.outside) <
           std::tie(b.time, b.person, b.warning, b.outside);
  });
  for (std::uint32_t p = 0; p < people_->size(); ++p) {
    const Time ready = decisions.ready[PersonId{p}];
    if (ready != kNever) readiness_.push_back({ready, PersonId{p}});
  }
  readiness_.shrink_to_fit();
  std::sort(readiness_.begin(), readiness_.end(), [](const Readiness& a, const Readiness& b) {
    return std::tie(a.time, a.person) < std::tie(b.time, b.person);
  });
}

Time EvacuationService::next_event() const {
  if (homes_ && homes_->version() != homes_seen_) return kStart;
  const Time admission = at_door_.next() == kNever ? kNever : at_door_.next() + kWindow;
  const auto& warnings = plan_.decisions.warnings;
  const bool alerts = setting_.event && next_alert_ < warnings.size();
  return std::min({next_moment(), admission, alerts ? warnings[next_alert_].at : kNever});
}

void EvacuationService::advance(Window window, const Inbox& inbox, Outbox& outbox, Arena&) {
  for (const Handover& arrival : inbox.arrivals) take_in(arrival, outbox);
  for (const Order& order : inbox.orders) follow(order, outbox);
  if (setting_.event) raise_alert(window.to);
  if (homes_ && homes_->version() != homes_seen_) look_at_homes(window.from, outbox);
  at_door_.run_before(window.from, [&](Time time, PersonId person) { at_door(time, person, outbox); });
  // one moment after the other, or somebody would prepare after they have left
  for (Time moment = next_moment(); moment < window.to; moment = next_moment()) live_through(moment, outbox);
}

Time EvacuationService::next_moment() const {
  Time next = kNever;
  for (const Agenda* agenda : {&into_street_, &again_, &joins_, &gathering_, &climbing_, &overdue_,
                               &bereaved_, &crews_out_, &crews_back_}) {
    next = std::min(next, agenda->next());
  }
  if (next_news_ < news_.size()) next = std::min(next, news_[next_news_].time);
  if (next_readiness_ < readiness_.size()) next = std::min(next, readiness_[next_readiness_].time);
  return next;
}

/// Everything that is due at one millisecond; what it brings about at the same one comes in the next call.
void EvacuationService::live_through(Time moment, Outbox& outbox) {
  const Time end = moment + Duration{1};
  const auto due = [&](Agenda& agenda, auto act) {
    agenda.run_before(end, [&](Time time, PersonId person) { (this->*act)(time, person, outbox); });
  };
  due(joins_, &EvacuationService::join);
  while (next_news_ < news_.size() && news_[next_news_].time < end) tell(news_[next_news_++], outbox);
  while (next_readiness_ < readiness_.size() && readiness_[next_readiness_].time < end) {
    const Readiness& next = readiness_[next_readiness_++];
    get_ready(next.time, next.person, outbox);
  }
  overdue_.run_before(end,
                      [&](Time time, PersonId party) { stop_waiting(time, PartyId{party.value}, outbox); });
  bereaved_.run_before(end,
                       [&](Time time, PersonId party) { go_on_without(time, PartyId{party.value}, outbox); });
  due(climbing_, &EvacuationService::arrive_upstairs);
  crews_back_.run_before(end, [&](Time time, PersonId crew) {
    crews_[crew.value].party = PartyId::none();
    send_crews(time);
  });
  crews_out_.run_before(end,
                        [&](Time time, PersonId crew) { crew_arrives(time, crews_[crew.value], outbox); });
  gathering_.run_before(end, [&](Time time, PersonId person) {
    const bool waits = where_[person] == Where::door || where_[person] == Where::stuck;
    const PartyId party = parties_.of(person);
    if (waits && parties_[party].is(Party::gathering)) resolve(time, party, outbox);
  });
  due(again_, &EvacuationService::look_again);
  due(into_street_, &EvacuationService::step_out);
}

void EvacuationService::set_state(Time time, PersonId person, PersonState state, Outbox& outbox) {
  if (state_[person] == state) return;
  const auto waits = [](PersonState s) { return s == PersonState::waiting || s == PersonState::cut_off; };
  if (waits(state) && waiting_since_[person] == kNotYet) waiting_since_[person] = time;
  if (!waits(state) && waiting_since_[person] != kNotYet) {
    waited_[person] += (time - waiting_since_[person]).count();
    waiting_since_[person] = kNotYet;
  }
  --held_by_state_[row(state_[person])];
  ++held_by_state_[row(state)];
  state_[person] = state;
  outbox.events.push_back({.time = time, .person = person, .value = static_cast<std::uint32_t>(state)});
}

bool EvacuationService::at_home(PersonId person) const {
  const PersonState s = state_[person];
  return s == PersonState::home || s == PersonState::preparing || s == PersonState::caught_at_home;
}

double EvacuationService::pace(PartyId party) const {
  float slowest = std::numeric_limits<float>::max();
  for (const PersonId p : parties_.members(party)) slowest = std::min(slowest, people_->free_speed[p]);
  return double{slowest};
}

Duration EvacuationService::access_time(PartyId party, double metres) const {
  return duration_of(metres / pace(party));
}

bool EvacuationService::helpless(PartyId party) const {
  const auto members = parties_.members(party);
  if (!needs_help(*people_, members) || has_fit(*people_, members)) return false;
  const Travel travel = parties_[party].travel;
  return !(travel == Travel::crew || (travel == Travel::driver && has_driver(*people_, members)));
}

std::unique_ptr<Process> make_evacuation(std::shared_ptr<const World> world, const Zones& zones,
                                         std::vector<ShelterPlan> shelters, const EvacuationModel& model,
                                         const WadingModel& wading, const Fields& fields,
                                         EvacuationSetting setting) {
  return std::make_unique<EvacuationService>(std::move(world), zones, std::move(shelters), model, wading,
                                             fields, std::move(setting));
}

}  // namespace chimata
