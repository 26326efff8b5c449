import { afterEach, describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import type { Practice } from '../practice.ts';
import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';

let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

interface Told {
  type: string;
  data: unknown;
}

async function start(
  quiet = false,
): Promise<{ practice: Practice; client: Client; clock: ManualClock; told: Told[] }> {
  const started = await startForTest({ quiet });
  stop = () => started.practice.stop();
  const told: Told[] = [];
  started.practice.desk.unit.onHappening((type, data) => told.push({ type, data }));
  return { ...started, told };
}

const created = (told: Told[]): number => told.filter((one) => one.type === 'approval:created').length;

describe('the bot and the kill switch (sheet 4.3)', () => {
  it('shows something within 15 s of the start, and at most eight proposals wait', async () => {
    const { practice, clock, told } = await start();
    await clock.advance(15 * SECOND_MS);
    expect(created(told)).toBeGreaterThan(0);
    await clock.advance(20 * MINUTE_MS);
    const pending = practice.desk.state.approvals.filter((one) => one.status === 'pending');
    expect(pending.length).toBeGreaterThan(2);
    expect(pending.length).toBeLessThanOrEqual(8);
  });

  it('a halt really stops the bot: nothing is proposed and nothing is traded until it is lifted', async () => {
    const { practice, client, clock, told } = await start();
    await clock.advance(MINUTE_MS);
    await client.own('POST', '/kill-switch', { enabled: true, reason: 'test', setBy: 'desk' });
    const executions = practice.desk.state.executions.length;
    told.length = 0;
    await clock.advance(9 * MINUTE_MS);
    expect(created(told)).toBe(0);
    expect(practice.desk.state.executions).toHaveLength(executions);
    expect(told.some((one) => one.type === 'portfolio:updated')).toBe(true);
    await client.own('POST', '/kill-switch', { enabled: false, reason: 'go on', setBy: 'desk' });
    for (const approval of practice.desk.state.approvals) approval.status = 'declined';
    await clock.advance(3 * MINUTE_MS);
    expect(created(told)).toBeGreaterThan(0);
  });

  it('a halt of anyone is lifted after ten minutes without a breach, by system:risk', async () => {
    const { client, clock, told } = await start(true);
    await client.own('POST', '/kill-switch', { enabled: true, reason: 'panic', setBy: 'desk' });
    await clock.advance(10 * MINUTE_MS);
    expect((await client.call('GET', '/kill-switch')).body).toMatchObject({ enabled: true, setBy: 'desk' });
    await clock.advance(MINUTE_MS);
    expect((await client.call('GET', '/kill-switch')).body).toMatchObject({
      enabled: false,
      reason: 'auto-recovery',
      setBy: 'system:risk',
    });
    expect(told.at(-1)).toMatchObject({
      type: 'killswitch:changed',
      data: { enabled: false, reason: 'auto-recovery' },
    });
  });

  it('stores null for what is missing, answers and tells it as missing, and keeps its _id', async () => {
    const { client, told } = await start(true);
    const before = (await client.call('GET', '/kill-switch')).body as { _id: string };
    const set = await client.own('POST', '/kill-switch', {});
    expect(Object.keys(set.body as object)).toEqual(['timestamp']);
    expect(JSON.parse(JSON.stringify(told.at(-1)))).toEqual({ type: 'killswitch:changed', data: set.body });
    const { timestamp } = set.body as { timestamp: string };
    expect((await client.call('GET', '/kill-switch')).text).toBe(
      `{"enabled":null,"reason":null,"timestamp":"${timestamp}","setBy":null,"_id":"${before._id}"}`,
    );
  });

  it('a rule that is switched off takes its behaviour with it', async () => {
    const { client, clock, told } = await start();
    const rules = (await client.call('GET', '/rules')).body as { _id: string }[];
    for (const rule of rules) await client.call('POST', `/rules/${rule._id}/activate`, { enabled: false });
    await clock.advance(10 * MINUTE_MS);
    expect(created(told)).toBe(0);
    expect(told.some((one) => one.type === 'trade:submitted')).toBe(false);
  });

  it("a person's own rule proposes again every minute while its condition holds (sheet 7.14)", async () => {
    const { practice, client, clock, told } = await start();
    for (const rule of practice.desk.state.rules) rule.enabled = false;
    await client.call('POST', '/rules', {
      name: 'mine',
      trigger: { type: 'interval', every: '1m' },
      conditions: [{ portfolioExposure: { symbol: 'BTC', gtPct: 1 } }],
      actions: [{ type: 'exit', symbol: 'BTC', allocationPct: 0.02 }],
    });
    await clock.advance(3 * MINUTE_MS);
    expect(created(told)).toBe(3);
    const [first, second] = practice.desk.state.approvals;
    expect(first).toMatchObject({
      title: 'Rule mine proposes exit',
      summary: 'conditions-met',
      amount: 0.02,
      type: 'sell',
    });
    expect({ ...second, _id: '', createdAt: '', metadata: {} }).toEqual({
      ...first,
      _id: '',
      createdAt: '',
      metadata: {},
    });
    const actions = told.filter(
      (one) => one.type === 'alert' && (one.data as { type: string }).type === 'rule_action',
    );
    expect(actions).toHaveLength(3);
  });
});

describe('alerts of the market itself', () => {
  it('come at a bearable pace, in several kinds and severities', async () => {
    const { clock, told } = await start();
    await clock.advance(30 * MINUTE_MS);
    const alerts = told
      .filter((one) => one.type === 'alert')
      .map((one) => one.data as { type: string; severity: string });
    const kinds = new Set(alerts.map((one) => one.type));
    for (const kind of ['whale', 'volatility', 'execution', 'collateral']) expect(kinds).toContain(kind);
    expect(new Set(alerts.map((one) => one.severity)).size).toBeGreaterThan(1);
    expect(alerts.length).toBeLessThan(90);
  });

  it('a quiet desk does nothing by itself', async () => {
    const { practice, clock, told } = await start(true);
    const prices = practice.desk.market.prices();
    await clock.advance(30 * MINUTE_MS);
    expect(told).toEqual([]);
    expect(practice.desk.market.prices()).toEqual(prices);
  });
});
