/** Types, lint, boundaries, dead code, promises and formatting in one go. Ends with exit code 1 when any of them complains. */
import { runChecks } from './lib/checks.mjs';

const results = await runChecks();
process.exit(results.every((result) => result.passed) ? 0 : 1);
