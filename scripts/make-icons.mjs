/**
 * Draws the application icon and the tray images, which were made for this project, as SVG and renders them to PNG with
 * Electron: `node scripts/make-icons.mjs` (on Linux under a display, such as `xvfb-run -a`). Run again after a change here.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { findElectron } from './lib/electron-runtime.mjs';
import { electronArguments, electronEnvironment } from './lib/launch.mjs';
import { projectRoot } from './lib/paths.mjs';

const APP_SIZES = [16, 32, 64, 128, 256, 512, 1024];
const TRAY_SIZES = [
  { size: 22, suffix: '' },
  { size: 44, suffix: '@2x' },
];

const TRAY_COLOURS = {
  calm: { rim: '#e6ebf2', hub: '#4fd1a5' },
  'needs-you': { rim: '#e6ebf2', hub: '#f5b83d' },
  stale: { rim: '#8b94a3', hub: '#8b94a3' },
  killed: { rim: '#ff5c5c', hub: '#ff5c5c' },
  practice: { rim: '#e6ebf2', hub: '#6aa8ff' },
};

/** A ship's wheel: rim, eight spokes with handles, and a hub that carries the meaning. */
function wheel({ centre, radius, stroke, rim, hub, outline }) {
  const spokes = Array.from({ length: 8 }, (_, index) => {
    const angle = (index * Math.PI) / 4;
    const at = (distance) =>
      `${(centre + Math.cos(angle) * distance).toFixed(2)} ${(centre + Math.sin(angle) * distance).toFixed(2)}`;
    return `M ${at(radius * 0.42)} L ${at(radius * 1.38)}`;
  }).join(' ');
  const lines = (colour, width) =>
    `<g fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round">` +
    `<path d="${spokes}"/><circle cx="${centre}" cy="${centre}" r="${radius}"/></g>`;
  const dot = (colour, size) => `<circle cx="${centre}" cy="${centre}" r="${size}" fill="${colour}"/>`;
  const under = outline ? lines(outline, stroke * 2) + dot(outline, radius * 0.5) : '';
  return under + lines(rim, stroke) + dot(hub, radius * 0.36);
}

const svg = (size, content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">${content}</svg>\n`;

const appIcon = svg(
  512,
  `<rect x="24" y="24" width="464" height="464" rx="104" fill="#11151b"/>` +
    `<rect x="27" y="27" width="458" height="458" rx="101" fill="none" stroke="#2b3442" stroke-width="6"/>` +
    wheel({ centre: 256, radius: 112, stroke: 26, rim: '#e6ebf2', hub: '#4fd1a5' }),
);

/** Dark below light strokes, so that the image reads on a dark panel and on a light one. */
const trayImage = ({ rim, hub }) =>
  svg(44, wheel({ centre: 22, radius: 12, stroke: 3.4, rim, hub, outline: '#14181f' }));

const jobs = [];
function draw(name, source, sizes) {
  const base = join(projectRoot, 'resources', name);
  mkdirSync(dirname(base), { recursive: true });
  writeFileSync(`${base}.svg`, source);
  for (const { size, suffix } of sizes) jobs.push({ svg: source, size, file: `${base}${suffix}.png` });
}

draw(
  'icons/icon',
  appIcon,
  APP_SIZES.map((size) => ({ size, suffix: size === 512 ? '' : `-${size}` })),
);
for (const [state, colours] of Object.entries(TRAY_COLOURS))
  draw(`tray/${state}`, trayImage(colours), TRAY_SIZES);

const electron = findElectron();
if (electron === null) throw new Error('There is no Electron yet; run `node scripts/bootstrap.mjs` first.');
const renderer = join(projectRoot, 'scripts', 'lib', 'render-svg.mjs');
const { status } = spawnSync(join(electron.folder, electron.binary), [...electronArguments(), renderer], {
  stdio: ['ignore', 'inherit', 'ignore'],
  env: { ...electronEnvironment(electron), SVG_JOBS: JSON.stringify(jobs) },
});
process.exit(status ?? 1);
