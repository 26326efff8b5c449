import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { journalQuery } from '#shared/domain/journal/journal.ts';

import { pythonAlert } from '../ingest/testing/listening.ts';
import type { JournalPort } from '../journal/port.ts';
import { createSystemClock } from '../lib/clock.ts';
import { findFreePort } from '../lib/testing/free-port.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';

let folder: string;
let desk: TestDesk | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-detector-'));
});

afterEach(async () => {
  await desk?.stop();
  desk = null;
  rmSync(folder, { recursive: true, force: true });
});

/** The desk with its listener open, and a script that knows its key. */
async function listening(port: number) {
  const started = await startTestDesk(folder, createSystemClock());
  desk = started;
  const { ingest } = started.core;
  const { key } = await ingest.rotateKey();
  started.settings.change({ ingest: { enabled: true, port } });
  await expect.poll(() => ingest.status().listening).toBe(true);
  const post = (body: object): Promise<Response> =>
    fetch(ingest.status().url, {
      method: 'POST',
      headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { ...started, post };
}

it('D6 what a script was answered is in the journal at that moment, and posted again after a crash it is no second alert', async () => {
  const port = await findFreePort();
  const first = await listening(port);
  const alert = pythonAlert({ timestamp: new Date().toISOString(), message: 'spike of the test' });
  const answer = await first.post(alert);
  expect(answer.status).toBe(200);
  // The files as they are at this moment are what a desk finds that was killed at it.
  const crashed = folder;
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-detector-'));
  cpSync(crashed, folder, { recursive: true });
  await first.stop();
  rmSync(crashed, { recursive: true, force: true });
  const again = await listening(port);
  expect(await journaled(again.journal)).toBe(1);
  expect(await (await again.post(alert)).json()).toEqual(await answer.json());
  expect(await journaled(again.journal)).toBe(1);
});

/** How often the alert stands in the journal. */
async function journaled(journal: JournalPort): Promise<number> {
  const found = await journal.search(
    journalQuery.parse({ text: 'spike of the test', kinds: ['alert'], limit: 10 }),
  );
  return found.length;
}
