import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { CommandOrigin } from '#shared/domain/command.ts';
import { commandOrigin } from '#shared/domain/command.ts';
import type { JournalEntry, JournalQuery } from '#shared/domain/journal/journal.ts';
import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';

import { PRACTICE_BACKEND_ID } from '../backends/practice-backends.ts';
import { everything } from '../journal/testing/harness.ts';
import { createSystemClock } from '../lib/clock.ts';
import { practiceBackend } from '../practice/port.ts';
import type { Practice } from '../practice/practice.ts';
import { startPractice } from '../practice/practice.ts';
import { control } from './practice-child.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';
import { soon } from '../lib/testing/soon.ts';

let folder: string;
let practice: Practice;
let desk: TestDesk;
let controlAddress: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-record-'));
  practice = await startPractice({
    stateFile: null,
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 3,
    ports: {},
    controlPort: 0,
    quiet: true,
  });
  controlAddress = practice.ready.controlAddress ?? '';
  desk = await startTestDesk(folder, createSystemClock());
  const { address, secrets } = practiceBackend(practice.ready, 'coinruler');
  desk.core.fleet.setPractice([{ kind: 'coinruler', address, secrets }]);
  await soon(() => expect(linkState()).toBe('live'));
});

afterEach(async () => {
  await desk.stop();
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
});

it.each(commandOrigin.options)(
  'S5 a decision from %s is written with its origin and request id, before it is sent and when it is known',
  async (origin: CommandOrigin) => {
    const title = `Sell from ${origin}`;
    const { approval } = (await control(controlAddress, 'propose', {
      symbol: 'ETH',
      side: 'sell',
      quantity: 0.1,
      title,
    })) as { approval: { _id: string } };
    const approvalId = approval._id;
    const key = `${PRACTICE_BACKEND_ID}/${approvalId}`;
    await soon(() => expect(desk.core.desk.get('approvals', key)).toBeDefined());
    const requestId = randomUUID();
    await desk.core.door.submit({
      requestId,
      backendId: PRACTICE_BACKEND_ID,
      act: 'approval.decline',
      params: { approvalId: approvalId },
      origin,
      acceptedWarnings: [],
    });

    const commands = await written({ text: `"${requestId}"`, kinds: ['command'] }, 2);
    expect(commands.map(recordOf)).toMatchObject([
      {
        phase: 'intent',
        requestId,
        origin,
        params: { approvalId: approvalId },
        proposal: { id: approvalId },
      },
      {
        phase: 'outcome',
        requestId,
        status: 'confirmed',
        answers: [
          {
            asked: `PATCH /approvals/${approvalId}`,
            status: 200,
            body: expect.stringContaining('ok') as string,
          },
        ],
      },
    ]);
    expect(commands[0]?.summary).toContain(`from ${origin}`);
    const decided = await written({ text: `"${approvalId}" "status declined"`, kinds: ['approval'] }, 1);
    expect(recordOf(decided[0])).toMatchObject({ id: approvalId, status: 'declined', decidedHere: true });
  },
);

it('S5 what is refused before it is sent is written as well', async () => {
  const requestId = randomUUID();
  const params = { approvalId: 'no-such-proposal' };
  await desk.core.door.submit({
    requestId,
    backendId: PRACTICE_BACKEND_ID,
    act: 'approval.approve',
    params,
    origin: 'palette',
    acceptedWarnings: [],
  });
  const [entry] = await written({ text: `"${requestId}"` }, 1);
  expect(recordOf(entry)).toMatchObject({ phase: 'outcome', requestId, status: 'blocked' });
});

it.each(['window', 'tray', 'hotkey', 'palette'] as const)(
  'S5 PANIC from %s, what became of it on each backend, and the resume are written',
  async (origin) => {
    desk.core.panic.press(origin);
    const [pressed] = await written({ kinds: ['panic'] }, 1);
    expect(recordOf(pressed)).toMatchObject({ phase: 'pressed', origin, backendIds: [PRACTICE_BACKEND_ID] });
    const settled = await written({ text: '"PANIC on" "confirmed"', kinds: ['kill-switch'] }, 1);
    const target = recordOf(settled[0]) as { requestedAtMs: number; settledAtMs: number };
    expect(target).toMatchObject({
      backendId: PRACTICE_BACKEND_ID,
      state: 'confirmed',
      answers: [{ asked: expect.stringContaining('/kill-switch') as string, status: 200 }],
    });
    expect(target.settledAtMs).toBeGreaterThanOrEqual(target.requestedAtMs);

    await desk.core.panic.resume(RESUME_WORD, 'window');
    const all = await written({ kinds: ['panic'] }, 3);
    expect(all.map(recordOf)).toMatchObject([
      { phase: 'pressed' },
      { phase: 'resuming', origin: 'window' },
      { phase: 'resumed' },
    ]);
  },
);

