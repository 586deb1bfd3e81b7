// Numbers of people above the time slider; both share one time axis.

const CHART_FONT = '10px "Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI",Meiryo,"Hiragino Sans",sans-serif';
const THUMB = 16;  // width of the slider's thumb: its centre runs from THUMB / 2 on
const AXIS = 15;   // pixels of time labels
const HEAD = 18;   // pixels of the curves' names

class Chart {
  // `curves`: the states counted together, colour and name of each.
  constructor(canvas, scenes, curves, clock_at) {
    Object.assign(this, { canvas, scenes, clock_at });
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', word('chart'));
    const shown = curves.filter(({ names }) => knows_any(scenes, names));
    this.curves = scenes.flatMap((scene, run) => shown.map((curve) => ({
      ...curve, run, times: scene.census.times,
      values: Array.from(scene.census.times, (t) => persons_in(scene, t, curve.names)),
    })));
    this.most = this.curves.reduce((most, { values }) => values.reduce((m, v) => Math.max(m, v), most), 1);
    this.duration = scenes[0].duration_s;
  }

  x(t) {
    return THUMB / 2 + (t / this.duration) * (this.width - THUMB);
  }

  y(value) {
    return this.height - AXIS - (value / this.most) * (this.height - AXIS - HEAD);
  }

  draw(t) {
    const { canvas } = this;
    const dpr = window.devicePixelRatio || 1;
    this.width = canvas.clientWidth;
    this.height = canvas.clientHeight;
    canvas.width = Math.round(this.width * dpr);
    canvas.height = Math.round(this.height * dpr);
    const pen = canvas.getContext('2d');
    pen.scale(dpr, dpr);
    pen.font = CHART_FONT;
    this.draw_axes(pen);
    for (const curve of this.curves) this.draw_curve(pen, curve);
    this.draw_names(pen);
    pen.fillStyle = '#1d2733';
    pen.fillRect(this.x(t) - 0.75, HEAD - 3, 1.5, this.height - AXIS - HEAD + 3);
  }

  draw_axes(pen) {
    pen.strokeStyle = '#d9dde2';
    pen.fillStyle = '#66707c';
    pen.lineWidth = 1;
    pen.beginPath();
    for (const value of [0, this.most]) {
      const y = Math.round(this.y(value)) + 0.5;
      pen.moveTo(this.x(0), y);
      pen.lineTo(this.x(this.duration), y);
    }
    const step = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400]
      .find((s) => (this.duration / s) * 56 < this.width) ?? 86400;
    pen.textAlign = 'center';
    const offset = (this.scenes[0].wall_ms / 1000) % step;
    for (let t = (step - offset) % step; t <= this.duration; t += step) {
      const x = Math.round(this.x(t)) + 0.5;
      pen.moveTo(x, this.y(0));
      pen.lineTo(x, this.y(0) + 3);
      if (x > 14 && x < this.width - 14) pen.fillText(this.clock_at(t, step < 60), x, this.height - 2);
    }
    pen.stroke();
  }

  draw_curve(pen, { times, values, colour, run }) {
    pen.beginPath();
    values.forEach((value, i) => pen.lineTo(this.x(Math.min(times[i], this.duration)), this.y(value)));
    pen.strokeStyle = css(colour);
    pen.lineWidth = 1.8;
    pen.setLineDash(run ? [4, 3] : []);
    pen.stroke();
    pen.setLineDash([]);
    if (run || this.scenes.length > 1) return;
    pen.lineTo(this.x(Math.min(times[times.length - 1], this.duration)), this.y(0));
    pen.lineTo(this.x(times[0]), this.y(0));
    pen.fillStyle = `${css(colour)}22`;
    pen.fill();
  }

  draw_names(pen) {
    pen.textAlign = 'left';
    let x = this.x(0) + 4;
    pen.fillStyle = '#66707c';
    const top = `${count_text(this.most)} ${word('persons')}`;
    pen.fillText(top, x, 12);
    x += pen.measureText(top).width + 12;
    for (const { colour, label, run } of this.curves) {
      if (run) continue;
      pen.fillStyle = css(colour);
      pen.fillRect(x, 7, 12, 2.5);
      pen.fillText(word(label), x + 16, 12);
      x += 30 + pen.measureText(word(label)).width;
    }
  }
}
