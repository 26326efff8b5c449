import { DAY_MS } from '#shared/time.ts';

import { uuid } from './uuid.ts';
import type { Market } from '../market/market.ts';
import type { Random } from '../random.ts';
import type { CopyTradingState } from './documents.ts';
import { PROFILES } from './profiles.ts';
import type { PriceView } from './strategy.ts';
import { emptyBook, live, measure } from './trader-book.ts';

/** A first start: the traders have lived through what the market remembers, by the strategies they go on with. */
export function seedCopyTrading(market: Market, nowMs: number, random: Random): CopyTradingState {
  const rows = market.closes(nowMs - DAY_MS);
  const sinceMs = rows[0]?.atMs ?? nowMs;
  const nextId = (): string => uuid(random);
  const books = PROFILES.map((profile) => {
    const book = emptyBook(profile.wallet, sinceMs);
    rows.forEach((row, index) => {
      const view = viewAt(rows, index);
      live(book, profile, view, { nowMs: row.atMs, nextId });
      measure(book, view, row.atMs);
    });
    return book;
  });
  return { tokenSecret: `${uuid(random)}${uuid(random)}`, sinceMs, books };
}

type Rows = ReturnType<Market['closes']>;

/** The market as it was at one of its five-minute closes; a shorter window looks at the last of them. */
function viewAt(rows: Rows, index: number): PriceView {
  const now = rows[index];
  const price = (symbol: string): number => now?.prices[symbol] ?? 0;
  return {
    price,
    changePct(symbol, windowMs) {
      const sinceMs = (now?.atMs ?? 0) - windowMs;
      const from = rows.slice(0, index).findLast((row) => row.atMs <= sinceMs);
      const past = from?.prices[symbol];
      return past === undefined || past <= 0 ? null : (price(symbol) / past - 1) * 100;
    },
  };
}
