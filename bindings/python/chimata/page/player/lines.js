// Lines as wide as so many pixels, whatever the scale: walls, exits, ropes.

const LINE_SHADERS = [`${GLSL_VIEW}
in vec4 a_line;   // ends in metres
uniform float u_width;
void main() {
  vec2 run = a_line.zw - a_line.xy;
  vec2 along = run / max(length(run), 1e-6) * u_width * 0.5 / u_view.z;
  vec2 across = vec2(-along.y, along.x) * (float(gl_VertexID >> 1) * 2.0 - 1.0);
  gl_Position = to_clip(((gl_VertexID & 1) == 0 ? a_line.xy - along : a_line.zw + along) + across);
}`, GLSL_COLOUR];

class Lines {
  // `ends`: four numbers per line, metres.
  constructor(gl, ends, program) {
    Object.assign(this, { gl, program, n: ends.length / 4 });
    const field = [program.attribute('a_line'), make_buffer(gl, Float32Array.from(ends)), 4, gl.FLOAT, 16, 0, 1];
    this.vertices = make_vertices(gl, [field]);
  }

  draw(eye, colour, pixels) {
    const { gl, program } = this;
    if (!this.n) return;
    use_program(gl, program, eye);
    gl.uniform4f(program.uniforms.u_colour, ...rgb(colour), 1);
    gl.uniform1f(program.uniforms.u_width, pixels * eye.dpr);
    gl.bindVertexArray(this.vertices);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.n);
  }
}

// The straight pieces of lines; of rings also the one that closes each.
const pieces = ({ xy, offsets }, closed) => {
  const ends = [];
  for (let line = 0; line + 1 < offsets.length; ++line) {
    const [first, last] = [offsets[line], offsets[line + 1]];
    for (let v = first; v + (closed ? 0 : 1) < last; ++v) {
      const next = v + 1 < last ? v + 1 : first;
      ends.push(xy[2 * v], xy[2 * v + 1], xy[2 * next], xy[2 * next + 1]);
    }
  }
  return ends;
};
