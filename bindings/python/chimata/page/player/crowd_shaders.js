// GLSL of a crowd: people whose places the graphics card looks up by itself, and lines of even width.

// Every place anybody has been at is a texel, one after the other per person: between two moments of the file
// nothing has to be sent to the card.
const WALKER_SHADERS = [`${GLSL_VIEW}
in vec3 a_track;                // texel of the first moment, first and last moment
uniform highp usampler2D u_places;
uniform sampler2D u_before, u_after;
uniform vec3 u_moment;          // moment shown, share of the way to the next, seconds to the next
uniform vec4 u_grid;            // metres: origin x, y, one step of a place; pixels of a person
uniform vec4 u_raster;          // west, north in metres, 1 / width, 1 / height
uniform vec4 u_levels[8], u_paces[5]; // colour; a is where it begins
uniform float u_by_level, u_densest;
flat out vec4 v_colour;         // a is the diameter in pixels
vec2 place(float texel) {
  int at = int(texel), row = textureSize(u_places, 0).x;
  return u_grid.xy + vec2(texelFetch(u_places, ivec2(at % row, at / row), 0).rg) * u_grid.z;
}
void main() {
  float moment = u_moment.x - a_track.y, last = a_track.z - a_track.y;
  if (moment < 0.0 || moment > last) { gl_Position = vec4(2, 2, 2, 1); return; }
  vec2 here = place(a_track.x + moment);
  vec2 next = place(a_track.x + min(moment + 1.0, last));
  vec2 before = place(a_track.x + max(moment - 1.0, 0.0));
  vec2 metres = mix(here, next, u_moment.y);
  vec3 colour = u_paces[0].rgb;
  if (u_by_level > 0.0) {
    vec2 at = vec2(metres.x - u_raster.x, u_raster.y - metres.y) * u_raster.zw;
    float code = mix(texture(u_before, at).r, texture(u_after, at).r, u_moment.y);
    colour = u_levels[0].rgb;
    for (int i = 1; i < 8; ++i) if (code * code * u_densest >= u_levels[i].a) colour = u_levels[i].rgb;
  } else {
    float pace = length(moment < last ? next - here : here - before) / u_moment.z;
    for (int i = 1; i < 5; ++i) if (pace >= u_paces[i].a) colour = u_paces[i].rgb;
  }
  v_colour = vec4(colour, u_grid.w);
  gl_Position = to_clip(metres);
  gl_PointSize = u_grid.w;
}`, `#version 300 es
precision highp float;
flat in vec4 v_colour;
uniform vec3 u_rim;
out vec4 colour;
void main() {
  float inside = (0.5 - length(gl_PointCoord - 0.5)) * v_colour.a;
  if (inside <= 0.0) discard;
  // a rim keeps neighbours apart, but would drown the colour of small points
  float rim = clamp(v_colour.a * 0.2 - 0.8, 0.0, 1.2);
  vec3 filled = mix(u_rim, v_colour.rgb, clamp(inside - rim + 0.5, 0.0, 1.0));
  colour = vec4(filled, clamp(inside + 0.3, 0.0, 1.0));
}`];
