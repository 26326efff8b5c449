import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';

import { setAside } from '../../lib/set-aside.ts';
import { closeQuietly, COMPANION_SUFFIXES, openWritable } from './open-file.ts';
import { salvage, type SalvageReport } from './salvage.ts';
import { createWriter } from './writer.ts';

/**
 * Salvages into a file beside the damaged one and puts it in its place only when it is complete, so that a crash or a
 * full disk in the middle leaves the damaged file where it was.
 */
export function rebuildFile(file: string, nowMs: number): { words: string } {
  const fresh = rebuildingName(file);
  for (const suffix of ['', ...COMPANION_SUFFIXES]) rmSync(fresh + suffix, { force: true });
  const database = openWritable(fresh, { check: false });
  let words: string;
  try {
    const writer = createWriter(database);
    const report = salvage(file, writer);
    words = describeSalvage(report);
    writer.restore((target) =>
      target.entry({
        seq: writer.head().seq + 1,
        atMs: nowMs,
        kind: 'system',
        backendId: null,
        summary: words,
        data: JSON.stringify({ event: 'journal-rebuilt', ...report }),
      }),
    );
  } finally {
    closeQuietly(database);
  }
  const kept = setAside(file, 'corrupt', nowMs, COMPANION_SUFFIXES);
  renameSync(fresh, file);
  return { words: `${words} The damaged file is kept as ${basename(kept)}.` };
}

/** A crash between the two renames of a rebuild leaves no journal and a complete new one beside it. */
export function finishRebuild(file: string): void {
  const fresh = rebuildingName(file);
  if (!existsSync(file) && existsSync(fresh) && !existsSync(`${fresh}-wal`)) renameSync(fresh, file);
}

function describeSalvage({ entries, expected, misfits }: SalvageReport): string {
  const of = expected === null ? '' : ` of ${expected}`;
  const misfit = misfits === 0 ? '' : ` ${misfits} of them did not fit the audit chain.`;
  return `The journal was damaged and has been rebuilt: ${entries}${of} entries were saved.${misfit}`;
}

const rebuildingName = (file: string): string => `${file}.rebuilding`;
