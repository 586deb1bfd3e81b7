// What changes with time: water over the base map, crowded streets.

class WaterLayer {
  // Frames of one quantity over a raster; `steps` are the 8 colours and where each begins.
  constructor(gl, water, program, steps = DEPTHS, shore = SHORE) {
    Object.assign(this, { gl, water, program });
    this.frames = [-1, -1];
    this.textures = [make_texture(gl, gl.LINEAR), make_texture(gl, gl.LINEAR)];
    for (const texture of this.textures) this.upload(texture, -1);
    const { uniforms } = program;
    gl.useProgram(program.program);
    gl.uniform4fv(uniforms.u_steps, steps.flatMap(({ from, colour }) => [...rgb(colour), from]));
    gl.uniform3f(uniforms.u_shore, ...rgb(shore));
    gl.uniform3f(uniforms.u_ground, ...rgb(GROUND));
    ['u_base', 'u_before', 'u_after'].forEach((name, unit) => gl.uniform1i(uniforms[name], unit));
    const width = Math.max(water.columns, 1) * water.cell_m;
    const height = Math.max(water.rows, 1) * water.cell_m;
    gl.uniform4f(uniforms.u_raster, water.x0, water.y0 + height, 1 / width, 1 / height);
  }

  upload(texture, frame) {
    const { gl, water } = this;
    const size = water.rows * water.columns;
    const dry = frame < 0 || !size;
    const codes = dry ? new Uint8Array(1) : water.codes.subarray(frame * size, (frame + 1) * size);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, dry ? 1 : water.columns, dry ? 1 : water.rows, 0,
      gl.RED, gl.UNSIGNED_BYTE, codes);
  }

  // Tints `base`, drawn for `base_eye`, as seen by `eye`.
  draw(eye, base, base_eye, t, shown) {
    const { gl, water, program, textures } = this;
    const before = last_before(water.times, t);
    const after = Math.min(before + 1, water.times.length - 1);
    const span = after > before && before >= 0 ? water.times[after] - water.times[before] : 0;
    gl.activeTexture(gl.TEXTURE1);
    [before, after].forEach((frame, i) => {
      // before the first raster nothing is known, so nothing is shown
      const wanted = before < 0 ? -1 : frame;
      if (this.frames[i] !== wanted) this.upload(textures[i], this.frames[i] = wanted);
    });
    use_program(gl, program, eye);
    gl.uniform3f(program.uniforms.u_cached, base_eye.x, base_eye.y, base_eye.scale);
    const share = span ? (t - water.times[before]) / span : 0;
    gl.uniform3f(program.uniforms.u_water, share, water.deepest_m, shown && before >= 0 ? 1 : 0);
    [base, ...textures].forEach((texture, unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, texture);
    });
    gl.disable(gl.BLEND);
    gl.bindVertexArray(null);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }
}

class CrowdLayer {
  constructor(gl, network, program, roads) {
    Object.assign(this, { gl, program, roads });
    this.row = Math.min(network.segments, 1024);
    this.rows = Math.ceil(network.segments / this.row);
    this.density = new Float32Array(this.row * this.rows);
    this.texture = make_texture(gl, gl.NEAREST);
    gl.useProgram(program.program);
    set_road_shapes(gl, program);
    gl.uniform4fv(program.uniforms.u_crowd, DENSITIES.flatMap(({ from, colour }) => [...rgb(colour), from]));
  }

  draw(eye, people, network) {
    const { gl, program, roads, row, rows, density } = this;
    street_density(people, network, density);
    use_program(gl, program, eye);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, row, rows, 0, gl.RED, gl.FLOAT, density);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(roads.crowds);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, roads.pieces);
  }
}
