import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import { journalQuery } from '#shared/domain/journal/journal.ts';
import { DAY_MS, MINUTE_MS } from '#shared/time.ts';
import { anAlert } from '#shared/domain/testing/entries.ts';

import { configured } from '../attention/testing/desk-events.ts';
import type { ManualClock } from '../lib/clock.ts';
import { createManualClock } from '../lib/clock.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';

let folder: string;
let clock: ManualClock;
let desk: TestDesk;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-open-alerts-'));
  clock = createManualClock();
  desk = await startTestDesk(folder, clock);
});
afterEach(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

const dispatch = (...events: DeskEvent[]): void => events.forEach((event) => desk.core.desk.dispatch(event));

const alert = (id: string, rest: Partial<Alert> = {}): DeskEvent => ({
  type: 'alert',
  alert: anAlert({
    backendId: 'a',
    id,
    kind: 'ltv_warning',
    severity: 'critical',
    rawSeverity: 'critical',
    message: `message ${id}`,
    groupKey: id,
    occurredAtMs: null,
    receivedAtMs: clock.now(),
    ...rest,
  }),
});

const open = (): string[] => [...desk.core.desk.entries('alerts')].map(([, { id }]) => id).toSorted();
async function journaled(kind: 'alert' | 'notification'): Promise<string[]> {
  // The journal writes in batches, by the desk's clock.
  await clock.advance(100);
  const found = await desk.journal.search(journalQuery.parse({ kinds: [kind], limit: 500 }));
  return found.map(({ summary }) => summary);
}

async function startAgain(afterMs: number): Promise<void> {
  await desk.stop();
  clock.jump(afterMs);
  desk = await startTestDesk(folder, clock);
}

it('L4 L3 what was critical and open when the desk ended is open after the start, told as such, and ends by being acknowledged', async () => {
  dispatch(configured('a'), configured('b'));
  dispatch(
    alert('open'),
    alert('open', { id: 'again', groupKey: 'open' }),
    alert('dealt with'),
    alert('high', { severity: 'high' }),
    alert('medium', { severity: 'medium' }),
    alert('gone', { backendId: 'b' }),
    { type: 'alert-acknowledged', alertKey: 'a/dealt with', atMs: clock.now() },
  );
  await expect.poll(() => journaled('alert')).toHaveLength(7);

  await startAgain(MINUTE_MS);
  // Only of backends that are there.
  dispatch(configured('a'));
  await expect.poll(open).toEqual(['high', 'open']);
  expect(desk.core.desk.get('alerts', 'a/open')).toMatchObject({ count: 2, severity: 'critical' });
  await expect
    .poll(async () => (await journaled('notification')).join('\n'))
    .toContain('Still open: Bot a: LTV warning');
  // They stand in the journal already.
  expect(await journaled('alert')).toHaveLength(7);
  // The same one, replayed by its backend, is no second one.
  dispatch(alert('open'));
  expect(open()).toEqual(['high', 'open']);

  dispatch({ type: 'alert-acknowledged', alertKey: 'a/open', atMs: clock.now() });
  await expect.poll(() => journaled('alert')).toHaveLength(8);
  await startAgain(MINUTE_MS);
  dispatch(configured('a'));
  await expect.poll(open).toEqual(['high']);
});

it('L4 what is older than a week stays in the journal', async () => {
  dispatch(configured('a'), alert('old'));
  await expect.poll(() => journaled('alert')).toHaveLength(1);
  await startAgain(8 * DAY_MS);
  dispatch(configured('a'), alert('new'));
  await expect.poll(() => journaled('alert')).toHaveLength(2);
  expect(open()).toEqual(['new']);
});
