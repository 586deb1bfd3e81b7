// People and cars: points that move, and points that stand still for good.

// Points of `list`: a place and two bytes each. Those that stand still never change.
class Points {
  constructor(gl, list, program) {
    Object.assign(this, { gl, list, program });
    this.xy = make_buffer(gl, list.xy, gl.ARRAY_BUFFER, gl.DYNAMIC_DRAW);
    this.shown = make_buffer(gl, list.shown, gl.ARRAY_BUFFER, gl.DYNAMIC_DRAW);
    const vertices = (xy, shown) => make_vertices(gl, [
      [program.attribute('a_xy'), xy, 2, gl.FLOAT],
      [program.attribute('a_shown'), shown, 2, gl.UNSIGNED_BYTE],
    ]);
    this.moving = vertices(this.xy, this.shown);
    this.stopped = vertices(make_buffer(gl, list.stopped.xy), make_buffer(gl, list.stopped.shown));
  }

  // Draws the first `moving` and the first `stopped` ones `pixels` large, with uniforms already set.
  draw(moving, stopped, pixels) {
    const { gl, list, program } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.xy);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, list.xy, 0, 2 * moving);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.shown);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, list.shown, 0, 2 * moving);
    gl.uniform1f(program.uniforms.u_point, pixels);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.moving);
    gl.drawArrays(gl.POINTS, 0, moving);
    gl.bindVertexArray(this.stopped);
    gl.drawArrays(gl.POINTS, 0, stopped);
  }
}

class PeopleLayer {
  constructor(gl, people, program, state_names) {
    Object.assign(this, { gl, program, points: new Points(gl, people, program) });
    const states = Array.from({ length: 16 }, (_, i) => state_names[i] ?? '');
    gl.useProgram(program.program);
    gl.uniform3fv(program.uniforms.u_class, CLASS_COLOURS.flatMap((_, i) => rgb(class_colour(i))));
    // casualties keep their own colour, the others left behind share one unless coloured by state
    gl.uniform4fv(program.uniforms.u_state, states.flatMap((name) =>
      [...rgb(state_colour(name)), name === 'casualty' ? 2 : ALARM_STATES.includes(name) ? 1 : 0]));
  }

  draw(eye, { moving, points }, by_state) {
    const { gl, program } = this;
    use_program(gl, program, eye);
    gl.uniform4f(program.uniforms.u_alarm, ...rgb(ALARM), by_state ? 1 : 0);
    const pixels = Math.min(Math.max(8.5 * Math.sqrt(eye.scale / eye.dpr), 3), 11);
    this.points.draw(moving, points, pixels * eye.dpr);
  }
}

const CAR_M = 4.7;  // length of a small ordinary car, Road Structure Ordinance (道路構造令) article 4

class CarLayer {
  constructor(gl, cars, program) {
    Object.assign(this, { gl, program, points: new Points(gl, cars, program) });
    gl.useProgram(program.program);
    gl.uniform3fv(program.uniforms.u_body, CARS.flatMap(({ colour }) => rgb(colour)));
    gl.uniform3fv(program.uniforms.u_rim, CARS.flatMap(({ rim }) => rgb(rim)));
  }

  draw(eye, { moving, stopped }) {
    use_program(this.gl, this.program, eye);
    const scale = eye.scale / eye.dpr;
    const legible = Math.min(Math.max(14 * Math.sqrt(scale), 6.5), 18);
    this.points.draw(moving, stopped, Math.max(CAR_M * scale, legible) * eye.dpr);
  }
}
