// People inside an area: they walk in the plane, from place to place on straight lines.

function decode_stays(header, read, bytes, scene) {
  const lengths = read(header.lengths);
  const offsets = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; ++i) offsets[i + 1] = offsets[i] + lengths[i];
  const times = Float32Array.from(read(header.tick), (tick) => tick * scene.time_step_s);
  const stays = {
    n: lengths.length, offsets, enter: times, end: Float32Array.from(lengths, (_, i) => times[offsets[i + 1] - 1]),
    xy: points(bytes, header), klass: read(header.class),
    state: Math.max(0, ['visiting', 'walking'].map((name) => scene.state_names.indexOf(name)).find((i) => i >= 0) ?? 0),
  };
  return { ...stays, blocks: activity_blocks(stays, scene.duration_s) };
}

// Writes the points of all who are inside at time t, from row `first` on; returns the row behind them.
function place_stays(stays, t, xy, shown, first) {
  const { offsets, enter, end, blocks } = stays;
  const block = Math.min(Math.max(Math.floor(t / BLOCK_S), 0), blocks.blocks - 1);
  let row = first;
  for (let k = blocks.first[block]; k < blocks.first[block + 1]; ++k) {
    const p = blocks.active[k];
    if (t < enter[offsets[p]] || t >= end[p]) continue;
    const i = last_before(enter, t, offsets[p], offsets[p + 1]);
    const share = (t - enter[i]) / (enter[i + 1] - enter[i]);
    for (const axis of [0, 1]) {
      const from = stays.xy[2 * i + axis];
      xy[2 * row + axis] = from + share * (stays.xy[2 * i + 2 + axis] - from);
    }
    shown[2 * row] = stays.klass[p];
    shown[2 * row + 1] = stays.state;
    ++row;
  }
  return row;
}
