// A crowd out of its columns.

function decode_crowd(header, bytes) {
  const read = (entry) => column(bytes, entry);
  const { people, census, density, gates } = header;
  const lines = ({ xy, offsets }) => ({ xy: points(bytes, xy), offsets: read(offsets) });
  const times = seconds(read(header.ticks), header.time_step_s);
  const first = read(people.first);
  const length = read(people.length);
  return {
    ...header, times,
    census: { times, persons: read(census.persons) },
    area: lines(header.area),
    exits: lines(header.exits),
    elevators: lines(header.elevators),
    people: { n: first.length, ...tracks_of(first, length), ...places_of(read(people.x), read(people.y), length) },
    water: { ...density, times, codes: accumulate(read(density.change), density.rows * density.columns) },
    gates: { ...gates, xy: points(bytes, gates.xy) },
  };
}

// Per person: row of the first place, first and last moment.
function tracks_of(first, length) {
  const track = new Float32Array(3 * first.length);
  for (let p = 0, row = 0; p < first.length; row += length[p++]) {
    track.set([row, first[p], first[p] + length[p] - 1], 3 * p);
  }
  return { track };
}

const unzigzag = (code) => (code >>> 1) ^ -(code & 1);

// Places as steps of the grid, x and y in turn: the file has changes of velocity.
function places_of(xs, ys, length) {
  const places = new Uint16Array(2 * xs.length);
  [xs, ys].forEach((codes, axis) => {
    for (let p = 0, row = 0; p < length.length; ++p) {
      let at = codes[row];
      let step = 0;
      places[2 * row + axis] = at;
      for (const end = row++ + length[p]; row < end; ++row) {
        step += unzigzag(codes[row]);
        at += step;
        places[2 * row + axis] = at;
      }
    }
  });
  return { places };
}

// Whether each gate is shut at time t.
function gates_shut({ shut, changes }, t) {
  const now = [...shut];
  for (const [moment, gate, closed] of changes) if (moment <= t) now[gate] = closed;
  return now;
}
