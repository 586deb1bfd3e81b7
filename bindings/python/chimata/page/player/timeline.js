// Clock, slider, play button, speed and the keyboard.

// Local time of the scene's own zone, whatever zone the reader's machine is in.
function clock_text(wall_ms, t, with_seconds = false) {
  const iso = new Date(wall_ms + t * 1000).toISOString();
  return iso.slice(11, with_seconds ? 19 : 16);
}

function date_text(wall_ms, t) {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric', month: 'short', day: 'numeric', weekday: 'short', timeZone: 'UTC',
  }).format(wall_ms + t * 1000);
}

class Timeline {
  // `changed` is called whenever a new frame is due. The page says which speeds there are, the first of them,
  // how far the arrow keys go, and what the chart shows.
  constructor(root, scenes, page, changed) {
    [{ duration_s: this.duration, wall_ms: this.wall_ms, undated: this.undated }] = scenes;
    Object.assign(this, { t: 0, playing: false, speed: page.speed, changed, page });
    const find = (name) => root.querySelector(name);
    this.button = find('.play');
    this.slider = find('.slider');
    this.clock = find('.clock');
    this.date = find('.date');
    this.chart = new Chart(find('.chart'), scenes, page.curves, (t, fine) => clock_text(this.wall_ms, t, fine));

    Object.assign(this.slider, { min: 0, max: this.duration, step: page.slider_step });
    this.slider.setAttribute('aria-label', word('slider'));
    this.slider.addEventListener('input', () => this.seek(this.slider.valueAsNumber));
    this.button.addEventListener('click', () => this.toggle());
    this.set_up_speed(find('.speed'));
    this.show_playing();
  }

  set_up_speed(select) {
    for (const speed of this.page.speeds) select.append(new Option(`×${speed}`, speed));
    select.value = this.speed;
    select.setAttribute('aria-label', word('speed'));
    select.addEventListener('change', () => { this.speed = Number(select.value); });
  }

  seek(t) {
    this.t = Math.min(Math.max(t, 0), this.duration);
    this.changed();
  }

  toggle(playing = !this.playing) {
    this.playing = playing;
    if (playing && this.t >= this.duration) this.t = 0;
    this.before = null;
    this.show_playing();
    this.changed();
  }

  show_playing() {
    this.button.classList.toggle('playing', this.playing);
    this.button.setAttribute('aria-label', word(this.playing ? 'pause' : 'play'));
    this.button.title = word(this.page.keys);
  }

  // Moves on to the frame shown `now` (ms); a long pause, as in a hidden tab, counts as one second.
  advance(now) {
    if (!this.playing) return;
    if (this.before !== null) {
      this.t = Math.min(this.t + Math.min(now - this.before, 1000) / 1000 * this.speed, this.duration);
    }
    this.before = now;
    if (this.t >= this.duration) this.toggle(false);
  }

  draw() {
    const clock = clock_text(this.wall_ms, this.t, true);
    this.clock.textContent = clock;
    this.date.textContent = this.undated ? word('elapsed') : date_text(this.wall_ms, this.t);
    this.slider.value = this.t;
    this.slider.setAttribute('aria-valuetext', clock);
    this.chart.draw(this.t);
  }
}

function attach_keyboard(timeline, camera, changed) {
  const zoom = (factor) => { camera.zoom(factor); changed(); };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('select, [type=radio]')) return;
    const step = timeline.page.key_steps[event.shiftKey ? 1 : 0];
    const actions = {
      ' ': () => timeline.toggle(),
      ArrowLeft: () => timeline.seek(timeline.t - step),
      ArrowRight: () => timeline.seek(timeline.t + step),
      Home: () => timeline.seek(0),
      End: () => timeline.seek(timeline.duration),
      '+': () => zoom(1.4),
      '-': () => zoom(1 / 1.4),
    };
    // space on a focused button or switch presses that one
    const pressing = event.key === ' ' && event.target.matches('button, summary, [type=checkbox]');
    if (!actions[event.key] || pressing) return;
    event.preventDefault();
    actions[event.key]();
  });
}
