"""The numbers that tell whether the town is fit for use."""

import numpy as np
import shapely

from . import flood, places
from .network import Network


def print_summary(
    network: Network, built: list, zones: list, event: flood.Flood, osm: dict
) -> None:
    """Prints what was made and checks it against the plan."""
    people = np.array([b.residents for b in built])
    xy = np.array([b.shape.centroid.coords[0] for b in built])
    depth = flood.sample(event.final(), *xy.T)
    print(
        f"streets: {len(network.edges)} segments, {len(network.nodes)} junctions,"
        f" {sum(network.line(e).length for e in network.edges) / 1000:.0f} km; {osm}"
    )
    print(f"buildings: {len(built)}; residents: {people.sum()} in {len(zones)} zones")
    for limit in (0.3, 0.5, 1.0, 2.0):
        print(
            f"  flooded >= {limit} m at the end: {people[depth >= limit].sum() / people.sum():.1%} of the people"
        )
    print(f"  in the warning area: {sum(z.population for z in zones if z.warning)}")
    print(
        f"flood: breach {event.breach_volume / 1e6:.2f} Mm3, rain {event.rain_volume / 1e6:.2f} Mm3,"
        f" balance error {event.balance_error:.1e}, peak inflow {event.peak_inflow:.0f} m3/s,"
        f" deepest {event.final().max():.2f} m"
    )
    arrival = np.full(len(built), np.inf)
    for second in sorted(event.maps, reverse=True):
        arrival[flood.sample(event.maps[second], *xy.T) >= 0.3] = second / 3600
    for hour in (4.25, 4.5, 5, 5.5, 6, 7):
        print(
            f"  people reached (0.3 m) by {int(hour):02d}:{round(hour % 1 * 60):02d}: {people[arrival <= hour].sum()}"
        )
    shelters_table(network, people, xy, depth, event)


def shelters_table(network: Network, people, xy, depth, event) -> None:
    """Capacity and reach of the shelters."""
    lines = shapely.STRtree([network.line(e) for e in network.edges])
    usable = [s for s in places.SHELTERS if s.flood]
    total = sum(s.capacity for s in usable)
    endangered = people[depth >= 0.3].sum()
    print(
        f"shelters: {len(usable)} usable of {len(places.SHELTERS)}, {total} places for"
        f" {endangered} x 0.7 = {endangered * 0.7:.0f} people: {total / (endangered * 0.7):.0%}"
    )
    for s in places.SHELTERS:
        street = s.point.distance(lines.geometries[lines.nearest(s.point)])
        final = flood.sample(event.final(), s.point.x, s.point.y)
        print(
            f"  {s.id} {s.capacity:4d} {'flood' if s.flood else '-----'} depth {final:.2f} street {street:.0f} m {s.name}"
        )
        assert street <= 60 and (final < 0.05 or not s.flood), s.name
    away = np.min([np.hypot(*(xy - (s.point.x, s.point.y)).T) for s in usable], axis=0)
    wet = np.repeat(away[depth >= 0.3], people[depth >= 0.3])
    print(
        f"  from flooded homes to the nearest usable one: 5 % {np.percentile(wet, 5):.0f} m,"
        f" median {np.median(wet):.0f} m, 95 % {np.percentile(wet, 95):.0f} m"
    )
