/**
 * Everything that must hold before a change lands: the checks, the unit and integration tests, the build, and the
 * end-to-end tests on the real Electron. The files of tests that failed are run a second time, alone: on a busy machine
 * a test may lose a race that has nothing to do with it. What fails again has failed; what passes then is named as
 * unsteady. Ends with one line that counts them all.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureBuilt } from './lib/build.mjs';
import { runChecks } from './lib/checks.mjs';
import { findElectron } from './lib/electron-runtime.mjs';
import { projectRoot } from './lib/paths.mjs';
import { playwrightOutcome, vitestOutcome } from './lib/test-reports.ts';

const reports = mkdtempSync(join(tmpdir(), 'quarterdeck-test-'));
const totals = { passed: 0, failed: 0 };
const failures = [];
const unsteady = [];

try {
  heading('Checks');
  for (const { name, passed } of await runChecks()) {
    if (passed) totals.passed += 1;
    else countFailure(`check: ${name}`);
  }

  heading('Unit and integration tests');
  countTests(runVitest);

  heading('Build');
  ensureBuilt();

  const electron = findElectron();
  heading(`End-to-end tests on Electron ${electron.version} (${electron.source})`);
  countTests(runEndToEnd);
} catch (error) {
  countFailure(error instanceof Error ? error.message : String(error));
} finally {
  rmSync(reports, { recursive: true, force: true });
}

list('Unsteady: failed beside the others and passed alone', unsteady);
list('Failed', failures);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);

function heading(text) {
  console.log(`\n== ${text}`);
}

function list(title, lines) {
  if (lines.length > 0) heading(`${title}\n${lines.join('\n')}`);
}

function countFailure(text) {
  totals.failed += 1;
  failures.push(text);
}

/** Runs all files, then those with failures once more, and counts how each test ended. */
function countTests(run) {
  const first = run([]);
  totals.passed += first.passed;
  if (first.skipped > 0) console.log(`${first.skipped} skipped`);
  if (first.failed.length === 0) return;

  const files = [...new Set(first.failed.map(({ file }) => file))];
  heading(`Once more, alone: ${files.join(' ')}`);
  const failedAgain = byLine(run(files).failed);
  for (const [line, why] of byLine(first.failed)) {
    if (failedAgain.has(line)) continue;
    totals.passed += 1;
    unsteady.push(`${line}${why}`);
  }
  for (const [line, why] of failedAgain) countFailure(`${line}${why}`);
}

/** What failed, a line each, with why below it. */
function byLine(failed) {
  return new Map(
    failed.map(({ file, name, why }) => [`${file} › ${name}`, `\n${why}`.replaceAll('\n', '\n    ')]),
  );
}

function runVitest(files) {
  const report = join(reports, 'vitest.json');
  const cli = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const alone = files.length > 0 ? ['--maxWorkers=1'] : [];
  const { status } = spawnSync(process.execPath, [cli, 'run', ...reporters, ...alone, ...files], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  return outcomeOf('Vitest', status, vitestOutcome(readReport(report), projectRoot));
}

function runEndToEnd(files) {
  const report = join(reports, 'playwright.json');
  const { status } = spawnSync(process.execPath, [join(projectRoot, 'e2e', 'run.mjs'), ...files], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return outcomeOf('Playwright', status, playwrightOutcome(readReport(report)));
}

/** Each run writes its report anew: one that is left over must not speak for a run that wrote none. */
function readReport(path) {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  rmSync(path);
  return report;
}

/** A runner that failed without naming a failed test (a crash, an error outside of tests) failed all the same. */
function outcomeOf(runner, status, outcome) {
  if (status !== 0 && outcome.failed.length === 0)
    countFailure(`${runner} ended with ${status} and named no test`);
  return outcome;
}
