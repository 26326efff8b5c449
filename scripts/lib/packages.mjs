import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { cacheFolder, projectRoot } from './paths.mjs';
import { runOrThrow } from './run.mjs';

const LOWEST_NODE = [22, 12];
const stampFile = join(projectRoot, 'node_modules', '.quarterdeck-installed');

/** Installs the packages of the lockfile when they are not there or the lockfile has changed since. */
export function ensurePackages() {
  const fingerprint = fingerprintOf(['package.json', 'package-lock.json', '.npmrc']);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return;

  console.log('Installing packages (about a minute the first time)');
  const node = isNodeNewEnough() ? process.execPath : bringNode();
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  // Not `npm ci`: it refuses a lockfile without the binaries for every other platform, and a mirror may not carry those.
  // This installs what the lockfile pins and leaves the lockfile as it is.
  runOrThrow(node, [npmCli(), 'install', '--no-save', '--no-progress'], { cwd: projectRoot, env });
  writeFileSync(stampFile, fingerprint);
}

function isNodeNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > LOWEST_NODE[0] || (major === LOWEST_NODE[0] && minor >= LOWEST_NODE[1]);
}

/** The Node that this project pins, from the npm package `node`, for a machine whose own is too old to install with. */
function bringNode() {
  const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const folder = join(cacheFolder, `node-${devDependencies.node}`);
  const node = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(node)) {
    console.log(
      `Node ${process.versions.node} is too old for the tools; fetching Node ${devDependencies.node}`,
    );
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, allowScripts: { node: true } }),
    );
    const options = ['--no-save', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
    runOrThrow(process.execPath, [npmCli(), 'install', ...options, `node@${devDependencies.node}`], {
      cwd: folder,
    });
  }
  return node;
}

/** npm tells its scripts where it is; without npm around, the one that came with this Node is taken. */
export function npmCli() {
  const told = process.env.npm_execpath;
  if (told && existsSync(told) && /npm-cli\.js$/.test(told)) return told;
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (existsSync(beside)) return beside;
  throw new Error('npm was not found; run this through `npm start` or `npm test`.');
}

function fingerprintOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(projectRoot, file)));
  return hash.digest('hex');
}
