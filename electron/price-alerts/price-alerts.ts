import { isDeepStrictEqual } from 'node:util';

import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import { MOST_PRICE_ALERTS, priceAlertText, wordsOfCondition } from '#shared/domain/alerts/price-alert.ts';
import { isPriceOfMarket } from '#shared/domain/market/market.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';
import { inEnglish } from '#shared/words.ts';

import type { DeskPort } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { Disposables } from '../lib/disposables.ts';
import { exactFigure } from '../lib/exact-figure.ts';
import type { Logger } from '../lib/logger.ts';
import { judgePrice } from './judge.ts';
import type { RememberedAlert } from './memory.ts';
import { readRemembered } from './memory.ts';
import { createMoveWindow } from './move-window.ts';
import type { PriceAlertsPort } from './port.ts';
import { alertOfRing } from './ring-words.ts';
import type { SeenPrice } from './sources.ts';
import { createPriceSources, isPriceOf } from './sources.ts';
import type { Watched } from './watched.ts';
import { asWatched, forgetLaterClock, isWatching, pauseMsOf, shownPhase } from './watched.ts';

export interface PriceAlertParts {
  desk: DeskPort;
  journal: Pick<JournalPort, 'append' | 'remember' | 'recall'>;
  clock: Clock;
  log: Logger;
}

/** Under which the journal remembers them. */
const KEY = 'price-alerts';
const WRITE_LIMIT_MS = 5_000;
/** Prices that came without an event of their own (a portfolio's, one whose link has just come back) and ends are looked for so often. */
const LOOK_EVERY_MS = 2 * SECOND_MS;
/** How old the last price that is remembered may be after a crash. */
const KEEP_LAST_EVERY_MS = MINUTE_MS;
/** After a journal that could not be read. */
const READ_AGAIN_MS = 15 * SECOND_MS;
const MOST_KEYS_KNOWN = 20_000;
const UNDO_KEPT = 20;

