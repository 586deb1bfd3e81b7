// Mouse, wheel and touch on the map.

function attach_gestures(view, changed) {
  const { canvas, camera } = view;
  const touching = new Map();

  // offset from the view's centre in CSS pixels
  const from_centre = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
  };
  const pair = () => {
    const [[ax, ay], [bx, by]] = [...touching.values()];
    return { x: (ax + bx) / 2, y: (ay + by) / 2, apart: Math.hypot(ax - bx, ay - by) };
  };

  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    touching.set(event.pointerId, from_centre(event));
  });
  canvas.addEventListener('pointermove', (event) => {
    const old = touching.get(event.pointerId);
    if (!old) return;
    const now = from_centre(event);
    if (touching.size === 2) {
      const before = pair();
      touching.set(event.pointerId, now);
      const after = pair();
      camera.pan(after.x - before.x, after.y - before.y);
      if (before.apart > 0) camera.zoom(after.apart / before.apart, after.x, after.y);
    } else {
      touching.set(event.pointerId, now);
      camera.pan(now[0] - old[0], now[1] - old[1]);
    }
    changed();
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, (event) => touching.delete(event.pointerId));
  }
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    // lines on a notched wheel, pixels on a touchpad
    const pixels = event.deltaY * (event.deltaMode ? 30 : 1);
    camera.zoom(Math.exp(-0.0016 * Math.max(-300, Math.min(300, pixels))), ...from_centre(event));
    changed();
  }, { passive: false });
  canvas.addEventListener('dblclick', (event) => {
    camera.zoom(2, ...from_centre(event));
    changed();
  });
}
