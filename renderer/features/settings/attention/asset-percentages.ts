import type { MarketMovesSettings } from '#shared/domain/alerts/market-moves.ts';
import { marketMovesSettings } from '#shared/domain/alerts/market-moves.ts';

import { decimalSign, readDecimal, writeDecimal } from '../../../ui/typed-decimal.ts';

type Percentages = MarketMovesSettings['volatilityPctOf'];

/** "BTC 2.5, DOGE 20", or "BTC 2,5; DOGE 20" where a comma parts decimals. */
export const percentageWords = (percentages: Percentages): string =>
  Object.entries(percentages)
    .map(([asset, percent]) => `${asset} ${writeDecimal(percent)}`)
    .join(decimalSign() === ',' ? '; ' : ', ');

/** What such a list says; `undefined` where it makes no sense. */
export function readPercentages(text: string): Percentages | undefined {
  const pairs = text
    .split(decimalSign() === ',' ? /;|,(?!\d)/ : /[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => /^([\w.-]{1,20})[\s:=]+([\d.,]+)\s*%?$/.exec(part));
  const entries = pairs.map((pair) => [pair?.[1]?.toUpperCase() ?? '', readDecimal(pair?.[2] ?? '')]);
  if (entries.some(([, percent]) => percent === null)) return undefined;
  return marketMovesSettings.shape.volatilityPctOf.unwrap().safeParse(Object.fromEntries(entries)).data;
}
