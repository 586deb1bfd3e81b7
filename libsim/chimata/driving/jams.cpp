#include "chimata/driving/jams.hpp"

#include <algorithm>

namespace chimata::driving {

namespace {

/// The link for which the first car of a full link has waited since before `then`; none if it has not.
LinkId waits_for(const Traffic& traffic, LinkId link, double then) {
  const auto full = [&](LinkId l) { return traffic.present(l) >= traffic.roads[l].room; };
  if (traffic.present(link) == 0 || !full(link)) return LinkId::none();
  const Slot& first = traffic.slot(link, 0);
  if (first.time > then || traffic.queues[link].last_exit > then) return LinkId::none();
  return is_link(first.next) && full(first.next) ? first.next : LinkId::none();
}

/// The ring that begins with its smallest link.
std::vector<LinkId> ring_from(const Column<LinkId, LinkId>& next, LinkId link) {
  std::vector<LinkId> ring{link};
  for (LinkId l = next[link]; l != link; l = next[l]) ring.push_back(l);
  std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
  return ring;
}

}  // namespace

std::vector<Jams::Jam> Jams::look(const Traffic& traffic, double now) {
  const double then = now - seconds(traffic.model.patience);
  const auto links = static_cast<std::uint32_t>(traffic.roads.size());
  Column<LinkId, LinkId> next(links);
  for (std::uint32_t l = 0; l < links; ++l) next[LinkId{l}] = waits_for(traffic, LinkId{l}, then);

  // every link has one successor: walk until a link of this walk comes again
  Column<LinkId, std::uint32_t> walk(links, 0);
  std::vector<Jam> standing;
  for (std::uint32_t l = 0; l < links; ++l) {
    LinkId at{l};
    while (at.valid() && walk[at] == 0 && next[at].valid()) walk[at] = l + 1, at = next[at];
    if (!at.valid() || walk[at] != l + 1 || !next[at].valid()) continue;
    Jam jam{0, kForever, ring_from(next, at)};
    for (const LinkId link : jam.ring) {
      jam.since = std::max({jam.since, traffic.slot(link, 0).time, traffic.queues[link].last_exit});
    }
    standing.push_back(std::move(jam));
  }

  const auto same = [](const Jam& a, const Jam& b) { return a.since == b.since && a.ring == b.ring; };
  for (Jam& jam : jams_) {
    const bool stands =
        std::any_of(standing.begin(), standing.end(), [&](const Jam& j) { return same(j, jam); });
    if (!stands && jam.until == kForever) jam.until = now;
  }
  std::erase_if(standing, [&](const Jam& jam) {
    return std::any_of(jams_.begin(), jams_.end(), [&](const Jam& known) { return same(known, jam); });
  });
  jams_.insert(jams_.end(), standing.begin(), standing.end());
  return standing;
}

void Jams::reroute(Traffic& traffic, Flow& flow, double now) const {
  for (const Jam& jam : jams_) {
    if (jam.until < kForever) continue;
    for (const LinkId link : jam.ring) {
      const Vehicle& driver = traffic.vehicles[traffic.slot(link, 0).vehicle];
      const LinkId way = traffic.routes.way_round(driver, link, jam.ring);
      if (!way.valid() || !traffic.has_room(way)) continue;
      flow.redirect(link, way, now);
      break;
    }
  }
}

void Jams::write(TableSet& tables) const {
  Table& table =
      tables.try_emplace("jams", "Gridlocks: rings of full links, one row per link of each").first->second;
  auto& jam = table.column<std::uint32_t>("jam", "number of the gridlock");
  auto& since = table.column<double>("since_s", "last move of anybody in the ring, s since the start");
  auto& until = table.column<double>("until_s", "found dissolved, s since the start; infinite if it stands");
  auto& link =
      table.column<std::uint32_t>("link", "a link of the ring, each waiting for that of the next row");
  for (std::size_t j = 0; j < jams_.size(); ++j) {
    for (const LinkId each : jams_[j].ring) {
      jam.push_back(static_cast<std::uint32_t>(j));
      since.push_back(jams_[j].since);
      until.push_back(jams_[j].until);
      link.push_back(each.value);
    }
  }
}

void Jams::save(SnapshotWriter& out) const {
  std::vector<double> times;
  std::vector<std::uint32_t> sizes;
  std::vector<LinkId> links;
  for (const Jam& jam : jams_) {
    times.insert(times.end(), {jam.since, jam.until});
    sizes.push_back(static_cast<std::uint32_t>(jam.ring.size()));
    links.insert(links.end(), jam.ring.begin(), jam.ring.end());
  }
  out.put("jam_times", times);
  out.put("jam_sizes", sizes);
  out.put("jam_links", links);
}

void Jams::load(const SnapshotReader& in) {
  std::vector<double> times;
  std::vector<std::uint32_t> sizes;
  std::vector<LinkId> links;
  in.get("jam_times", times);
  in.get("jam_sizes", sizes);
  in.get("jam_links", links);
  jams_.clear();
  auto link = links.cbegin();
  for (std::size_t j = 0; j < sizes.size(); ++j) {
    jams_.push_back({times.at(2 * j), times.at(2 * j + 1), {link, link + sizes[j]}});
    link += sizes[j];
  }
}

}  // namespace chimata::driving
