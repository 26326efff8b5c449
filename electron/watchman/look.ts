import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import {
  addable,
  backendFreshness,
  canBeHalted,
  isPracticeOnly,
  todaysProfit,
} from '#shared/domain/derive.ts';
import { startOfDay } from '#shared/wall-time.ts';
import { mergeEquity } from '#shared/domain/portfolio/merge-equity.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import { limitSentence } from '#shared/domain/panic/watch-words.ts';
import { inEnglish } from '#shared/words.ts';
import type { WatchSettings } from '#shared/domain/panic/watch.ts';
import type { DecimalString } from '#shared/money.ts';
import { divide, sum } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';
import { DAY_MS, MINUTE_MS } from '#shared/time.ts';

import type { DeskReader } from '../desk/port.ts';
import { createDataAges } from './data-age.ts';
import type { MeasuredLimit } from './decide.ts';
import type { SetLimit } from './limits.ts';
import { setLimits } from './limits.ts';
import type { MoneyFigures } from './money-figures.ts';
import { moneyFigures } from './money-figures.ts';
import { moneyLinks } from './money-links.ts';
import type { PastEquity } from './past-equity.ts';
import type { PriceWatch } from './price-watch.ts';
import { createReadings } from './readings.ts';

export interface LookParts {
  desk: DeskReader;
  kinds(): readonly BackendKindDescriptor[];
  past: PastEquity;
  prices: PriceWatch;
}

/** What one look at the desk found. */
export interface Looked {
  /** True where practice is watched, because nothing real is connected; the two never mix. */
  practice: boolean;
  /** Backends that may trade and that a press would halt. */
  trading: BackendConfig[];
  measured: MeasuredLimit[];
}

/** A reason of PANIC is written down and sent to the backends: it is English. */
const sentenceOf: typeof limitSentence = (...given) => inEnglish(() => limitSentence(...given));

