import type { WatchSettings } from '#shared/domain/panic/watch.ts';
import { watchSettings } from '#shared/domain/panic/watch.ts';
import { t } from '#shared/words.ts';

import { readDecimal, writeDecimal } from '../../../ui/typed-decimal.ts';
import type { OnOffText } from '../limits/limit-texts.ts';

/** The limits that press PANIC and are one figure each, in words. */
export const WATCH_FIELDS = [
  {
    id: 'dayLossUsd',
    label: t('Loss of the day, in dollars'),
    help: t(
      'Today as it stands in the bar: deposits and withdrawals that your bots report are no profit and no loss.',
    ),
    unit: t('US dollars'),
    suggested: '2000',
  },
  {
    id: 'dayLossPct',
    label: t('Loss of the day, in percent'),
    help: t('Of the value at midnight.'),
    unit: t('percent'),
    suggested: '5',
  },
  {
    id: 'drawdownUsd',
    label: t('Fall from the peak, in dollars'),
    help: t('From the highest value of all bots together. The span is set below.'),
    unit: t('US dollars'),
    suggested: '3000',
  },
  {
    id: 'drawdownPct',
    label: t('Fall from the peak, in percent'),
    help: t('Of what would be there without the fall.'),
    unit: t('percent'),
    suggested: '8',
  },
  {
    id: 'staleMinutes',
    label: t('No new data from a bot'),
    help: t(
      'Of any bot that may trade, and of its models that work or hold something. A sleep of the computer does not count.',
    ),
    unit: t('minutes'),
    suggested: '15',
  },
] as const;

type WatchField = (typeof WATCH_FIELDS)[number]['id'];

/** How one bot differs in the age of its data. */
export interface StaleText {
  mode: 'same' | 'own' | 'off';
  minutes: string;
}

/** The limits as they stand in the inputs. One that is off keeps its text, so that switching it on again is one click. */
export type WatchTexts = Record<WatchField, OnOffText> & {
  drawdownSpan: WatchSettings['drawdownSpan'];
  staleOf: Readonly<Record<string, StaleText>>;
};

export type WatchErrors = Readonly<Record<string, string>>;
type WatchLimits = Pick<WatchSettings, WatchField | 'drawdownSpan' | 'staleMinutesOf'>;

export function watchTexts(settings: WatchSettings): WatchTexts {
  const texts = Object.fromEntries(
    WATCH_FIELDS.map(({ id, suggested }) => {
      const value = settings[id];
      return [id, { on: value !== null, text: value === null ? suggested : writeDecimal(String(value)) }];
    }),
  ) as Record<WatchField, OnOffText>;
  const staleOf = Object.fromEntries(
    Object.entries(settings.staleMinutesOf).map(([backendId, minutes]): [string, StaleText] => [
      backendId,
      minutes === null ? { mode: 'off', minutes: '' } : { mode: 'own', minutes: String(minutes) },
    ]),
  );
  return { ...texts, drawdownSpan: settings.drawdownSpan, staleOf };
}

/** Reads the inputs, or says what is wrong with which. A limit that is off is not looked at. */
export function readWatchTexts(
  texts: WatchTexts,
): { ok: true; limits: WatchLimits } | { ok: false; errors: WatchErrors } {
  const errors: Record<string, string> = {};
  const limits: Record<string, unknown> = { drawdownSpan: texts.drawdownSpan };
  for (const { id } of WATCH_FIELDS) {
    const { on, text } = texts[id];
    const given = !on ? null : id === 'staleMinutes' ? wholeNumber(text) : (readDecimal(text) ?? '');
    const parsed = watchSettings.shape[id].safeParse(given);
    if (parsed.success) limits[id] = parsed.data;
    else errors[id] = WRONG[id];
  }
  const staleMinutesOf: Record<string, unknown> = {};
  for (const [backendId, { mode, minutes }] of Object.entries(texts.staleOf)) {
    if (mode === 'same') continue;
    const given = mode === 'off' ? null : wholeNumber(minutes);
    if (watchSettings.shape.staleMinutes.safeParse(given).success) staleMinutesOf[backendId] = given;
    else errors[backendId] = WRONG.staleMinutes;
  }
  const read = watchSettings.safeParse({ ...limits, staleMinutesOf });
  if (Object.keys(errors).length > 0 || !read.success) return { ok: false, errors };
  const { dayLossUsd, dayLossPct, drawdownUsd, drawdownPct, drawdownSpan, staleMinutes } = read.data;
  const money = { dayLossUsd, dayLossPct, drawdownUsd, drawdownPct, drawdownSpan };
  return { ok: true, limits: { ...money, staleMinutes, staleMinutesOf: read.data.staleMinutesOf } };
}

const AMOUNT = t('Type an amount above zero, such as {example}.', { example: writeDecimal('1500.5') });
const PERCENT = t('Type a percentage above zero, 100 at most.');
const WRONG: Record<WatchField, string> = {
  dayLossUsd: AMOUNT,
  dayLossPct: PERCENT,
  drawdownUsd: AMOUNT,
  drawdownPct: PERCENT,
  staleMinutes: t('Type whole minutes from 1 to 1,440.'),
};

function wholeNumber(text: string): number {
  const number = readDecimal(text);
  return number !== null && /^\d{1,5}$/.test(number) ? Number(number) : Number.NaN;
}
