// GLSL of every layer. `u_view` is centre x, y in metres, scale in device pixels per metre, and
// the ratio of device to CSS pixels; `u_size` is the canvas in device pixels.

const GLSL_VIEW = `#version 300 es
precision highp float;
precision highp int;
uniform vec4 u_view;
uniform vec2 u_size;
vec4 to_clip(vec2 metres) { return vec4((metres - u_view.xy) * u_view.z * 2.0 / u_size, 0, 1); }
`;

const GLSL_COLOUR = `#version 300 es
precision highp float;
uniform vec4 u_colour;
out vec4 colour;
void main() { colour = u_colour; }`;

const POLYGON_SHADERS = [`${GLSL_VIEW}
in vec2 a_xy;
void main() { gl_Position = to_clip(a_xy); }`, GLSL_COLOUR];

const GLSL_WHOLE_SCREEN = `
vec2 corner() { return vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0; }`;

const COVER_SHADERS = [`#version 300 es
${GLSL_WHOLE_SCREEN}
void main() { gl_Position = vec4(corner(), 0, 1); }`, GLSL_COLOUR];

// A piece of street is a capsule, so pieces join without gaps; its edge is smoothed by distance.
// With DENSITY the fill comes from the persons per square metre of the segment.
const road_shaders = (density) => [`${GLSL_VIEW}
${density ? '#define DENSITY' : ''}
in vec4 a_line;    // ends in metres
in vec4 a_street;  // metres along the segment at the first end, width in metres, class, segment
uniform float u_extra;       // device pixels of casing on either side
uniform vec4 u_fill[6];      // by class
uniform vec4 u_shape[6];     // by class: narrowest CSS pixels, dash in metres, fading scale, casing?
uniform highp sampler2D u_density;
uniform vec4 u_crowd[5];     // colour; a is the density it begins at
flat out vec4 v_colour;
flat out vec3 v_form;        // half width and length in pixels, dash in pixels
out vec3 v_at;               // pixels along and across, pixels along the whole segment
void main() {
  int k = int(a_street.z);
  vec4 shape = u_shape[k];
  float dpr = u_view.w;
  v_colour = u_fill[k];
  float faded = shape.z > 0.0 ? smoothstep(0.5, 1.0, u_view.z / dpr / shape.z) : 1.0;
  float half_width = max(a_street.y * u_view.z, shape.x * dpr) * 0.5 + u_extra * shape.w;
#ifdef DENSITY
  int segment = int(a_street.w);
  int row = textureSize(u_density, 0).x;
  float crowd = texelFetch(u_density, ivec2(segment % row, segment / row), 0).r;
  faded = crowd >= u_crowd[0].a ? 1.0 : 0.0;
  for (int i = 0; i < 5; ++i) if (crowd >= u_crowd[i].a) v_colour = vec4(u_crowd[i].rgb, 1);
  half_width = max(half_width, 2.0 * dpr);
#endif
  if (faded <= 0.0) { gl_Position = vec4(2, 2, 2, 1); return; }
  v_colour.a *= faded;
  vec2 from = a_line.xy, run = a_line.zw - a_line.xy;
  float metres = length(run);
  vec2 along = metres > 0.0 ? run / metres : vec2(1, 0);
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  float reach = half_width + 1.0, pixels = metres * u_view.z;
  vec2 local = vec2(mix(-reach, pixels + reach, corner.x), mix(-reach, reach, corner.y));
  v_at = vec3(local, local.x + a_street.x * u_view.z);
  v_form = vec3(half_width, pixels, shape.y * u_view.z);
  vec2 across = vec2(-along.y, along.x);
  gl_Position = to_clip(from + (along * local.x + across * local.y) / u_view.z);
}`, `#version 300 es
precision highp float;
flat in vec4 v_colour;
flat in vec3 v_form;
in vec3 v_at;
out vec4 colour;
void main() {
  float off = length(vec2(v_at.x - clamp(v_at.x, 0.0, v_form.y), v_at.y));
  float cover = clamp(v_form.x - off + 0.5, 0.0, 1.0);
  if (v_form.z > 2.0 && mod(v_at.z, 1.7 * v_form.z) > v_form.z) discard;
  colour = vec4(v_colour.rgb, v_colour.a * cover);
}`];

