/** Runs the end-to-end tests on the real Electron: `node e2e/run.mjs [arguments of playwright test]`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ensureBuilt } from '../scripts/lib/build.mjs';
import { projectRoot } from '../scripts/lib/paths.mjs';
import { harnessEnvironment, isInsideSession, runInOwnSession, startKeyring } from './session.mjs';

const args = process.argv.slice(2);

if (!isInsideSession()) process.exit(runInOwnSession(fileURLToPath(import.meta.url), args));

ensureBuilt();
const stopKeyring = await startKeyring();
const cli = join(projectRoot, 'node_modules', '@playwright', 'test', 'cli.js');
const { status } = spawnSync(process.execPath, [cli, 'test', ...args], {
  cwd: projectRoot,
  stdio: 'inherit',
  env: harnessEnvironment(),
});
stopKeyring();
process.exit(status ?? 1);
