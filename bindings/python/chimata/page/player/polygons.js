// Polygons, filled through the stencil, so that nothing needs triangulating.

// Triangle fans of all rings, and their outlines as pairs of vertices.
function ring_indices({ offsets }) {
  const fans = [];
  const outline = [];
  for (let r = 0; r + 1 < offsets.length; ++r) {
    const first = offsets[r];
    const last = offsets[r + 1] - 1;
    for (let v = first + 1; v < last; ++v) fans.push(first, v, v + 1);
    for (let v = first; v <= last; ++v) outline.push(v, v === last ? first : v + 1);
  }
  return { fans: Uint32Array.from(fans), outline: Uint32Array.from(outline) };
}

function make_polygons(gl, program, rings) {
  const { fans, outline } = ring_indices(rings);
  const field = [program.attribute('a_xy'), make_buffer(gl, rings.xy), 2, gl.FLOAT];
  return {
    fans: make_vertices(gl, [field], fans), fan_count: fans.length,
    outline: make_vertices(gl, [field], outline), outline_count: outline.length,
  };
}

// Counts coverage in the stencil: by winding number, where overlaps stay filled, or even-odd.
function fill_polygons(gl, programs, polygons, eye, colour, by_winding) {
  if (!polygons.fan_count) return;
  gl.enable(gl.STENCIL_TEST);
  gl.colorMask(false, false, false, false);
  gl.stencilFunc(gl.ALWAYS, 0, 255);
  gl.stencilOpSeparate(gl.FRONT, gl.KEEP, gl.KEEP, by_winding ? gl.INCR_WRAP : gl.INVERT);
  gl.stencilOpSeparate(gl.BACK, gl.KEEP, gl.KEEP, by_winding ? gl.DECR_WRAP : gl.INVERT);
  use_program(gl, programs.polygon, eye);
  gl.bindVertexArray(polygons.fans);
  gl.drawElements(gl.TRIANGLES, polygons.fan_count, gl.UNSIGNED_INT, 0);

  gl.colorMask(true, true, true, true);
  gl.stencilFunc(gl.NOTEQUAL, 0, 255);
  gl.stencilOp(gl.KEEP, gl.KEEP, gl.ZERO);
  use_program(gl, programs.cover, eye);
  gl.uniform4f(programs.cover.uniforms.u_colour, ...colour);
  gl.bindVertexArray(null);
  gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  gl.disable(gl.STENCIL_TEST);
}
