import { DAY_MS, SECOND_MS } from '#shared/time.ts';

import type { Disposer } from '../../lib/disposables.ts';
import type { AiTrader } from './context.ts';
import type { ModelDocument } from './documents.ts';
import type { Sessions } from './sessions.ts';
import { strategyOf } from './strategies.ts';

interface Schedule {
  /** A quiet server starts nothing by itself; what a person started goes on. */
  setQuiet(quiet: boolean): void;
  dispose: Disposer;
}

/** Moves sessions on, and starts models by themselves so that there is always something to see. One timer a second. */
export function startSchedule(trader: AiTrader, sessions: Sessions): Schedule {
  const { clock, random, state, unit, log } = trader;
  let { quiet } = trader;
  let nextStartAtMs = clock.now() + FIRST_START_MS;

  function tick(): void {
    sessions.tick();
    const nowMs = clock.now();
    if (quiet || nowMs < nextStartAtMs || sessions.count() >= MOST_AT_ONCE) return;
    const ready = state.models.filter(
      ({ id, is_active }) => is_active && !state.stoppedByHand.includes(id) && !sessions.isActive(id),
    );
    const model = ready[random.whole(0, ready.length - 1)];
    nextStartAtMs = nowMs + random.between(20, 70) * SECOND_MS;
    if (model !== undefined) unit.commit(() => startAlone(model));
  }

  function startAlone(model: ModelDocument): void {
    const baseModel = model.default_ai_model ?? 'openai/gpt-4o';
    const symbols = (model.allowed_tickers ?? ['BTC']).filter((symbol) => trader.market.price(symbol) > 0);
    const symbol = symbols[random.whole(0, symbols.length - 1)];
    if (symbol === undefined) return;
    const today = trader.stamps.today();
    const week = Array.from({ length: 5 }, (_none, index) => dayBefore(clock.now(), 4 - index));
    // The cautious one is of the older kind that runs inside the server; there it starts once only.
    if (strategyOf(model) === 'cautious' && !sessions.agents.has(model.id))
      sessions.startAgent(model, { baseModel, symbols, dates: week });
    else if (random.chance(DAILY_CHANCE))
      sessions.startWorker(model, 'daily', { baseModel, symbols: [symbol], dates: week });
    else sessions.startWorker(model, 'intraday', { baseModel, symbols: [symbol], dates: [today] });
  }

  return {
    setQuiet(value) {
      quiet = value;
    },
    dispose: clock.every(SECOND_MS, () => {
      try {
        tick();
      } catch (error) {
        log.error('The practice AI-Trader stumbled', { error: String(error) });
      }
    }),
  };
}

const dayBefore = (nowMs: number, days: number): string =>
  new Date(nowMs - days * DAY_MS).toISOString().slice(0, 10);

const FIRST_START_MS = 12 * SECOND_MS;
const MOST_AT_ONCE = 2;
const DAILY_CHANCE = 0.2;
