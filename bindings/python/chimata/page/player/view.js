// One run on screen: canvas, counters, and a drawing of the ground that is kept while the camera rests.

const SLOW_MS = 30;  // a base map that takes longer is not drawn anew while the camera moves

class MapView {
  constructor(parent, scene, camera) {
    this.scene = scene;
    this.camera = camera;
    this.node = parent.appendChild(element('section', 'view'));
    this.canvas = this.node.appendChild(element('canvas'));
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', `${word('map')}: ${scene.title}`);
    const gl = this.canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false });
    if (!gl) throw new Error('no WebGL2');
    this.gl = gl;
    this.cache = null;
  }

  resize() {
    const { canvas, gl } = this;
    this.dpr = Math.min(window.devicePixelRatio || 1, 2);
    this.width = this.node.clientWidth;
    this.height = this.node.clientHeight;
    const width = Math.max(Math.round(this.width * this.dpr), 1);
    const height = Math.max(Math.round(this.height * this.dpr), 1);
    if (this.cache && canvas.width === width && canvas.height === height) return;
    canvas.width = width;
    canvas.height = height;
    this.cache?.free();
    this.cache = make_canvas_cache(gl, width, height);
    this.cached = '';
  }

  eye() {
    const { canvas, camera, dpr } = this;
    return {
      x: camera.x, y: camera.y, scale: camera.scale * dpr, dpr,
      width: canvas.width, height: canvas.height,
    };
  }

  // Has `paint` draw the ground into the cache, if it shows something else: another view, other `layers`.
  draw_base(eye, layers, paint) {
    const key = `${this.camera.key()},${layers}`;
    if (key === this.cached) return;
    if (this.camera.moving && this.base_ms > SLOW_MS && this.cached) return;
    const before = performance.now();
    this.cache.draw(paint);
    this.cache.wait();
    this.base_ms = performance.now() - before;
    this.cached = key;
    this.cached_eye = eye;
  }
}
