import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { ChannelConfig, ChannelKindName } from '#shared/domain/attention/channel.ts';
import { channelConfig, channelKindName } from '#shared/domain/attention/channel.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { createConnections } from '../../connections/connections.ts';
import type { JournalRecord } from '../../journal/port.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Fault, ServiceOfKind } from '../channels/testing/five-services.ts';
import { startServiceOfKind } from '../channels/testing/five-services.ts';
import type { Outbound } from '../port.ts';
import { createOutbound } from './outbound.ts';
import type { KeptItem } from './outbox.ts';
import { recallOutbox } from './outbox-memory.ts';

const RECIPIENTS: Record<ChannelKindName, string[]> = {
  email: ['one@example.com', 'two@example.com', 'three@example.com'],
  sms: ['+4915112345671', '+4915112345672', '+4915112345673'],
  telegram: ['1', '2', '3'],
  discord: [],
  slack: [],
};

let service: ServiceOfKind;
let clock: ManualClock;
let outbound: Outbound;
let journal: JournalRecord[];
let memory: Map<string, unknown>;
let config: ChannelConfig;

beforeEach(() => {
  clock = createManualClock();
  journal = [];
  memory = new Map();
});
afterEach(async () => {
  outbound.dispose();
  await service.end();
});

async function start(kind: ChannelKindName, recipients = RECIPIENTS[kind].slice(0, 1)): Promise<void> {
  service = await startServiceOfKind(kind);
  const { options } = service;
  const given = { id: 'mine', kind, name: 'Mine', enabled: true, minSeverity: 'low', practice: true };
  config = channelConfig.parse({ ...given, recipients, options });
  outbound = open();
}

/** The channels of a desk that was started; what an earlier one wrote down is there. */
function open(): Outbound {
  const settings = settingsSchema.parse({ channels: [config] });
  const refuse = (): never => {
    throw new Error('Nothing is changed here.');
  };
  return createOutbound({
    settings: {
      get: () => settings,
      onChange: () => () => undefined,
      saveChannel: refuse,
      removeChannel: refuse,
    },
    vault: {
      status: () => ({ secrets: [] }),
      set: refuse,
      removeAll: refuse,
      reveal: async (_owner, name) => service.secrets[name] ?? null,
    },
    connections: createConnections({ clock, log: silentLogger, random: () => 0 }),
    journal: {
      append: (entry) => void journal.push(entry),
      remember: async (key, value) => void memory.set(key, structuredClone(value)),
      recall: async (key) => memory.get(key) ?? null,
    },
    nameOf: (backendId) => backendId,
    isPractice: () => false,
    clock,
    log: silentLogger,
  });
}

function offer(severity: Severity = 'critical', title = 'halted'): void {
  outbound.offer({
    key: `alert/${title}`,
    backendId: null,
    title,
    body: 'Set by a limit',
    severity,
    sound: 'alert',
    destination: { place: 'alerts', itemId: null },
    approvalKey: null,
  });
}

const kept = (): Promise<KeptItem[]> =>
  recallOutbox({ recall: async (key) => memory.get(key) ?? null }, config.id);

/** Until so many attempts at the only message are over and the next one waits; answers how long it waits. */
async function triedInVain(attempts: number): Promise<number> {
  await expect
    .poll(async () => (await kept()).map((item) => [item.attempts, item.sending]))
    .toEqual([[attempts, false]]);
  const [item] = await kept();
  return (item?.dueAtMs ?? 0) - clock.now();
}

const outcomes = (): string[] => journal.map(({ summary }) => summary);
const settled = (count: number) => expect.poll(outcomes).toHaveLength(count);
const takenBy = (): string[] => service.taken.map(({ to }) => to);

/** Nothing of it is left, and nothing comes behind it. */
async function nothingMore(count: number): Promise<void> {
  await expect.poll(kept).toEqual([]);
  await clock.advance(2 * HOUR_MS);
  expect(await kept()).toEqual([]);
  expect(service.taken).toHaveLength(count);
  expect(clock.pending()).toBe(0);
}

const dateIn = (ms: number): string => new Date(createManualClock().now() + ms).toUTCString();

