// One run on screen: canvas, shelter labels, counters.

const SLOW_MS = 30;  // a base map that takes longer is not drawn anew while the camera moves

class View {
  constructor(parent, scene, camera, with_caption, with_casualties) {
    this.scene = scene;
    this.camera = camera;
    this.node = parent.appendChild(element('section', 'view'));
    this.canvas = this.node.appendChild(element('canvas'));
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', `${word('map')}: ${scene.title}`);
    this.labels = new ShelterLabels(this.node, scene);
    this.hud = new Hud(this.node, scene, with_caption, with_casualties);
    this.counts = { moving: 0, stopped: 0, cars: { moving: 0, stopped: 0 } };
    this.start_gl();
  }

  start_gl() {
    const { canvas, scene } = this;
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false });
    if (!gl) throw new Error('no WebGL2');
    this.gl = gl;
    const programs = {
      polygon: make_program(gl, POLYGON_SHADERS), cover: make_program(gl, COVER_SHADERS),
      road: make_program(gl, road_shaders(false)), crowd: make_program(gl, road_shaders(true)),
      water: make_program(gl, WATER_SHADERS), point: make_program(gl, POINT_SHADERS),
      car: make_program(gl, CAR_SHADERS),
    };
    this.basemap = new Basemap(gl, scene, programs);
    this.water = new WaterLayer(gl, scene.water, programs.water);
    this.crowd = new CrowdLayer(gl, scene.network, programs.crowd, this.basemap.roads);
    this.people = new PeopleLayer(gl, scene.people, programs.point, scene.state_names);
    this.cars = new CarLayer(gl, scene.cars, programs.car);
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

  draw(t, show) {
    const { gl, canvas, camera, dpr, scene } = this;
    const eye = {
      x: camera.x, y: camera.y, scale: camera.scale * dpr, dpr,
      width: canvas.width, height: canvas.height,
    };
    this.draw_base(eye, show.buildings);
    gl.viewport(0, 0, canvas.width, canvas.height);
    this.water.draw(eye, this.cache.texture, this.cached_eye, t, show.water);
    this.counts = {
      ...place_people(scene.people, scene.network, t), cars: place_cars(scene.cars, scene.network, t),
    };
    if (show.density) this.crowd.draw(eye, scene.people, scene.network);
    if (show.cars) this.cars.draw(eye, this.counts.cars);
    if (show.people) this.people.draw(eye, this.counts, show.by_state);
    this.labels.update(t);
    this.labels.place(camera, this.width, this.height, show.shelters);
    this.hud.update(t);
  }

  draw_base(eye, buildings) {
    const key = `${this.camera.key()},${buildings}`;
    if (key === this.cached) return;
    if (this.camera.moving && this.base_ms > SLOW_MS && this.cached) return;
    const before = performance.now();
    this.cache.draw(() => this.basemap.draw(eye, buildings));
    this.cache.wait();
    this.base_ms = performance.now() - before;
    this.cached = key;
    this.cached_eye = eye;
  }
}
