// Colours as 0xRRGGBB.
const GROUND = 0xf7f6f2;
const RIVER = 0xbfdcec;
const AREA = 0xe3ebcf;  // of an event
const BUILDING = 0xe9e3d8;
const BUILDING_EDGE = 0xd8d0c1;

// By Scene.segment_class: fill, casing, narrowest width on screen in CSS pixels, dash in metres,
// and the scale (pixels per metre) below which the class fades away.
const ROADS = [
  { fill: 0xd9d5cf, casing: 0xa9a49d, narrowest: 2.6, dash: 0, fade: 0 },
  { fill: 0xffffff, casing: 0xb9b5ae, narrowest: 2.2, dash: 0, fade: 0 },
  { fill: 0xffffff, casing: 0xc6c2bb, narrowest: 1.5, dash: 0, fade: 0 },
  { fill: 0xffffff, casing: 0xd3cfc8, narrowest: 1.1, dash: 0, fade: 0.03 },
  { fill: 0xcfc9bf, casing: 0xf7f6f2, narrowest: 0.9, dash: 6, fade: 0.12 },
  { fill: 0xb7aea2, casing: 0xf7f6f2, narrowest: 1.0, dash: 2, fade: 0.12 },
];
const BRIDGE_CASING = 0x86817a;

// Flood depth in the colours of the national hazard-map guideline (MLIT), with its finer steps
// below 3 m. `from` in metres.
const DEPTHS = [
  { from: 0.05, colour: 0xffffb3 },
  { from: 0.3, colour: 0xf7f5a9 },
  { from: 0.5, colour: 0xf8e1a6 },
  { from: 1, colour: 0xffd8c0 },
  { from: 3, colour: 0xffb7b7 },
  { from: 5, colour: 0xff9191 },
  { from: 10, colour: 0xf285c9 },
  { from: 20, colour: 0xdc7adc },
];
const SHORE = 0x5b8fb0;

// Round steps; Fruin's walkway levels D, E and F begin at about 0.7, 1.1 and 2.2 persons/m².
const DENSITIES = [
  { from: 0.1, colour: 0x9fd3c7 },
  { from: 0.5, colour: 0x4fa3a0 },
  { from: 1, colour: 0xf2a33a },
  { from: 2, colour: 0xe0592a },
  { from: 4, colour: 0xa3123a },
];

const CLASS_COLOURS = [0x1f5fbf, 0x0b8f7a, 0x7a3db8, 0xa8630a, 0x4a5568, 0x2b8cbe, 0x5c7c1f, 0x884444];
const ALARM = 0xd3122a;
const STATE_COLOURS = {
  home: 0xa3a8ae, preparing: 0x7b8794, walking: 0x1f5fbf, waiting: 0xb7791f, sheltered: 0x2f8f4e,
  stranded: 0xe03616, cut_off: 0xa8123e, caught_at_home: 0x6d0f2b, casualty: 0x141414,
  upstairs: 0x86a93a, visiting: 0xc2338a, on_platform: 0x6a6f1a, elsewhere: 0xc3c6ca,
  present: 0x1f5fbf, standing: 0x9e0b2f, left: 0x2f8f4e, to_come: 0xa3a8ae,
};
const ALARM_STATES = ['stranded', 'cut_off', 'caught_at_home', 'casualty'];
// Cars under way, and those that stopped for good.
const CARS = [{ colour: 0xee6c00, rim: 0xffffff }, { colour: 0xf5c400, rim: 0x1d2733 }];
// whoever ends in one of these is indoors, in the area of an event or out of town, and no longer drawn
const INDOOR_STATES = ['home', 'preparing', 'sheltered', 'upstairs', 'visiting', 'on_platform', 'elsewhere'];

// Fruin's walkway levels A to F, each darker than the one before, as in the package's heat maps; then the
// densities that are dangerous. Eight, as the shader of rasters wants them. `from` in persons/m².
const LEVELS = [
  { from: 0.02, colour: 0xfdf6c9, label: 'A' }, { from: 0.31, colour: 0xfdc97d, label: 'B' },
  { from: 0.43, colour: 0xf58860, label: 'C' }, { from: 0.72, colour: 0xc4427a, label: 'D' },
  { from: 1.08, colour: 0x7a2182, label: 'E' }, { from: 2.17, colour: 0x231151, label: 'F' },
  { from: 4, colour: 0x00a5c8, label: 'F' }, { from: 6, colour: 0x35f0c8, label: 'F' },
];
// m/s; red to blue stay apart for colour-blind eyes. Below the first step people stand.
const PACES = [
  { from: 0, colour: 0x9e0b2f }, { from: 0.2, colour: 0xe0603a }, { from: 0.5, colour: 0xe3a63a },
  { from: 0.9, colour: 0x5aa2cf }, { from: 1.2, colour: 0x1f4e9e },
];
const WALL = 0x333c47;
const EXIT = 0x1f6feb;
const ELEVATOR = 0x7a4fbf;
const GATE_OPEN = 0x2f8f4e;
const GATE_CLOSED = 0xd3122a;
const BARRIER = 0x8a1538;

const rgb = (hex) => [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
const css = (hex) => '#' + hex.toString(16).padStart(6, '0');
const state_colour = (name) => STATE_COLOURS[name] ?? 0x555555;
const class_colour = (index) => CLASS_COLOURS[index % CLASS_COLOURS.length];
