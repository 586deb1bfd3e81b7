#include <cmath>

#include "chimata/city/checks.hpp"

namespace chimata {

namespace {

using Severity = Problem::Severity;

std::string label(const Network& network, std::size_t segment) {
  const SegmentId s{segment};
  std::string text = "segment " + std::to_string(segment);
  if (network.segment_source[s] != 0) text += " (source " + std::to_string(network.segment_source[s]) + ")";
  return text;
}

std::string label_of_node(const Network& network, std::size_t node) {
  const NodeId n{node};
  std::string text = std::to_string(node);
  if (network.node_source[n] != 0) text += " (source " + std::to_string(network.node_source[n]) + ")";
  return text;
}

void check_coordinates(const Network& network, Findings& findings) {
  std::vector<std::size_t> broken;
  for (std::size_t n = 0; n < network.node_count(); ++n) {
    const Point p = network.position[NodeId{n}];
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) broken.push_back(n);
  }
  findings.add_rows(
      Severity::error, "network", broken,
      [&](std::size_t n) {
        return Findings::Row{"node " + label_of_node(network, n), "has no finite coordinates"};
      },
      "repair or remove the node in the source");

  const Box box = network.box();
  const double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
  const bool degrees = std::fabs(box.min_x) <= 180 && std::fabs(box.max_x) <= 180 &&
                       std::fabs(box.min_y) <= 90 && std::fabs(box.max_y) <= 90 && width < 5 && height < 5;
  if (network.node_count() > 1 && degrees) {
    findings.add(Severity::error, "network", "",
                 "the whole city is " + written(width, 3) + " by " + written(height, 3) +
                     " units: these look like degrees, not metres",
                 "project the data to a metric coordinate system before loading");
  } else if (width > 300e3 || height > 300e3) {
    findings.add(Severity::warning, "network", "",
                 "the streets span " + written(width / 1000, 0) + " by " + written(height / 1000, 0) + " km",
                 "look for a stray node far away, or for a mixture of coordinate systems");
  }
}

void check_parts(const Network& network, Findings& findings) {
  const Components parts = components(network, kFoot);
  if (parts.length.empty()) {
    findings.add(Severity::error, "network", "", "no street is open to people on foot",
                 "check how access is read from the source");
    return;
  }
  double total = 0;
  for (const double length : parts.length) total += length;
  const double outside = total - parts.length.front();
  if (parts.length.size() == 1) return;

  // the smallest node of each of the largest parts cut off shows where to look
  std::string nodes;
  for (std::uint32_t part = 1; part < std::min<std::size_t>(parts.length.size(), 6); ++part) {
    for (std::size_t n = 0; n < network.node_count(); ++n) {
      if (parts.of_node[NodeId{n}] != part) continue;
      nodes += (nodes.empty() ? "" : ", ") + label_of_node(network, n);
      break;
    }
  }
  const double share = 100 * outside / total;
  findings.add(share > 5 ? Severity::warning : Severity::note, "network", "",
               written(share, 2) + " % of the walking length (" + written(outside / 1000, 2) + " km in " +
                   std::to_string(parts.length.size() - 1) +
                   " parts) is not connected to the main part; parts at nodes " + nodes,
               "join them in the source if people live there; homes and shelters are led to the main part");
}

void check_segments(const Network& network, Findings& findings) {
  std::vector<std::size_t> shortest, too_long, too_straight, no_width, narrow, broad;
  for (std::size_t row = 0; row < network.segment_count(); ++row) {
    const SegmentId s{row};
    const double length = network.length[s], width = network.width[s];
    const double straight = distance(network.position[network.from[s]], network.position[network.to[s]]);
    if (!(length > 0.011))
      shortest.push_back(row);
    else if (length > 20e3)
      too_long.push_back(row);
    else if (length < 0.9 * straight - 1)
      too_straight.push_back(row);
    if (!(width > 0))
      no_width.push_back(row);
    else if (width < 0.5)
      narrow.push_back(row);
    else if (width > 60)
      broad.push_back(row);
  }
  const auto length_is = [&](std::size_t row) {
    return Findings::Row{label(network, row), "is " + written(network.length[SegmentId{row}], 2) + " m long"};
  };
  const auto width_is = [&](std::size_t row) {
    return Findings::Row{label(network, row),
                         "is " + written(double{network.width[SegmentId{row}]}, 2) + " m wide"};
  };
  findings.add_rows(Severity::warning, "network", shortest, length_is, "merge its two ends in the source");
  findings.add_rows(Severity::warning, "network", too_long, length_is,
                    "check its length; a node may be missing");
  findings.add_rows(
      Severity::error, "network", too_straight,
      [&](std::size_t row) {
        const SegmentId s{row};
        return Findings::Row{
            label(network, row),
            "is " + written(network.length[s]) + " m long, but its ends are " +
                written(distance(network.position[network.from[s]], network.position[network.to[s]])) +
                " m apart"};
      },
      "correct the length (metres), or leave it out to use the shape's");
  findings.add_rows(Severity::error, "network", no_width, width_is,
                    "give a width above 0 m, or leave it out for the class default");
  findings.add_rows(Severity::warning, "network", narrow, width_is,
                    "check the width (metres); hardly anyone can pass");
  findings.add_rows(Severity::warning, "network", broad, width_is, "check the width (metres usable on foot)");
}

void note_imputed(const Network& network, Findings& findings) {
  const auto share = [&](Imputed what, bool only_cars) {
    std::size_t counted = 0, imputed = 0;
    for (std::size_t row = 0; row < network.segment_count(); ++row) {
      const LinkId link = Network::forward(SegmentId{row});
      if (only_cars && !network.allows(link, kCar) && !network.allows(Network::twin_of(link), kCar)) continue;
      ++counted;
      imputed += (network.imputed[SegmentId{row}] & what) != 0 ? 1 : 0;
    }
    return counted == 0 ? 0.0 : 100.0 * static_cast<double>(imputed) / static_cast<double>(counted);
  };
  struct Kind {
    Imputed what;
    const char* name;
    bool only_cars;
    const char* fix;
  };
  const Kind kinds[] = {{kImputedWidth, "widths", false, "measure the streets that fill up in a run"},
                        {kImputedLanes, "lane counts", true, "matters once cars run"},
                        {kImputedSpeed, "car speeds", true, "matters once cars run"},
                        {kImputedAccess, "access rights", false,
                         "check stairs, gates and private roads on the way to shelters"}};
  for (const Kind& kind : kinds) {
    const double percent = share(kind.what, kind.only_cars);
    if (percent == 0) continue;
    findings.add(Severity::note, "network", "",
                 written(percent) + " % of " + kind.name + " come from class defaults", kind.fix);
  }
}

}  // namespace

void check_network(const City& city, Findings& findings) {
  const Network& network = city.network;
  if (network.node_count() == 0 || network.segment_count() == 0) {
    findings.add(Severity::error, "network", "", "there are no streets", "load a street network first");
    return;
  }
  check_coordinates(network, findings);
  check_parts(network, findings);
  check_segments(network, findings);
  check_traffic(network, findings);
  note_imputed(network, findings);
}

}  // namespace chimata
