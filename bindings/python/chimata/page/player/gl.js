// Thin helpers over WebGL2.

function make_program(gl, [vertex, fragment]) {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));

  const uniforms = {};
  for (let i = 0; i < gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS); ++i) {
    const { name } = gl.getActiveUniform(program, i);
    uniforms[name.replace('[0]', '')] = gl.getUniformLocation(program, name);
  }
  return { program, uniforms, attribute: (name) => gl.getAttribLocation(program, name) };
}

// Binds `program` for a frame seen by `eye`: { x, y, scale, dpr, width, height } in device pixels.
function use_program(gl, { program, uniforms }, eye) {
  gl.useProgram(program);
  if (uniforms.u_view) gl.uniform4f(uniforms.u_view, eye.x, eye.y, eye.scale, eye.dpr);
  if (uniforms.u_size) gl.uniform2f(uniforms.u_size, eye.width, eye.height);
}

function make_buffer(gl, data, target = gl.ARRAY_BUFFER, usage = gl.STATIC_DRAW) {
  const buffer = gl.createBuffer();
  gl.bindBuffer(target, buffer);
  gl.bufferData(target, data, usage);
  return buffer;
}

// A vertex array of `fields`: [attribute location, buffer, size, type, stride, offset, divisor].
function make_vertices(gl, fields, indices = null) {
  const vertices = gl.createVertexArray();
  gl.bindVertexArray(vertices);
  for (const [location, buffer, size, type, stride = 0, offset = 0, divisor = 0] of fields) {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, type, false, stride, offset);
    gl.vertexAttribDivisor(location, divisor);
  }
  if (indices) make_buffer(gl, indices, gl.ELEMENT_ARRAY_BUFFER);
  gl.bindVertexArray(null);
  return vertices;
}

function make_texture(gl, filter) {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, filter);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, filter);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}

// A drawing kept between frames: multisampled while drawn, then resolved into `texture`.
function make_canvas_cache(gl, width, height) {
  const texture = make_texture(gl, gl.NEAREST);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height);
  const resolved = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, resolved);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);

  const drawn = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, drawn);
  const buffers = [
    [gl.RGBA8, gl.COLOR_ATTACHMENT0], [gl.DEPTH24_STENCIL8, gl.DEPTH_STENCIL_ATTACHMENT],
  ].map(([format, place]) => {
    const buffer = gl.createRenderbuffer();
    gl.bindRenderbuffer(gl.RENDERBUFFER, buffer);
    gl.renderbufferStorageMultisample(gl.RENDERBUFFER, 4, format, width, height);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, place, gl.RENDERBUFFER, buffer);
    return buffer;
  });

  return {
    texture,
    draw(paint) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, drawn);
      gl.viewport(0, 0, width, height);
      paint();
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, drawn);
      gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, resolved);
      gl.blitFramebuffer(0, 0, width, height, 0, 0, width, height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    },
    // Returns once everything is drawn, so that it can be timed.
    wait() {
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, resolved);
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    },
    free() {
      gl.deleteTexture(texture);
      gl.deleteFramebuffer(resolved);
      gl.deleteFramebuffer(drawn);
      buffers.forEach((buffer) => gl.deleteRenderbuffer(buffer));
    },
  };
}
