// The page of a town.

open_page({
  decode: decode_scene,
  show: {
    people: true, cars: true, water: true, density: false, buildings: true, shelters: true, by_state: false,
  },
  speeds: [10, 30, 60, 120, 300, 600], speed: 120, slider_step: 1, key_steps: [30, 300], keys: 'keys',
  // of those, the ones whose states the scenes know: an evacuation's or an event's
  curves: [
    { names: ['sheltered'], colour: state_colour('sheltered'), label: 'sheltered' },
    { names: ALARM_STATES, colour: ALARM, label: 'trapped' },
    { names: ['visiting'], colour: state_colour('visiting'), label: 'visiting' },
    { names: ['on_platform'], colour: state_colour('on_platform'), label: 'on_platform' },
  ],
  compared: [
    ['sheltered', ['sheltered']], ['upstairs', ['upstairs']], ['trapped', ALARM_STATES], ['visiting', ['visiting']],
    ['on_platform', ['on_platform']],
  ],
  make_views(parent, scenes, camera) {
    const lost = scenes.some(has_casualties);
    return scenes.map((scene) => new TownView(parent, scene, camera, scenes.length > 1, lost));
  },
  make_legend: (...about) => new TownLegend(...about),
  for_tests: (views) => ({
    positions: (i = 0) => Array.from(views[i].scene.people.xy.subarray(0, 2 * views[i].counts.moving)),
    carPositions: (i = 0) => Array.from(views[i].scene.cars.xy.subarray(0, 2 * views[i].counts.cars.moving)),
  }),
});
