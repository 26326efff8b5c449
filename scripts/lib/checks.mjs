import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { projectRoot } from './paths.mjs';

const tool = (...path) => join(projectRoot, 'node_modules', ...path);
const types = (project) => ({
  name: `types (${project})`,
  args: [tool('typescript7', 'bin', 'tsc'), '-p', `tsconfig.${project}.json`],
});

const CHECKS = [
  types('shared'),
  types('node'),
  types('web'),
  {
    name: 'lint',
    args: [
      tool('eslint', 'bin', 'eslint.js'),
      '.',
      '--max-warnings=0',
      '--report-unused-disable-directives',
      '--cache',
      '--cache-location=node_modules/.cache/eslint/',
    ],
  },
  {
    name: 'boundaries',
    args: [
      tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      'shared',
      'electron',
      'renderer',
      '--output-type',
      'err',
    ],
  },
  { name: 'dead code', args: [tool('knip', 'bin', 'knip.js'), '--no-progress'] },
  { name: 'first screen', args: [join(projectRoot, 'scripts', 'bundle-size.mjs')] },
  { name: 'promises', args: [join(projectRoot, 'scripts', 'promises.mjs'), '--check'] },
  { name: 'names in pages', args: [join(projectRoot, 'scripts', 'doc-names.mjs')] },
  { name: 'words', args: [join(projectRoot, 'scripts', 'words.mjs'), '--check'] },
  { name: 'licences', args: [join(projectRoot, 'scripts', 'licences.mjs'), '--check'] },
  // What it found, or that nobody could be asked, is to be seen also where it is no failure.
  { name: 'audit', args: [join(projectRoot, 'scripts', 'audit.mjs')], says: true },
  {
    name: 'formatting',
    args: [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--cache', '--log-level', 'warn', '.'],
  },
];

/** At most this many tools at once: more only fight for the cores. */
const AT_ONCE = 2;

/** Runs every check and prints a line each, with the tool's own words when it complains. */
export async function runChecks() {
  const waiting = [...CHECKS];
  const results = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runCheck(check);
      console.log(
        `${result.passed ? 'ok  ' : 'FAIL'} ${result.name} (${(result.tookMs / 1000).toFixed(1)} s)`,
      );
      if (!result.passed || check.says) console.log(result.output.trimEnd());
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

function runCheck({ name, args }) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('close', (code) =>
      resolve({ name, passed: code === 0, output, tookMs: performance.now() - startedAt }),
    );
  });
}
