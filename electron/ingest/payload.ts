import { z } from 'zod';

import { toDecimal } from '#shared/money.ts';

import { plainText } from '../lib/clean.ts';

/**
 * What a detector posts (sheet, section 4.1), with more patience than the reference server has: Python's
 * `isoformat()` (`+00:00`, microseconds, a space for the `T`), `null` for what is optional, and numbers written as texts.
 * A time without a zone stays refused: it could be any hour.
 */
const text = (maxLength: number) =>
  z
    .string()
    .transform((value) => plainText(value, maxLength))
    .refine((value) => value !== '', 'must not be empty');

/** One that would have to be cut could be the same as another. */
const symbol = () => z.string().trim().max(40).pipe(text(40));

const decimal = z
  .union([z.number(), z.string()], 'must be a number')
  .transform((value) => toDecimal(value))
  // What is no number is not looked at any further.
  .refine((value) => value !== null, { error: 'must be a finite number', abort: true });

const amount = decimal.refine((value) => !value.startsWith('-'), 'must not be negative');

const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/i;
const EARLIEST_MS = Date.UTC(2000, 0);
const LATEST_MS = Date.UTC(2100, 0);

const time = z
  .string()
  .max(40)
  .regex(ISO_TIME, 'must be an ISO-8601 time with its zone, such as 2030-01-01T00:10:00Z')
  .refine(isOfCalendar, { error: 'must be a day that there is', abort: true })
  .transform((value) => Date.parse(value))
  .refine((ms) => ms >= EARLIEST_MS && ms < LATEST_MS, 'must be a time of this century');

export const detectorAlert = z.object({
  symbol: symbol(),
  asset: text(40),
  message: text(500),
  currentVolume: amount,
  previousVolume: amount,
  volumeRatio: amount,
  timestamp: time,
  hourTimestamp: time,
  detectionTime: time.nullish(),
  price: amount.nullish(),
  fundingRate: decimal.nullish(),
  priceChange: decimal.nullish(),
  oiChange: decimal.nullish(),
  candleDirection: z.enum(['bullish', 'bearish']).nullish(),
  isUpdate: z.boolean().nullish(),
  alertType: z.enum(['SPIKE', 'HALF_UPDATE', 'FULL_UPDATE']).nullish(),
});
export type DetectorAlert = z.output<typeof detectorAlert>;

/** The 31st of February would be read as a day in March. */
function isOfCalendar(time: string): boolean {
  const day = new Date(`${time.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === time.slice(0, 10);
}

/** What is wrong with a body, member by member, as it goes into the answer. Values are not repeated. */
export const problemsOf = (error: z.ZodError): { path: string[]; code: string; message: string }[] =>
  error.issues
    .slice(0, MAX_PROBLEMS)
    .map(({ path, code, message }) => ({ path: path.map(String), code, message }));

const MAX_PROBLEMS = 20;
