import type { ChannelDelivery } from '#shared/domain/attention/channel.ts';
import type { Severity } from '#shared/domain/alerts/alert.ts';
import { severity as severities } from '#shared/domain/alerts/alert.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';
import { told } from '#shared/told.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { OutboundMessage, SendAnswer, Sender } from '../channels/channel-kind.ts';

/** Pauses before a message that was certainly not taken is tried again; after the last it has failed. */
const PAUSES_MS = [
  10 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
];
/** How many may wait for one channel. Beyond it the least important one, and of these the oldest, is dropped and said so. */
const MOST_WAITING = 50;

export interface OutboxParts {
  sender: Sender;
  spacingMs: number;
  clock: Clock;
  /** Called once for each message and recipient, when its fate is known. */
  onFate(message: OutboundMessage, delivery: ChannelDelivery): void;
  /** Writes down what waits and what is on its way; resolves when that is on disk, or cannot be. `null` keeps nothing. */
  keep: ((items: readonly KeptItem[]) => Promise<void>) | null;
}

/** What has to be known of a message to go on with it after a restart. */
export interface KeptItem {
  message: OutboundMessage;
  about: string;
  recipient: string;
  attempts: number;
  dueAtMs: number;
  /** It was given to the service, which had not answered. */
  sending: boolean;
}

/** What waits to be sent over one channel. */
export interface Outbox {
  /** `about` is what the message is about: a newer one about the same takes the place of one that waits. */
  offer(message: OutboundMessage, about: string, recipient: string): void;
  /** What it is about was dealt with: what still waits is not sent any more. */
  withdraw(about: string): void;
  /** Goes on with what was kept. What was on its way is of unknown fate, as if the service had not answered. */
  restore(items: readonly KeptItem[]): void;
  /** Ends, and leaves what waits to the next start. Answers how much that is. */
  close(): number;
  /** Says of everything that waits that it was not sent. */
  dispose: Disposer;
}

interface Waiting {
  message: OutboundMessage;
  about: string;
  recipient: string;
  attempts: number;
  dueAtMs: number;
}

/**
 * Sends one at a time, in the pace that the service takes, the most important first. What was certainly not taken is tried again at growing
 * pauses, or when the service says; what was sent without an answer is sent again only if it is high or critical (see `ChannelDelivery`).
 */
