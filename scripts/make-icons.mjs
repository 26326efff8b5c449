/**
 * Draws the application icon and the tray images, which were made for this project, as SVG and renders them to PNG with
 * Electron, then packs the icon for Windows and macOS: `node scripts/make-icons.mjs` (on Linux under a display, such as
 * `xvfb-run -a`). Run again after a change here.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { findElectron } from './lib/electron-runtime.mjs';
import { icnsFile, icoFile } from './lib/icon-files.mjs';
import { electronArguments, electronEnvironment } from './lib/launch.mjs';
import { projectRoot } from './lib/paths.mjs';

/** Below the first limit lines are drawn bolder and fewer, so that they do not melt into grey. */
const SMALL_SIZES = [16, 22, 24, 32, 48];
const LARGE_SIZES = [64, 96, 128, 256, 512, 1024];
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
const TRAY_SIZES = [
  { size: 22, suffix: '' },
  { size: 44, suffix: '@2x' },
];
/** The height of macOS's menu bar leaves this much. */
const TEMPLATE_SIZES = [
  { size: 18, suffix: '' },
  { size: 36, suffix: '@2x' },
];

const GROUND = '#11151b';
const LINE = '#e6ebf2';
const CALM = '#4fd1a5';

/** Each state has a shape of its own besides its colour: a mark at the corner, no hub, a stop sign, a ring for a hub. */
const TRAY_STATES = {
  calm: { rim: LINE, hub: CALM, shape: 'dot' },
  'needs-you': { rim: LINE, hub: '#f5b83d', shape: 'mark' },
  stale: { rim: '#8b94a3', hub: '#8b94a3', shape: 'none' },
  killed: { rim: '#ff5c5c', hub: '#ff5c5c', shape: 'stop' },
  practice: { rim: LINE, hub: '#6aa8ff', shape: 'ring' },
};

/** A ship's wheel: rim, spokes with handles, and a hub that carries the meaning. */
function wheel({ centre, radius, stroke, rim, hub, hubSize = 0.36, spokes = 8, handle = 1.38, outline }) {
  const path = Array.from({ length: spokes }, (_, index) => {
    const angle = (index * 2 * Math.PI) / spokes;
    const at = (distance) =>
      `${(centre + Math.cos(angle) * distance).toFixed(2)} ${(centre + Math.sin(angle) * distance).toFixed(2)}`;
    return `M ${at(radius * 0.42)} L ${at(radius * handle)}`;
  }).join(' ');
  const lines = (colour, width) =>
    `<g fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round">` +
    `<path d="${path}"/><circle cx="${centre}" cy="${centre}" r="${radius}"/></g>`;
  const dot = (colour, size) => `<circle cx="${centre}" cy="${centre}" r="${size}" fill="${colour}"/>`;
  const under = outline ? lines(outline, stroke * 2) + dot(outline, radius * 0.5) : '';
  return under + lines(rim, stroke) + dot(hub, radius * hubSize);
}

