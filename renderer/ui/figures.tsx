import type { DecimalString } from '#shared/money.ts';
import { compare } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { cx } from './cx.ts';
import { formatFundingRate, formatMoney, formatPercent, formatPrice, formatQuantity } from './format.ts';

interface FigureProps {
  /** `null` is unknown and drawn as a dash. */
  value: DecimalString | null;
  className?: string;
}

/** An amount of dollars. */
export const Money = ({ value, className }: FigureProps) => (
  <Figure value={value} className={className} format={formatMoney} />
);

/** The price of one unit. */
export const Price = ({ value, className }: FigureProps) => (
  <Figure value={value} className={className} format={formatPrice} />
);

/** A number of units; `priceUsd` decides how many digits matter. */
export const Quantity = ({
  value,
  className,
  priceUsd = null,
}: FigureProps & { priceUsd?: DecimalString | null }) => (
  <Figure value={value} className={className} format={(text) => formatQuantity(text, priceUsd)} />
);

/** A change in percent: sign, arrow and colour. */
export const Percent = ({ value, className }: FigureProps) => (
  <Change value={value} className={className} format={formatPercent} />
);

/** A funding rate, given as a fraction. Without colour: it is no gain and no loss of the person's. */
export const FundingRate = ({ value, className }: FigureProps) => (
  <Figure value={value} className={className} format={formatFundingRate} />
);

/** A change in dollars: sign, arrow and colour. */
export const MoneyChange = ({ value, className }: FigureProps) => (
  <Change value={value} className={className} format={(text) => formatMoney(text, true)} />
);

/** A change of a price, with the digits that a price of its size has: sign, arrow and colour. */
export const PriceChange = ({ value, className }: FigureProps) => (
  <Change value={value} className={className} format={(text) => formatPrice(text, true)} />
);

function Figure({ value, className, format }: Drawn) {
  return <span className={cx('figures', className)}>{value === null ? <Unknown /> : format(value)}</span>;
}

function Change({ value, className, format }: Drawn) {
  if (value === null) return <Figure value={null} className={className} format={format} />;
  const shown = format(value);
  // What is written as nothing has no direction either.
  const direction = shown === format('0') ? 0 : compare(value, '0');
  return (
    <span
      className={cx(
        'figures inline-flex items-baseline gap-1 whitespace-nowrap',
        direction > 0 ? 'text-gain' : direction < 0 ? 'text-loss' : 'text-muted',
        className,
      )}
    >
      <svg width="7" height="7" viewBox="0 0 8 8" aria-hidden className="shrink-0 self-center">
        {direction > 0 && <path d="M4 1 L7.5 7 L0.5 7 Z" fill="currentColor" />}
        {direction < 0 && <path d="M4 7 L7.5 1 L0.5 1 Z" fill="currentColor" />}
        {direction === 0 && <circle cx="4" cy="4" r="1.4" fill="currentColor" />}
      </svg>
      {shown}
    </span>
  );
}

const Unknown = () => (
  <span className="text-faint" title={t('Not known')}>
    –<span className="sr-only">{t('not known')}</span>
  </span>
);

interface Drawn {
  value: DecimalString | null;
  className: string | undefined;
  format: (value: DecimalString) => string;
}
