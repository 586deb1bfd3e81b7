// The street graph: who follows whom, and where on the map a share of a link lies.
// Directed link 2 * s runs along segment s, 2 * s + 1 against it.

function make_network(streets) {
  const { xy, offsets, from, to } = streets;
  const segments = from.length;

  const along = new Float32Array(xy.length / 2);  // metres from the segment's first vertex
  const length = new Float32Array(segments);
  for (let s = 0; s < segments; ++s) {
    for (let v = offsets[s] + 1; v < offsets[s + 1]; ++v) {
      const step = Math.hypot(xy[2 * v] - xy[2 * v - 2], xy[2 * v + 1] - xy[2 * v - 1]);
      along[v] = along[v - 1] + step;
    }
    length[s] = along[offsets[s + 1] - 1];
  }
  return { ...streets, along, length, segments, ...leaving_links(from, to) };
}

const tail_node = (network, link) => (link & 1 ? network.to : network.from)[link >> 1];
const head_node = (network, link) => (link & 1 ? network.from : network.to)[link >> 1];

// The links leaving node n are leaving[first_leaving[n] ..], in order of link number.
function leaving_links(from, to) {
  let nodes = 0;
  for (let s = 0; s < from.length; ++s) nodes = Math.max(nodes, from[s] + 1, to[s] + 1);
  const first_leaving = new Uint32Array(nodes + 1);
  for (let s = 0; s < from.length; ++s) {
    ++first_leaving[from[s] + 1];
    ++first_leaving[to[s] + 1];
  }
  for (let n = 0; n < nodes; ++n) first_leaving[n + 1] += first_leaving[n];
  const place = first_leaving.slice();
  const leaving = new Uint32Array(2 * from.length);
  for (let s = 0; s < from.length; ++s) {
    leaving[place[from[s]]++] = 2 * s;
    leaving[place[to[s]]++] = 2 * s + 1;
  }
  return { leaving, first_leaving };
}

// Writes the position `share` (0..1) along `link`, `side` metres to the right of its segment's
// direction, to out[at], out[at + 1]. Returns the vertex before.
function locate(network, link, share, side, out, at) {
  const { xy, offsets, along, length } = network;
  const s = link >> 1;
  const metres = (link & 1 ? 1 - share : share) * length[s];
  const last = offsets[s + 1] - 1;
  const v = Math.min(Math.max(last_before(along, metres, offsets[s], last), offsets[s]), last - 1);
  const span = along[v + 1] - along[v];
  const part = span > 0 ? (metres - along[v]) / span : 0;
  const dx = xy[2 * v + 2] - xy[2 * v];
  const dy = xy[2 * v + 3] - xy[2 * v + 1];
  const shift = span > 0 ? side / span : 0;
  out[at] = xy[2 * v] + part * dx + shift * dy;
  out[at + 1] = xy[2 * v + 1] + part * dy - shift * dx;
  return v;
}
