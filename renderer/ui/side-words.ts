import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { t } from '#shared/words.ts';

type Side = Approval['side'] | Trade['side'];

/** What a side is called by itself. */
export const SIDE_NAMES: Readonly<Record<Side, string>> = {
  buy: t('Buy'),
  sell: t('Sell'),
  stake: t('Stake'),
  other: t('Other'),
};

/** And before the amount of a wish: "buy 0.5 ETH". */
export const sideWord = (side: Side): string =>
  t('{side, select, buy {buy} sell {sell} stake {stake} other {other}}', { side });
