// Where cars are: one point each, however many ride in it. A car that stopped for good stays; one
// that left the road at a car park or a way out is gone.

const LANE = 0.22;  // of the street's width, from its middle to the middle of a lane

function decode_cars(header, read, network, scene) {
  const cars = {
    ...decode_tracks(header, read, network, scene), side: header.left_hand ? -LANE : LANE,
  };
  cars.xy = new Float32Array(2 * cars.n);
  cars.shown = new Uint8Array(2 * cars.n);  // heading and 1 for stopped, of each point of xy
  cars.stopped = stopped_cars(cars, read(header.stays), network);
  return cars;
}

// Writes the point and the heading, in 256ths of a full turn from east to north.
function place_car({ side }, network, link, share, xy, shown, row) {
  const to_right = (link & 1 ? -side : side) * network.width[link >> 1];
  const v = locate(network, link, share, to_right, xy, 2 * row);
  const { xy: line } = network;
  const turn = Math.atan2(line[2 * v + 3] - line[2 * v + 1], line[2 * v + 2] - line[2 * v]) / (2 * Math.PI);
  shown[2 * row] = Math.round((turn + 1 + (link & 1 ? 0.5 : 0)) * 256) & 255;
  shown[2 * row + 1] = 0;
}

function stopped_cars(cars, stays, network) {
  const rows = Array.from({ length: cars.n }, (_, c) => c).filter((c) => stays[c]);
  rows.sort((a, b) => cars.end[a] - cars.end[b]);
  const xy = new Float32Array(2 * rows.length);
  const shown = new Uint8Array(2 * rows.length);
  rows.forEach((c, row) => {
    place_car(cars, network, last_link(cars, c), cars.end_share[c], xy, shown, row);
    shown[2 * row + 1] = 1;
  });
  return { times: Float64Array.from(rows, (c) => cars.end[c]), xy, shown };
}

// Fills cars.xy and cars.shown for time t; returns how many are under way and how many stopped.
function place_cars(cars, network, t) {
  let moving = 0;
  each_under_way(cars, t, (c, link, share) => {
    place_car(cars, network, link, share, cars.xy, cars.shown, moving++);
  });
  return { moving, stopped: last_before(cars.stopped.times, t) + 1 };
}
