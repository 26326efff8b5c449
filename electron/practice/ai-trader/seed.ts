import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import type { PracticeWorld } from '../protocol.ts';
import type { Random } from '../random.ts';
import { createRandom, seedFor } from '../random.ts';
import { cents, newId, setHolding } from './context.ts';
import { localTime } from './stamps.ts';
import type { AiTraderState, Holdings, ModelDocument, RunDocument } from './documents.ts';

/** A server that was used for some weeks: four models, each with runs whose figures come from what they really did in them. */
export function seedAiTrader(world: PracticeWorld): AiTraderState {
  const random = createRandom(seedFor(world.random.state(), 'ai-trader'));
  const nowMs = world.clock.now();
  const createdAt = `${localTime(nowMs - 30 * DAY_MS)}000`;
  const state: AiTraderState = {
    version: 1,
    random: 0,
    nextId: 100,
    user: {
      id: uuidOf(random),
      email: 'owner@practice.example',
      password: hex(random, 16),
      apiKey: hex(random, 32),
      createdAt,
    },
    tokenSecret: hex(random, 32),
    models: [],
    stoppedByHand: [],
    positions: [],
    runs: [],
    reasoning: [],
    logs: [],
    sessions: [],
    tasks: [],
    chatSessions: [],
    chatMessages: [],
  };
  for (const [index, wanted] of MODELS.entries()) {
    const model: ModelDocument = {
      ...BLANK,
      ...wanted,
      id: index + 1,
      user_id: state.user.id,
      created_at: `${createdAt}Z`,
    };
    state.models.push(model);
    seedRuns({ state, world, random, nowMs }, model);
  }
  state.random = random.state();
  return state;
}

interface Past {
  state: AiTraderState;
  world: PracticeWorld;
  random: Random;
  nowMs: number;
}

/** Two spans of days, then single days; one of them failed. Prices are walked back from the market's of now. */
function seedRuns(past: Past, model: ModelDocument): void {
  const symbols = model.allowed_tickers ?? ['BTC'];
  const prices = pastPrices(past, symbols);
  const holdings: Holdings = { CASH: model.initial_cash };
  const spans = [range(20, 13), range(12, 7), [5], [4], [3], [1]];
  spans.forEach((daysAgo, index) => {
    const symbol = symbols[index % symbols.length] ?? 'BTC';
    const failed = index === 4 && model.id === 2;
    const run = runOf(past, model, { number: index + 1, symbol, daysAgo, failed });
    past.state.runs.push(run);
    const before = worth(holdings, prices, daysAgo[0] ?? 0);
    let peak = before;
    let deepest = 0;
    for (const ago of daysAgo) {
      for (let turn = 0; turn < (daysAgo.length > 1 ? 1 : 3) && !failed; turn += 1) {
        act(past, model, { run, ago, turn, symbol, price: prices.get(symbol)?.[ago] ?? 0, holdings });
        const value = worth(holdings, prices, ago);
        const last = past.state.positions.at(-1);
        if (last !== undefined) last.value = value;
        peak = Math.max(peak, value);
        deepest = Math.min(deepest, value / peak - 1);
      }
      logDay(past, model, ago, symbol);
    }
    if (failed) return;
    const after = worth(holdings, prices, daysAgo.at(-1) ?? 0);
    run.final_portfolio_value = after;
    run.final_return = Number((after / before - 1).toFixed(6));
    run.max_drawdown_during_run = Number(deepest.toFixed(6));
  });
}

function runOf(
  { state, nowMs }: Past,
  model: ModelDocument,
  { number, symbol, daysAgo, failed }: { number: number; symbol: string; daysAgo: number[]; failed: boolean },
): RunDocument {
  const intraday = daysAgo.length === 1;
  const last = daysAgo.at(-1) ?? 0;
  const startedAtMs = nowMs - last * DAY_MS - 2 * HOUR_MS;
  const started = `${localTime(startedAtMs)}000`;
  return {
    id: newId({ state }),
    model_id: model.id,
    run_number: number,
    started_at: started,
    ended_at: `${localTime(startedAtMs + (failed ? 1 : 6) * MINUTE_MS)}000`,
    status: failed ? 'failed' : 'completed',
    trading_mode: intraday ? 'intraday' : 'daily',
    strategy_snapshot: { default_ai_model: model.default_ai_model, custom_rules: model.custom_rules },
    total_trades: 0,
    final_return: null,
    final_portfolio_value: null,
    max_drawdown_during_run: null,
    task_id: null,
    intraday_symbol: intraday ? symbol : null,
    intraday_date: intraday ? dayOf(nowMs, last) : null,
    intraday_session: intraday ? 'regular' : null,
    date_range_start: intraday ? null : dayOf(nowMs, daysAgo[0] ?? 0),
    date_range_end: intraday ? null : dayOf(nowMs, last),
    created_at: `${started}+00:00`,
  };
}

