import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { startPracticeOn } from '../../practice/practice.ts';
import type { Practice } from '../../practice/practice.ts';
import type { ActAnswer, Backend, Json, Params, Verification } from '../port.ts';
import { actDefinitions } from './acts.ts';
import { coinruler } from './kind.ts';
import { readDefinitions } from './reads.ts';
import type { Harness } from './testing/harness.ts';
import { createHarness, eventually } from './testing/harness.ts';
import { practiceBackend } from '../../practice/port.ts';

/** The backend and a practice server that speaks the protocol, on one clock that stands still until a test moves it. */
let clock: ManualClock;
let practice: Practice;
let harness: Harness;
let backend: Backend;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coinruler-contract-'));
  clock = createManualClock(Date.UTC(2030, 0, 1));
  practice = await open(0);
  harness = createHarness({
    address: practiceBackend(practice.ready, 'coinruler').address,
    ownerId: practiceBackend(practice.ready, 'coinruler').secrets.ownerId ?? null,
    clock,
  });
  backend = coinruler.create(harness.context);
});

afterEach(async () => {
  backend.dispose();
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (port: number): Promise<Practice> =>
  startPracticeOn(clock, {
    stateFile: join(folder, 'practice.json'),
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 7,
    ports: { coinruler: port },
    controlPort: null,
    quiet: true,
  });

const BY = { requestId: 'request-1', origin: 'window' };
const state = (kind: string) => harness.event('link-status', ({ status }) => status.state.kind === kind);

const statusOf = (approvalId: string) =>
  harness.event('approval-status', (event) => event.approvalId === approvalId);

async function act(
  name: string,
  params: Params = {},
): Promise<{ answer: ActAnswer; verification: Verification }> {
  const answer = await backend.acting.perform(name, params, BY);
  return { answer, verification: await backend.acting.verify(name, params, answer) };
}

async function propose(params: Params): Promise<string> {
  const { answer, verification } = await act('approvals.create', { title: 'Test', ...params });
  expect(verification.kind).toBe('confirmed');
  const { approvals } = await harness.event('approvals-read', (event) =>
    event.approvals.some(({ title }) => title === 'Test'),
  );
  expect(answer.kind).toBe('accepted');
  return approvals.find(({ title }) => title === 'Test')?.id ?? '';
}

describe('the practice server', () => {
  it('passes the connection test', async () => {
    const steps = await coinruler.test(harness.context);
    expect(steps.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });

  it('refuses a wrong owner id without anything having been done', async () => {
    const other = createHarness({
      address: practiceBackend(practice.ready, 'coinruler').address,
      ownerId: 'somebody',
      clock,
    });
    const steps = await coinruler.test(other.context);
    expect(steps.find(({ outcome }) => outcome === 'failed')?.name).toBe('Owner id');
  });

  it('D3 shows what it holds once the link is live', async () => {
    backend.start();
    await state('live');
    const { holdings, portfolio } = await harness.event('portfolio');
    expect(holdings.length).toBeGreaterThan(1);
    expect(holdings.some(({ asset }) => asset.startsWith('_'))).toBe(false);
    expect(Number(portfolio.totalUsd)).toBeGreaterThan(0);
    expect(await harness.event('kill-switch')).toMatchObject({ killSwitch: { enabled: false } });
  });
});

describe('a decision from end to end', () => {
  it('proposes, reads afresh, approves, and hears of it as decided here', async () => {
    backend.start();
    await state('live');
    const approvalId = await propose({ side: 'sell', asset: 'BTC', quantity: 0.001 });
    const { subject } = await backend.acting.prepare('approval.approve', { approvalId });
    expect(subject).toMatchObject({
      side: 'sell',
      instrument: 'BTC',
      quantity: '0.001',
      executable: false,
      proposer: 'Quarterdeck',
    });
    const { verification } = await act('approval.approve', { approvalId });
    expect(verification.kind).toBe('confirmed');
    expect(await statusOf(approvalId)).toMatchObject({
      approvalId,
      status: 'approved',
      decidedHere: true,
    });
  });

  it('A6 a decision made elsewhere is shown as such', async () => {
    backend.start();
    await state('live');
    const approvalId = await propose({ side: 'sell', asset: 'BTC', quantity: 0.001 });
    await fetch(`${practiceBackend(practice.ready, 'coinruler').address}/approvals/${approvalId}`, {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        'x-owner-id': practiceBackend(practice.ready, 'coinruler').secrets.ownerId,
      },
      body: JSON.stringify({ status: 'declined', actedBy: 'phone' }),
    });
    expect(await statusOf(approvalId)).toMatchObject({
      approvalId,
      status: 'declined',
      decidedBy: 'phone',
      decidedHere: false,
    });
    const { checks } = await backend.acting.prepare('approval.approve', { approvalId });
    expect(checks[0]?.verdict).toBe('block');
  });

  it('executes with a code that is typed from the console', async () => {
    backend.start();
    await state('live');
    practice.desk.state.mfaThresholdUsd = 1;
    const approvalId = await propose({ side: 'sell', asset: 'ETH', allocationPct: 50 });
    const first = await backend.acting.perform('approval.execute', { approvalId }, BY);
    expect(first.kind).toBe('needs-code');
    const wrong = await backend.acting.perform('approval.execute', { approvalId, mfaCode: '000000' }, BY);
    expect(wrong.kind).toBe('needs-code');
    const mfaCode = String(practice.desk.state.mfaCodes.at(-1)?.code);
    const { answer, verification } = await act('approval.execute', { approvalId, mfaCode });
    expect([answer.kind, verification.kind]).toEqual(['accepted', 'confirmed']);
    const { trade } = await harness.event('trade', (event) => event.trade.approvalId === approvalId);
    expect(trade).toMatchObject({ side: 'sell', instrument: 'ETH' });
    expect(await statusOf(approvalId)).toMatchObject({
      decidedHere: true,
    });
    expect(JSON.stringify(harness.events.all)).not.toContain(mfaCode);
    const again = await backend.acting.perform('approval.execute', { approvalId }, BY);
    expect(again).toMatchObject({ kind: 'refused' });
  });
});

describe('panic', () => {
  it('K4 K12 halts, is confirmed by reading, is heard as an event, and resumes', async () => {
    backend.start();
    await state('live');
    expect((await backend.panic?.halt('drill'))?.kind).toBe('accepted');
    expect(await backend.panic?.read()).toMatchObject({
      enabled: true,
      setBy: 'quarterdeck',
      reason: 'drill',
    });
    expect(await harness.event('kill-switch', ({ killSwitch }) => killSwitch.enabled === true)).toBeTruthy();
    expect((await backend.panic?.resume('done'))?.kind).toBe('accepted');
    expect(await backend.panic?.read()).toMatchObject({ enabled: false });
  });
});

describe('D3 the server is killed and comes back', () => {
  it('what was decided elsewhere meanwhile is missing from the next list, and what is new is on it', async () => {
    backend.start();
    await state('live');
    const approvalId = await propose({ side: 'sell', asset: 'BTC', quantity: 0.001 });
    const port = Number(new URL(practiceBackend(practice.ready, 'coinruler').address).port);
    await practice.stop();
    await state('waiting');
    practice = await open(port);
    await fetch(`${practiceBackend(practice.ready, 'coinruler').address}/approvals/${approvalId}`, {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        'x-owner-id': practiceBackend(practice.ready, 'coinruler').secrets.ownerId,
      },
      body: JSON.stringify({ status: 'declined', actedBy: 'phone' }),
    });
    const readBefore = harness.events.all.length;
    backend.wake();
    await eventually(() =>
      harness.events.all.slice(readBefore).some((event) => event.type === 'approvals-read'),
    ).toBe(true);
    const list = harness.events.all.slice(readBefore).find((event) => event.type === 'approvals-read');
    expect(list).toMatchObject({ complete: true });
    expect(list?.type === 'approvals-read' && list.approvals.some(({ id }) => id === approvalId)).toBe(false);
  });
});

describe('a deposit', () => {
  it('§4.4 adds to what is held, leaves the rest, and is told apart from profit', async () => {
    backend.start();
    await state('live');
    const before = await harness.event('portfolio');
    const { verification } = await act('portfolio.deposit', { asset: 'BTC', amount: 0.25 });
    expect(verification.kind).toBe('confirmed');
    const after = await harness.event('portfolio', ({ depositUsd }) => depositUsd !== null);
    const quantity = (event: typeof after, asset: string): number =>
      Number(event.holdings.find((holding) => holding.asset === asset)?.quantity);
    expect(quantity(after, 'BTC')).toBeCloseTo(quantity(before, 'BTC') + 0.25, 8);
    expect(after.holdings.map(({ asset }) => asset).sort()).toEqual(
      before.holdings.map(({ asset }) => asset).sort(),
    );
    const price = Number(before.holdings.find(({ asset }) => asset === 'BTC')?.priceUsd);
    expect(Number(after.depositUsd)).toBeCloseTo(0.25 * price, 0);
  });
});

describe('every read', () => {
  const given: Record<string, (desk: Practice) => Params> = {
    'rules.metrics': ({ desk }) => ({ ruleId: desk.state.rules[0]?._id ?? '' }),
    'rotation.policy': () => ({ service: 'coinbase' }),
  };
  // The practice server has the calls of the fact sheet; the sheet only names these families.
  const beyond = ['ml.', 'intelligence', 'knowledge', 'exchange'];

  it.each(readDefinitions.map(({ descriptor }) => descriptor))(
    '$id answers in the shape of a $view',
    async ({ id, view }) => {
      const answer = await backend
        .read(id, given[id]?.(practice) ?? {}, new AbortController().signal)
        .catch((error: unknown) => String(error));
      if (beyond.some((prefix) => id.startsWith(prefix)) && typeof answer === 'string') {
        expect(answer).toMatch(/does not know this call/);
        return;
      }
      if (view === 'table') expect(isTable(answer)).toBe(true);
      else if (view === 'distribution') expect(answer).toMatchObject({ unit: 'USD', days: 30 });
      else expect(answer).toBeTypeOf('object');
      expect(JSON.stringify(answer)).not.toMatch(/"_|oldKeyId|newKeyId|mfaCode/);
    },
  );

  function isTable(answer: Json): boolean {
    const isCell = (cell: Json): boolean => cell === null || typeof cell !== 'object';
    return (
      Array.isArray(answer) &&
      answer.every((row) => typeof row === 'object' && row !== null && Object.values(row).every(isCell))
    );
  }
});

describe('every act', () => {
  const params: Record<string, (desk: Practice) => Params> = {
    'approvals.create': () => ({ side: 'buy', asset: 'BTC', allocationPct: 1 }),
    'portfolio.deposit': () => ({ asset: 'ETH', amount: 1 }),
    'portfolio.snapshot': () => ({ balances: '{"BTC": 1}', prices: '{"BTC": 60000}' }),
    'objectives.replace': () => ({ objectives: { coreAssets: { BTC: { baseline: 0.1 } } } }),
    'rules.create': () => ({
      rule: {
        name: 'r',
        enabled: false,
        trigger: { type: 'interval', every: '1h' },
        conditions: [],
        actions: [{ type: 'exit', symbol: 'BTC', allocationPct: 0.01 }],
      },
    }),
    'rules.activate': ({ desk }) => ({ ruleId: desk.state.rules[0]?._id ?? '' }),
    'rules.deactivate': ({ desk }) => ({ ruleId: desk.state.rules[0]?._id ?? '' }),
    'rules.backtest': ({ desk }) => ({ ruleId: desk.state.rules[0]?._id ?? '' }),
    'rotation.rotate': () => ({ service: 'openai' }),
    'rotation.policy': () => ({ service: 'openai', enabled: true, rotationIntervalDays: 30 }),
  };
  const onItems = ['approval.approve', 'approval.decline', 'approval.execute'];
  const nothingToReread = ['rotation.check'];

  it.each(actDefinitions.map(({ descriptor }) => descriptor.id).filter((id) => !onItems.includes(id)))(
    '%s is accepted and re-read',
    async (id) => {
      const { answer, verification } = await act(id, params[id]?.(practice) ?? {});
      expect(answer.kind).toBe('accepted');
      expect(verification.kind).toBe(nothingToReread.includes(id) ? 'unverifiable' : 'confirmed');
      expect(JSON.stringify(answer)).not.toMatch(/oldKeyId|newKeyId|_key_/);
    },
  );

  it('approval.decline ends a proposal', async () => {
    const approvalId = await propose({ side: 'buy', asset: 'BTC', allocationPct: 1 });
    const { verification } = await act('approval.decline', { approvalId, reason: 'no' });
    expect(verification.kind).toBe('confirmed');
  });
});

describe('the chat', () => {
  it('streams an answer to its end', async () => {
    const messages = [
      { id: 'm1', role: 'user' as const, content: 'How is the portfolio?', atMs: clock.now() },
    ];
    let answer = '';
    const stream = backend.chat?.stream(messages, new AbortController().signal);
    const pieces = (async () => {
      for await (const piece of stream ?? []) answer += piece;
    })();
    // The analyst speaks on the clock.
    let isDone = false;
    void pieces.finally(() => (isDone = true));
    await eventually(async () => {
      await clock.advance(100);
      return isDone;
    }).toBe(true);
    await pieces;
    expect(answer.length).toBeGreaterThan(10);
  });
});
