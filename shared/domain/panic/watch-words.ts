import { t } from '../../words.ts';

import { assertNever } from '../../assert-never.ts';
import type { DecimalString } from '../../money.ts';
import { toFloat } from '../../money.ts';
import type { LimitKind, WatchSettings } from './watch.ts';

/** Words for limits that both processes say, so that journal, notification and screen agree. */

const SPAN_WORDS: Record<WatchSettings['drawdownSpan'], string> = {
  day: t('the day'),
  '7-days': t('7 days'),
  '30-days': t('30 days'),
};

/** What a limit measures, to stand before its figure. `name` is that of the backend, for `stale`. */
export function limitName(kind: LimitKind, span: WatchSettings['drawdownSpan'], name: string): string {
  switch (kind) {
    case 'day-loss-usd':
    case 'day-loss-pct':
      return t('loss of the day');
    case 'drawdown-usd':
    case 'drawdown-pct':
      return t('fall from the peak of {value}', { value: SPAN_WORDS[span] });
    case 'stale':
      return t('no new data from {name} for', { name });
    default:
      return assertNever(kind);
  }
}

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const wholeDollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const CENTS_BELOW = 1_000;

/** A figure of a limit with its unit: `$2,140`, `5.2 %`, `12 minutes`. */
export function limitFigure(kind: LimitKind, value: DecimalString): string {
  const number = toFloat(value);
  switch (kind) {
    case 'day-loss-usd':
    case 'drawdown-usd':
      return (Math.abs(number) < CENTS_BELOW && !Number.isInteger(number) ? dollars : wholeDollars).format(
        number,
      );
    case 'day-loss-pct':
    case 'drawdown-pct':
      return `${plain.format(number)} %`;
    case 'stale': {
      const minutes = Math.floor(number);
      return t('{minutes, plural, one {# minute} other {# minutes}}', { minutes });
    }
    default:
      return assertNever(kind);
  }
}

/** `loss of the day $2,140, limit $2,000` */
export function limitSentence(
  { kind, limit }: { kind: LimitKind; limit: DecimalString },
  value: DecimalString,
  { span, name }: { span: WatchSettings['drawdownSpan']; name: string },
): string {
  const figures = { value: limitFigure(kind, value), limit: limitFigure(kind, limit) };
  switch (kind) {
    case 'day-loss-usd':
    case 'day-loss-pct':
      return t('loss of the day {value}, limit {limit}', figures);
    case 'drawdown-usd':
    case 'drawdown-pct':
      return t('fall from the peak of {span} {value}, limit {limit}', { ...figures, span: SPAN_WORDS[span] });
    case 'stale':
      return t('no new data from {name} for {value}, limit {limit}', { ...figures, name });
    default:
      return assertNever(kind);
  }
}