/** The prices that the person wants to hear about. Rings as alerts of the backend whose price it was. */
export function createPriceAlerts({ desk, journal, clock, log }: PriceAlertParts): PriceAlertsPort {
  const disposables = new Disposables();
  const sources = createPriceSources(desk);
  let watched: Watched[] = [];
  let isRead = false;
  /** Kept alerts that this version does not understand. */
  let strange: readonly unknown[] = [];
  let stopLooking: Disposer | null = null;
  let stopReading: Disposer = () => undefined;
  let lastKept = '';
  const removed: Watched[] = [];
  /** Which alerts look at a quote, by its key; made when one is first heard of. */
  const interested = new Map<string, Watched[]>();

  function interestedIn(key: string, backendId: string, symbol: string): Watched[] {
    const known = interested.get(key);
    if (known !== undefined) return known;
    if (interested.size >= MOST_KEYS_KNOWN) interested.clear();
    const found = watched.filter(({ alert }) => isPriceOf(alert, backendId, symbol));
    interested.set(key, found);
    return found;
  }

  function replaceAll(next: Watched[]): void {
    watched = next;
    interested.clear();
    tell();
    if (watched.length === 0) rest();
    else stopLooking ??= startLooking();
  }

  /** Nothing is looked for while no alert is set. */
  function rest(): void {
    stopLooking?.();
    stopLooking = null;
  }

  function startLooking(): Disposer {
    const stopLook = clock.every(LOOK_EVERY_MS, look);
    const stopKeeping = clock.every(KEEP_LAST_EVERY_MS, () => {
      const now = JSON.stringify(watched.map(({ last }) => last));
      if (now !== lastKept) writeSoon();
      lastKept = now;
    });
    return () => {
      stopLook();
      stopKeeping();
    };
  }

  const tell = (): void => desk.dispatch({ type: 'price-alerts', alerts: watched.map(({ alert }) => alert) });

  async function write(all: readonly Watched[]): Promise<void> {
    const kept = all.map(({ alert, phase, last }): RememberedAlert => ({ alert, phase, last }));
    await journal.remember(KEY, [...kept, ...strange], WRITE_LIMIT_MS);
  }

  function writeSoon(): void {
    if (!isRead) return;
    write(watched).catch((error: unknown) =>
      log.warn('what price alerts remember could not be written', { error: String(error) }),
    );
  }

  /** On disk first: what cannot be kept is not shown as set. */
  async function change(next: Watched[]): Promise<null> {
    if (!isRead) throw new Error('The price alerts that were set before cannot be read yet.');
    try {
      await write(next);
    } catch (error) {
      throw new Error('The price alert could not be saved: the journal does not take it.', { cause: error });
    }
    replaceAll(next);
    look();
    return null;
  }

  function judge(one: Watched, seen: SeenPrice, nowMs: number): void {
    if (!isWatching(one, nowMs)) return;
    forgetLaterClock(one, nowMs);
    if (one.last !== null && seen.atMs < one.last.atMs && one.last.atMs <= nowMs) return;
    const { condition } = one.alert;
    const before = { last: one.last, phase: one.phase, seenHere: one.seenHere };
    const move =
      condition.kind === 'change'
        ? (one.window ??= createMoveWindow(condition.withinMinutes * MINUTE_MS)).add(
            seen.price,
            seen.atMs,
            condition.direction,
          )
        : null;
    const { phase, rings } = judgePrice(condition, one.phase, { price: seen.price, atMs: nowMs, move });
    one.last = { price: seen.price, atMs: seen.atMs };
    one.seenHere = true;
    one.phase = phase;
    if (rings) ring(one, seen, nowMs, { ...before, move });
    else if (phase.kind !== before.phase.kind) {
      show(one);
      writeSoon();
    }
  }

  function ring(
    one: Watched,
    seen: SeenPrice,
    nowMs: number,
    before: Parameters<typeof alertOfRing>[2],
  ): void {
    const { alert } = one;
    one.window?.clear();
    one.phase = { kind: 'resting', untilMs: nowMs + pauseMsOf(one), wasBack: false };
    const rang = {
      atMs: nowMs,
      price: seen.price,
      backendId: seen.backendId,
      times: (alert.rang?.times ?? 0) + 1,
    };
    one.alert = { ...alert, rang, on: alert.againAfterMinutes === null ? false : alert.on };
    // Rung before it is written: a crash between the two rings twice, and never not at all.
    desk.dispatch({ type: 'alert', alert: alertOfRing(one.alert, { seen, nowMs }, before) });
    show(one);
    writeSoon();
  }

  function show(one: Watched): void {
    const phase = shownPhase(one, clock.now());
    if (phase !== one.alert.phase || desk.get('priceAlerts', one.alert.id) !== one.alert) {
      one.alert = { ...one.alert, phase };
      tell();
    }
  }

  function look(): void {
    const nowMs = clock.now();
    const priceFor = sources.lookAt(nowMs);
    for (const one of watched) {
      const phase = shownPhase(one, nowMs);
      if (phase !== one.alert.phase) show(one);
      if (!isWatching(one, nowMs)) continue;
      const seen = priceFor(one.alert);
      if (seen !== null) judge(one, seen, nowMs);
    }
  }

  /** Until they are read nothing can be set, so that what was set before is never written over. */
  async function readOrTryAgain(): Promise<void> {
    try {
      const { alerts, strange: notUnderstood } = readRemembered(await journal.recall(KEY));
      if (disposables.disposed) return;
      strange = notUnderstood;
      if (strange.length > 0) sayStrange(strange.length);
      isRead = true;
      replaceAll(alerts.map((one) => ({ ...one, window: null, seenHere: false })));
    } catch (error) {
      log.error('price alerts could not be read', { error: String(error) });
      stopReading = clock.after(READ_AGAIN_MS, () => void readOrTryAgain());
    }
  }

  function sayStrange(count: number): void {
    const summary = `Price alerts that this version does not understand: ${count}. They do not ring, and are kept for a newer one.`;
    journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary, data: { count } });
    log.error('some price alerts could not be understood', { count });
  }

  function note(alert: PriceAlertText, what: string): void {
    const condition = inEnglish(() => wordsOfCondition(alert.condition, exactFigure));
    const summary = `Price alert ${what}: ${alert.symbol} ${condition}`;
    const { backendId } = alert;
    journal.append({ atMs: clock.now(), kind: 'settings', backendId, summary, data: { alert, what } });
  }

  return {
    async save(text) {
      const before = watched.find(({ alert }) => alert.id === text.id);
      if (before === undefined && watched.length >= MOST_PRICE_ALERTS)
        throw new Error(`There are ${MOST_PRICE_ALERTS} price alerts already. Remove one first.`);
      if (text.expiresAtMs !== null && text.on && text.expiresAtMs <= clock.now())
        throw new Error('It would end before it begins: the end lies in the past.');
      const after = asWatched(text, before, clock.now());
      const next =
        before === undefined
          ? [...watched, after]
          : watched.map((one) => (one.alert.id === text.id ? after : one));
      await change(next);
      note(text, before === undefined ? 'set' : `changed, ${text.on ? 'on' : 'off'}`);
      return null;
    },
    async remove(alertId) {
      const gone = watched.find(({ alert }) => alert.id === alertId);
      if (gone === undefined) return null;
      await change(watched.filter((one) => one !== gone));
      removed.unshift(gone);
      removed.splice(UNDO_KEPT);
      note(gone.alert, 'removed');
      return null;
    },
    async restore(alertId) {
      const back = removed.find(({ alert }) => alert.id === alertId);
      if (back === undefined) throw new Error('This price alert cannot be brought back any more.');
      if (watched.some(({ alert }) => alert.id === alertId)) return null;
      if (watched.length >= MOST_PRICE_ALERTS)
        throw new Error(`There are ${MOST_PRICE_ALERTS} price alerts already. Remove one first.`);
      await change([...watched, back]);
      removed.splice(removed.indexOf(back), 1);
      note(back.alert, 'brought back');
      return null;
    },
    all() {
      if (!isRead) throw new Error('The price alerts cannot be read yet.');
      return watched.map(({ alert }) => priceAlertText.parse(alert));
    },
    async replaceAll(alerts) {
      if (alerts.length > MOST_PRICE_ALERTS)
        throw new Error(`There would be more than ${MOST_PRICE_ALERTS} price alerts.`);
      const nowMs = clock.now();
      const next = alerts.map((text) => {
        const before = watched.find(({ alert }) => alert.id === text.id);
        return before !== undefined && isDeepStrictEqual(priceAlertText.parse(before.alert), text)
          ? before
          : asWatched(text, before, nowMs);
      });
      await change(next);
    },
    async start() {
      await readOrTryAgain();
      disposables.add(
        desk.onPatches((patches) => {
          for (const patch of patches) {
            if (patch.slice !== 'quotes' || patch.value === null || watched.length === 0) continue;
            if (!isPriceOfMarket(patch.value)) continue;
            const { backendId, id, price, receivedAtMs } = patch.value;
            const nowMs = clock.now();
            for (const one of interestedIn(patch.key, backendId, id)) {
              const seen = { price, atMs: receivedAtMs, backendId, symbol: id };
              if (isWatching(one, nowMs) && sources.countsFor(one.alert.practice, seen, nowMs))
                judge(one, seen, nowMs);
            }
          }
        }),
      );
      disposables.add(rest);
      disposables.add(() => stopReading());
    },
    dispose() {
      writeSoon();
      disposables.dispose();
    },
  };
}
