/** What the servers of the ingest rows send: one event of each transport, of about 185 bytes, in the words of its backend. */
const AT = Date.UTC(2030, 5, 1, 10);
const SYMBOLS = Array.from({ length: 500 }, (_, index) => `C${String(index).padStart(3, '0')}`);

export type Flood = 'sse-portfolio' | 'sse-alert' | 'websocket' | 'socket-io';

const cents = (number: number): number => (6_000_000 + (number % 99_991)) / 100;
const isoTime = (number: number): string => new Date(AT + number).toISOString();
const symbolOf = (number: number): string => SYMBOLS[number % SYMBOLS.length] ?? '';

/** CoinRuler's portfolio as its events tell it: what is held, prices, the total and a time. */
const portfolio = (number: number): string =>
  JSON.stringify({
    type: 'portfolio:updated',
    data: {
      balances: { BTC: 0.5125, ETH: 4.25 },
      prices: { BTC: cents(number), ETH: 3412.75 },
      totalUSD: cents(number + 7),
      timestamp: isoTime(number),
    },
  });

const alert = (number: number): string =>
  JSON.stringify({
    type: 'alert',
    data: {
      type: 'price_move',
      severity: 'info',
      message: `${symbolOf(number)} at ${cents(number)}`,
      data: { symbol: symbolOf(number), price: cents(number), number },
      timestamp: isoTime(number),
    },
  });

/** A market hub's price. */
const price = (number: number): string =>
  JSON.stringify({
    type: 'price_update',
    data: {
      symbol: `${symbolOf(number)}/USDT`,
      price: cents(number),
      change_24h: 1.25,
      volume_24h: 123_456_789.5,
      timestamp: isoTime(number).slice(0, -1),
    },
    timestamp: isoTime(number).slice(0, -1),
  });

/** VolSpike's open interest of a symbol, as it stands in a Socket.IO packet. */
const openInterest = (number: number, symbol = `${symbolOf(number)}USDT`): string =>
  JSON.stringify([
    'open-interest-update',
    {
      symbol,
      openInterest: cents(number),
      openInterestUsd: cents(number + 3) * 1_000,
      openInterestChange: 0.0125,
      source: 'realtime-detector',
      timestamp: isoTime(number),
    },
  ]);

/** A symbol that comes last: VolSpike's figures are gathered, so that their number does not tell when all were taken. */
export const LAST_SYMBOL = 'LASTUSDT';

const MAKERS: Readonly<Record<Flood, (number: number) => string>> = {
  'sse-portfolio': portfolio,
  'sse-alert': alert,
  websocket: price,
  'socket-io': (number) => openInterest(number),
};

/** `count` events from number `first` on; with `isEnd` the last of them can be told from the others where that is needed. */
export function eventsOf(flood: Flood, count: number, first = 0, isEnd = false): string[] {
  const events = Array.from({ length: count }, (_, index) => MAKERS[flood](first + index));
  if (isEnd && flood === 'socket-io') events[count - 1] = openInterest(first, LAST_SYMBOL);
  return events;
}
