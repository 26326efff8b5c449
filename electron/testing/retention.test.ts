import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { DAY_MS, MINUTE_MS } from '#shared/time.ts';

import { advanceUntil, everything, healthWhere, record } from '../journal/testing/harness.ts';
import { createManualClock } from '../lib/clock.ts';
import { startTestDesk } from './test-desk.ts';

const NOW_MS = Date.UTC(2030, 0, 1);

it('D8 a change of what is kept is previewed, reaches the journal and is done soon after', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'retention-'));
  const clock = createManualClock(NOW_MS);
  const { journal, settings, stop } = await startTestDesk(folder, clock);
  for (let index = 0; index < 5; index += 1)
    await journal.appendDurably(record('a hundred days ago', { atMs: NOW_MS - 100 * DAY_MS }), MINUTE_MS);
  // The newest entry that was verified always stays.
  await journal.appendDurably(record('today', { atMs: NOW_MS }), MINUTE_MS);
  const count = async () => (await journal.search(everything({ text: 'hundred' }))).length;
  await journal.verify();
  expect(await journal.retentionPreview({ ...settings.get().retention, keepDays: 90 })).toMatchObject({
    entries: 5,
    decisions: 0,
  });
  expect(await count()).toBe(5);

  settings.change({ retention: { keepDays: 90 } });
  for (let minute = 0; minute < 9 && (await count()) > 0; minute += 1) await clock.advance(MINUTE_MS);
  expect(await count()).toBe(0);
  // Numbers of what went are not given again, so the newest entry's is larger than the count by as many.
  await advanceUntil(
    clock,
    healthWhere(journal, ({ newestSeq, entries }) => newestSeq - entries === 5),
  );
  await stop();
  rmSync(folder, { recursive: true, force: true });
});
