import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { CommandOutcome } from '#shared/domain/command.ts';
import type { PanicState } from '#shared/domain/panic/kill-switch.ts';
import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';
import { aBackend } from '#shared/domain/testing/entries.ts';

import { PRACTICE_BACKEND_ID } from '../backends/practice-backends.ts';
import { createSystemClock } from '../lib/clock.ts';
import type { Practice } from '../practice/practice.ts';
import { startPractice } from '../practice/practice.ts';
import { control } from './practice-child.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';
import { practiceBackend } from '../practice/port.ts';
import { soon } from '../lib/testing/soon.ts';

let folder: string;
let practice: Practice;
let desk: TestDesk;
let controlAddress: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-live-'));
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
  const {
    address,
    secrets: { ownerId = '' },
  } = practiceBackend(practice.ready, 'coinruler');
  desk.core.fleet.setPractice([{ kind: 'coinruler', address, secrets: { ownerId } }]);
  await soon(() =>
    expect(desk.core.desk.get('links', `${PRACTICE_BACKEND_ID}/live`)?.state.kind).toBe('live'),
  );
});

afterEach(async () => {
  await desk.stop();
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the desk on the practice server, from the wire to the journal', () => {
  it('A5 two windows that approve the same proposal send one decision', async () => {
    const approvalId = await propose();
    const outcomes = await Promise.all([
      decide('approval.approve', approvalId),
      decide('approval.approve', approvalId),
    ]);

    expect(outcomes.map(({ status }) => status)).toContain('confirmed');
    const { requests } = (await control(controlAddress, 'state')) as { requests: Record<string, number> };
    expect(requests['PATCH /approvals/:id']).toBe(1);
    expect(desk.core.desk.get('approvals', `${PRACTICE_BACKEND_ID}/${approvalId}`)).toMatchObject({
      status: 'approved',
      decidedHere: true,
    });
  });

  it('A6 a proposal that was declined elsewhere cannot be approved here', async () => {
    const approvalId = await propose();
    await control(controlAddress, 'declined-elsewhere', { id: approvalId });
    await soon(() => expect(statusOf(approvalId)).toBe('declined'));

    expect(await decide('approval.approve', approvalId)).toMatchObject({ status: 'blocked' });
    expect(desk.core.desk.get('approvals', `${PRACTICE_BACKEND_ID}/${approvalId}`)?.decidedHere).toBe(false);
  });

  it('executing a proposal trades, and the portfolio and the journal show it', async () => {
    const approvalId = await propose();
    const before = desk.core.desk.get('holdings', `${PRACTICE_BACKEND_ID}/ETH`)?.quantity;
    expect(await decide('approval.execute', approvalId)).toMatchObject({ status: 'confirmed' });

    await soon(() =>
      expect(desk.core.desk.get('holdings', `${PRACTICE_BACKEND_ID}/ETH`)?.quantity).not.toBe(before),
    );
    await soon(async () => {
      const entries = await desk.journal.search({ ...anyEntry, text: approvalId, kinds: ['command'] });
      expect(entries.length).toBeGreaterThan(0);
    });
  });

  it('A5 a reply that is lost after the server decided is settled by re-reading', async () => {
    const approvalId = await propose();
    await control(controlAddress, 'lose-replies', { remaining: 1, path: `/approvals/${approvalId}` });
    await decide('approval.decline', approvalId);

    await soon(() => expect(statusOf(approvalId)).toBe('declined'));
    const { requests } = (await control(controlAddress, 'state')) as { requests: Record<string, number> };
    expect(requests['PATCH /approvals/:id']).toBe(1);
  });

  it('K3 K4 panic is confirmed by re-reading and stops what adds risk, and K7 only the typed word resumes', async () => {
    const approvalId = await propose();
    desk.core.panic.press('window');
    await soon(() => expect(targetState()).toBe('confirmed'));
    expect(await killSwitchOfServer()).toMatchObject({ enabled: true });

    expect(await decide('approval.execute', approvalId)).toMatchObject({ status: 'blocked' });
    expect(await decide('approval.decline', approvalId)).toMatchObject({ status: 'confirmed' });

    expect(await desk.core.panic.resume('please', 'window')).toMatchObject({ resumed: false });
    expect(await killSwitchOfServer()).toMatchObject({ enabled: true });
    expect(await desk.core.panic.resume(RESUME_WORD, 'window')).toMatchObject({ resumed: true });
    expect(await killSwitchOfServer()).toMatchObject({ enabled: false });
  });

  it('K14 a halt that the server lifts by itself is announced and set again', async () => {
    desk.core.panic.press('tray');
    await soon(() => expect(targetState()).toBe('confirmed'));
    await control(controlAddress, 'kill-switch', {
      enabled: false,
      reason: 'auto-recovery',
      setBy: 'system:risk',
    });

    await soon(async () =>
      expect(await killSwitchOfServer()).toMatchObject({ enabled: true, setBy: 'quarterdeck' }),
    );
    await soon(() => expect(target()?.reasserted).toBe(1));
  });

  it('K6 a latched panic survives a restart of the desk', async () => {
    desk.core.panic.press('window');
    await soon(() => expect(panicState()).toMatchObject({ kind: 'latched', durable: true }));
    await desk.stop();

    desk = await startTestDesk(folder, createSystemClock());
    expect(panicState()).toMatchObject({ kind: 'latched' });
  });

  it('S1 the owner id of a backend is in no file of the data folder', async () => {
    const { address } = practiceBackend(practice.ready, 'coinruler');
    const planted = 'owner-827364519283746';
    const config = aBackend({ id: 'mine', kind: 'coinruler', name: 'Mine', address, colour: '#11aa55' });
    await desk.core.fleet.save(config, { ownerId: planted });
    // The practice server refuses it, so it goes through every path that tells of an error.
    await soon(() => expect(desk.core.desk.get('links', 'mine/live')?.state.kind).toBe('stopped'));
    await desk.stop();

    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes(planted), name).toBe(false);
    desk = await startTestDesk(folder, createSystemClock());
  });
});

const anyEntry = {
  text: '',
  kinds: [],
  backendId: null,
  leastSeverity: null,
  symbol: '',
  fromMs: null,
  toMs: null,
  beforeSeq: null,
  limit: 100,
};

async function propose(): Promise<string> {
  const { approval } = (await control(controlAddress, 'propose', {
    symbol: 'ETH',
    side: 'sell',
    quantity: 0.01,
  })) as {
    approval: { _id: string };
  };
  await soon(() => expect(statusOf(approval._id)).toBe('pending'));
  return approval._id;
}

function decide(act: string, approvalId: string): Promise<CommandOutcome> {
  return desk.core.door.submit({
    requestId: randomUUID(),
    backendId: PRACTICE_BACKEND_ID,
    act,
    params: { approvalId },
    origin: 'window',
    acceptedWarnings: [],
  });
}

const statusOf = (approvalId: string) =>
  desk.core.desk.get('approvals', `${PRACTICE_BACKEND_ID}/${approvalId}`)?.status;
const panicState = (): PanicState | undefined => desk.core.desk.get('panic', 'panic');

function target() {
  const state = panicState();
  return state?.kind === 'latched'
    ? state.targets.find(({ backendId }) => backendId === PRACTICE_BACKEND_ID)
    : undefined;
}
const targetState = () => target()?.state;

async function killSwitchOfServer(): Promise<unknown> {
  const answer = await fetch(`${practiceBackend(practice.ready, 'coinruler').address}/kill-switch`);
  return answer.json();
}
