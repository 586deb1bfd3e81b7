// Where people on foot are. Those who stopped outdoors or were caught at home never move again and
// are drawn as a prefix of one list sorted by time.

const MIN_DENSITY_LENGTH_M = 10;  // one person on a two-metre stub is no crowd

function decode_people(header, read, bytes, network, scene) {
  const people = {
    ...decode_tracks(header, read, network, scene),
    klass: read(header.class), final: read(header.final),
    stays: scene.state_names.map((name) => !INDOOR_STATES.includes(name)),
  };
  people.stopped = stopped_people(people, header, read, bytes, network, scene);
  const most = people.n + scene.stays.lengths.n;
  people.xy = new Float32Array(2 * most);
  people.shown = new Uint8Array(2 * most);  // class and state of each point of xy
  people.on_segment = new Uint32Array(network.segments);
  people.walking = Math.max(0, scene.state_names.indexOf('walking'));
  return people;
}

// A person keeps to one side of the street, spread over 70 % of its width by a hash of the number.
function side_of(network, person, link) {
  const spread = ((Math.imul(person + 1, 2654435761) >>> 8) & 1023) / 1023 - 0.5;
  return 0.7 * spread * network.width[link >> 1] * (link & 1 ? -1 : 1);
}

// Rows by time, with the number of persons up to each: whom the water kills at home has two rows.
function stopped_people(people, header, read, bytes, network, scene) {
  const xy = points(bytes, header.home_xy);
  const times = seconds(read(header.home_tick), scene.time_step_s);
  const [klass, state, again] = [header.home_class, header.home_state, header.home_again].map(read);
  const all = [];
  for (let i = 0; i < times.length; ++i) {
    all.push([times[i], xy[2 * i], xy[2 * i + 1], klass[i], state[i], 1 - again[i]]);
  }
  const at = [0, 0];
  for (let p = 0; p < people.n; ++p) {
    const link = last_link(people, p);
    if (!people.stays[people.final[p]] || link === NOWHERE) continue;
    locate(network, link, people.end_share[p], side_of(network, p, link), at, 0);
    all.push([people.end[p], at[0], at[1], people.klass[p], people.final[p], 1]);
  }
  all.sort((a, b) => a[0] - b[0]);
  let persons = 0;
  return {
    times: Float64Array.from(all, (row) => row[0]),
    xy: Float32Array.from(all.flatMap((row) => [row[1], row[2]])),
    shown: Uint8Array.from(all.flatMap((row) => [row[3], row[4]])),
    persons: Uint32Array.from(all, (row) => (persons += row[5])),
  };
}

// Fills people.xy, people.shown and people.on_segment for time t; returns how many are under way
// on foot or inside an area, and how many stand still for good.
function place_people(people, stays, network, t) {
  const { xy, shown, on_segment, stopped } = people;
  on_segment.fill(0);
  let moving = 0;
  each_under_way(people, t, (p, link, share) => {
    locate(network, link, share, side_of(network, p, link), xy, 2 * moving);
    shown[2 * moving] = people.klass[p];
    shown[2 * moving + 1] = people.walking;
    ++on_segment[link >> 1];
    ++moving;
  });
  moving = place_stays(stays, t, xy, shown, moving);
  const points = last_before(stopped.times, t) + 1;
  return { moving, points, stopped: points ? stopped.persons[points - 1] : 0 };
}

// Persons per square metre of every segment, as place_people() left them.
function street_density({ on_segment }, network, out) {
  for (let s = 0; s < network.segments; ++s) {
    const area = network.width[s] * Math.max(network.length[s], MIN_DENSITY_LENGTH_M);
    out[s] = on_segment[s] ? on_segment[s] / Math.max(area, 1) : 0;
  }
}