function act(
  { state, random, nowMs }: Past,
  model: ModelDocument,
  turn: { run: RunDocument; ago: number; turn: number; symbol: string; price: number; holdings: Holdings },
): void {
  const { run, ago, symbol, price, holdings } = turn;
  const cash = holdings.CASH ?? 0;
  const held = holdings[symbol] ?? 0;
  const lot = Math.max(1, Math.floor((model.initial_cash * 0.12) / price));
  const mood = random.next();
  const bought = mood < 0.5 ? Math.min(lot, Math.floor(cash / price)) : 0;
  const sold = mood > 0.68 ? Math.min(lot, held) : 0;
  const amount = Math.max(bought, sold);
  holdings.CASH = cents(cash - (bought - sold) * price);
  setHolding(holdings, symbol, held + bought - sold);
  if (amount > 0) run.total_trades += 1;
  const createdAtMs = Date.parse(`${run.started_at.slice(0, -3)}Z`) + turn.turn * MINUTE_MS;
  const id = newId({ state });
  state.positions.push({
    id,
    model_id: model.id,
    run_id: run.id,
    date: dayOf(nowMs, ago),
    minute_time: run.trading_mode === 'intraday' ? `${11 + turn.turn}:30:00` : null,
    action_id: id,
    action_type: amount === 0 ? 'no_trade' : bought > 0 ? 'buy' : 'sell',
    symbol: amount === 0 ? null : symbol,
    amount: amount === 0 ? null : amount,
    positions: { ...holdings },
    cash: holdings.CASH,
    value: 0,
    created_at: `${localTime(createdAtMs)}000Z`,
  });
}

function logDay({ state, nowMs }: Past, model: ModelDocument, ago: number, symbol: string): void {
  const date = dayOf(nowMs, ago);
  const content = `Looked at ${symbol} on ${date} and kept to the rules of ${model.name}.`;
  state.logs.push({
    id: newId({ state }),
    model_id: model.id,
    date,
    timestamp: `${date}T15:30:00Z`,
    signature: model.signature,
    messages: ago % 2 === 0 ? [{ role: 'assistant', content }] : { role: 'assistant', content },
    created_at: `${date}T15:30:01.000000Z`,
  });
}

/** By symbol, the price so many days ago; today's is the market's own. */
function pastPrices({ world, random }: Past, symbols: readonly string[]): Map<string, number[]> {
  return new Map(
    symbols.map((symbol) => {
      const prices = [world.market.price(symbol)];
      for (let ago = 1; ago <= DAYS; ago += 1) {
        prices.push((prices[ago - 1] ?? 0) * Math.exp(-0.002 + 0.022 * random.normal()));
      }
      return [symbol, prices];
    }),
  );
}

function worth(holdings: Holdings, prices: Map<string, number[]>, ago: number): number {
  const { CASH = 0, ...held } = holdings;
  return cents(
    Object.entries(held).reduce(
      (sum, [symbol, amount]) => sum + amount * (prices.get(symbol)?.[ago] ?? 0),
      CASH,
    ),
  );
}

/** From `first` days ago down to `last` days ago. */
const range = (first: number, last: number): number[] =>
  Array.from({ length: first - last + 1 }, (_none, index) => first - index);

const dayOf = (nowMs: number, daysAgo: number): string =>
  new Date(nowMs - daysAgo * DAY_MS).toISOString().slice(0, 10);

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.whole(0, 15).toString(16)).join('');

/** Version 4, as far as its form goes. */
export const uuidOf = (random: Random): string =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`;

const DAYS = 21;

const BLANK: Omit<ModelDocument, 'id' | 'user_id' | 'created_at' | 'name' | 'signature'> = {
  description: null,
  is_active: true,
  trading_style: 'day-trading',
  instrument: 'stocks',
  allow_shorting: false,
  margin_account: false,
  allow_options_strategies: false,
  allow_hedging: false,
  allowed_order_types: ['market', 'limit'],
  initial_cash: 10_000,
  allowed_tickers: null,
  default_ai_model: 'openai/gpt-4o',
  model_parameters: { temperature: 0.3 },
  custom_rules: null,
  custom_instructions: null,
  updated_at: null,
};

const MODELS: readonly (Pick<ModelDocument, 'name' | 'signature'> & Partial<ModelDocument>)[] = [
  {
    name: 'Momentum on BTC',
    signature: 'momentum-on-btc',
    description: 'Follows moves of five minutes in bitcoin',
    initial_cash: 1_000_000,
    allowed_tickers: ['BTC'],
    custom_rules: 'Add a lot when the trend carries, take one off when it turns.',
  },
  {
    name: 'Reversion on SOL and LINK',
    signature: 'reversion-on-sol-and-link',
    description: 'Buys dips, sells stretches',
    initial_cash: 100_000,
    allowed_tickers: ['SOL', 'LINK'],
    default_ai_model: 'anthropic/claude-3.5-sonnet',
    custom_rules: 'Mean reversion: buy dips, sell into strength.',
  },
  {
    name: 'Cautious on ETH',
    signature: 'cautious-on-eth',
    description: 'Keeps ether between a quarter and two fifths of its money',
    trading_style: 'swing-trading',
    initial_cash: 200_000,
    allowed_tickers: ['ETH'],
    default_ai_model: 'openai/gpt-4o-mini',
    custom_rules: 'Be cautious. Trim above two fifths, add below a quarter.',
  },
  {
    name: 'Scalper on AVAX and DOT',
    signature: 'scalper-on-avax-and-dot',
    description: 'Many small trades',
    trading_style: 'scalping',
    initial_cash: 50_000,
    allowed_tickers: ['AVAX', 'DOT'],
    default_ai_model: 'google/gemini-2.0-flash-exp',
  },
];
