// Puts the page together. Frames are drawn on demand: nothing runs while nothing changes.

function show_message(key) {
  find('.message').textContent = word(key);
  find('.message').hidden = false;
}

function put_words(scenes) {
  const [{ title, subtitle, attribution }] = scenes;
  find('h1').textContent = title;
  find('.subtitle').textContent = subtitle;
  const lines = new Set(scenes.map((scene) => scene.attribution).filter(Boolean));
  find('.attribution').textContent = [...lines].join(' / ') || attribution;
  for (const [name, key] of [['.zoom-in', 'zoom_in'], ['.zoom-out', 'zoom_out'], ['.fit', 'fit']]) {
    find(name).setAttribute('aria-label', word(key));
    find(name).title = word(key);
  }
}

function show_difference(scenes, t, compared) {
  if (scenes.length < 2) return;
  const stacked = window.matchMedia('(max-width: 759px)').matches;
  const parts = compared.filter(([, names]) => knows_any(scenes, names)).map(([label, names]) => {
    const [first, second] = scenes.map((scene) => persons_in(scene, t, names));
    const change = second - first;
    const sign = change > 0 ? '+' : change < 0 ? '−' : '±';
    return `${word(label)} ${sign}${count_text(Math.abs(change))}`;
  });
  find('.difference').textContent =
    `${word(stacked ? 'difference_stacked' : 'difference')}  ${parts.join('　')}`;
}

function start(scenes, page) {
  const show = { ...page.show };
  const [first] = scenes;
  document.body.classList.toggle('compare', scenes.length > 1);
  const camera = new Camera(first.bounds);
  const views = page.make_views(find('.views'), scenes, camera);
  page.make_legend(find('.map'), scenes, show, () => request());
  put_words(scenes);

  let pending = false;
  function request() {
    if (pending) return;
    pending = true;
    requestAnimationFrame(frame);
  }
  const timeline = new Timeline(document, scenes, page, request);

  function frame(now) {
    pending = false;
    timeline.advance(now);
    render();
    if (timeline.playing) request();
  }

  function render() {
    for (const view of views) view.draw(timeline.t, show);
    timeline.draw();
    show_difference(scenes, timeline.t, page.compared);
    update_scale_bar(find('.scale-bar'), camera);
    window.chimataReady = true;
  }

  // what was drawn before is gone by the time the page is printed
  window.addEventListener('beforeprint', render);

  function fit() {
    const wide = window.matchMedia('(min-width: 760px)').matches;
    const [{ width, height, hud }] = views;
    camera.fit(width, height, {
      top: hud.node.offsetHeight + 14, bottom: 30, right: wide && views.length === 1 ? 196 : 0,
    });
    request();
  }

  let fitted = '';
  function resize() {
    views.forEach((view) => view.resize());
    const size = `${views[0].width}x${views[0].height}`;
    if (size !== fitted && !camera.moved) fit();
    fitted = size;
    request();
  }

  // machines without a graphics card draw the streets once the camera rests
  let rest = 0;
  const moved = () => {
    camera.moved = true;
    camera.moving = true;
    clearTimeout(rest);
    rest = setTimeout(() => { camera.moving = false; request(); }, 150);
    request();
  };
  views.forEach((view) => attach_gestures(view, moved));
  attach_keyboard(timeline, camera, moved);
  find('.zoom-in').addEventListener('click', () => { camera.zoom(1.5); moved(); });
  find('.zoom-out').addEventListener('click', () => { camera.zoom(1 / 1.5); moved(); });
  find('.fit').addEventListener('click', () => { camera.moved = false; fit(); });
  new ResizeObserver(resize).observe(find('.views'));
  // #t=1800 shows one moment and stands still, for screenshots and links
  const follow_address = () => {
    const moment = /[#&]t=([\d.]+)/.exec(location.hash);
    if (!moment) return;
    timeline.toggle(false);
    timeline.seek(Number(moment[1]));
  };
  window.addEventListener('hashchange', follow_address);
  views.forEach((view) => view.hud.update(0));
  resize();
  follow_address();

  // for tests and for pages that embed this one
  window.chimata = {
    seek: (t) => { timeline.toggle(false); timeline.seek(t); render(); },
    time: () => timeline.t,
    counts: () => views.map((view) => ({ ...view.counts })),
    screen: (x, y) => camera.to_screen(x, y, views[0].width, views[0].height),
    finish: () => views.forEach(({ gl }) => gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))),
    ...page.for_tests(views, timeline),
  };
}

// Shows the page's data. `page` says how: decode, make_views, make_legend, and what Timeline asks for.
async function open_page(page) {
  const header = JSON.parse(find('#header').textContent);
  language = header.lang;
  show_message('loading');
  if (!document.createElement('canvas').getContext('webgl2')) {
    show_message('no_webgl');
    return;
  }
  try {
    const bytes = await inflate(find('#data').textContent.trim());
    find('#data').remove();
    start(header.scenes.map((scene) => page.decode(scene, bytes)), page);
    find('.message').hidden = true;
  } catch (error) {
    window.chimataErrors.push(String(error.stack ?? error));
    show_message('broken');
  }
}

window.chimataErrors = [];
window.addEventListener('error', (event) => window.chimataErrors.push(event.message));
window.addEventListener('unhandledrejection', (event) => window.chimataErrors.push(String(event.reason)));
