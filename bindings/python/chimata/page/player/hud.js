// Counters above a map, the legend, the scale bar.

class Hud {
  constructor(parent, scene, with_caption, with_casualties) {
    this.scene = scene;
    this.node = parent.appendChild(element('div', 'hud'));
    if (with_caption) this.node.append(element('h2', '', scene.title));
    const list = this.node.appendChild(element('ul', with_casualties ? 'many' : ''));
    this.numbers = scene.state_names.map((name) => {
      const item = list.appendChild(element('li', ALARM_STATES.includes(name) ? 'alarm' : ''));
      item.dataset.state = name;
      item.hidden = name === 'casualty' && !with_casualties;
      item.style.setProperty('--colour', css(state_colour(name)));
      item.append(element('span', 'label', word(name)));
      return item.appendChild(element('b'));
    });
  }

  update(t) {
    this.numbers.forEach((node, state) => {
      const value = persons_at(this.scene, t, state);
      if (node.value === value) return;
      node.value = value;
      node.textContent = count_text(value);
      node.parentNode.classList.toggle('none', value === 0);
    });
  }
}

// The census counted last before `t`; the first one before that.
function persons_at({ census }, t, state) {
  const moments = census.times.length;
  return census.persons[state * moments + Math.max(last_before(census.times, t), 0)];
}

const persons_in = (scene, t, names) => scene.state_names.reduce(
  (sum, name, state) => sum + (names.includes(name) ? persons_at(scene, t, state) : 0), 0);

const has_casualties = (scene) => {
  const { times, persons } = scene.census;
  const state = scene.state_names.indexOf('casualty');
  return state >= 0 && persons.subarray(state * times.length, (state + 1) * times.length).some(Boolean);
};

// Layer switches and what the colours mean.
class Legend {
  constructor(parent, scenes, show, changed) {
    const driven = scenes.some((scene) => scene.cars.n > 0);
    const names = ['people', 'cars', 'water', 'density', 'buildings', 'shelters']
      .filter((name) => name !== 'cars' || driven);
    const box = parent.appendChild(element('details', 'legend'));
    box.open = window.matchMedia('(min-width: 760px)').matches;
    box.append(element('summary', '', word('legend')));
    const switches = box.appendChild(element('div', 'switches'));
    for (const name of names) {
      switches.append(this.choice('checkbox', name, word(name), show[name], (on) => {
        show[name] = on;
        this.update(show);
        changed();
      }));
    }
    this.people = box.appendChild(element('div', 'group'));
    const mode = this.people.appendChild(element('div', 'modes'));
    mode.append(element('h3', '', word('colour')));
    for (const by_state of [false, true]) {
      const label = word(by_state ? 'by_state' : 'by_class');
      mode.append(this.choice('radio', 'colour', label, show.by_state === by_state, () => {
        show.by_state = by_state;
        this.update(show);
        changed();
      }));
    }
    const [{ class_names, state_names }] = scenes;
    const lost = scenes.some(has_casualties) ? ['casualty'] : [];
    const outdoors = state_names.filter((name) => name === 'walking' ||
      ALARM_STATES.includes(name) && (name !== 'casualty' || lost.length));
    this.by_class = this.swatches(this.people, 'dots', [
      ...class_names.map((name, i) => [class_colour(i), word(name)]), [ALARM, word('alarm'), 'wide'],
      ...lost.map((name) => [state_colour(name), word(name), 'wide']),
    ]);
    this.by_state = this.swatches(this.people, 'dots',
      outdoors.map((name) => [state_colour(name), word(name)]));
    this.cars = this.car_group(box);
    this.has_cars = driven;
    this.water = this.scale(box, word('depth'), word('depth_unit'), DEPTHS);
    this.density = this.scale(box, word('density_title'), word('density_unit'), DENSITIES);
    this.update(show);
  }

  choice(type, name, text, checked, changed) {
    const label = element('label');
    const input = label.appendChild(element('input'));
    Object.assign(input, { type, name, checked });
    input.addEventListener('change', () => changed(input.checked));
    label.append(element('span', '', text));
    return label;
  }

  swatches(parent, name, rows) {
    const list = parent.appendChild(element('ul', `swatches ${name}`));
    for (const [colour, text, width = ''] of rows) {
      const row = list.appendChild(element('li', width, text));
      row.style.setProperty('--colour', css(colour));
    }
    return list;
  }

  car_group(parent) {
    const group = parent.appendChild(element('div', 'group'));
    const rows = ['cars_moving', 'cars_stopped'].map((name, i) => [CARS[i].colour, word(name)]);
    const list = this.swatches(group, 'plates', rows);
    CARS.forEach(({ rim }, i) => list.children[i].style.setProperty('--rim', css(rim)));
    return group;
  }

  scale(parent, title, unit, steps) {
    const group = parent.appendChild(element('div', 'group'));
    group.append(element('h3', '', `${title} (${unit})`));
    const rows = steps.map(({ from, colour }, i) => [colour,
      i + 1 < steps.length ? `${from} – ${steps[i + 1].from}` : `${from} ${word('over')}`]);
    this.swatches(group, 'boxes', rows.reverse());
    return group;
  }

  update(show) {
    this.people.hidden = !show.people;
    this.by_class.hidden = show.by_state;
    this.by_state.hidden = !show.by_state;
    this.cars.hidden = !show.cars || !this.has_cars;
    this.water.hidden = !show.water;
    this.density.hidden = !show.density;
  }
}

// A round length of at most 110 pixels.
function update_scale_bar(node, camera) {
  const room = 110 / camera.scale;
  const power = 10 ** Math.floor(Math.log10(room));
  const metres = [5, 2, 1].map((digit) => digit * power).find((length) => length <= room);
  node.style.width = `${metres * camera.scale}px`;
  node.textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
}
