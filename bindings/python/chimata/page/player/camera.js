// One camera for all views. Metres from the scene's origin; scale in CSS pixels per metre.

class Camera {
  constructor([west, south, east, north]) {
    this.bounds = { west, south, east, north };
    this.x = 0;
    this.y = 0;
    this.scale = 1;
  }

  // Shows all of the town in a view of that size, inside `margins` in pixels.
  fit(width, height, { top = 0, right = 0, bottom = 0, left = 0 } = {}) {
    const { west, south, east, north } = this.bounds;
    const room_x = Math.max(width - left - right, 80);
    const room_y = Math.max(height - top - bottom, 80);
    this.scale = 0.96 * Math.min(room_x / Math.max(east - west, 1), room_y / Math.max(north - south, 1));
    this.smallest = this.scale / 3;
    this.largest = Math.max(40, 6 * this.scale);
    this.x = (west + east) / 2 - (left - right) / 2 / this.scale;
    this.y = (south + north) / 2 + (top - bottom) / 2 / this.scale;
  }

  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y += dy / this.scale;
  }

  // Zooms so that the point `px`, `py` pixels right of and below the centre stays where it is.
  zoom(factor, px = 0, py = 0) {
    const scale = Math.min(Math.max(this.scale * factor, this.smallest), this.largest);
    const keep = 1 / this.scale - 1 / scale;
    this.x += px * keep;
    this.y -= py * keep;
    this.scale = scale;
  }

  to_screen(x, y, width, height) {
    return [width / 2 + (x - this.x) * this.scale, height / 2 - (y - this.y) * this.scale];
  }

  // What a cached drawing depends on.
  key() {
    return `${this.x},${this.y},${this.scale}`;
  }
}
