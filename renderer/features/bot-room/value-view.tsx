import { toDecimal } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { Badge } from '../../ui/badge.tsx';
import { formatDateTime, formatMoney, formatQuantity } from '../../ui/format.ts';
import type { Json } from './result-shape.ts';

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** One plain value of an answer, written by what its name and its form say it is. Text stays text (S8). */
export function ValueView({ name, value }: { name: string; value: Json }) {
  if (value === null || value === '') return <span className="text-faint">–</span>;
  if (typeof value === 'boolean') {
    const on = /^(enabled|active|running)$/i.test(name.split('.').at(-1) ?? '');
    return (
      <Badge tone={value ? 'ok' : 'neutral'}>
        {on ? (value ? t('On') : t('Off')) : value ? t('Yes') : t('No')}
      </Badge>
    );
  }
  if (typeof value === 'number') return <span className="figures">{writeNumber(name, value)}</span>;
  if (typeof value === 'string') {
    return ISO_TIME.test(value) ? (
      <time className="figures" dateTime={value}>
        {formatDateTime(Date.parse(value))}
      </time>
    ) : (
      <span title={value.length > 40 ? value : undefined}>{value}</span>
    );
  }
  return <span className="font-mono text-xs">{JSON.stringify(value)}</span>;
}

function writeNumber(name: string, value: number): string {
  const decimal = toDecimal(value);
  if (decimal === null) return String(value);
  if (/usd$/i.test(name)) return formatMoney(decimal);
  // What is called a percentage may be a fraction of one, so no sign is added.
  return formatQuantity(decimal);
}
