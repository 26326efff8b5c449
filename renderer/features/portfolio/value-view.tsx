import { useMemo } from 'react';

import { performance } from '#shared/domain/portfolio/performance.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import { add, compare, subtract, toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useSlice } from '../../stores/desk.ts';
import type { EquityCurve } from '../../stores/equity-curve.ts';
import { depositsOn, equityCurve, fromCommonStart } from '../../stores/equity-curve.ts';
import type { ChartMarker } from '../../ui/chart-look.ts';
import { formatClock, formatMoney, formatMoneyShort } from '../../ui/format.ts';
import type { TimeLine } from '../../ui/time-lines.ts';
import { lineTone } from '../../ui/line-tone.ts';
import { TimeChart } from '../../ui/time-chart.tsx';

interface ValueViewProps {
  /** Of the stretch that is looked at. */
  points: readonly EquityPoint[];
  nowMs: number;
  practice: boolean;
  /** Whether its newest figures are old (D4). */
  stale: boolean;
}

/** The value over time. Where money was put in, a dashed line says what would be there without any profit. */
export function ValueView({ points, nowMs, practice, stale }: ValueViewProps) {
  const backends = useSlice('backends');
  const curve = useMemo(() => fromCommonStart(equityCurve(points)), [points]);
  const line = useMemo(
    () => curve.points.map(({ atMs, totalUsd }) => ({ atMs, value: toFloat(totalUsd) })),
    [curve],
  );
  const putIn = useMemo(() => putInLine(points, curve), [points, curve]);
  const markers = useMemo(
    () =>
      curve.marks.map((mark): ChartMarker =>
        mark.kind === 'deposit'
          ? {
              atMs: mark.atMs,
              text: t('Deposit {moneyShort}', { moneyShort: formatMoneyShort(mark.valueUsd) }),
              shape: 'dot',
              tone: 'warn',
            }
          : {
              atMs: mark.atMs,
              text: t('{name} joins', { name: backends.get(mark.backendId)?.name ?? '' }),
              shape: 'dot',
              tone: 'muted',
            },
      ),
    [curve, backends],
  );
  const last = curve.points.at(-1);
  const first = curve.points[0];
  const deposits = depositsOn(curve);
  return (
    <>
      <TimeChart
        title={t('Value over time')}
        name={t('Value')}
        label={t('Value over time, now {what}', {
          what: last === undefined ? t('not known') : formatMoney(last.totalUsd),
        })}
        points={line}
        more={putIn}
        markers={markers}
        tone={lineTone({ practice, stale })}
        practice={practice}
        formatValue={writeDollars}
        className="mt-1 h-56 w-full"
      />
      <p className="figures flex flex-wrap gap-x-4 px-4 pb-0.5 text-2xs text-faint">
        {first !== undefined && (
          <span>{t('Known since {clock}', { clock: formatClock(first.atMs, nowMs) })}</span>
        )}
        {compare(deposits, '0') !== 0 && (
          <span>
            {t('{money} of it deposited in this time: not profit', { money: formatMoney(deposits) })}
          </span>
        )}
      </p>
    </>
  );
}

const NO_LINES: readonly TimeLine[] = [];

/** The value at the beginning and what was put in since; none where nothing was. */
function putInLine(
  points: readonly EquityPoint[],
  { marks, points: shown }: EquityCurve,
): readonly TimeLine[] {
  const [start] = shown;
  if (marks.length === 0 || start === undefined) return NO_LINES;
  const course = performance(points).filter(({ atMs }) => atMs >= start.atMs);
  const base = subtract(start.totalUsd, course[0]?.putInUsd ?? '0');
  return [
    {
      name: t('Start and deposits'),
      kind: 'steps',
      tone: 'muted',
      points: course.map(({ atMs, putInUsd }) => ({ atMs, value: toFloat(add(base, putInUsd)) })),
    },
  ];
}

const writeDollars = (value: number): string => formatMoney(value.toFixed(2));
