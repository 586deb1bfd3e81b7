// Reads the columns encode.py wrote, for every kind of page.

async function inflate(base64) {
  const text = atob(base64);
  const packed = new Uint8Array(text.length);
  for (let i = 0; i < packed.length; ++i) packed[i] = text.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const COLUMN_TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, delta: Uint32Array };

// The column as typed array; `delta` columns come back as Int32Array.
function column(bytes, { codec, at, n }) {
  const values = new COLUMN_TYPES[codec](n);
  for (let byte = 0; byte < values.BYTES_PER_ELEMENT; ++byte) {
    const plane = at + byte * n;
    for (let i = 0; i < n; ++i) values[i] |= bytes[plane + i] << (8 * byte);
  }
  return codec === 'delta' ? undelta(values) : values;
}

function undelta(steps) {
  const values = new Int32Array(steps.length);
  let value = 0;
  for (let i = 0; i < steps.length; ++i) {
    const step = steps[i];
    value += (step >>> 1) ^ -(step & 1);
    values[i] = value;
  }
  return values;
}

// Interleaved x, y in metres from the scene's origin.
function points(bytes, { x, y }) {
  const xs = column(bytes, x);
  const ys = column(bytes, y);
  const xy = new Float32Array(2 * xs.length);
  for (let i = 0; i < xs.length; ++i) {
    xy[2 * i] = xs[i] / 100;
    xy[2 * i + 1] = ys[i] / 100;
  }
  return xy;
}

// Times in seconds.
const seconds = (ticks, step) => Float64Array.from(ticks, (tick) => tick * step);

// Index of the last of the rising `times` not after `t`, within [first, last); first - 1 if none.
function last_before(times, t, first = 0, last = times.length) {
  while (first < last) {
    const middle = (first + last) >> 1;
    if (times[middle] <= t) first = middle + 1;
    else last = middle;
  }
  return first - 1;
}

// Frames of `size` bytes, each stored as change of the one before.
function accumulate(codes, size) {
  for (let i = size; i < codes.length; ++i) codes[i] += codes[i - size];
  return codes;
}
