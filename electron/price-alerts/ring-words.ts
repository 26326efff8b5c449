import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { PriceAlert } from '#shared/domain/alerts/price-alert.ts';
import { wordsOfCondition } from '#shared/domain/alerts/price-alert.ts';
import { formatAge, MINUTE_MS } from '#shared/time.ts';
import { inEnglish } from '#shared/words.ts';

import { exactFigure } from '../lib/exact-figure.ts';
import type { RememberedAlert } from './memory.ts';
import type { Move } from './move-window.ts';
import { exactPct } from './move-window.ts';
import type { SeenPrice } from './sources.ts';

/** Without a price for longer than this, nobody saw when the line was crossed, and that is said. */
const GAP_MS = 5 * MINUTE_MS;

interface Before {
  last: RememberedAlert['last'];
  seenHere: boolean;
  move: Move | null;
}

/** The alert that a price alert makes: of the backend whose price it was, so that a practice price is marked as one. */
export const alertOfRing = (...given: Parameters<typeof ringAlert>): Alert =>
  inEnglish(() => ringAlert(...given));

function ringAlert(
  alert: PriceAlert,
  { seen, nowMs }: { seen: SeenPrice; nowMs: number },
  before: Before,
): Alert {
  const { condition, note } = alert;
  const parts = [
    `${alert.symbol} is at ${exactFigure(seen.price)}, ${metWords(alert, before.move)}.`,
    unseenWords(seen, before),
    note === '' ? null : note,
  ];
  return {
    backendId: seen.backendId,
    id: `price-alert-${alert.id}-${nowMs}`,
    kind: 'price_alert',
    severity: alert.severity,
    rawSeverity: '',
    message: parts.filter((part) => part !== null).join(' '),
    groupKey: `price-alert:${alert.id}`,
    instrument: seen.symbol,
    facts: [
      { name: 'Set for', value: `${alert.symbol} ${wordsOfCondition(condition, exactFigure)}` },
      { name: 'Price', value: exactFigure(seen.price) },
      ...(before.move === null ? [] : [{ name: 'Moved from', value: exactFigure(before.move.from) }]),
      ...(note === '' ? [] : [{ name: 'Note', value: note }]),
    ],
    occurredAtMs: seen.atMs,
    receivedAtMs: nowMs,
    count: 1,
    acknowledgedAtMs: null,
  };
}

function metWords({ condition }: PriceAlert, move: Move | null): string {
  if (condition.kind !== 'change') return wordsOfCondition(condition, exactFigure);
  const percent = move === null ? 0 : Number(exactPct(move));
  const within = formatAge(condition.withinMinutes * MINUTE_MS);
  const size = Math.abs(percent).toFixed(2);
  const from = move === null ? 'before' : exactFigure(move.from);
  return percent < 0
    ? `down ${size} % from ${from} within ${within}`
    : `up ${size} % from ${from} within ${within}`;
}

/** When it was crossed is known only to somebody who looked all the time. */
function unseenWords({ atMs }: SeenPrice, { last, seenHere, move }: Before): string | null {
  if (last === null || move !== null) return null;
  const between = `the last price before was ${exactFigure(last.price)} at ${timeOf(last.atMs)}`;
  if (!seenHere) return `Crossed while the desk was closed, seen at ${timeOf(atMs)}; ${between}.`;
  if (atMs - last.atMs > GAP_MS) return `Crossed while no price came, seen at ${timeOf(atMs)}; ${between}.`;
  return null;
}

const timeOf = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