it('S5 a change of settings is written with what it was and from where it was made', async () => {
  desk.core.changeSettings({ attention: { sound: false } }, 'tray');
  desk.core.changeSettings({ limits: { hardValueUsd: '5000' } }, 'window');
  desk.settings.change({ practice: { enabled: false } });
  desk.core.changeSettings({ attention: { sound: false } }, 'window');
  const entries = await written({ text: '"settings changed"', kinds: ['settings'] }, 3);
  expect(entries.map(({ summary }) => summary)).toEqual([
    'Settings changed from tray: attention.sound on → off',
    'Settings changed from window: limits.hardValueUsd none → 5000',
    'Settings changed from desk: practice.enabled on → off',
  ]);
});

it('S5 credentials that are saved and removed are written by name, never by value', async () => {
  await desk.core.vault.set('bot-9', 'ownerId', 'a-value-that-nobody-may-read');
  await desk.core.vault.remove('bot-9', 'ownerId');
  const entries = await written({ backendId: 'bot-9' }, 2);
  expect(entries.map(({ summary }) => summary)).toEqual([
    'Credential saved: ownerId',
    'Credential removed: ownerId',
  ]);
  expect(JSON.stringify(entries)).not.toContain('nobody-may-read');
});

it('S5 a backend that is added and removed is written', async () => {
  const config = { ...practiceConfigOf(), id: 'bot-9', name: 'My bot', practice: false, enabled: false };
  await desk.core.fleet.save(config, {});
  await desk.core.fleet.remove('bot-9');
  const entries = await written({ backendId: 'bot-9', kinds: ['settings'] }, 2);
  expect(entries.map(({ summary }) => summary)).toEqual([
    'Configured backend "My bot"',
    'Removed backend bot-9',
  ]);
});

it('S5 trouble of a link, a halt made elsewhere, and what became of telling them are written', async () => {
  await control(controlAddress, 'kill-switch', {
    enabled: true,
    reason: 'by the exchange',
    setBy: 'somebody',
  });
  const [halt] = await written({ text: 'somebody ', kinds: ['kill-switch'] }, 1);
  expect(recordOf(halt)).toMatchObject({ enabled: true, setBy: 'somebody' });
  const [told] = await written({ kinds: ['notification'], leastSeverity: 'high' }, 1);
  expect(recordOf(told)).toMatchObject({
    outcomes: [
      { channel: 'native', result: 'blocked' },
      { channel: 'sound' },
      { channel: 'in-app', result: 'failed' },
    ],
  });

  await practice.stop();
  const trouble = await written({ kinds: ['link'], leastSeverity: 'medium' }, 1);
  expect(trouble[0]).toMatchObject({ backendId: PRACTICE_BACKEND_ID });
  expect(recordOf(trouble[0])).toHaveProperty('cause.message');
});

/** Entries that match, oldest first, once there are so many. */
async function written(query: Partial<JournalQuery>, atLeast: number): Promise<JournalEntry[]> {
  let found: JournalEntry[] = [];
  await soon(async () => {
    found = (await desk.journal.search(everything(query))).reverse();
    expect(found.length).toBeGreaterThanOrEqual(atLeast);
  });
  return found;
}

const recordOf = (entry: JournalEntry | undefined): unknown => JSON.parse(entry?.data ?? 'null') as unknown;
const linkState = () => desk.core.desk.get('links', `${PRACTICE_BACKEND_ID}/live`)?.state.kind;

function practiceConfigOf() {
  const config = desk.core.desk.get('backends', PRACTICE_BACKEND_ID);
  if (config === undefined) throw new Error('the practice backend is not there');
  return config;
}
