/**
 * How long searches over a large journal take, against the bare FTS5 query of the same: `npm run bench:journal -- [--entries N] [--file F]`.
 * A file that is there already is used as it is.
 */
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';

import type { JournalQuery } from '#shared/domain/journal/journal.ts';
import { journalQuery } from '#shared/domain/journal/journal.ts';

import { openWritable } from '#electron/journal/file/open-file.ts';
import { search } from '#electron/journal/search/reader.ts';

import { ensureJournal, FIRST_MS } from './journal-file.ts';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    file: { type: 'string' },
    rounds: { type: 'string', default: '15' },
  },
});
const wanted = Number(values.entries);
const rounds = Number(values.rounds);
const file = values.file ?? join(mkdtempSync(join(tmpdir(), 'quarterdeck-bench-')), 'journal.sqlite');

const startedAtMs = performance.now();
ensureJournal(file, wanted, (written) =>
  console.error(`${written} written, ${((performance.now() - startedAtMs) / 1_000).toFixed(0)} s`),
);
const database = openWritable(file, { check: false });
console.log(`${file}: ${wanted} entries, ${(statSync(file).size / 2 ** 20).toFixed(0)} MiB`);
measure();

function measure(): void {
  const day = (days: number): number => FIRST_MS + days * 86_400_000;
  const middleSeq = Math.floor(wanted / 2);
  const cases: [name: string, query: Partial<JournalQuery>, bare: string | null][] = [
    ['everything, newest', {}, null],
    ['everything, page in the middle', { beforeSeq: middleSeq }, null],
    ['a common word', { text: 'volume ' }, 'volume'],
    ['a rare id', { text: '"harbor-999928"' }, '"harbor 999928"'],
    ['two words', { text: 'negative BTCUSDT ' }, 'negative AND btcusdt'],
    ['two words that rarely meet', { text: 'harbor ltv_warning ' }, 'harbor AND "ltv warning"'],
    ['a word that is nowhere', { text: 'zzyzx ' }, 'zzyzx'],
    ['beginning of two letters', { text: 'vo' }, 'vo*'],
    ['beginning of four letters', { text: 'volu' }, 'volu*'],
    ['beginning of many words', { text: 'pric' }, 'pric*'],
    ['beginning of a number', { text: '123' }, '123*'],
    ['a phrase', { text: '"near its limit"' }, '"near its limit"'],
    ['a phrase of common words', { text: '"price is below"' }, '"price is below"'],
    ['kind', { kinds: ['command'] }, null],
    ['kind and word', { text: 'confirmed ', kinds: ['command'] }, 'confirmed'],
    ['kind, backend, word', { text: 'volume ', kinds: ['alert'], backendId: 'volspike-1' }, 'volume'],
    [
      'kind, backend, a month',
      { kinds: ['alert', 'trade'], backendId: 'coinruler-1', fromMs: day(100), toMs: day(130) },
      null,
    ],
    ['word in a month', { text: 'funding ', fromMs: day(100), toMs: day(130) }, 'funding'],
    ['word on an early day', { text: 'funding ', fromMs: day(3), toMs: day(4) }, 'funding'],
    ['a year', { fromMs: day(0), toMs: day(365) }, null],
    ['page deep in a word', { text: 'volume ', beforeSeq: Math.floor(wanted / 50) }, 'volume'],
    [
      'page deep in a phrase',
      { text: '"near its limit"', beforeSeq: Math.floor(wanted / 50) },
      '"near its limit"',
    ],
    ['page deep in a beginning', { text: 'volu', beforeSeq: Math.floor(wanted / 50) }, 'volu*'],
  ];
  console.log(
    '| search | found | median ms | worst ms | bare FTS5 median ms |\n| --- | --- | --- | --- | --- |',
  );
  for (const [name, query, bare] of cases) {
    const full = journalQuery.parse(query);
    const own = timed(() => search(database, full).length);
    const plain = bare === null ? null : timed(() => bareQuery(database, bare));
    console.log(
      `| ${name} | ${own.found} | ${own.medianMs.toFixed(2)} | ${own.worstMs.toFixed(2)} | ${plain === null ? '' : plain.medianMs.toFixed(2)} |`,
    );
  }
}

function bareQuery(from: DatabaseSync, expression: string): number {
  return from
    .prepare('SELECT rowid FROM entry_words WHERE entry_words MATCH ? ORDER BY rowid DESC LIMIT 100')
    .all(expression).length;
}

function timed(run: () => number): { found: number; medianMs: number; worstMs: number } {
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < rounds; round += 1) {
    const startedAtMs = performance.now();
    found = run();
    times.push(performance.now() - startedAtMs);
  }
  times.sort((a, b) => a - b);
  return { found, medianMs: times[Math.floor(times.length / 2)] ?? 0, worstMs: times.at(-1) ?? 0 };
}
