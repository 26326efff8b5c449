import { beforeEach, describe, expect, it } from 'vitest';

import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { ChannelDelivery } from '#shared/domain/attention/channel.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import type { OutboundMessage, SendAnswer } from '../channels/channel-kind.ts';
import type { Outbox } from './outbox.ts';
import { createOutbox } from './outbox.ts';

const DELIVERED: SendAnswer = { kind: 'delivered' };
const later = (afterMs: number | null = null): SendAnswer => ({ kind: 'later', reason: 'busy', afterMs });
const UNKNOWN: SendAnswer = { kind: 'unknown', reason: 'no answer' };

let clock: ManualClock;
let outbox: Outbox;
let answers: SendAnswer[];
let sent: string[];
let fates: (ChannelDelivery & { title: string })[];
let hold: (() => void)[] | null;
let breaks: boolean;

beforeEach(() => {
  clock = createManualClock();
  answers = [];
  sent = [];
  fates = [];
  hold = null;
  breaks = false;
  outbox = createOutbox({
    clock,
    keep: null,
    spacingMs: SECOND_MS,
    sender: {
      async send({ title }) {
        sent.push(title);
        if (breaks) throw new Error('the vault is locked');
        const held = hold;
        if (held !== null) await new Promise<void>((resolve) => held.push(resolve));
        return answers.shift() ?? DELIVERED;
      },
      dispose: () => undefined,
    },
    onFate: ({ title }, delivery) => fates.push({ title, ...delivery }),
  });
});

function offer(title: string, severity: Severity = 'medium', about = title, recipient = 'me'): void {
  const message: OutboundMessage = { id: title, title, body: '', severity, atMs: clock.now() };
  outbox.offer(message, about, recipient);
}
const results = () => fates.map(({ title, result }) => `${title} ${result}`);

