import type { z } from 'zod';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import { HOUR_MS } from '#shared/time.ts';

import type { MessageVerdict } from '../../connections/port.ts';
import { stamped } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import { plainText } from '../../lib/clean.ts';
import { createSeen } from '../../lib/recent.ts';
import { DATA, KEEP_ALIVE, rejected, usePayload } from '../kit/verdict.ts';
import { accountAlert, noticeAlert, openInterestAlert, spikeAlert, thresholdAlert } from './alerts.ts';
import type { Figures } from './figures.ts';
import { mapSpike } from './mapping.ts';
import type { MappingContext } from './mapping.ts';
import type { WireNotice, WireOpenInterestAlert, WireSpike } from './protocol.ts';
import {
  readEach,
  readEvent,
  wireInvalidated,
  wireMarketItem,
  wireMarketUpdate,
  wireMessage,
  wireNotice,
  wireOpenInterest,
  wireOpenInterestAlert,
  wireSpike,
  wireTold,
  wireTriggered,
  wireUserDeleted,
} from './protocol.ts';

/** What a message asks of the backend beyond the desk's state. */
export interface IntakeListener {
  /** The tier of this connection, as the server says at its beginning. */
  told(tier: string): void;
  tierChanged(tier: string): void;
  sessionInvalidated(sessionId: string, reason: string | undefined): void;
  /** `userId` where the server named one. */
  userDeleted(userId: string | undefined, message: string): void;
  thresholdFired(id: string): void;
  /** The server answered a request of ours that has no answer of its own. */
  refreshed(): void;
}

export interface Intake {
  /** Takes one event of the socket: applies it, or says why it could not. Never throws on bad input (D5). */
  take(line: string): MessageVerdict;
  /** Alerts of a list, merged by id with what is known (§7.6); answers how many could not be read. */
  spikes(list: readonly unknown[]): number;
  /** The same of the list of open-interest alerts, whose figures are texts (§7.2). */
  openInterestAlerts(list: readonly unknown[]): number;
  /** Emits an alert that was found by reading, once. */
  alert(alert: Alert): void;
}

