"""Makes the bundled town data/riverside: python data/make_riverside.py [folder]"""

import argparse
from pathlib import Path

from riverside_town import (
    buildings,
    flood,
    network,
    people,
    places,
    plan,
    quarters,
    summary,
    terrain,
    write_maps,
    write_osm,
)
from shapely import LineString, Point


def make_network() -> network.Network:
    """Main roads, local streets and footpaths, joined."""
    main = [plan.named(row) for row in plan.MAIN] + plan.levee_roads()
    local = (
        quarters.local_streets(main, places.school_grounds()) + plan.promenade() + plan.hill_paths()
    )
    return network.build(main, local, plan.underpasses())


def make_buildings(streets: network.Network) -> list[buildings.Building]:
    """Important buildings first, then the rest, numbered."""
    ground, fronts = buildings.Ground(streets), buildings.frontage(streets)
    built = places.build_important(ground, fronts) + buildings.fill(ground, fronts)
    for number, building in enumerate(built, 1):
        building.id = building.id or f"b{number:04d}"
    return built


def bus_line() -> LineString:
    """The course of the bus along the main roads, from the hill to the southern suburb."""
    course = {row[0]: plan.clip(row[4]) for row in plan.MAIN}

    def along(name, start, end):
        line = course[name]
        a, b = line.project(Point(start)), line.project(Point(end))
        inner = [p for p in line.coords if min(a, b) < line.project(Point(p)) < max(a, b)]
        ends = [line.interpolate(a).coords[0], line.interpolate(b).coords[0]]
        return [ends[0], *(inner if a < b else inner[::-1]), ends[1]]

    station, town_hall = (1480, 2078), (1752, 1790)
    return LineString(
        [
            *along("桜ヶ丘線", (2250, 2715), (1885, 2680)),
            *along("中央大通り", (1885, 2680), (1790, 2190)),
            *along("駅北通り", (1790, 2190), (1208, 2190)),
            *along("文化通り", (1205, 2190), (1195, 2060)),
            *along("駅南通り", (1196, 2060), station),
            *along("駅前通り", station, (1478, 1815)),
            *along("市役所通り", (1478, 1810), town_hall),
            *along("中央大通り", town_hall, (1812, 320)),
            *along("南団地通り", (1812, 320), (1050, 420)),
        ]
    )


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    streets = make_network()
    built = make_buildings(streets)
    zones = people.lay_out(streets)
    people.assign(built, zones)
    people.house(built, zones)
    event = flood.simulate()
    people.describe(zones, built, event.final())

    osm = write_osm.write(streets, folder / "town.osm.gz")
    write_maps.raster(folder / "dem.tif", terrain.elevation_model(), terrain.CELL)
    write_maps.flood_maps(folder / "flood", event)
    write_maps.buildings(folder / "buildings.geojson", built)
    write_maps.zones(folder / "zones.geojson", zones)
    write_maps.small_layers(folder, bus_line())
    write_maps.shelters(folder / "shelters.csv", {z.id: z.name for z in zones}, terrain.ground)
    write_maps.description(folder / "town.yaml", sum(z.population for z in zones), len(built))
    write_maps.checksums(folder)
    summary.print_summary(streets, built, zones, event, osm)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Makes the bundled town, always the same bytes.")
    options.add_argument(
        "folder", nargs="?", type=Path, default=Path(__file__).parent / "riverside"
    )
    main(options.parse_args().folder)
