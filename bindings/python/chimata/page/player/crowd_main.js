// The page of a crowd.

// Where everybody present is, x and y in turn, metres, in the order of the file.
function crowd_positions({ scene, moment }) {
  const { people, people_x0, people_y0, place_step_m } = scene;
  const { index, share } = moment;
  const xy = [];
  for (let p = 0; p < people.n; ++p) {
    const [row, first, last] = people.track.subarray(3 * p, 3 * p + 3);
    if (index < first || index > last) continue;
    const here = row + index - first;
    const next = row + Math.min(index + 1, last) - first;
    [people_x0, people_y0].forEach((origin, axis) => {
      const [a, b] = [people.places[2 * here + axis], people.places[2 * next + axis]];
      xy.push(origin + (a + share * (b - a)) * place_step_m);
    });
  }
  return xy;
}

open_page({
  decode: decode_crowd,
  show: { people: true, heat: false, gates: true, by_level: true },
  speeds: [1, 2, 5, 10, 30, 60], speed: 5, slider_step: 0.1, key_steps: [1, 10], keys: 'keys_crowd',
  curves: [
    { names: ['left'], colour: state_colour('left'), label: 'left' },
    { names: ['present'], colour: state_colour('present'), label: 'present' },
  ],
  compared: [['left', ['left']], ['standing', ['standing']]],
  make_views: (parent, scenes, camera) =>
    scenes.map((scene) => new CrowdView(parent, scene, camera, scenes.length > 1)),
  make_legend: (...about) => new CrowdLegend(...about),
  for_tests: (views, timeline) => ({
    positions: (i = 0) => crowd_positions({ scene: views[i].scene, moment: views[i].moment(timeline.t) }),
  }),
});
