// A town, its people and its water out of their columns.

function decode_scene(header, bytes) {
  const step = header.time_step_s;
  const { streets, people, cars, water, shelters, census } = header;
  const read = (entry) => column(bytes, entry);
  const rings = ({ xy, offsets }) => ({ xy: points(bytes, xy), offsets: read(offsets) });

  const network = make_network({
    xy: points(bytes, streets.xy), offsets: read(streets.offsets),
    width: Float32Array.from(read(streets.width_cm), (cm) => cm / 100),
    klass: read(streets.class), bridge: read(streets.bridge),
    from: read(streets.from), to: read(streets.to),
  });
  return {
    ...header,
    network,
    people: decode_people(people, read, bytes, network, header),
    stays: decode_stays(header.stays, read, bytes, header),
    cars: decode_cars(cars, read, network, header),
    census: { times: seconds(read(census.ticks), step), persons: read(census.persons) },
    water: {
      ...water, times: seconds(read(water.ticks), step),
      codes: accumulate(read(water.change), water.rows * water.columns),
    },
    river: rings(header.river),
    buildings: rings(header.buildings),
    area: rings(header.area),
    gates: rings(header.gates),
    barriers: header.barriers ? { ...header.barriers, ...rings(header.barriers) } : { from_s: [] },
    shelters: {
      ...shelters, xy: points(bytes, shelters.xy), occupancy: read(shelters.occupancy),
    },
  };
}
