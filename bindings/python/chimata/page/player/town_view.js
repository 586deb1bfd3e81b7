// A town on screen: streets, water, people, cars, shelters.

class TownView extends MapView {
  constructor(parent, scene, camera, with_caption, with_casualties) {
    super(parent, scene, camera);
    this.labels = new ShelterLabels(this.node, scene);
    this.hud = new Hud(this.node, scene, with_caption, with_casualties);
    this.counts = { moving: 0, stopped: 0, cars: { moving: 0, stopped: 0 } };
    this.make_layers();
  }

  make_layers() {
    const { gl, scene } = this;
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
    const line = make_program(gl, LINE_SHADERS);
    const { xy, offsets, from_s } = scene.barriers;
    this.barriers = from_s.map((_, i) =>
      new Lines(gl, pieces({ xy, offsets: offsets.slice(i, i + 2) }, false), line));
  }

  // Ropes and fences that stand at time t.
  draw_barriers(eye, t) {
    const { from_s, to_s } = this.scene.barriers;
    this.barriers.forEach((barrier, i) => {
      if (from_s[i] <= t && t < to_s[i]) barrier.draw(eye, BARRIER, 3);
    });
  }

  draw(t, show) {
    const { gl, canvas, camera, scene } = this;
    const eye = this.eye();
    this.draw_base(eye, show.buildings, () => this.basemap.draw(eye, show.buildings));
    gl.viewport(0, 0, canvas.width, canvas.height);
    this.water.draw(eye, this.cache.texture, this.cached_eye, t, show.water);
    this.counts = {
      ...place_people(scene.people, scene.stays, scene.network, t), cars: place_cars(scene.cars, scene.network, t),
    };
    if (show.density) this.crowd.draw(eye, scene.people, scene.network);
    this.draw_barriers(eye, t);
    if (show.cars) this.cars.draw(eye, this.counts.cars);
    if (show.people) this.people.draw(eye, this.counts, show.by_state);
    this.labels.update(t);
    this.labels.place(camera, this.width, this.height, show.shelters);
    this.hud.update(t);
  }
}
