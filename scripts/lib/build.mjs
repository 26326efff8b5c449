import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { projectRoot } from './paths.mjs';
import { runOrThrow } from './run.mjs';

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
];

/** Builds into out/ unless that is newer than every source. */
export function ensureBuilt() {
  const built = join(projectRoot, 'out', 'main', 'main.js');
  const newestSource = Math.max(...SOURCES.map((source) => newestChange(join(projectRoot, source))));
  if (existsSync(built) && statSync(built).mtimeMs > newestSource) return;
  console.log('Building');
  const viteCli = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  runOrThrow('node', [viteCli, 'build', '--logLevel', 'warn'], { cwd: projectRoot });
  runOrThrow('node', [join(projectRoot, 'scripts', 'licences.mjs')], { cwd: projectRoot });
}

function newestChange(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestChange(join(path, name))),
    stat.mtimeMs,
  );
}
