/** Runs the bench on a screen and a bus of its own, where the rows with a window find them: `npm run bench`. */
import { fileURLToPath } from 'node:url';

import { isInsideSession, runInOwnSession } from '../e2e/session.mjs';
import { findElectron } from '../scripts/lib/electron-runtime.mjs';

if (!isInsideSession()) process.exit(runInOwnSession(fileURLToPath(import.meta.url), process.argv.slice(2)));
// Named, so that the package `electron`, which the settings bring along, never fetches one.
process.env.ELECTRON_OVERRIDE_DIST_PATH = findElectron()?.folder ?? 'not-needed-here';
await import('./run.ts');
