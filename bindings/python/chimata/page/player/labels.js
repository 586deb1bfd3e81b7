// Shelters as DOM elements: crisp text in the reader's own fonts, and readable for screen readers.

const LABEL_HEIGHT = 36;  // CSS pixels
const PIN = 14;           // from the middle of a pin to where its text begins
const SIDES = ['flip', 'above', 'below', 'bare'];

// Where the text of a pin at x, y may stand, the best place first.
function text_boxes(x, y, width) {
  const high = LABEL_HEIGHT / 2;
  return [
    ['right', [x + PIN, y - high, x + PIN + width, y + high]],
    ['flip', [x - PIN - width, y - high, x - PIN, y + high]],
    ['above', [x - width / 2, y - PIN - 1 - LABEL_HEIGHT, x + width / 2, y - PIN - 1]],
    ['below', [x - width / 2, y + PIN + 1, x + width / 2, y + PIN + 1 + LABEL_HEIGHT]],
  ];
}

const apart = (a, b) => a[0] > b[2] || a[2] < b[0] || a[1] > b[3] || a[3] < b[1];

class ShelterLabels {
  constructor(parent, scene) {
    this.scene = scene;
    this.box = parent.appendChild(element('div', 'shelters'));
    const { shelters } = scene;
    this.items = shelters.name.map((name, i) => this.make(name, i));
    // where labels would overlap, the larger shelter keeps its name
    this.order = this.items.map((_, i) => i).sort((a, b) => shelters.capacity[b] - shelters.capacity[a]);
  }

  make(name, index) {
    const { shelters } = this.scene;
    const node = element('div', shelters.usable[index] ? 'shelter' : 'shelter unusable');
    const pin = node.appendChild(element('span', 'pin'));
    const text = node.appendChild(element('span', 'text'));
    text.append(element('span', 'name', name));
    const bar = text.appendChild(element('span', 'bar'));
    const level = bar.appendChild(element('i'));
    const count = text.appendChild(element('span', 'count'));
    this.box.append(node);
    return { node, pin, level, count, name };
  }

  // Occupancy as counted last before `t`.
  update(t) {
    const { shelters, census } = this.scene;
    const moments = census.times.length;
    const moment = last_before(census.times, t);
    this.items.forEach((item, i) => {
      const inside = moment < 0 ? 0 : shelters.occupancy[i * moments + moment];
      if (item.inside === inside) return;
      item.inside = inside;
      const capacity = shelters.capacity[i];
      const share = capacity > 0 ? Math.min(inside / capacity, 1) : 0;
      item.level.style.width = `${100 * share}%`;
      item.pin.style.setProperty('--level', `${100 * share}%`);
      item.node.classList.toggle('full', capacity > 0 && inside >= capacity);
      item.count.textContent = shelters.usable[i] || inside
        ? `${count_text(inside)} / ${count_text(capacity)}${language === 'ja' ? word('persons') : ''}`
        : word('unusable');
      item.node.setAttribute('aria-label', `${item.name} ${item.count.textContent}`);
    });
  }

  place(camera, width, height, visible) {
    this.box.hidden = !visible;
    if (!visible) return;
    // read all sizes before writing any position: one layout instead of one per label
    for (const item of this.items) item.width ??= item.node.offsetWidth;
    const { xy } = this.scene.shelters;
    const pins = this.items.map((_, i) => camera.to_screen(xy[2 * i], xy[2 * i + 1], width, height));
    const around = ([x, y]) => [x - PIN, y - PIN, x + PIN, y + PIN];
    const taken = [];
    for (const i of this.order) {
      const item = this.items[i];
      const [x, y] = pins[i];
      const outside = x < -20 || y < -20 || x > width + 20 || y > height + 20;
      item.node.style.display = outside ? 'none' : '';
      if (outside) continue;
      item.node.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      const covered = [...taken, ...pins.filter((_, j) => j !== i).map(around)];
      const free = ([, b]) => b[0] >= 0 && b[2] <= width && b[1] >= 0 && b[3] <= height &&
        covered.every((other) => apart(b, other));
      const [side, box] = text_boxes(x, y, item.width - PIN - 11).find(free) ?? ['bare', null];
      if (box) taken.push(box);
      for (const name of SIDES) item.node.classList.toggle(name, name === side);
    }
  }
}
