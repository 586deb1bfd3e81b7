// Where everybody is. Moving people are found through 60-second blocks, so a frame touches only
// those on the way; people who stopped outdoors or were caught at home never move again and are
// drawn as a prefix of one list sorted by time.

const BLOCK_S = 60;
const TURN_JUMP = 255;
const MIN_DENSITY_LENGTH_M = 10;  // one person on a two-metre stub is no crowd

function decode_people(header, read, bytes, network, scene) {
  const lengths = read(header.lengths);
  const n = lengths.length;
  const offsets = new Uint32Array(n + 1);
  for (let p = 0; p < n; ++p) offsets[p + 1] = offsets[p] + lengths[p];

  const people = {
    n, offsets,
    link: decode_links(read(header.turn), read(header.jump_link), network),
    ...decode_times(header, read, offsets, scene.time_step_s),
    end_share: Float32Array.from(read(header.end_fraction), (code) => code / 65535),
    klass: read(header.class), final: read(header.final),
    stays: scene.state_names.map((name) => !INDOOR_STATES.includes(name)),
  };
  people.stopped = stopped_people(people, header, read, bytes, network, scene);
  people.blocks = activity_blocks(people, scene.duration_s);
  people.xy = new Float32Array(2 * n);
  people.shown = new Uint8Array(2 * n);  // class and state of each point of xy
  people.on_segment = new Uint32Array(network.segments);
  people.walking = Math.max(0, scene.state_names.indexOf('walking'));
  return people;
}

function decode_links(turn, jumps, network) {
  const link = new Uint32Array(turn.length);
  for (let i = 0, jump = 0; i < turn.length; ++i) {
    link[i] = turn[i] === TURN_JUMP
      ? jumps[jump++]
      : network.leaving[network.first_leaving[head_node(network, link[i - 1])] + turn[i]];
  }
  return link;
}

function decode_times(header, read, offsets, step) {
  const first = read(header.first_tick);
  const wait = read(header.wait_ticks);
  const end_wait = read(header.end_wait_ticks);
  const enter = new Float32Array(wait.length);
  const end = new Float32Array(first.length);
  for (let p = 0; p < first.length; ++p) {
    let tick = first[p];
    for (let i = offsets[p]; i < offsets[p + 1]; ++i) {
      tick += wait[i];
      enter[i] = tick * step;
    }
    end[p] = (tick + end_wait[p]) * step;
  }
  return { enter, end };
}

// A person keeps to one side of the street, spread over 70 % of its width by a hash of the number.
function side_of(network, person, link) {
  const spread = ((Math.imul(person + 1, 2654435761) >>> 8) & 1023) / 1023 - 0.5;
  return 0.7 * spread * network.width[link >> 1] * (link & 1 ? -1 : 1);
}

function stopped_people(people, header, read, bytes, network, scene) {
  const caught_xy = points(bytes, header.caught_xy);
  const caught_times = seconds(read(header.caught_tick), scene.time_step_s);
  const caught_class = read(header.caught_class);
  const caught_state = scene.state_names.indexOf('caught_at_home');
  const all = [];
  for (let i = 0; i < caught_times.length; ++i) {
    all.push([caught_times[i], caught_xy[2 * i], caught_xy[2 * i + 1], caught_class[i], caught_state]);
  }
  const at = [0, 0];
  for (let p = 0; p < people.n; ++p) {
    if (!people.stays[people.final[p]]) continue;
    const link = people.link[people.offsets[p + 1] - 1];
    locate(network, link, people.end_share[p], side_of(network, p, link), at, 0);
    all.push([people.end[p], at[0], at[1], people.klass[p], people.final[p]]);
  }
  all.sort((a, b) => a[0] - b[0]);
  return {
    times: Float64Array.from(all, (row) => row[0]),
    xy: Float32Array.from(all.flatMap((row) => [row[1], row[2]])),
    shown: Uint8Array.from(all.flatMap((row) => [row[3], row[4]])),
  };
}

// The people under way at any time of block b are active[first[b] .. first[b + 1]].
function activity_blocks({ n, offsets, enter, end }, duration) {
  const blocks = Math.floor(duration / BLOCK_S) + 1;
  const clamp = (t) => Math.min(Math.max(Math.floor(t / BLOCK_S), 0), blocks - 1);
  const first = new Uint32Array(blocks + 1);
  const each = (visit) => {
    for (let p = 0; p < n; ++p) {
      const last = clamp(end[p]);
      for (let b = clamp(enter[offsets[p]]); b <= last; ++b) visit(b, p);
    }
  };
  each((b) => { ++first[b + 1]; });
  for (let b = 0; b < blocks; ++b) first[b + 1] += first[b];
  const place = first.slice();
  const active = new Uint32Array(first[blocks]);
  each((b, p) => { active[place[b]++] = p; });
  return { first, active, blocks };
}

// Fills people.xy, people.shown and people.on_segment for time t; returns how many are under way
// and how many stand still for good.
function place_people(people, network, t) {
  const { offsets, enter, end, link, blocks, xy, shown, on_segment } = people;
  on_segment.fill(0);
  let moving = 0;
  const block = Math.min(Math.max(Math.floor(t / BLOCK_S), 0), blocks.blocks - 1);
  for (let k = blocks.first[block]; k < blocks.first[block + 1]; ++k) {
    const p = blocks.active[k];
    if (t < enter[offsets[p]] || t >= end[p]) continue;
    const i = last_before(enter, t, offsets[p], offsets[p + 1]);
    const last = i + 1 === offsets[p + 1];
    const until = last ? end[p] : enter[i + 1];
    const share = (t - enter[i]) / (until - enter[i]) * (last ? people.end_share[p] : 1);
    locate(network, link[i], share, side_of(network, p, link[i]), xy, 2 * moving);
    shown[2 * moving] = people.klass[p];
    shown[2 * moving + 1] = people.walking;
    ++on_segment[link[i] >> 1];
    ++moving;
  }
  return { moving, stopped: last_before(people.stopped.times, t) + 1 };
}

// Persons per square metre of every segment, as place_people() left them.
function street_density({ on_segment }, network, out) {
  for (let s = 0; s < network.segments; ++s) {
    const area = network.width[s] * Math.max(network.length[s], MIN_DENSITY_LENGTH_M);
    out[s] = on_segment[s] ? on_segment[s] / Math.max(area, 1) : 0;
  }
}
