// Counters above a map.

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

// Whether people can be in one of these states at all.
const knows_any = (scenes, names) =>
  scenes.some(({ state_names }) => names.some((name) => state_names.includes(name)));

const persons_in = (scene, t, names) => scene.state_names.reduce(
  (sum, name, state) => sum + (names.includes(name) ? persons_at(scene, t, state) : 0), 0);

const has_casualties = (scene) => {
  const { times, persons } = scene.census;
  const state = scene.state_names.indexOf('casualty');
  return state >= 0 && persons.subarray(state * times.length, (state + 1) * times.length).some(Boolean);
};
