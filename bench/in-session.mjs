/** Runs the bench on a screen and a bus of its own, where the rows with a window find them: `npm run bench`. */
import { fileURLToPath } from 'node:url';

import { isInsideSession, runInOwnSession } from '../e2e/session.mjs';

if (!isInsideSession()) process.exit(runInOwnSession(fileURLToPath(import.meta.url), process.argv.slice(2)));
await import('./run.ts');
