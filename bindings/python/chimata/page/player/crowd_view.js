// A crowd on screen: its area, a map of density, people, gates.

const BODY_M = 0.4;  // shoulders; a dot is never smaller than legible

class WalkerLayer {
  constructor(gl, scene, program) {
    Object.assign(this, { gl, scene, program });
    const { track, places } = scene.people;
    this.vertices = make_vertices(gl, [[program.attribute('a_track'), make_buffer(gl, track), 3, gl.FLOAT]]);
    const row = Math.min(gl.getParameter(gl.MAX_TEXTURE_SIZE), 4096);
    const rows = Math.max(Math.ceil(places.length / 2 / row), 1);
    const texels = new Uint16Array(2 * row * rows);
    texels.set(places);
    gl.activeTexture(gl.TEXTURE3);
    this.texture = make_texture(gl, gl.NEAREST);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RG16UI, row, rows, 0, gl.RG_INTEGER, gl.UNSIGNED_SHORT, texels);
    const { uniforms } = program;
    gl.useProgram(program.program);
    ['u_before', 'u_after', 'u_places'].forEach((name, i) => gl.uniform1i(uniforms[name], i + 1));
    const colours = (steps) => steps.flatMap(({ from, colour }) => [...rgb(colour), from]);
    gl.uniform4fv(uniforms.u_levels, colours(LEVELS));
    gl.uniform4fv(uniforms.u_paces, colours(PACES));
    const { x0, y0, rows: high, columns, cell_m, deepest_m } = scene.water;
    gl.uniform4f(uniforms.u_raster, x0, y0 + high * cell_m, 1 / (columns * cell_m), 1 / (high * cell_m));
    gl.uniform1f(uniforms.u_densest, deepest_m);
  }

  // Follows a layer of density, whose two rasters stay bound.
  draw(eye, moment, show) {
    const { gl, program, scene } = this;
    const { uniforms } = program;
    use_program(gl, program, eye);
    gl.activeTexture(gl.TEXTURE3);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.uniform3f(uniforms.u_moment, moment.index, moment.share, moment.seconds);
    const pixels = Math.max(BODY_M * eye.scale, 2.2 * eye.dpr);
    gl.uniform4f(uniforms.u_grid, scene.people_x0, scene.people_y0, scene.place_step_m, pixels);
    gl.uniform1f(uniforms.u_by_level, show.by_level ? 1 : 0);
    gl.uniform3f(uniforms.u_rim, ...rgb(show.heat ? 0xffffff : WALL));
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.vertices);
    gl.drawArrays(gl.POINTS, 0, scene.people.n);
  }
}

// Names of levels and elevators, written on the map.
class PlaceNames {
  constructor(parent, names) {
    this.box = parent.appendChild(element('div', 'place-names'));
    this.items = names.map(([name, x, y]) => ({ node: this.box.appendChild(element('span', '', name)), x, y }));
  }

  place(camera, width, height) {
    this.items.forEach(({ node, x, y }) => {
      const [left, top] = camera.to_screen(x, y, width, height);
      node.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
    });
  }
}

class CrowdView extends MapView {
  constructor(parent, scene, camera, with_caption) {
    super(parent, scene, camera);
    this.hud = new Hud(this.node, scene, with_caption, false);
    this.counts = { moving: 0 };
    const { gl } = this;
    this.programs = {
      polygon: make_program(gl, POLYGON_SHADERS), cover: make_program(gl, COVER_SHADERS),
      line: make_program(gl, LINE_SHADERS),
    };
    this.ground = make_polygons(gl, this.programs.polygon, scene.area);
    this.walls = new Lines(gl, pieces(scene.area, true), this.programs.line);
    this.exits = new Lines(gl, pieces(scene.exits, false), this.programs.line);
    this.elevators = new Lines(gl, pieces(scene.elevators, false), this.programs.line);
    this.names = new PlaceNames(this.node, scene.names);
    this.gates = scene.gates.names.map((_, i) =>
      new Lines(gl, scene.gates.xy.subarray(4 * i, 4 * i + 4), this.programs.line));
    this.heat = new WaterLayer(gl, scene.water, make_program(gl, WATER_SHADERS), LEVELS, LEVELS[0].colour);
    this.walkers = new WalkerLayer(gl, scene, make_program(gl, WALKER_SHADERS));
  }

  // Which moment of the file time t belongs to, and how much of the way to the next has passed.
  moment(t) {
    const { times } = this.scene;
    const index = Math.max(last_before(times, t), 0);
    const next = Math.min(index + 1, times.length - 1);
    const seconds = times[next] - times[index] || 1;
    return { index, share: next > index ? Math.max(t - times[index], 0) / seconds : 0, seconds };
  }

  draw(t, show) {
    const { gl, canvas, scene } = this;
    const eye = this.eye();
    this.draw_base(eye, 'area', () => this.draw_ground(eye));
    gl.viewport(0, 0, canvas.width, canvas.height);
    this.heat.draw(eye, this.cache.texture, this.cached_eye, t, show.heat);
    this.counts = { moving: persons_in(scene, t, ['present']) };
    if (show.people) this.walkers.draw(eye, this.moment(t), show);
    this.exits.draw(eye, EXIT, 5);
    this.elevators.draw(eye, ELEVATOR, 5);
    const shut = gates_shut(scene.gates, t);
    if (show.gates) this.gates.forEach((gate, i) => gate.draw(eye, shut[i] ? GATE_CLOSED : GATE_OPEN, 4));
    this.hud.update(t);
    this.names.place(this.camera, this.width, this.height);
  }

  draw_ground(eye) {
    const { gl } = this;
    // alpha 0 outside: no density is shown where nobody can be
    gl.clearColor(...rgb(GROUND), 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.STENCIL_BUFFER_BIT);
    gl.disable(gl.BLEND);
    fill_polygons(gl, this.programs, this.ground, eye, [1, 1, 1, 1], false);
    this.walls.draw(eye, WALL, 2);
  }
}

class CrowdLegend extends Legend {
  constructor(parent, scenes, show, changed) {
    const gated = scenes.some((scene) => scene.gates.names.length);
    super(parent, ['people', 'heat', 'gates'].filter((name) => name !== 'gates' || gated), show, changed);
    const { box } = this;
    this.people = this.modes(box, 'by_level', { false: 'by_pace', true: 'by_level' });
    this.paces = this.scale(box, word('pace'), word('pace_unit'), PACES);
    this.levels = this.scale(box, word('level'), word('density_unit'), LEVELS);
    const rows = this.levels.querySelectorAll('li');
    LEVELS.forEach(({ label }, i) => { rows[LEVELS.length - 1 - i].append(element('b', '', ` ${label}`)); });
    const lifted = scenes.some((scene) => scene.elevators.xy.length);
    const lifts = lifted ? [[ELEVATOR, word('elevator')]] : [];
    const gates = gated ? [[GATE_OPEN, word('gate_open')], [GATE_CLOSED, word('gate_closed')]] : [];
    this.swatches(box.appendChild(element('div', 'group')), 'boxes', [[EXIT, word('exit')], ...lifts, ...gates]);
    this.update(show);
  }

  update(show) {
    this.people.hidden = !show.people;
    this.paces.hidden = !show.people || show.by_level;
    this.levels.hidden = !show.heat && !(show.people && show.by_level);
  }
}
