// The legend of any map: switches of layers, choices and colours. Also the scale bar.

class Legend {
  // `show` says what is drawn; update(show) of the map's own legend is called when it changes.
  constructor(parent, names, show, changed) {
    Object.assign(this, { show, changed });
    this.box = parent.appendChild(element('details', 'legend'));
    this.box.open = window.matchMedia('(min-width: 760px)').matches;
    this.box.append(element('summary', '', word('legend')));
    const switches = this.box.appendChild(element('div', 'switches'));
    for (const name of names) {
      switches.append(this.choice('checkbox', name, word(name), show[name], (on) => this.set(name, on)));
    }
  }

  set(name, value) {
    this.show[name] = value;
    this.update(this.show);
    this.changed();
  }

  // A choice of how people are coloured: show[name] becomes false or true; `words` names both.
  modes(parent, name, words) {
    const group = parent.appendChild(element('div', 'group'));
    const mode = group.appendChild(element('div', 'modes'));
    mode.append(element('h3', '', word('colour')));
    for (const value of [false, true]) {
      mode.append(this.choice('radio', 'colour', word(words[value]), this.show[name] === value,
        () => this.set(name, value)));
    }
    return group;
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

  scale(parent, title, unit, steps) {
    const group = parent.appendChild(element('div', 'group'));
    group.append(element('h3', '', `${title} (${unit})`));
    const rows = steps.map(({ from, colour }, i) => [colour,
      i + 1 < steps.length ? `${from} – ${steps[i + 1].from}` : `${from} ${word('over')}`]);
    this.swatches(group, 'boxes', rows.reverse());
    return group;
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
