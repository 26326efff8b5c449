import type { PracticeWorld } from '../protocol.ts';
import type { AiTraderState, Holdings, ModelDocument, PositionDocument, RunDocument } from './documents.ts';
import type { Stamps } from './stamps.ts';
import type { EventStreams } from './streams.ts';

/** What every part of the practice AI-Trader works on; its chance is its own. */
export interface AiTrader extends PracticeWorld {
  state: AiTraderState;
  streams: EventStreams;
  stamps: Stamps;
}

export function newId({ state }: Pick<AiTrader, 'state'>): number {
  state.nextId += 1;
  return state.nextId;
}

export const findModel = ({ state }: AiTrader, id: number): ModelDocument | undefined =>
  state.models.find((model) => model.id === id);

/** Newest run number first. */
export const runsOf = ({ state }: AiTrader, modelId: number): RunDocument[] =>
  state.runs.filter((run) => run.model_id === modelId).sort((a, b) => b.run_number - a.run_number);

/** In the order in which they were done, whatever day they were done for. */
export const positionsOf = ({ state }: AiTrader, modelId: number): PositionDocument[] =>
  state.positions.filter((one) => one.model_id === modelId);

/** What a model has now: its last position, or its cash when it never did anything. */
export const holdingsOf = (trader: AiTrader, model: ModelDocument): Holdings => ({
  ...(positionsOf(trader, model.id).at(-1)?.positions ?? { CASH: model.initial_cash }),
});

export function stocksValue(trader: Pick<AiTrader, 'market'>, holdings: Holdings): number {
  let value = 0;
  for (const [symbol, amount] of Object.entries(holdings)) {
    if (symbol !== 'CASH') value += amount * trader.market.price(symbol);
  }
  return cents(value);
}

export const valueOf = (trader: Pick<AiTrader, 'market'>, holdings: Holdings): number =>
  cents((holdings.CASH ?? 0) + stocksValue(trader, holdings));

/** A symbol of which nothing is left is not listed. */
export function setHolding(holdings: Holdings, symbol: string, amount: number): void {
  if (amount > 0) holdings[symbol] = amount;
  else Reflect.deleteProperty(holdings, symbol);
}

export const cents = (value: number): number => Number(value.toFixed(2));

/** Drops the oldest of a list that is kept only so long. */
export function bound(list: unknown[], kept: number): void {
  if (list.length > kept) list.splice(0, list.length - kept);
}
