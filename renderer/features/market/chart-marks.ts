import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { Pattern, Prediction } from '#shared/domain/market/market.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { t } from '#shared/words.ts';

import type { ChartMarker } from '../../ui/chart-look.ts';

/** What happened to a symbol on its backend, to be drawn where it happened. */
export interface MarkSources {
  trades: readonly Trade[];
  alerts: readonly Alert[];
  patterns: readonly Pattern[];
  predictions: readonly Prediction[];
}

type MarkKind = 'buy' | 'sell' | 'trade' | 'alert' | 'pattern' | 'prediction';

const LOOK: Record<MarkKind, Pick<ChartMarker, 'shape' | 'tone'> & { one: string; many: string }> = {
  buy: { shape: 'up', tone: 'gain', one: t('Buy'), many: 'buys' },
  sell: { shape: 'down', tone: 'loss', one: t('Sell'), many: 'sells' },
  trade: { shape: 'dot', tone: 'muted', one: t('Trade'), many: 'trades' },
  alert: { shape: 'square', tone: 'warn', one: t('Alert'), many: 'alerts' },
  pattern: { shape: 'dot', tone: 'accent', one: t('Pattern'), many: 'patterns' },
  prediction: { shape: 'dot', tone: 'muted', one: t('Prediction'), many: 'predictions' },
};

/**
 * One mark a candle and kind, with a count where several fall together. What happened before `fromMs` has no candle to
 * stand at and is left out.
 */
export function toMarks(sources: MarkSources, fromMs: number, bucketMs: number): ChartMarker[] {
  const counted = new Map<string, { atMs: number; kind: MarkKind; count: number; name: string | null }>();
  for (const { atMs, kind, name } of happenings(sources)) {
    if (atMs < fromMs) continue;
    const bucketAtMs = Math.floor(atMs / bucketMs) * bucketMs;
    const key = `${bucketAtMs}/${kind}`;
    const before = counted.get(key);
    counted.set(key, {
      atMs: bucketAtMs,
      kind,
      count: (before?.count ?? 0) + 1,
      name: before === undefined || before.name === name ? name : null,
    });
  }
  return [...counted.values()].map(({ atMs, kind, count, name }) => {
    const { shape, tone, one, many } = LOOK[kind];
    return { atMs, shape, tone, text: count > 1 ? `${count} ${many}` : (name ?? one) };
  });
}

/** Whether an alert is about an asset: it says so, or its text names it as a word (not every backend has a field for it). */
export function alertConcerns(alert: Pick<Alert, 'instrument' | 'message'>, asset: string): boolean {
  const wanted = asset.toUpperCase();
  const text = (alert.instrument ?? alert.message).toUpperCase();
  return text.split(/[^\p{L}\p{N}]+/u).includes(wanted);
}

function* happenings({ trades, alerts, patterns, predictions }: MarkSources) {
  for (const { status, side, occurredAtMs, receivedAtMs } of trades) {
    if (status === 'failed') continue;
    const kind: MarkKind = side === 'other' ? 'trade' : side;
    yield { atMs: occurredAtMs ?? receivedAtMs, kind, name: null };
  }
  for (const { occurredAtMs, receivedAtMs } of alerts) {
    yield { atMs: occurredAtMs ?? receivedAtMs, kind: 'alert' as const, name: null };
  }
  for (const { receivedAtMs, name } of patterns) {
    yield { atMs: receivedAtMs, kind: 'pattern' as const, name: shorten(name) };
  }
  for (const { receivedAtMs, direction } of predictions) {
    const name = direction === null ? null : t('Predicted {direction}', { direction });
    yield { atMs: receivedAtMs, kind: 'prediction' as const, name };
  }
}

/** Longer names would run over their neighbours. */
const MAX_NAME = 20;
const shorten = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name);
