/**
 * Everything that must hold before a change lands: the checks, the unit and integration tests, the build, and the
 * end-to-end tests on the real Electron. Ends with one line that counts them all.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureBuilt } from './lib/build.mjs';
import { runChecks } from './lib/checks.mjs';
import { findElectron } from './lib/electron-runtime.mjs';
import { projectRoot } from './lib/paths.mjs';

const reports = mkdtempSync(join(tmpdir(), 'quarterdeck-test-'));
const totals = { passed: 0, failed: 0 };

try {
  heading('Checks');
  for (const { passed } of await runChecks())
    count(passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

  heading('Unit and integration tests');
  count(runVitest());

  heading('Build');
  ensureBuilt();

  const electron = findElectron();
  heading(`End-to-end tests on Electron ${electron.version} (${electron.source})`);
  count(runEndToEnd());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  count({ passed: 0, failed: 1 });
} finally {
  rmSync(reports, { recursive: true, force: true });
}

console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);

function heading(text) {
  console.log(`\n== ${text}`);
}

function count({ passed, failed }) {
  totals.passed += passed;
  totals.failed += failed;
}

function runVitest() {
  const report = join(reports, 'vitest.json');
  const cli = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [cli, 'run', ...reporters], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
  if (numPendingTests > 0) console.log(`${numPendingTests} skipped`);
  return { passed: numPassedTests, failed: atLeastOne(numFailedTests, status) };
}

function runEndToEnd() {
  const report = join(reports, 'playwright.json');
  const { status } = spawnSync(process.execPath, [join(projectRoot, 'e2e', 'run.mjs')], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const { stats } = JSON.parse(readFileSync(report, 'utf8'));
  if (stats.skipped > 0) console.log(`${stats.skipped} skipped`);
  return { passed: stats.expected, failed: atLeastOne(stats.unexpected + stats.flaky, status) };
}

/** A runner that failed without naming a failed test (a broken file, a crash) still counts as a failure. */
function atLeastOne(failed, status) {
  return status === 0 ? failed : Math.max(1, failed);
}
