// Who is on which link when, of people and of cars alike. Those under way are found through
// 60-second blocks, so a frame touches only them.

const BLOCK_S = 60;
const TURN_JUMP = 255;
const TURN_AWAY = 254;
const NOWHERE = 0xffffffff;  // as a link: riding or indoors, not to be seen

function decode_tracks(header, read, network, scene) {
  const lengths = read(header.lengths);
  const n = lengths.length;
  const offsets = new Uint32Array(n + 1);
  for (let p = 0; p < n; ++p) offsets[p + 1] = offsets[p] + lengths[p];
  const tracks = {
    n, offsets,
    link: decode_links(read(header.turn), read(header.jump_link), network),
    ...decode_times(header, read, offsets, scene.time_step_s),
    end_share: Float32Array.from(read(header.end_fraction), (code) => code / 65535),
  };
  return { ...tracks, blocks: activity_blocks(tracks, scene.duration_s) };
}

function decode_links(turn, jumps, network) {
  const link = new Uint32Array(turn.length);
  for (let i = 0, jump = 0; i < turn.length; ++i) {
    if (turn[i] === TURN_AWAY) link[i] = NOWHERE;
    else if (turn[i] === TURN_JUMP) link[i] = jumps[jump++];
    else link[i] = network.leaving[network.first_leaving[head_node(network, link[i - 1])] + turn[i]];
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

// Those under way at any time of block b are active[first[b] .. first[b + 1]].
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

// Calls visit(track, link, share of the link) for all who are on a link at time t.
function each_under_way(tracks, t, visit) {
  const { offsets, enter, end, link, end_share, blocks } = tracks;
  const block = Math.min(Math.max(Math.floor(t / BLOCK_S), 0), blocks.blocks - 1);
  for (let k = blocks.first[block]; k < blocks.first[block + 1]; ++k) {
    const p = blocks.active[k];
    if (t < enter[offsets[p]] || t >= end[p]) continue;
    const i = last_before(enter, t, offsets[p], offsets[p + 1]);
    if (link[i] === NOWHERE) continue;
    const last = i + 1 === offsets[p + 1];
    const until = last ? end[p] : enter[i + 1];
    visit(p, link[i], (t - enter[i]) / (until - enter[i]) * (last ? end_share[p] : 1));
  }
}

// The last link of a track; NOWHERE if it ends out of sight.
const last_link = ({ link, offsets }, p) => link[offsets[p + 1] - 1];