/** Measures the limits that are set against the desk as it stands. It remembers what one look alone cannot tell. */
export function createLook(parts: LookParts): (settings: WatchSettings, nowMs: EpochMs) => Looked {
  const { desk, past, prices } = parts;
  const ages = createDataAges();
  const readings = createReadings();

  return (settings, nowMs) => {
    const backends = valuesOf('backends');
    const practice = isPracticeOnly(backends);
    const kinds = new Map(parts.kinds().map((kind) => [kind.kind, kind]));
    const trading = backends.filter(
      (backend) =>
        backend.enabled && backend.practice === practice && canBeHalted(kinds.get(backend.kind), backend),
    );
    ages.look(trading, moneyLinks(desk), nowMs);
    const limits = setLimits(settings, trading);
    const money = limits.some(({ kind }) => kind !== 'stale')
      ? measureMoney(addable(backends)[practice ? 'practice' : 'real'], settings, nowMs)
      : NOT_ASKED;
    const measured = limits.map((limit) => {
      const name = backends.find(({ id }) => id === limit.backendId)?.name ?? '';
      const found = limit.kind === 'stale' ? ageOf(limit) : valueIn(money, limit);
      const sentence =
        found.value === null ? '' : sentenceOf(limit, found.value, { span: settings.drawdownSpan, name });
      return { ...limit, ...found, sentence };
    });
    return { practice, trading, measured };
  };

  function ageOf({ backendId }: SetLimit): Found {
    const minutes = backendId === null ? null : divide(String(ages.ageMs(backendId)), String(MINUTE_MS));
    return { value: minutes ?? '0', blind: null, partly: null };
  }

  function measureMoney(backends: readonly BackendConfig[], settings: WatchSettings, nowMs: EpochMs): Money {
    past.refresh(nowMs);
    const ids = backends.map(({ id }) => id);
    prices.look(ids, valuesOf('holdings'));
    const points = pointsNow(ids);
    if (points === null) return { ...NOT_ASKED, blind: past.trouble() };
    if (backends.length === 0) return { ...NOT_ASKED, blind: 'Nothing is connected whose value is known.' };

    // The backends' clocks may run ahead of this one: what was received has happened.
    const atMs = Math.max(nowMs, points.at(-1)?.atMs ?? 0);
    noteReadings(ids, points, atMs, nowMs);
    const unsure = backends.flatMap((backend) => unsureWords(backend, nowMs) ?? []);
    const sure = backends.filter((backend) => unsureWords(backend, nowMs) === null).map(({ id }) => id);
    if (sure.length === 0) return { ...NOT_ASKED, blind: sentencesOf(unsure) };
    const doubts = new Map(sure.map((id) => [id, readings.doubtUsd(id, nowMs) ?? '0']));
    const totalUsd = sum(ids.map((id) => desk.get('portfolios', id)?.totalUsd ?? '0'));
    const peakFromMs = peakFrom(settings.drawdownSpan, atMs);
    const figures = moneyFigures({ points, sure: new Set(sure), doubts, peakFromMs, totalUsd, nowMs: atMs });
    return { figures, blind: null, partly: unsure.length === 0 ? null : sentencesOf(unsure) };
  }

  /** As the window has them: what was recorded, ending with the figures of now. */
  function pointsNow(ids: readonly string[]): EquityPoint[] | null {
    const recorded = past.points();
    if (recorded === null) return null;
    const current = ids.flatMap((backendId): EquityPoint[] => {
      const portfolio = desk.get('portfolios', backendId);
      if (portfolio === undefined || portfolio.totalUsd === null) return [];
      return [{ backendId, atMs: portfolio.receivedAtMs, totalUsd: portfolio.totalUsd, depositUsd: null }];
    });
    return mergeEquity(
      recorded.filter(({ backendId }) => ids.includes(backendId)),
      current,
    );
  }

  function noteReadings(
    ids: readonly string[],
    points: readonly EquityPoint[],
    atMs: EpochMs,
    nowMs: EpochMs,
  ): void {
    readings.keepOnly(startOfDay(atMs), new Set(ids));
    for (const id of ids) {
      const portfolio = desk.get('portfolios', id);
      // One that is not whole is no reading of a value.
      if (portfolio === undefined || portfolio.totalUsd === null || prices.lost(id).length > 0) continue;
      const { profitUsd } = todaysProfit(
        points.filter(({ backendId }) => backendId === id),
        atMs,
      );
      if (profitUsd === null) continue;
      const key = String(portfolio.occurredAtMs ?? portfolio.receivedAtMs);
      readings.note(id, { key, atMs: nowMs, profitUsd });
    }
  }

  function unsureWords({ id, name }: BackendConfig, nowMs: EpochMs): string | null {
    if ((desk.get('portfolios', id)?.totalUsd ?? null) === null) return `${name} tells no value`;
    if (backendFreshness(id, moneyLinks(desk), nowMs).stale) return `the figures of ${name} are old`;
    const [lost] = prices.lost(id);
    if (lost !== undefined) return `${name} has no price for ${lost}`;
    return readings.doubtUsd(id, nowMs) === null ? `${name} is being watched for a minute first` : null;
  }

  function valuesOf<S extends 'backends' | 'holdings'>(slice: S) {
    return [...desk.entries(slice)].map(([, value]) => value);
  }
}

interface Found {
  value: DecimalString | null;
  blind: string | null;
  partly: string | null;
}

interface Money {
  figures: MoneyFigures | null;
  blind: string | null;
  partly: string | null;
}

const NOT_ASKED: Money = { figures: null, blind: null, partly: null };

function valueIn({ figures, blind, partly }: Money, { kind }: SetLimit): Found {
  const value = figures === null || kind === 'stale' ? null : figures[MEMBER_OF[kind]];
  return value === null
    ? { value, blind: blind ?? 'What the day began with is not known.', partly: null }
    : { value, blind: null, partly };
}

const MEMBER_OF = {
  'day-loss-usd': 'lossUsd',
  'day-loss-pct': 'lossPct',
  'drawdown-usd': 'drawdownUsd',
  'drawdown-pct': 'drawdownPct',
} as const;

function peakFrom(span: WatchSettings['drawdownSpan'], nowMs: EpochMs): EpochMs {
  switch (span) {
    case 'day':
      return startOfDay(nowMs);
    case '7-days':
      return nowMs - 7 * DAY_MS;
    case '30-days':
      return nowMs - 30 * DAY_MS;
  }
}

function sentencesOf(words: readonly string[]): string {
  const text = words.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
