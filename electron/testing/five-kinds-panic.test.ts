import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { CommandOutcome } from '#shared/domain/command.ts';
import type { PanicState, PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';

import { createSystemClock } from '../lib/clock.ts';
import type { FiveBackends } from './five-backends.ts';
import { startFiveBackends } from './five-backends.ts';
import { openGate } from './recording-gate.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';
import { soon } from '../lib/testing/soon.ts';

const MODEL = 1;

let five: FiveBackends;
let folder: string;
let desk: TestDesk;

beforeEach(async () => {
  five = await startFiveBackends();
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-panic-five-'));
  desk = await startTestDesk(folder, createSystemClock());
  desk.settings.change({ limits: { softValueUsd: null } });
  for (const { config, secrets } of five.all) await desk.core.fleet.save(config, secrets);
  await soon(() => expect(notLive()).toEqual([]));
  await five.models.control('ai-start-elsewhere', { modelId: await firstModel(), mode: 'agent' });
  await desk.core.fleet.get('models')?.refresh();
  await follow();
});
afterEach(async () => {
  await desk.stop();
  await five.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('all five kinds at once, each in a process of its own', () => {
  it('K13 a rehearsal walks the way of every halt, says who cannot be reached, and halts nothing', async () => {
    const all = await desk.core.rehearsal.run('window');
    expect(statesOf(all.backends)).toEqual({
      bot: 'ready',
      models: 'ready',
      traders: 'ready',
      hub: 'nothing-to-halt',
      volume: 'nothing-to-halt',
    });
    for (const { notProved } of all.backends) expect(notProved.length).toBeGreaterThan(0);

    five.traders.freeze();
    await five.models.kill();
    const some = await desk.core.rehearsal.run('window');
    five.traders.thaw();
    await five.models.comeBack();
    expect(statesOf(some.backends)).toMatchObject({
      bot: 'ready',
      models: 'unreachable',
      traders: 'unreachable',
    });
    expect(some.durable).toBe(true);

    expect(await botHalted()).toBe(false);
    expect(await followed()).toBe(1);
  });

  it('K1 K2 K4 K5 K7 one frozen and one offline delay no other, each is told as it is, and comes later', async () => {
    five.traders.freeze();
    await five.models.kill();
    desk.core.panic.press('tray');
    await soon(() => expect(target('bot')?.state).toBe('confirmed'));
    await soon(() => expect(target('traders')?.state).toBe('unconfirmed'));
    const frozen = target('traders');
    expect((frozen?.settledAtMs ?? 0) - (frozen?.requestedAtMs ?? 0)).toBeGreaterThanOrEqual(4_900);
    expect(frozen?.detail).toContain('Unfollow on the server’s own page');
    await soon(() => expect(target('models')).toMatchObject({ state: 'offline' }));
    expect(target('models')?.detail).toContain('has NOT taken effect there');
    expect(target('models')?.detail).toContain('Stop the models on AI-Trader’s own page');
    expect([target('hub')?.state, target('volume')?.state]).toEqual(['not-supported', 'not-supported']);
    expect(await botHalted()).toBe(true);

    five.traders.thaw();
    await soon(() => expect(target('traders')?.state).toBe('confirmed'));
    expect(await followed()).toBe(0);

    await five.models.comeBack();
    await soon(() => expect(target('models')?.state).toBe('confirmed'));
    expect(await modelsAtWork()).toEqual([]);

    const answer = await desk.core.panic.resume(RESUME_WORD, 'window');
    expect(answer).toMatchObject({ resumed: true });
    for (const name of ['Coin bot', 'Models', 'Traders'])
      expect(answer.message).toContain(`${name}: resumed`);
    expect(await botHalted()).toBe(false);
    // K7: nothing restarts by itself.
    expect(await modelsAtWork()).toEqual([]);
    expect(await followed()).toBe(0);
  });

  it('K3 while PANIC is on nothing that adds risk passes on any kind, and what reduces it does', async () => {
    const { approval } = proposed.parse(
      await five.bot.control('propose', { symbol: 'ETH', side: 'buy', quantity: 0.01 }),
    );
    await soon(() => expect(desk.core.desk.get('approvals', `bot/${approval._id}`)).toBeDefined());
    desk.core.panic.press('window');
    await soon(() => expect(openTargets()).toEqual([]));
    const approvalId = approval._id;

    const adding = await Promise.all([
      submit('bot', 'approval.approve', { approvalId }),
      submit('models', 'start-classic', {
        modelId: String(MODEL),
        startDate: '2026-01-05',
        endDate: '2026-01-06',
      }),
      submit('traders', 'follow', { traderId: wallet(), amount: 100 }),
    ]);
    for (const outcome of adding) {
      expect(outcome.status).toBe('blocked');
      expect(outcome.message).toMatch(/PANIC/);
    }
    const reducing = await Promise.all([
      submit('bot', 'approval.decline', { approvalId }),
      submit('models', 'stop-model', { modelId: String(MODEL) }),
      submit('traders', 'unfollow', { traderId: wallet() }),
    ]);
    for (const outcome of reducing) expect(outcome.message).not.toMatch(/PANIC/);
    expect(reducing[0].status).toBe('confirmed');
    await desk.core.panic.resume(RESUME_WORD, 'window');
  });

  it('K5 the halt is the first thing that each kind is sent when it returns', async () => {
    const gates = await Promise.all(halted.map(({ of }) => openGate(five[of].config.address)));
    for (const [index, { of }] of halted.entries()) {
      const { config, secrets } = five[of];
      await desk.core.fleet.save({ ...config, address: gates[index]?.address ?? '' }, secrets);
    }
    await soon(() => expect(notLive()).toEqual([]));
    await Promise.all(gates.map((gate) => gate.shut()));
    desk.core.panic.press('window');
    await soon(() =>
      expect(halted.map(({ of }) => target(five[of].config.id)?.state)).toEqual([
        'offline',
        'offline',
        'offline',
      ]),
    );
    await Promise.all(gates.map((gate) => gate.open()));
    await soon(() => expect(openTargets()).toEqual([]));
    for (const [index, { first }] of halted.entries())
      expect(gates[index]?.asked.find(isQuestion)).toMatch(first);
    await desk.core.panic.resume(RESUME_WORD, 'window');
    await Promise.all(gates.map((gate) => gate.shut()));
  });

  it('K14 what starts by itself on any kind while PANIC is on is halted again, or said', async () => {
    desk.core.panic.press('window');
    await soon(() => expect(openTargets()).toEqual([]));
    await five.bot.control('kill-switch', { enabled: false, reason: 'recovered', setBy: 'system:risk' });
    await soon(() => expect(target('bot')?.reasserted).toBe(1));
    await soon(async () => expect(await botHalted()).toBe(true));

    await five.models.control('ai-start-elsewhere', { modelId: await firstModel(), mode: 'intraday' });
    await desk.core.fleet.get('models')?.refresh();
    await soon(() => expect(target('models')?.state).toBe('failed'));
    expect(alertWords()).toContain('Models was resumed by somebody unknown while PANIC is latched');
    desk.core.panic.press('window');
    await soon(() => expect(target('models')?.state).toBe('confirmed'));
    expect(await modelsAtWork()).toEqual([]);
    await desk.core.panic.resume(RESUME_WORD, 'window');
  });

  it('K6 a press over five backends outlives the desk, and is read back on each after it starts again', async () => {
    desk.core.panic.press('hotkey');
    await soon(() => expect(openTargets()).toEqual([]));
    await soon(() => expect(latched()?.durable).toBe(true));
    await desk.stop();
    desk = await startTestDesk(folder, createSystemClock());
    expect(latched()).toMatchObject({ origin: 'hotkey', presses: 1 });
    // Secrets live for the session here: they are typed again, which connects anew.
    for (const { config, secrets } of five.all) await desk.core.fleet.save(config, secrets);
    await soon(() => expect(openTargets()).toEqual([]));
    await desk.core.panic.resume(RESUME_WORD, 'window');
  });
});

/** What halts each of those that can be halted, as it stands on the wire. */
const halted = [
  { of: 'bot', first: /^POST \/kill-switch$/ },
  { of: 'models', first: /^POST \/api\/trading\/stop\/|^POST \/api\/models\/\d+\/runs\/.*stop$/ },
  { of: 'traders', first: /^POST \/api\/traders\/unfollow$/ },
] as const;
/** Everything but the opening of a stream, beside which the halt goes out. */
const isQuestion = (line: string): boolean => !/^GET \/(socket\.io|live|api\/trading\/stream)\b/.test(line);
const proposed = z.object({ approval: z.object({ _id: z.string() }) });
const botTruth = z.object({ killSwitch: z.object({ enabled: z.boolean() }) });
const aiTruth = z.object({
  aiModels: z.array(z.object({ id: z.number(), name: z.string(), active: z.boolean() })),
});
const copyTruth = z.object({ copyTrading: z.object({ follows: z.array(z.unknown()) }) });

const botHalted = async (): Promise<boolean> =>
  botTruth.parse(await five.bot.control('state')).killSwitch.enabled;
const followed = async (): Promise<number> =>
  copyTruth.parse(await five.traders.control('state')).copyTrading.follows.length;
async function modelsAtWork(): Promise<string[]> {
  const { aiModels } = aiTruth.parse(await five.models.control('state'));
  return aiModels.filter(({ active }) => active).map(({ name }) => name);
}
async function firstModel(): Promise<number> {
  const [first] = aiTruth.parse(await five.models.control('state')).aiModels;
  if (first === undefined) throw new Error('there is no model');
  return first.id;
}

function notLive(): string[] {
  const links = [...desk.core.desk.entries('links')].map(([, link]) => link);
  return five.all
    .map(({ config }) => config.id)
    .filter((id) => !links.some((link) => link.backendId === id && link.state.kind === 'live'));
}

function wallet(): string {
  const [first] = [...desk.core.desk.entries('traders')].map(([, trader]) => trader);
  if (first === undefined) throw new Error('there is no trader');
  return first.id;
}

async function follow(): Promise<void> {
  await soon(() => expect(desk.core.desk.size('traders')).toBeGreaterThan(0));
  const params = { traderId: wallet(), amount: 100 };
  const { checks } = await submit('traders', 'follow', params);
  const warned = checks.filter(({ verdict }) => verdict === 'warn').map(({ id }) => id);
  const outcome = await submit('traders', 'follow', params, warned);
  expect(outcome.status, outcome.message).toBe('confirmed');
}

let requests = 0;
function submit(
  backendId: string,
  act: string,
  params: Record<string, string | number>,
  acceptedWarnings: string[] = [],
): Promise<CommandOutcome> {
  requests += 1;
  const requestId = `five-panic-${requests}`;
  return desk.core.door.submit({ requestId, backendId, act, params, origin: 'window', acceptedWarnings });
}

const statesOf = (backends: readonly { backendId: string; state: string }[]): Record<string, string> =>
  Object.fromEntries(backends.map(({ backendId, state }) => [backendId, state]));
function latched(): Extract<PanicState, { kind: 'latched' }> | null {
  const state = desk.core.desk.get('panic', 'panic');
  return state?.kind === 'latched' ? state : null;
}
const target = (backendId: string): PanicTarget | undefined =>
  latched()?.targets.find((one) => one.backendId === backendId);
/** What is not settled as it should be with everybody there; at least the three that can be halted have to be among the targets. */
function openTargets(): string[] {
  const wanted = ['bot', 'models', 'traders'];
  return wanted.filter((id) => target(id)?.state !== 'confirmed');
}
const alertWords = (): string =>
  [...desk.core.desk.entries('alerts')].map(([, { message }]) => message).join(' ');
