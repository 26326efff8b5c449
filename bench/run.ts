/**
 * Measures the desk beside what bounds it and what others use, and prints one table: `npm run bench -- [NAME ...]`. Ends with code 1
 * where a target is missed. Without names it runs every row and writes the results into docs/performance.md.
 */
import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Judged } from './frame/judge.ts';
import { judge } from './frame/judge.ts';
import { machineWords, writePage } from './frame/page.ts';
import type { Measured } from './frame/row.ts';
import { tableOf } from './frame/table.ts';

type Message = { kind: 'progress' | 'failed'; words: string } | { kind: 'measured'; measured: Measured };

/** A row that says nothing for so long hangs, and does not keep the others waiting. The longest that works is a journal of a million entries. */
const SILENCE_LIMIT_MS = 5 * 60_000;

const all = readdirSync(join(import.meta.dirname, 'rows'))
  .map((file) => file.replace(/\.\w+$/, ''))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no row “${unknown.join('”, “')}”. There are: ${all.join(', ')}.`);
  process.exit(2);
}
const names = asked.length > 0 ? asked : all;

const results: Judged[] = [];
const raw: Record<string, Measured | { failed: string }> = {};
for (const [index, name] of names.entries()) {
  const startedAtMs = performance.now();
  try {
    const measured = await measureApart(name, (words) => {
      process.stderr.write(`\r\u001B[K[${index + 1} of ${names.length}] ${name}: ${words}`);
    });
    raw[name] = measured;
    results.push(...judge(measured));
    process.stderr.write(`, ${((performance.now() - startedAtMs) / 1_000).toFixed(0)} s\n`);
  } catch (error) {
    raw[name] = { failed: String(error) };
    process.stderr.write(`\n${name}: ${String(error)}\n`);
  }
}

const table = tableOf(results);
const failed = names.filter((name) => 'failed' in (raw[name] ?? {}));
console.log(`${machineWords()}\n\n${table}`);
if (failed.length > 0) console.log(`Not measured: ${failed.join(', ')}.`);
const missed = results.filter(({ verdict }) => verdict === 'missed' || verdict === 'too noisy');
console.log(
  missed.length === 0
    ? `No target is missed${failed.length === 0 ? '' : ' of what was measured'}.`
    : `Not met: ${missed.map(({ title, gate, verdict }) => `${title} (${gate.unit}): ${verdict}`).join('; ')}.`,
);
const folder = join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, 'latest.json'),
  JSON.stringify({ machine: machineWords(), results, raw }, null, 1),
);
if (asked.length === 0) writePage(table, failed);
process.exit(missed.length + failed.length === 0 ? 0 : 1);

/** In a process of its own: no row inherits another's compiled code or heap. */
function measureApart(name: string, tell: (words: string) => void): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'run-row.ts'), [name], {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    });
    let giveUp: NodeJS.Timeout | undefined;
    const listen = (): void => {
      clearTimeout(giveUp);
      giveUp = setTimeout(() => {
        reject(new Error(`said nothing for ${SILENCE_LIMIT_MS / 60_000} minutes and was ended`));
        child.kill();
      }, SILENCE_LIMIT_MS);
    };
    listen();
    child.on('message', (message: Message) => {
      listen();
      if (message.kind === 'progress') tell(message.words);
      else if (message.kind === 'measured') resolve(message.measured);
      else reject(new Error(message.words));
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(giveUp);
      reject(new Error(`ended with code ${String(code)} before it was done`));
    });
  });
}
