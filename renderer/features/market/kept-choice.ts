import { z } from 'zod';

import { keep, readKept } from '../../stores/kept.ts';
import type { TimeFrame } from './time-frames.ts';
import { TIME_FRAMES } from './time-frames.ts';

const FRAME = 'market/time-frame';
const QUOTE = 'market/quote';

/** The time frame that was last chosen; candles of a minute where none was. */
export function keptFrame(): TimeFrame {
  const kept = readKept(FRAME);
  return TIME_FRAMES.find(({ value }) => value === kept)?.value ?? '1m';
}

export const keepFrame = (frame: TimeFrame): void => keep(FRAME, frame);

/** The key of the price that was last looked at in the place, which may be gone since; `null` where none was. */
export const keptQuote = (): string | null => z.string().max(400).safeParse(readKept(QUOTE)).data ?? null;

export const keepQuote = (quoteKey: string): void => keep(QUOTE, quoteKey);
