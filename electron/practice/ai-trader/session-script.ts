import { SECOND_MS } from '#shared/time.ts';

import type { AiTrader } from './context.ts';
import { bound, cents, newId, setHolding, valueOf } from './context.ts';
import type { ModelDocument, RunDocument, Session } from './documents.ts';
import { decide } from './strategies.ts';

/** An event to tell, once what it speaks of is saved. */
export interface Told {
  type: string;
  data: Record<string, unknown>;
}

/** A session is told in beats: an opening, so many rounds of six, and two to close. */
export const beatsOf = (session: Session): number => 1 + roundsOf(session) * PHASES + 2;
export const gapMs = (session: Session): number => (session.mode === 'agent' ? 2 : 1) * SECOND_MS;
/** Ten minutes of a market day of 390 minutes, or a whole day. */
export const roundsOf = ({ mode, dates }: Session): number => (mode === 'intraday' ? 39 : dates.length);

/** What a session tells at its next beat, having done it. */
export function playBeat(
  trader: AiTrader,
  session: Session,
  model: ModelDocument,
  run: RunDocument | null,
): Told[] {
  const { beat } = session;
  session.beat += 1;
  if (beat === 0) return opening(session);
  const last = beatsOf(session) - 1;
  if (beat === last - 1)
    return [{ type: 'session_complete', data: { message: 'Trading session completed' } }];
  if (beat === last) return [closing(trader, session)];
  const round = Math.floor((beat - 1) / PHASES);
  const phase = (beat - 1) % PHASES;
  const place = { trader, session, model, run, round };
  return session.mode === 'intraday' ? intradayPhase(place, phase) : dailyPhase(place, phase);
}

interface Place {
  trader: AiTrader;
  session: Session;
  model: ModelDocument;
  run: RunDocument | null;
  round: number;
}

function opening({ mode, dates }: Session): Told[] {
  const agent = { type: 'status', data: { message: 'Initializing AI agent...' } };
  const begun = { type: 'status', data: { message: 'Starting trading session...' } };
  return mode === 'intraday' ? [agent, sessionStart(dates[0] ?? '')] : [agent, begun];
}

function intradayPhase(place: Place, phase: number): Told[] {
  const { session, round, trader } = place;
  const minute = round * MINUTES_A_ROUND;
  const symbol = session.symbols[0] ?? '';
  const time = marketTime(minute);
  switch (phase) {
    case 0:
      return [
        { type: 'thinking', data: { message: `AI analyzing (minute ${minute}/390)...`, step: round + 1 } },
      ];
    case 1:
      return [
        { type: 'tool_use', data: { message: 'Using tools: get_price_local', tools: ['get_price_local'] } },
      ];
    case 2:
      return [makeUpMind(place, symbol)];
    case 3:
      return carryOut(place, symbol, time);
    case 4:
      return [terminal(`📊 ${time}  ${symbol} $${trader.market.price(symbol)}\n   ${holdingsLine(session)}`)];
    default: {
      const progress = Math.round(((round + 1) / roundsOf(session)) * 100);
      const message = `Minute ${minute + MINUTES_A_ROUND}/390`;
      return [{ type: 'progress', data: { message, progress } }];
    }
  }
}

/** A day; of an agent also what it takes for a trade when it reads its own answer, which is no execution. */
function dailyPhase(place: Place, phase: number): Told[] {
  const { session, round } = place;
  const symbol = session.symbols[round % session.symbols.length] ?? '';
  switch (phase) {
    case 0:
      return [sessionStart(session.dates[round] ?? '')];
    case 1:
      return [
        { type: 'thinking', data: { message: `AI analyzing (step ${round + 1}/30)...`, step: round + 1 } },
      ];
    case 2:
      return [{ type: 'tool_use', data: { message: 'Using tools: get_price', tools: ['get_price'] } }];
    case 3:
      return [makeUpMind(place, symbol)];
    case 4:
      return carryOut(place, symbol, null);
    default:
      return [{ type: 'ai_response', data: { message: 'All done <FINISH_SIGNAL>' } }];
  }
}

function makeUpMind({ trader, session, model, run }: Place, symbol: string): Told {
  const { action, amount, reasoning } = decide(model, symbol, session.holdings, trader.market);
  session.decision = { action, amount, reasoning };
  const words = action === 'hold' ? 'hold' : `${action}("${symbol}", ${amount})`;
  const message = cut(`${reasoning} Decision: ${words}.`, 200);
  if (run !== null) {
    trader.state.reasoning.push({
      id: newId(trader),
      model_id: model.id,
      run_id: run.id,
      timestamp: trader.stamps.local(),
      reasoning_type: 'ai_response',
      content: `${reasoning} Decision: ${words}.`,
    });
    bound(trader.state.reasoning, REASONING_KEPT);
  }
  return { type: 'ai_response', data: { message } };
}

