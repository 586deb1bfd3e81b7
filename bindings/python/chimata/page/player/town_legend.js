// What the colours of a town mean.

class TownLegend extends Legend {
  constructor(parent, scenes, show, changed) {
    const driven = scenes.some((scene) => scene.cars.n > 0);
    const wet = scenes.some((scene) => scene.water.times.length > 0);
    const names = ['people', 'cars', 'water', 'density', 'buildings', 'shelters']
      .filter((name) => (name !== 'cars' || driven) && (name !== 'water' || wet) &&
        (name !== 'shelters' || scenes.some((scene) => scene.shelters.name.length > 0)));
    super(parent, names, show, changed);
    const { box } = this;
    this.people = this.modes(box, 'by_state', { false: 'by_class', true: 'by_state' });
    const [{ class_names, state_names }] = scenes;
    const lost = scenes.some(has_casualties) ? ['casualty'] : [];
    const inside = scenes.some((scene) => scene.stays.n > 0);
    const outdoors = state_names.filter((name) => name === 'walking' || name === 'visiting' && inside ||
      ALARM_STATES.includes(name) && (name !== 'casualty' || lost.length));
    this.by_class = this.swatches(this.people, 'dots', [
      ...class_names.map((name, i) => [class_colour(i), word(name)]),
      ...(knows_any(scenes, ALARM_STATES) ? [[ALARM, word('alarm'), 'wide']] : []),
      ...lost.map((name) => [state_colour(name), word(name), 'wide']),
    ]);
    this.by_state = this.swatches(this.people, 'dots',
      outdoors.map((name) => [state_colour(name), word(name)]));
    if (scenes.some((scene) => scene.area.xy.length > 0)) {
      const group = box.appendChild(element('div', 'group'));
      const roped = scenes.some((scene) => scene.barriers.from_s.length > 0);
      this.swatches(group, 'boxes', [[AREA, word('event_area')], [GATE_OPEN, word('gates')],
        ...(roped ? [[BARRIER, word('barriers')]] : [])]);
    }
    this.cars = this.car_group(box);
    this.has_cars = driven;
    this.has_water = wet;
    this.water = this.scale(box, word('depth'), word('depth_unit'), DEPTHS);
    this.density = this.scale(box, word('density_title'), word('density_unit'), DENSITIES);
    this.update(show);
  }

  car_group(parent) {
    const group = parent.appendChild(element('div', 'group'));
    const rows = ['cars_moving', 'cars_stopped'].map((name, i) => [CARS[i].colour, word(name)]);
    const list = this.swatches(group, 'plates', rows);
    CARS.forEach(({ rim }, i) => list.children[i].style.setProperty('--rim', css(rim)));
    return group;
  }

  update(show) {
    this.people.hidden = !show.people;
    this.by_class.hidden = show.by_state;
    this.by_state.hidden = !show.by_state;
    this.cars.hidden = !show.cars || !this.has_cars;
    this.water.hidden = !this.has_water || !show.water;
    this.density.hidden = !show.density;
  }
}
