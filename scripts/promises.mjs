/**
 * Writes docs/promises.md: each promise with the tests that fail when it is broken, from their names in the source.
 * With `--check` it writes nothing and ends with exit code 1 where the page names a test that is not there any more, or a promise has none.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as prettier from 'prettier';

import { projectRoot } from './lib/paths.mjs';
import { PROMISES } from './lib/promise-list.mjs';
import { findPromisedTests } from './lib/promised-tests.mjs';

const PAGE = join(projectRoot, 'docs', 'promises.md');
const found = findPromisedTests();

if (process.argv.includes('--check')) check();
else writeFileSync(PAGE, await page());

function check() {
  const problems = [];
  const present = new Set([...found].flatMap(([id, tests]) => tests.map((test) => `${id} ${lineOf(test)}`)));
  for (const id of PROMISES.flatMap(({ promises }) => Object.keys(promises))) {
    if (!found.has(id)) problems.push(`${id}: no test names this promise`);
  }
  for (const { id, line } of listed()) {
    if (!present.has(`${id} ${line}`))
      problems.push(`${id}: the page names a test that is not there: ${line}`);
  }
  if (problems.length === 0) return;
  console.error(problems.join('\n'));
  console.error('Write the page anew with `npm run promises`, and see that each promise still has its test.');
  process.exitCode = 1;
}

/** What the page says, test by test. */
function listed() {
  const lines = [];
  let id = '';
  let file = '';
  for (const line of readFileSync(PAGE, 'utf8').split('\n')) {
    id = /^### (\w+)$/.exec(line)?.[1] ?? id;
    file = /^- `(.*)`$/.exec(line)?.[1] ?? file;
    const name = /^ {2}- (.*)$/.exec(line)?.[1];
    if (name !== undefined) lines.push({ id, line: `${file}: ${name}` });
  }
  return lines;
}

async function page() {
  const overview = PROMISES.flatMap(({ title, promises }) => [
    `## ${title}\n`,
    '| | promise | tests | in |',
    '| --- | --- | --- | --- |',
    ...Object.entries(promises).map(([id, words]) => {
      const tests = found.get(id) ?? [];
      const files = [...new Set(tests.map(({ file }) => file))];
      return `| [${id}](#${id.toLowerCase()}) | ${words} | ${tests.length} | ${shortList(files)} |`;
    }),
    '',
  ]);
  const details = PROMISES.flatMap(({ promises }) =>
    Object.entries(promises).flatMap(([id, words]) => [
      `### ${id}\n`,
      `${words}\n`,
      ...testList(found.get(id) ?? []),
      '',
    ]),
  );
  const text = [
    '# What the desk promises, and the tests that hold it to it\n',
    'Written by `npm run promises` from the names of the tests: a test, or the group around it, begins with the id of its promise. `npm run check` fails where a test of this page is gone or a promise has none.\n',
    ...overview,
    '## Test by test\n',
    ...details,
  ].join('\n');
  return prettier.format(text, { ...(await prettier.resolveConfig(PAGE)), parser: 'markdown' });
}

function shortList(files) {
  const named = files.slice(0, 3).map((file) => `\`${file}\``);
  return named.join(', ') + (files.length > 3 ? ` and ${files.length - 3} more` : '');
}

function testList(tests) {
  const files = Map.groupBy(tests, ({ file }) => file);
  return [...files].flatMap(([file, inFile]) => [
    `- \`${file}\``,
    ...inFile.map((test) => `  - ${nameOf(test)}`),
  ]);
}

function lineOf(test) {
  return `${test.file}: ${nameOf(test)}`;
}

/** As code, so that no character of a name is taken for markup. */
function nameOf({ name }) {
  return `\`${name.replaceAll('`', "'").replaceAll(/\s+/g, ' ')}\``;
}
