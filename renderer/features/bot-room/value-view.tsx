import { assertNever } from '#shared/assert-never.ts';
import type { FigureUnit } from '#shared/domain/backends/backend.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, multiply, toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { Badge } from '../../ui/badge.tsx';
import { FundingRate, Money, MoneyChange, Percent, Price, PriceChange } from '../../ui/figures.tsx';
import {
  formatDateTime,
  formatDay,
  formatFigure,
  formatNumber,
  formatPercent,
  formatRatio,
  formatUnit,
} from '../../ui/format.ts';
import { memberName } from '../../ui/member-name.ts';
import { SIDE_NAMES } from '../../ui/side-words.ts';
import { valueWord } from '../../ui/value-word.ts';
import { formatClockAsShown } from '../../ui/written-time.ts';
import type { Figures } from './member-figure.ts';
import { toAnswerTime, toFigure, unitOf } from './member-figure.ts';
import type { Json } from './result-shape.ts';

interface ValueViewProps {
  /** The names of the member from the outside in. */
  path: readonly string[];
  value: Json;
  figures: Figures;
}

/** One plain value of an answer, written by what its read, its name and its form say it is. Text stays text (S8). */
export function ValueView({ path, value, figures }: ValueViewProps) {
  const name = path.at(-1)?.split('.').at(-1) ?? '';
  if (value === null || value === '') return <span className="text-faint">–</span>;
  if (typeof value === 'boolean') {
    const on = /^(enabled|active|running)$/i.test(name);
    return (
      <Badge tone={value ? 'ok' : 'neutral'}>
        {on ? (value ? t('On') : t('Off')) : value ? t('Yes') : t('No')}
      </Badge>
    );
  }
  if (typeof value === 'object') return <>{plainWords(value)}</>;
  const time = toAnswerTime(name, value);
  if (time !== null) {
    return (
      <time className="figures" dateTime={String(value)}>
        {time.kind === 'day'
          ? formatDay(time.atMs)
          : time.kind === 'moment'
            ? formatDateTime(time.atMs)
            : t('{time}, its zone is not said', { time: formatClockAsShown(time.atMs) })}
      </time>
    );
  }
  if (/port$/i.test(name) && typeof value === 'number')
    return <span className="figures">{String(value)}</span>;
  const unit = unitOf(path, figures);
  const figure = toFigure(value, unit);
  if (figure !== null) return <AnswerFigure value={figure} unit={unit} />;
  const text = String(value);
  if (/^side$/i.test(name) && (text === 'buy' || text === 'sell')) return SIDE_NAMES[text];
  return <span title={text.length > 40 ? text : undefined}>{valueWord(name, text)}</span>;
}

/** What is in a cell that has no room for a table of its own, in one line: "BTC 1, USDC 50,000". */
function plainWords(value: Json): string {
  if (value === null || value === '') return '–';
  if (Array.isArray(value)) return value.length === 0 ? t('None.') : value.map(plainWords).join('; ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, member]) => `${memberName(name)} ${plainWords(member)}`)
      .join(', ');
  if (typeof value === 'boolean') return value ? t('Yes') : t('No');
  const figure = toFigure(value, null);
  return figure === null ? valueWord('', String(value)) : formatFigure(figure);
}

/** What servers say where they count without a limit: the largest whole number, or what is left of it. */
const WITHOUT_LIMIT = '9007199254740000';

function AnswerFigure({ value, unit }: { value: DecimalString; unit: FigureUnit | null }) {
  switch (unit) {
    case 'usd':
      return <Money value={value} />;
    case 'usd-change':
      return <MoneyChange value={value} />;
    case 'price':
      return <Price value={value} />;
    case 'price-change':
      return <PriceChange value={value} />;
    case 'percent':
      return <span className="figures">{formatPercent(value, false)}</span>;
    case 'percent-change':
      return <Percent value={value} />;
    case 'fraction':
      return <span className="figures">{formatPercent(multiply(value, '100'), false)}</span>;
    case 'fraction-change':
      return <Percent value={multiply(value, '100')} />;
    case 'funding-rate':
      return <FundingRate value={value} />;
    case 'ratio':
      return <span className="figures">{formatRatio(value)}</span>;
    case 'score':
      return <span className="figures">{formatNumber(toFloat(value), 2)}</span>;
    case 'change':
      return <span className="figures">{formatFigure(value, true)}</span>;
    case 'seconds':
      return <span className="figures">{formatUnit(value, 'second')}</span>;
    case null:
      return (
        <span className="figures">
          {compare(value, WITHOUT_LIMIT) >= 0 ? t('no limit') : formatFigure(value)}
        </span>
      );
    default:
      return assertNever(unit);
  }
}
