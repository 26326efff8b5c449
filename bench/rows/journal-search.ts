import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { journalQuery } from '#shared/domain/journal/journal.ts';

import { openWritable } from '#electron/journal/file/open-file.ts';
import { search } from '#electron/journal/search/reader.ts';

import { cpuMicros } from '../frame/measure.ts';
import type { Gate, Row } from '../frame/row.ts';
import { ensureJournal } from '../journal-file.ts';

const ENTRIES = 1_000_000;
const SEARCHES = 5;

/** What a person types, and the bare query of the same. */
const CASES: readonly [name: string, typed: string, bare: string][] = [
  ['a common word', 'volume ', 'volume'],
  ['a rare id', '"harbor-999928"', '"harbor 999928"'],
  ['two words', 'negative BTCUSDT ', 'negative AND btcusdt'],
  ['a beginning', 'volu', 'volu*'],
  ['a phrase', '"near its limit"', '"near its limit"'],
];

/** A page of entries over a million of them, kept beside the system's temporary files from one run to the next (1 GB). */
export const row: Row = {
  title: 'Journal: search a million entries',
  rounds: 7,
  gates: CASES.map(([name]): Gate => ({
    figure: name,
    unit: `ms of CPU, ${name}`,
    against: 'floor',
    bound: { atMost: 2 },
  })),
  open() {
    const file = join(tmpdir(), `quarterdeck-bench-journal-${ENTRIES}.sqlite`);
    ensureJournal(file, ENTRIES, (written) =>
      process.send?.({ kind: 'progress', words: `${written} entries written` }),
    );
    const database = openWritable(file, { check: false });
    const bare = database.prepare(
      'SELECT entries.* FROM entry_words JOIN entries ON entries.seq = entry_words.rowid WHERE entry_words MATCH ? ORDER BY entry_words.rowid DESC LIMIT 100',
    );
    const timed = async (
      run: (typed: string, expression: string) => number,
    ): Promise<Record<string, number>> => {
      const figures: Record<string, number> = {};
      for (const [name, typed, expression] of CASES) {
        let found = 0;
        const micros = await cpuMicros(() => {
          for (let count = 0; count < SEARCHES; count += 1) found = run(typed, expression);
        });
        if (found === 0) throw new Error(`${name}: nothing found`);
        figures[name] = micros / SEARCHES / 1_000;
      }
      return figures;
    };
    return {
      contenders: {
        floor: {
          label: 'bare FTS5 query, the newest 100 entries',
          run: () => timed((_typed, expression) => bare.all(expression).length),
        },
        ours: {
          label: 'the journal’s search, a page as the window gets it',
          run: () => timed((text) => search(database, journalQuery.parse({ text, limit: 100 })).length),
        },
      },
      close: () => database.close(),
    };
  },
};
