/**
 * Asks the registry for known vulnerabilities in what the application is made of. Ends with exit code 1 for one that is high or
 * critical; where the registry cannot be asked it says so, and that is no failure: nobody could mend it here.
 */
import { spawnSync } from 'node:child_process';

import { judgeAudit } from './lib/judge-audit.mjs';
import { npmCli } from './lib/packages.mjs';
import { projectRoot } from './lib/paths.mjs';
import { shippedPackages } from './lib/shipped-packages.mjs';

const ASK_FOR_MS = 60_000;

const { lines, failed } = judgeAudit(ask(), new Set(shippedPackages().map(({ name }) => name)));
console.log(lines.join('\n'));
if (failed) process.exitCode = 1;

/** What npm says, whatever it is; empty where there is no npm, or no answer within a minute. */
function ask() {
  const options = { cwd: projectRoot, encoding: 'utf8', timeout: ASK_FOR_MS, maxBuffer: 64 * 1024 * 1024 };
  try {
    return spawnSync(process.execPath, [npmCli(), 'audit', '--json'], options).stdout ?? '';
  } catch {
    return '';
  }
}