const svg = (size, content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">${content}</svg>\n`;

const appIcon = svg(
  512,
  `<rect x="24" y="24" width="464" height="464" rx="104" fill="${GROUND}"/>` +
    `<rect x="27" y="27" width="458" height="458" rx="101" fill="none" stroke="#2b3442" stroke-width="6"/>` +
    wheel({ centre: 256, radius: 112, stroke: 26, rim: LINE, hub: CALM }),
);
const smallAppIcon = svg(
  512,
  `<rect x="0" y="0" width="512" height="512" rx="112" fill="${GROUND}"/>` +
    wheel({ centre: 256, radius: 132, stroke: 46, rim: LINE, hub: CALM, hubSize: 0.42, handle: 1.5 }),
);

const DARK = '#14181f';
const circle = (x, y, radius, look) => `<circle cx="${x}" cy="${y}" r="${radius}" ${look}/>`;
const trayWheel = (rim, outline) =>
  wheel({ centre: 22, radius: 13, stroke: 3.4, rim, hub: 'none', spokes: 8, handle: 1.36, outline });

/** Sound off: a crossed circle at the corner that no state uses. */
const MUTED_AT = { x: 11, y: 33 };
const mutedMark = (ground, ink) =>
  circle(MUTED_AT.x, MUTED_AT.y, 9, `fill="${ground}" stroke="${ink}" stroke-width="2.6"`) +
  `<path d="M 6.5 37.5 L 15.5 28.5" fill="none" stroke="${ink}" stroke-width="3" stroke-linecap="round"/>`;

/** Dark below light strokes, so that the image reads on a dark panel and on a light one. */
function trayImage({ rim, hub, shape }, muted) {
  const mark = muted ? mutedMark(DARK, LINE) : '';
  if (shape === 'stop')
    return svg(
      44,
      circle(22, 22, 19.5, `fill="${hub}" stroke="${DARK}" stroke-width="2.5"`) +
        '<rect x="14" y="14" width="16" height="16" rx="2" fill="#ffffff"/>' +
        mark,
    );
  const marks = {
    dot: circle(22, 22, 6.5, `fill="${hub}" stroke="${DARK}" stroke-width="1.5"`),
    ring: circle(22, 22, 6, `fill="${DARK}" stroke="${hub}" stroke-width="3.5"`),
    mark: circle(32.5, 11.5, 9.5, `fill="${hub}" stroke="${DARK}" stroke-width="2.5"`),
    none: '',
  };
  return svg(44, trayWheel(rim, DARK) + marks[shape] + mark);
}

/** macOS draws these in the colour of its menu bar, so that they have one colour and holes. */
function templateImage({ shape }, muted) {
  const ink = '#000000';
  const hole = (content) => `<mask id="m"><rect width="44" height="44" fill="#fff"/>${content}</mask>`;
  const masked = (content) => `<g mask="url(#m)">${content}</g>`;
  const stroke = (width) => `fill="none" stroke="${ink}" stroke-width="${width}"`;
  const holes = {
    dot: circle(22, 22, 8.5, 'fill="#000"'),
    ring: circle(22, 22, 9.5, 'fill="#000"'),
    mark: circle(33, 11, 11.5, 'fill="#000"'),
    none: '',
  };
  const marks = {
    dot: circle(22, 22, 5.5, `fill="${ink}"`),
    ring: circle(22, 22, 5.5, stroke(3)),
    mark: circle(33, 11, 8.5, `fill="${ink}"`),
    none: '',
  };
  const mutedHole = muted ? circle(MUTED_AT.x, MUTED_AT.y, 11.5, 'fill="#000"') : '';
  const mark = muted ? mutedMark('none', ink) : '';
  return svg(44, hole(holes[shape] + mutedHole) + masked(trayWheel(ink)) + marks[shape] + mark);
}

const jobs = [];
function draw(name, source, sizes) {
  const base = join(projectRoot, 'resources', name);
  mkdirSync(dirname(base), { recursive: true });
  writeFileSync(`${base}.svg`, source);
  for (const { size, suffix } of sizes) jobs.push({ svg: source, size, file: `${base}${suffix}.png` });
}

const appFile = (size) => join(projectRoot, 'resources', 'icons', 'app', `${size}x${size}.png`);
function drawApp(name, source, sizes) {
  draw(name, source, []);
  for (const size of sizes) jobs.push({ svg: source, size, file: appFile(size) });
}

mkdirSync(dirname(appFile(16)), { recursive: true });
drawApp('icons/app', appIcon, LARGE_SIZES);
drawApp('icons/app-small', smallAppIcon, SMALL_SIZES);
for (const [state, look] of Object.entries(TRAY_STATES)) {
  for (const muted of [false, true]) {
    const name = `tray/${state}${muted ? '-muted' : ''}`;
    draw(name, trayImage(look, muted), TRAY_SIZES);
    // macOS takes an image for a template by the end of its name; a halt stays red there too.
    if (state !== 'killed') draw(`${name}Template`, templateImage(look, muted), TEMPLATE_SIZES);
  }
}

const electron = findElectron();
if (electron === null) throw new Error('There is no Electron yet; run `node scripts/bootstrap.mjs` first.');
const renderer = join(projectRoot, 'scripts', 'lib', 'render-svg.mjs');
const { status } = spawnSync(join(electron.folder, electron.binary), [...electronArguments(), renderer], {
  stdio: ['ignore', 'inherit', 'ignore'],
  env: { ...electronEnvironment(electron), SVG_JOBS: JSON.stringify(jobs) },
});
if (status !== 0) throw new Error('The images could not be rendered.');

const drawn = [...SMALL_SIZES, ...LARGE_SIZES].map((size) => ({ size, file: appFile(size) }));
const icons = join(projectRoot, 'resources', 'icons');
writeFileSync(join(icons, 'app.ico'), icoFile(drawn.filter(({ size }) => ICO_SIZES.includes(size))));
writeFileSync(join(icons, 'app.icns'), icnsFile(drawn));