// The cached base map, tinted by the water. Alpha of the base map is 0 in rivers, which stay blue.
// While the camera moves the cache may show the view of a moment ago: `u_cached` is its centre and
// scale, and what lies beyond its edge is bare ground.
const WATER_SHADERS = [`${GLSL_VIEW}${GLSL_WHOLE_SCREEN}
out vec2 v_metres;
void main() {
  gl_Position = vec4(corner(), 0, 1);
  v_metres = u_view.xy + corner() * u_size * 0.5 / u_view.z;
}`, `#version 300 es
precision highp float;
in vec2 v_metres;
uniform sampler2D u_base, u_before, u_after;
uniform vec4 u_raster;   // west, north in metres, 1 / width, 1 / height
uniform vec3 u_water;    // share of u_after, deepest depth in metres, shown?
uniform vec4 u_steps[8]; // colour; a is the depth it begins at
uniform vec3 u_shore, u_cached, u_ground;
uniform vec2 u_size;
out vec4 colour;
void main() {
  vec2 pixel = (v_metres - u_cached.xy) * u_cached.z + u_size * 0.5;
  bool beyond = any(lessThan(pixel, vec2(0))) || any(greaterThanEqual(pixel, u_size));
  vec4 base = beyond ? vec4(u_ground, 1) : texelFetch(u_base, ivec2(pixel), 0);
  colour = vec4(base.rgb, 1);
  if (u_water.z == 0.0) return;
  vec2 at = vec2(v_metres.x - u_raster.x, u_raster.y - v_metres.y) * u_raster.zw;
  if (any(lessThan(at, vec2(0))) || any(greaterThan(at, vec2(1)))) return;
  float code = mix(texture(u_before, at).r, texture(u_after, at).r, u_water.x);
  float depth = code * code * u_water.y;
  float edge = sqrt(u_steps[0].a / u_water.y);
  float from_shore = (code - edge) / max(fwidth(code), 1e-4);  // pixels
  if (depth < u_steps[0].a) return;
  vec3 tint = u_steps[0].rgb;
  for (int i = 1; i < 8; ++i) if (depth >= u_steps[i].a) tint = u_steps[i].rgb;
  tint = mix(u_shore, tint, clamp(from_shore - 0.6, 0.35, 1.0));
  colour.rgb = base.rgb * mix(vec3(1), tint, base.a);
}`];

const POINT_SHADERS = [`${GLSL_VIEW}
in vec2 a_xy;
in vec2 a_shown;         // class, state
uniform float u_point;   // device pixels
uniform vec3 u_class[8];
uniform vec4 u_state[16]; // a is 1 for people left behind, 2 if they keep their colour
uniform vec4 u_alarm;    // colour; a is 1 when colouring by state
flat out vec3 v_colour;
flat out float v_pixels;
void main() {
  vec4 state = u_state[int(a_shown.y) & 15];
  v_colour = u_alarm.a > 0.0 || state.a > 1.0 ? state.rgb : state.a > 0.0 ? u_alarm.rgb : u_class[int(a_shown.x) & 7];
  v_pixels = u_point * (state.a > 0.0 ? 1.45 : 1.0);
  gl_Position = to_clip(a_xy);
  gl_PointSize = v_pixels;
}`, `#version 300 es
precision highp float;
flat in vec3 v_colour;
flat in float v_pixels;
out vec4 colour;
void main() {
  float inside = (0.5 - length(gl_PointCoord - 0.5)) * v_pixels;
  if (inside <= 0.0) discard;
  // a light rim keeps neighbours apart, but would drown the colour of small points
  float rim = clamp(v_pixels * 0.25 - 0.9, 0.0, 1.2);
  vec3 filled = mix(vec3(1), v_colour, clamp(inside - rim + 0.5, 0.0, 1.0));
  colour = vec4(filled, clamp(inside + 0.3, 0.0, 1.0));
}`];

// A rectangle that points where the car goes.
const CAR_SHADERS = [`${GLSL_VIEW}
in vec2 a_xy;
in vec2 a_shown;         // heading in 256ths of a turn, 1 for stopped
uniform float u_point;   // length in device pixels
uniform vec3 u_body[2], u_rim[2];
flat out vec3 v_body, v_rim;
flat out vec4 v_form;    // pixels of the point, length, along
void main() {
  int stopped = int(a_shown.y) & 1;
  v_body = u_body[stopped];
  v_rim = u_rim[stopped];
  float angle = a_shown.x * 6.2831853 / 256.0;
  // one that stands is seen beside the people who were in it
  float reach = u_point * (stopped == 1 ? 1.3 : 1.0);
  v_form = vec4(1.25 * reach, reach, cos(angle), sin(angle));
  gl_Position = to_clip(a_xy);
  gl_PointSize = v_form.x;
}`, `#version 300 es
precision highp float;
flat in vec3 v_body, v_rim;
flat in vec4 v_form;
out vec4 colour;
void main() {
  vec2 at = (gl_PointCoord - 0.5) * v_form.x * vec2(1, -1);
  vec2 local = vec2(dot(at, v_form.zw), dot(at, vec2(-v_form.w, v_form.z)));
  vec2 beyond = abs(local) - vec2(0.5, 0.27) * v_form.y;
  float inside = -max(beyond.x, beyond.y);
  if (inside <= -0.5) discard;
  float rim = clamp(v_form.y * 0.12, 0.6, 1.6);
  vec3 filled = mix(v_rim, v_body, clamp(inside - rim + 0.5, 0.0, 1.0));
  colour = vec4(filled, clamp(inside + 0.5, 0.0, 1.0));
}`];
