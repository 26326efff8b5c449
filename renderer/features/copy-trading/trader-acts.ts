import type { ActDescriptor, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import type { Follow, Trader } from '#shared/domain/bots/copy-trading.ts';
import { COPY_ACTS } from '#shared/domain/bots/copy-trading.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';

import type { FieldParams, FieldTexts } from '../../ui/field-values.ts';

/** An act of a kind that has it. */
export const copyAct = (
  kind: Pick<BackendKindDescriptor, 'acts'> | undefined,
  act: keyof typeof COPY_ACTS,
): ActDescriptor | undefined => kind?.acts.find(({ id }) => id === COPY_ACTS[act]);

/** The parameter that names the trader. */
export const fixedForTrader = (act: ActDescriptor, trader: Pick<Trader, 'id'>): FieldParams =>
  act.concerns?.thing === 'trader' ? { [act.concerns.param]: trader.id } : {};

/** The parameter that names the position, or its trader where the act is about one; its order, where that is known. */
export function fixedForPosition(act: ActDescriptor, position: Position): FieldParams {
  const about = act.concerns?.thing === 'trader' ? position.traderId : position.id;
  const asksOrder = act.params.some(({ name }) => name === 'orderId');
  return {
    ...(asksOrder && position.orderId !== null ? { orderId: position.orderId } : {}),
    ...(act.concerns === undefined || about === null ? {} : { [act.concerns.param]: about }),
  };
}

/** What a form about a follow begins with: the settings that are in force. */
export function knownForFollow(follow: Follow | undefined): FieldTexts {
  if (follow === undefined) return {};
  const { amount, maxTradeSize, maxDailyLoss, stopLossPct, takeProfitPct, diversificationLimit } =
    follow.settings;
  return known({
    amount,
    maxTradeSize,
    maxDailyLoss,
    stopLoss: stopLossPct,
    stopLossPct,
    takeProfit: takeProfitPct,
    takeProfitPct,
    diversificationLimit,
  });
}

/** What a form about a position begins with. */
export const knownForPosition = (position: Position): FieldTexts =>
  known({
    traderId: position.traderId,
    traderWallet: position.traderId,
    marketId: position.symbol,
    symbol: position.symbol,
    side: position.side === 'long' ? 'buy' : 'sell',
    originalSize: position.quantity,
    stopLoss: position.stopLoss,
    takeProfit: position.takeProfit,
    leverage: position.leverage,
  });

const known = (texts: Record<string, string | null>): FieldTexts =>
  Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text === null ? [] : [[name, text]])));