function carryOut(place: Place, symbol: string, time: string | null): Told[] {
  const { trader, session } = place;
  const decision = session.decision ?? { action: 'hold' as const, amount: 0, reasoning: '' };
  session.decision = null;
  const price = trader.market.price(symbol);
  const cash = session.holdings.CASH ?? 0;
  const held = session.holdings[symbol] ?? 0;
  // The price may have moved since it made up its mind.
  const most = decision.action === 'buy' ? Math.floor(cash / price) : Math.floor(held);
  const amount = decision.action === 'hold' ? 0 : Math.min(decision.amount, most);
  const action = amount > 0 ? decision.action : 'hold';
  if (action !== 'hold') {
    const signed = action === 'buy' ? amount : -amount;
    session.holdings.CASH = cents(cash - signed * price);
    setHolding(session.holdings, symbol, held + signed);
    session.trades += 1;
  }
  if (action !== 'hold' || time === null) storePosition(place, { action, symbol, amount, time });
  watchValue(place);
  if (time === null)
    return session.mode === 'agent' ? [announcement(action)] : [dailyTrade(action, symbol, amount)];
  if (action === 'hold') return [terminal(`⏸️  ${time}  HOLD ${symbol}`)];
  const message = `${action.toUpperCase()} ${amount} ${symbol} @ $${price}`;
  const reasoning = cut(decision.reasoning, 100, '');
  const trade = { type: 'trade', data: { action, symbol, amount, price, message, reasoning } };
  // Two in one moment: of a worker's burst only the last is delivered, here not the trade.
  return trader.random.chance(BURST_CHANCE) ? [trade, terminal(`💰 ${time}  ${message}`)] : [trade];
}

function storePosition(
  { trader, session, model, run, round }: Place,
  done: { action: 'buy' | 'sell' | 'hold'; symbol: string; amount: number; time: string | null },
): void {
  const id = newId(trader);
  const held = done.action === 'hold';
  trader.state.positions.push({
    id,
    model_id: model.id,
    run_id: run?.id ?? null,
    date: session.dates[session.mode === 'intraday' ? 0 : round] ?? trader.stamps.today(),
    minute_time: done.time,
    action_id: id,
    action_type: held ? 'no_trade' : done.action,
    symbol: held ? null : done.symbol,
    amount: held ? null : done.amount,
    positions: { ...session.holdings },
    cash: session.holdings.CASH ?? 0,
    value: valueOf(trader, session.holdings),
    created_at: trader.stamps.zulu(),
  });
  bound(trader.state.positions, POSITIONS_KEPT);
}

function watchValue({ trader, session, run }: Place): void {
  const value = valueOf(trader, session.holdings);
  session.peakValue = Math.max(session.peakValue, value);
  session.drawdown = Math.min(session.drawdown, session.peakValue > 0 ? value / session.peakValue - 1 : 0);
  if (run !== null) run.total_trades = session.trades;
}

function closing(trader: AiTrader, session: Session): Told {
  const figures =
    session.mode === 'intraday'
      ? { trades: session.trades, final_value: valueOf(trader, session.holdings) }
      : {};
  return { type: 'complete', data: { message: 'Trading session completed', ...figures } };
}

const ANNOUNCEMENTS = {
  buy: 'AI executing BUY order...',
  sell: 'AI executing SELL order...',
  hold: 'AI decided to HOLD positions',
};
const announcement = (action: 'buy' | 'sell' | 'hold'): Told => ({
  type: 'trade',
  data: { action, message: ANNOUNCEMENTS[action] },
});
const dailyTrade = (action: 'buy' | 'sell' | 'hold', symbol: string, amount: number): Told => ({
  type: 'trade',
  data: {
    action,
    message: action === 'hold' ? ANNOUNCEMENTS.hold : `${action.toUpperCase()} ${amount} ${symbol}`,
  },
});
const sessionStart = (date: string): Told => ({
  type: 'session_start',
  data: { message: `Starting trading session for ${date}`, date },
});
export const terminal = (message: string): Told => ({ type: 'terminal', data: { message } });

const holdingsLine = ({ holdings }: Session): string =>
  Object.entries(holdings)
    .map(([symbol, amount]) => (symbol === 'CASH' ? `cash $${amount}` : `${amount} ${symbol}`))
    .join(', ');

/** From the opening of the regular session. */
function marketTime(minute: number): string {
  const total = 9 * 60 + 30 + minute;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

const cut = (words: string, length: number, mark = '...'): string =>
  words.length > length ? `${words.slice(0, length)}${mark}` : words;

const PHASES = 6;
const MINUTES_A_ROUND = 10;
const BURST_CHANCE = 0.12;
const REASONING_KEPT = 800;
const POSITIONS_KEPT = 2_000;
