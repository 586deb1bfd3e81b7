// The ground that does not change with time: buildings, rivers, streets. Drawn only when the
// camera moves.

// One instance per straight piece, least important class first, bridges last.
function make_roads(gl, network, programs) {
  const order = Array.from({ length: network.segments }, (_, s) => s);
  order.sort((a, b) => network.bridge[a] - network.bridge[b] || network.klass[b] - network.klass[a]);
  const data = [];
  let ground_pieces = 0;
  for (const s of order) {
    for (let v = network.offsets[s]; v + 1 < network.offsets[s + 1]; ++v) {
      data.push(network.xy[2 * v], network.xy[2 * v + 1], network.xy[2 * v + 2], network.xy[2 * v + 3],
        network.along[v], network.width[s], network.klass[s], s);
      if (!network.bridge[s]) ++ground_pieces;
    }
  }
  const buffer = make_buffer(gl, Float32Array.from(data));
  // WebGL has no first instance: bridges get vertex arrays that begin further on
  const vertices = (program, first) => make_vertices(gl, [
    [program.attribute('a_line'), buffer, 4, gl.FLOAT, 32, 32 * first, 1],
    [program.attribute('a_street'), buffer, 4, gl.FLOAT, 32, 32 * first + 16, 1],
  ]);
  const pieces = data.length / 8;
  return {
    ground: vertices(programs.road, 0), ground_pieces,
    bridges: vertices(programs.road, ground_pieces), bridge_pieces: pieces - ground_pieces,
    crowds: vertices(programs.crowd, 0), pieces,
  };
}

class Basemap {
  constructor(gl, scene, programs) {
    this.gl = gl;
    this.programs = programs;
    this.river = make_polygons(gl, programs.polygon, scene.river);
    this.buildings = make_polygons(gl, programs.polygon, scene.buildings);
    this.area = make_polygons(gl, programs.polygon, scene.area);
    this.gates = make_polygons(gl, programs.polygon, scene.gates);
    this.roads = make_roads(gl, scene.network, programs);
    gl.useProgram(programs.road.program);
    set_road_shapes(gl, programs.road);
  }

  draw(eye, with_buildings) {
    const { gl, programs } = this;
    gl.clearColor(...rgb(GROUND), 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.STENCIL_BUFFER_BIT);
    gl.disable(gl.BLEND);
    fill_polygons(gl, programs, this.area, eye, [...rgb(AREA), 1], false);
    if (with_buildings) this.draw_buildings(eye);
    // alpha 0 marks the river: water.js leaves it blue whatever the depth
    fill_polygons(gl, programs, this.river, eye, [...rgb(RIVER), 0], false);
    this.draw_roads(eye);
    fill_polygons(gl, programs, this.gates, eye, [...rgb(GATE_OPEN), 1], true);
  }

  draw_buildings(eye) {
    const { gl, programs } = this;
    fill_polygons(gl, programs, this.buildings, eye, [...rgb(BUILDING), 1], true);
    if (eye.scale / eye.dpr < 0.35) return;
    use_program(gl, programs.polygon, eye);
    gl.uniform4f(programs.polygon.uniforms.u_colour, ...rgb(BUILDING_EDGE), 1);
    gl.bindVertexArray(this.buildings.outline);
    gl.drawElements(gl.LINES, this.buildings.outline_count, gl.UNSIGNED_INT, 0);
  }

  draw_roads(eye) {
    const { gl, roads } = this;
    const { uniforms } = this.programs.road;
    use_program(gl, this.programs.road, eye);
    gl.enable(gl.BLEND);
    const pass = (vertices, pieces, extra, colours) => {
      gl.uniform1f(uniforms.u_extra, extra * eye.dpr);
      gl.uniform4fv(uniforms.u_fill, colours.flatMap((hex) => [...rgb(hex), 1]));
      gl.bindVertexArray(vertices);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, pieces);
    };
    const casings = ROADS.map((road) => road.casing);
    const fills = ROADS.map((road) => road.fill);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    // seen from afar full casings would weigh more than the streets
    const casing = Math.min(Math.max(0.8 * eye.scale / eye.dpr, 0.45), 0.9);
    pass(roads.ground, roads.ground_pieces, casing, casings);
    pass(roads.ground, roads.ground_pieces, 0, fills);
    // a deck stands above the river: it takes over the river's mark
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ZERO, gl.ONE);
    pass(roads.bridges, roads.bridge_pieces, casing + 0.4, casings.map(() => BRIDGE_CASING));
    pass(roads.bridges, roads.bridge_pieces, 0, fills);
  }
}

function set_road_shapes(gl, { uniforms }) {
  const shapes = ROADS.flatMap((road) => [road.narrowest, road.dash, road.fade, road.dash ? 0 : 1]);
  gl.uniform4fv(uniforms.u_shape, shapes);
}
