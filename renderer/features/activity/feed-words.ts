import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';
import type { Run } from '#shared/domain/bots/model.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { t } from '#shared/words.ts';

import { byActor } from '../../ui/actor-name.ts';
import { formatPercent, formatPrice, formatQuantity } from '../../ui/format.ts';

/** "Sold 0.1 BTC at $64,000.00, simulated": a trade in one line. */
export function tradeWords(trade: Trade): string {
  const side = trade.side === 'other' ? t('Traded') : trade.side === 'buy' ? t('Bought') : t('Sold');
  const quantity = trade.filledQuantity ?? trade.quantity;
  const amount = quantity === null ? '' : ` ${formatQuantity(quantity, trade.averagePrice)}`;
  const instrument = trade.instrument === null ? '' : ` ${trade.instrument}`;
  const price =
    trade.averagePrice === null ? '' : ` ${t('at {price}', { price: formatPrice(trade.averagePrice) })}`;
  const status = trade.status === 'filled' ? '' : `, ${trade.rawStatus ?? trade.status}`;
  return `${side}${amount}${instrument}${price}${status}`;
}

const RUN_WORDS: Record<Run['status'], string> = {
  queued: t('is queued'),
  running: t('started'),
  completed: t('completed'),
  failed: t('failed'),
  stopped: t('was stopped'),
  unknown: t('is in a state that is not known'),
};

/** "Run 12 completed: intraday AAPL, 2026-01-05 regular, +1.20%". */
export function runWords(run: Run): string {
  const what = [run.mode, run.symbol].filter((part) => part !== null).join(' ');
  const rest = [
    what,
    run.period ?? '',
    run.status === 'completed' && run.returnPct !== null ? formatPercent(run.returnPct) : '',
  ].filter((part) => part !== '');
  const name = run.number === null ? t('Run') : t('Run {number}', { number: run.number });
  return `${name} ${RUN_WORDS[run.status]}${rest.length === 0 ? '' : `: ${rest.join(', ')}`}`;
}

export function haltWords({ enabled, setBy, reason }: KillSwitch): string {
  return `${enabled === true ? t('Halted') : t('May trade again')}${byActor(setBy)}${reason === null ? '' : `: ${reason}`}`;
}