export function createOutbox({ sender, spacingMs, clock, onFate, keep }: OutboxParts): Outbox {
  let waiting: Waiting[] = [];
  let sending: Waiting | null = null;
  let withdrawn = false;
  let isOnWire = false;
  let closed = false;
  let freeAtMs = 0;
  let lookedAtMs = clock.now();
  let disposed = false;
  let stopTimer: Disposer = () => undefined;

  function settle(
    { message, recipient, attempts }: Waiting,
    result: ChannelDelivery['result'],
    reason: string | null,
  ) {
    onFate(message, { recipient, result, reason, attempts });
  }

  function makeRoom(): void {
    while (waiting.length > MOST_WAITING) {
      const least = waiting.reduce((a, b) => (rank(b) < rank(a) ? b : a));
      waiting = waiting.filter((one) => one !== least);
      settle(least, 'dropped', 'Too many messages were waiting.');
    }
  }

  /** A clock that was set back makes nothing wait longer. */
  function followClock(): void {
    const backMs = lookedAtMs - clock.now();
    lookedAtMs = clock.now();
    if (backMs <= 0) return;
    freeAtMs -= backMs;
    for (const one of waiting) one.dueAtMs -= backMs;
  }

  /** Begins with the next message if one may go now. Answers whether it did, and with that wrote down what waits. */
  function pump(): boolean {
    stopTimer();
    followClock();
    if (disposed || closed || sending !== null || waiting.length === 0) return false;
    const nowMs = clock.now();
    const due = waiting.filter(({ dueAtMs }) => dueAtMs <= nowMs);
    const nextMs = Math.max(
      freeAtMs,
      due.length > 0 ? nowMs : Math.min(...waiting.map((one) => one.dueAtMs)),
    );
    if (nextMs > nowMs) {
      stopTimer = clock.after(nextMs - nowMs, () => void pump());
      return false;
    }
    const next = due.reduce((a, b) => (rank(b) > rank(a) ? b : a));
    waiting = waiting.filter((one) => one !== next);
    sending = next;
    withdrawn = false;
    next.attempts += 1;
    if (keep === null) {
      send(next);
      return true;
    }
    // Written before it is sent: after a crash nothing that the service may have taken counts as never sent.
    isOnWire = true;
    void note().then(() => {
      if (closed || disposed || withdrawn) {
        isOnWire = false;
        sending = null;
        next.attempts -= 1;
        if (withdrawn) settle(next, 'dropped', DEALT_WITH);
        else if (closed) waiting.push(next);
        else settle(next, 'dropped', CLOSED);
        goOn();
      } else send(next);
    });
    return true;
  }

  /** Each write is a sync of the disk before the message leaves: one is enough. */
  function goOn(): void {
    if (!pump()) void note();
  }

  function send(item: Waiting): void {
    isOnWire = true;
    void sender
      .send(item.message, item.recipient)
      .catch((): SendAnswer => ({ kind: 'refused', reason: 'It could not be sent.' }))
      .then((answer) => conclude(item, answer));
  }

  function note(): Promise<void> {
    if (keep === null) return Promise.resolve();
    const onTheWay = sending === null ? [] : [{ ...sending, sending: isOnWire }];
    return keep([...onTheWay, ...waiting.map((one) => ({ ...one, sending: false }))]);
  }

  function conclude(item: Waiting, answer: SendAnswer): void {
    // After the end only an answer that says something counts; else it is kept as of unknown fate.
    if (closed && (answer.kind === 'later' || answer.kind === 'unknown')) return;
    followClock();
    sending = null;
    isOnWire = false;
    const pauseMs = answer.kind === 'delivered' ? (answer.pauseMs ?? 0) : 0;
    freeAtMs = clock.now() + Math.max(spacingMs, pauseMs);
    if (answer.kind === 'delivered') settle(item, 'delivered', null);
    else if (answer.kind === 'refused') settle(item, 'failed', answer.reason);
    else if (disposed) settle(item, answer.kind === 'unknown' ? 'unknown' : 'dropped', CLOSED);
    else if (answer.kind === 'unknown' && !isUrgent(item.message.severity))
      settle(item, 'unknown', answer.reason);
    else tryAgain(item, answer);
    goOn();
  }

  function tryAgain(item: Waiting, answer: Extract<SendAnswer, { kind: 'later' | 'unknown' }>): void {
    const pauseMs = PAUSES_MS[item.attempts - 1];
    if (pauseMs === undefined) {
      settle(item, answer.kind === 'unknown' ? 'unknown' : 'failed', answer.reason);
      return;
    }
    if (withdrawn) {
      settle(item, 'dropped', DEALT_WITH);
      return;
    }
    if (waiting.some((one) => isSame(one, item))) {
      settle(item, 'dropped', REPLACED);
      return;
    }
    const afterMs = answer.kind === 'later' ? (answer.afterMs ?? 0) : 0;
    // A service that asks for patience is given it for everything, not for this message alone.
    if (afterMs > 0) freeAtMs = Math.max(freeAtMs, clock.now() + afterMs);
    item.dueAtMs = clock.now() + Math.max(pauseMs, afterMs);
    if (answer.kind === 'unknown') item.message = asRepetition(item.message);
    waiting.push(item);
    makeRoom();
  }

  return {
    offer(message, about, recipient) {
      if (disposed || closed) return;
      followClock();
      const item = { message, about, recipient, attempts: 0, dueAtMs: clock.now() };
      const replaced = waiting.filter((one) => isSame(one, item));
      waiting = waiting.filter((one) => !isSame(one, item));
      for (const one of replaced) settle(one, 'dropped', REPLACED);
      waiting.push(item);
      makeRoom();
      goOn();
    },
    withdraw(about) {
      const done = waiting.filter((one) => one.about === about);
      waiting = waiting.filter((one) => one.about !== about);
      for (const one of done) settle(one, 'dropped', DEALT_WITH);
      if (sending?.about === about) withdrawn = true;
      if (done.length > 0) void note();
    },
    restore(items) {
      for (const { sending: wasSending, ...kept } of items) {
        const item = { ...kept, dueAtMs: Math.min(kept.dueAtMs, clock.now() + LONGEST_PAUSE_MS) };
        if (wasSending && !isUrgent(item.message.severity)) settle(item, 'unknown', ENDED_ON_THE_WAY);
        else if (waiting.some((one) => isSame(one, item))) settle(item, 'dropped', REPLACED);
        else waiting.push(wasSending ? { ...item, message: asRepetition(item.message) } : item);
      }
      makeRoom();
      goOn();
    },
    close() {
      closed = true;
      stopTimer();
      const left = waiting.length + (sending === null ? 0 : 1);
      void note();
      sender.dispose();
      return left;
    },
    dispose() {
      disposed = true;
      stopTimer();
      for (const one of waiting) settle(one, 'dropped', CLOSED);
      waiting = [];
      void keep?.([]);
      sender.dispose();
    },
  };
}

const REPLACED = 'A newer message about the same took its place.';
const DEALT_WITH = 'It was dealt with before it could be sent.';
const CLOSED = 'The channel was closed before it could be sent.';
const ENDED_ON_THE_WAY = 'The desk ended before the service said whether it took it.';
const LONGEST_PAUSE_MS = 30 * MINUTE_MS;

const AGAIN = 'Sent again, it may be there already.';

/** Says in front, where a short message is not cut off, that it may have arrived before. Once. */
const asRepetition = (message: OutboundMessage): OutboundMessage =>
  message.body.startsWith(told(AGAIN))
    ? message
    : { ...message, body: `${told(AGAIN)} ${message.body}`.trim() };

const isSame = (a: Waiting, b: Waiting): boolean => a.about === b.about && a.recipient === b.recipient;
const isUrgent = (severity: Severity): boolean => severity === 'high' || severity === 'critical';

/** Severity first; of equals the one that waits longest. */
const rank = ({ message, dueAtMs }: Waiting): number =>
  severities.options.indexOf(message.severity) * 1e15 - dueAtMs;