describe('what waits for a channel', () => {
  it('is sent one by one in the pace of the service, the most important first', async () => {
    hold = [];
    offer('first');
    offer('low', 'low');
    offer('critical', 'critical');
    offer('medium');
    hold.splice(0).forEach((go) => go());
    hold = null;
    await clock.advance(SECOND_MS - 1);
    expect(sent).toEqual(['first']);
    await clock.advance(5 * SECOND_MS);
    expect(sent).toEqual(['first', 'critical', 'medium', 'low']);
    expect(results()).toHaveLength(4);
  });

  it('L1 is tried again after a refusal for now, and delivered once', async () => {
    answers = [later(), later()];
    offer('one');
    await clock.advance(2 * MINUTE_MS);
    expect(sent).toEqual(['one', 'one', 'one']);
    expect(fates).toEqual([
      { title: 'one', recipient: 'me', result: 'delivered', reason: null, attempts: 3 },
    ]);
    await clock.advance(60 * MINUTE_MS);
    expect(sent).toHaveLength(3);
  });

  it('waits as long as the service asks for, with everything', async () => {
    answers = [later(MINUTE_MS)];
    offer('one');
    await clock.advance(0);
    offer('two', 'critical');
    await clock.advance(MINUTE_MS - 1);
    expect(sent).toEqual(['one']);
    await clock.advance(2 * SECOND_MS);
    expect(sent).toEqual(['one', 'two', 'one']);
  });

  it('is given up in the end, and the reason is said', async () => {
    answers = Array.from({ length: 20 }, () => later());
    offer('one', 'critical');
    await clock.advance(3 * 60 * MINUTE_MS);
    expect(sent).toHaveLength(7);
    expect(fates).toMatchObject([{ result: 'failed', reason: 'busy', attempts: 7 }]);
    expect(clock.pending()).toBe(0);
  });

  it('is said to have failed where its sender breaks, and holds nothing up', async () => {
    breaks = true;
    offer('one');
    await clock.advance(0);
    breaks = false;
    offer('two');
    await clock.advance(2 * SECOND_MS);
    expect(results()).toEqual(['one failed', 'two delivered']);
  });

  it('is sent again with an unknown fate only where twice is better than never', async () => {
    answers = [UNKNOWN];
    offer('medium');
    await clock.advance(MINUTE_MS);
    expect(sent).toEqual(['medium']);
    expect(results()).toEqual(['medium unknown']);
    answers = [UNKNOWN];
    offer('critical', 'critical');
    await clock.advance(MINUTE_MS);
    expect(sent).toEqual(['medium', 'critical', 'critical']);
    expect(results().at(-1)).toBe('critical delivered');
  });

  it('L1 waits no longer because the clock was set back, neither for its turn nor for its next try', async () => {
    answers = [later(20 * SECOND_MS)];
    offer('one');
    await clock.advance(0);
    clock.jump(-24 * 60 * MINUTE_MS);
    offer('two');
    await clock.advance(20 * SECOND_MS);
    await clock.advance(2 * SECOND_MS);
    expect(sent.toSorted()).toEqual(['one', 'one', 'two']);
    expect(results().toSorted()).toEqual(['one delivered', 'two delivered']);
  });

  it('gives its place to a newer message about the same', async () => {
    answers = [later()];
    offer('count 1', 'medium', 'spikes');
    await clock.advance(0);
    offer('count 2', 'medium', 'spikes');
    await clock.advance(MINUTE_MS);
    expect(sent).toEqual(['count 1', 'count 2']);
    expect(results()).toEqual(['count 1 dropped', 'count 2 delivered']);
  });

  it('A6 is not sent any more when it was dealt with meanwhile, also while it was being tried', async () => {
    answers = [later(), later()];
    offer('waiting');
    await clock.advance(0);
    outbox.withdraw('waiting');
    expect(results()).toEqual(['waiting dropped']);
    hold = [];
    offer('trying');
    await clock.advance(SECOND_MS);
    outbox.withdraw('trying');
    hold.splice(0).forEach((go) => go());
    await clock.advance(60 * MINUTE_MS);
    expect(sent).toEqual(['waiting', 'trying']);
    expect(results()).toEqual(['waiting dropped', 'trying dropped']);
  });

  it('D7 is bounded: the least important makes room and says so', async () => {
    hold = [];
    offer('busy', 'critical');
    for (let index = 0; index < 60; index += 1) offer(`low ${index}`, 'low');
    offer('last', 'critical');
    expect(results().filter((one) => one.endsWith('dropped'))).toHaveLength(11);
    hold.splice(0).forEach((go) => go());
    hold = null;
    await clock.advance(2 * SECOND_MS);
    expect(sent.slice(0, 2)).toEqual(['busy', 'last']);
  });

  it('is said to be unsent when the channel closes, and nothing is left behind', async () => {
    answers = [later()];
    offer('one');
    await clock.advance(0);
    outbox.dispose();
    expect(fates).toMatchObject([{ result: 'dropped', attempts: 1 }]);
    expect(clock.pending()).toBe(0);
  });
});

it('D6 what may leave at once is written down once before it does, and each after it once', async () => {
  const written: string[] = [];
  const kept = createOutbox({
    clock,
    spacingMs: SECOND_MS,
    sender: {
      send({ title }) {
        written.push(`${title} leaves`);
        return Promise.resolve(DELIVERED);
      },
      dispose: () => undefined,
    },
    onFate: () => undefined,
    keep(items) {
      written.push(items.map(({ message, sending }) => `${message.title}${sending ? ' going' : ''}`).join());
      return Promise.resolve();
    },
  });
  for (const id of ['one', 'two'])
    kept.offer({ id, title: id, body: '', severity: 'high', atMs: clock.now() }, id, 'me');
  await clock.advance(2 * SECOND_MS);
  expect(written).toEqual(['one going', 'one going,two', 'one leaves', 'two', 'two going', 'two leaves', '']);
});