describe.each(channelKindName.options)('%s', (kind) => {
  it('L1 a server that nobody reaches, then again: delivered once', async () => {
    await start(kind);
    await service.stop();
    offer();
    const waitMs = await triedInVain(1);
    await service.startAgain();
    await clock.advance(waitMs);
    await settled(1);
    expect(outcomes()).toEqual(['halted (Mine: delivered)']);
    expect(service.taken[0]?.text).toContain('halted');
    await nothingMore(1);
  });

  const patience: [string, Fault, number][] =
    kind === 'email'
      ? [
          ['451', { status: 451 }, 10 * SECOND_MS],
          ['421', { status: 421 }, 10 * SECOND_MS],
        ]
      : [
          ['500', { status: 500 }, 10 * SECOND_MS],
          ['429 and 90 seconds', { status: 429, retryAfter: '90' }, 90 * SECOND_MS],
          [
            '429 and a date',
            { status: 429, retryAfter: dateIn(4 * MINUTE_MS), date: dateIn(0) },
            4 * MINUTE_MS,
          ],
        ];
  it.each(patience)(
    'L1 answers %s, then is well: delivered once, and not before its time',
    async (_words, fault, pauseMs) => {
      await start(kind);
      service.faults.push(fault);
      offer();
      expect(await triedInVain(1)).toBe(pauseMs);
      await clock.advance(pauseMs - 1);
      expect(service.attempts()).toBe(1);
      await clock.advance(1);
      await settled(1);
      expect(outcomes()).toEqual(['halted (Mine: delivered)']);
      await nothingMore(1);
    },
  );

  it('L1 takes it and is cut off before it says so: what is medium is there once, and its fate is said', async () => {
    await start(kind);
    service.faults.push('break');
    offer('medium');
    await settled(1);
    expect(outcomes()[0]).toMatch(/^halted \(Mine: unknown: /);
    await nothingMore(1);
  });

  it('L1 takes it and is cut off: what is critical is sent again, and the second says that it may be a repetition', async () => {
    await start(kind);
    service.faults.push('break');
    offer('critical');
    await clock.advance(await triedInVain(1));
    await settled(1);
    const [first, second] = service.taken.map(({ text }) => /sent\W+again/i.test(text.replaceAll('+', ' ')));
    expect([first, second]).toEqual([false, true]);
    await nothingMore(2);
  });

  it('L1 reads it and never answers: given up within a minute, and what is critical arrives in the end', async () => {
    await start(kind);
    service.faults.push('hold');
    offer('critical');
    await expect.poll(() => service.attempts()).toBe(1);
    await clock.advance(kind === 'email' ? MINUTE_MS : 20 * SECOND_MS);
    await clock.advance(await triedInVain(1));
    await settled(1);
    expect(outcomes()).toEqual(['halted (Mine: delivered)']);
    await nothingMore(1);
  });

  it('D6 is out of order while the desk is started again: delivered once by the next desk', async () => {
    await start(kind);
    service.faults.push({ status: kind === 'email' ? 451 : 503 });
    offer();
    await triedInVain(1);
    outbound.dispose();
    outbound = open();
    await outbound.start();
    await clock.advance(MINUTE_MS);
    await expect.poll(outcomes).toContain('halted (Mine: delivered)');
    await nothingMore(1);
  });
});

describe.each(['email', 'sms', 'telegram'] as const)('%s to several', (kind) => {
  const [first = '', second = '', third = ''] = RECIPIENTS[kind];

  async function untilSettled(): Promise<void> {
    for (let attempts = 1; journal.length === 0; attempts += 1) {
      await expect.poll(() => service.attempts()).toBe(attempts);
      await expect.poll(async () => (await kept()).every(({ sending }) => !sending)).toBe(true);
      await clock.advance(2 * SECOND_MS);
    }
  }

  it('L1 of whom one is refused: that one is named, and the others have it once', async () => {
    await start(kind, RECIPIENTS[kind]);
    service.unknown.add(second);
    offer();
    await untilSettled();
    expect(takenBy()).toEqual([first, third]);
    expect(service.attempts()).toBe(3);
    expect(outcomes()).toHaveLength(1);
    expect(outcomes()[0]).toContain(`failed for ${second}: `);
    expect(outcomes()[0]).not.toContain(first);
    await nothingMore(2);
  });

  it('L1 of whom one has to wait: it has it in the end, and nobody has it twice', async () => {
    await start(kind, RECIPIENTS[kind]);
    service.faults.push({ status: kind === 'email' ? 451 : 503 });
    offer();
    await expect.poll(() => service.attempts()).toBe(1);
    while (journal.length === 0) {
      await expect.poll(async () => (await kept()).every(({ sending }) => !sending)).toBe(true);
      await clock.advance(SECOND_MS);
    }
    expect(takenBy().toSorted()).toEqual([first, second, third].toSorted());
    expect(outcomes()).toEqual(['halted (Mine: 3 delivered)']);
    await nothingMore(3);
  });
});