/** What VolSpike says, turned into the desk's events. Remembers ids seen, bounded. */
export function createIntake(parts: {
  backendId: string;
  clock: Clock;
  emit: (event: DeskEvent) => void;
  figures: Figures;
  listener: IntakeListener;
}): Intake {
  const { backendId, clock, emit, figures, listener } = parts;
  const startedAtMs = clock.now();
  const seenSpikes = createSeen(5_000);
  const seenAlerts = createSeen(5_000);
  /** Before the first list everything in it is news only where it is younger than this desk. */
  let hasSpikeList = false;
  let hasOpenInterestList = false;

  const contextNow = (): MappingContext => ({ backendId, receivedAtMs: clock.now() });

  function emitAlert(alert: Alert): void {
    if (seenAlerts.add(alert.id)) emit({ type: 'alert', alert });
  }

  function takeSpikes(wires: readonly WireSpike[], isNews: (atMs: number) => boolean): void {
    const context = contextNow();
    // Newest first in a list; told in the order in which they happened.
    const fresh = wires
      .map((wire) => mapSpike(wire, context))
      .filter(({ id }) => seenSpikes.add(id))
      .sort((a, b) => a.occurredAtMs - b.occurredAtMs);
    if (fresh.length === 0) return;
    emit({ type: 'feed', slice: 'spikes', backendId, entries: fresh });
    for (const spike of fresh) {
      if (spike.kind === 'spike' && isNews(spike.detectedAtMs ?? spike.occurredAtMs))
        emitAlert(spikeAlert(spike, context));
    }
  }

  function takeNotice(wire: WireNotice, isNews: (atMs: number) => boolean): void {
    const alert = noticeAlert(wire, contextNow());
    if (isNews(alert.occurredAtMs ?? clock.now())) emitAlert(alert);
    else seenAlerts.add(alert.id);
  }

  function takeOpenInterestAlert(wire: WireOpenInterestAlert, isNews: (atMs: number) => boolean): void {
    const alert = openInterestAlert(wire, contextNow());
    if (isNews(wire.ts ?? clock.now())) emitAlert(alert);
    else seenAlerts.add(alert.id);
  }

  function takeMarket(list: readonly unknown[]): MessageVerdict {
    const { read, unreadable } = readEach(wireMarketItem, list);
    const context = contextNow();
    for (const item of read) figures.item(item, context);
    if (unreadable > 0 && read.length === 0) return rejected('market-update: nothing in it can be read');
    // Nothing to say is normal (§7.3), and no data.
    return read.length === 0 ? KEEP_ALIVE : DATA;
  }

  function apply(name: string, payload: unknown): MessageVerdict {
    const using = <S extends z.ZodType>(
      schema: S,
      use: (wire: z.output<S>) => MessageVerdict,
    ): MessageVerdict => usePayload({ name: plainText(name, 40), payload }, schema, use);

    switch (name) {
      case 'volume-alert': {
        const notice = wireNotice.safeParse(payload);
        if (notice.success) {
          takeNotice(notice.data, always);
          return DATA;
        }
        return using(wireSpike, (wire) => {
          takeSpikes([wire], always);
          return DATA;
        });
      }
      case 'open-interest-alert':
        return using(wireOpenInterestAlert, (wire) => {
          takeOpenInterestAlert(wire, always);
          return DATA;
        });
      case 'open-interest-update':
        return using(wireOpenInterest, (wire) => {
          figures.openInterest(wire, contextNow());
          return DATA;
        });
      case 'market-update':
        return using(wireMarketUpdate, ({ data, timestamp }) => stamped(takeMarket(data), timestamp));
      case 'symbol-data':
        return using(wireMarketItem, (wire) => {
          listener.refreshed();
          return takeMarket([wire]);
        });
      case 'user-alert-triggered':
        return using(wireTriggered, (wire) => {
          listener.thresholdFired(wire.id);
          emitAlert(thresholdAlert(wire, contextNow()));
          return DATA;
        });
      case 'connected':
        return using(wireTold, ({ tier }) => {
          listener.told(plainText(tier, 20));
          return KEEP_ALIVE;
        });
      case 'refresh-interval':
        listener.refreshed();
        return KEEP_ALIVE;
      case 'tier-changed':
        return using(wireTold, ({ tier }) => {
          listener.tierChanged(plainText(tier, 20));
          return KEEP_ALIVE;
        });
      case 'session:invalidated':
        return using(wireInvalidated, ({ sessionId, reason }) => {
          listener.sessionInvalidated(sessionId, reason);
          return KEEP_ALIVE;
        });
      case 'user-deleted':
        return using(wireUserDeleted, ({ userId, reason, message, timestamp }) => {
          const said = plainText(message, 300);
          const words = `VolSpike has ${reason !== undefined && ENDS.has(reason) ? reason : 'closed'} this account.${said === '' ? '' : ` It says: “${said}”`}`;
          // It is sent twice (§7.4), and again when it happens again.
          const when = timestamp ?? Math.floor(clock.now() / HOUR_MS);
          const id = `account-${plainText(userId, 120)}-${plainText(reason, 40)}-${when}`;
          emitAlert(accountAlert({ id, severity: 'high', message: words }, contextNow()));
          listener.userDeleted(userId, words);
          return KEEP_ALIVE;
        });
      case 'error':
        return using(wireMessage, ({ message }) =>
          rejected(`the server says: ${plainText(message, 160) || 'error'}`),
        );
      default:
        return rejected('unknown event');
    }
  }

  return {
    take(line) {
      const event = readEvent(line);
      return event === null ? rejected('not an event') : apply(event.name, event.payload);
    },
    spikes(list) {
      const spikes = readEach(wireSpike, list);
      const notices = readEach(wireNotice, list);
      const isFirst = !hasSpikeList;
      hasSpikeList = true;
      const isNews = (atMs: number): boolean => !isFirst || atMs >= startedAtMs;
      takeSpikes(spikes.read, isNews);
      for (const notice of notices.read.toReversed()) takeNotice(notice, isNews);
      return spikes.unreadable - notices.read.length;
    },
    openInterestAlerts(list) {
      const { read, unreadable } = readEach(wireOpenInterestAlert, list);
      const isFirst = !hasOpenInterestList;
      hasOpenInterestList = true;
      for (const wire of read) takeOpenInterestAlert(wire, (atMs) => !isFirst || atMs >= startedAtMs);
      return unreadable;
    },
    alert: emitAlert,
  };
}

const always = (): boolean => true;

/** What becomes of an account, in the server's words. */
const ENDS: ReadonlySet<string> = new Set(['deleted', 'banned', 'suspended']);
