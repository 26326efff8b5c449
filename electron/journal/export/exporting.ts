import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import type { JournalExport, JournalQuery } from '#shared/domain/journal/journal.ts';

import type { Gap } from '../chain/checkpoint.ts';
import type { ExportOrder } from './export-order.ts';
import { EXPORT_FORMATS } from './export-formats.ts';
import { matchExpression } from '../search/query.ts';
import { searchOnward } from '../search/reader.ts';
import { asNumber, asText } from '../file/rows.ts';

const PAGE = 500;

/**
 * Writes what a search finds to a file, oldest first, and yields how far it came after each page. Of several databases each goes on
 * where the one before ends. The file takes its name only when it is complete; ending the generator early leaves nothing behind.
 * Throws what the disk says.
 */
export function* exportEntries(
  databases: readonly DatabaseSync[],
  { query, format, path }: ExportOrder,
): Generator<number, JournalExport> {
  const partial = `${path}.part`;
  const shape = EXPORT_FORMATS[format];
  const file = openSync(partial, 'w', 0o600);
  let complete = false;
  let entries = 0;
  let bytes = 0;
  let afterSeq = 0;

  const write = (text: string): void => {
    const chunk = Buffer.from(text, 'utf8');
    for (let at = 0; at < chunk.length;) at += writeSync(file, chunk, at);
    bytes += chunk.length;
  };

  try {
    write(shape.head());
    for (const database of databases) {
      // What the one before holds is signed off here as not in this one, and is in the file all the same.
      const known = afterSeq;
      const gaps = isWhole(query) ? readGaps(database).filter(({ to }) => to > known) : [];
      for (;;) {
        const page = searchOnward(database, query, afterSeq, PAGE);
        let text = '';
        for (const entry of page) {
          while (gaps[0] !== undefined && gaps[0].to < entry.seq) text += shape.gap(gaps.shift() ?? gaps[0]);
          text += shape.row(entry, entries);
          entries += 1;
          afterSeq = entry.seq;
        }
        write(text);
        if (page.length < PAGE) break;
        yield entries;
      }
    }
    write(shape.tail());
    complete = true;
  } finally {
    closeSync(file);
    if (!complete) rmSync(partial, { force: true });
  }
  renameSync(partial, path);
  return { entries, bytes };
}

/** Nothing narrows it, so that the chain can be followed through the file. */
const isWhole = (query: JournalQuery): boolean =>
  matchExpression(query).kind === 'everything' && query.fromMs === null && query.toMs === null;

const readGaps = (database: DatabaseSync): Gap[] =>
  database
    .prepare('SELECT from_seq, to_seq, hash FROM checkpoints ORDER BY from_seq')
    .all()
    .map((row) => ({ from: asNumber(row.from_seq), to: asNumber(row.to_seq), hash: asText(row.hash) }));
