import { useMemo } from 'react';

import { toDecimal, toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { formatCount, formatMoney, formatMoneyShort, formatNumber, formatShare } from '../../ui/format.ts';
import { Stat } from '../../ui/panel.tsx';
import { CourseFan } from './course-fan.tsx';
import type { Courses } from './courses.ts';
import { seedOf, simulateCourses } from './courses.ts';
import { DetailResult } from './detail-result.tsx';
import { OutcomeHistogram } from './outcome-histogram.tsx';
import type { Distribution, Json } from './result-shape.ts';
import { toDistribution } from './result-shape.ts';

interface DistributionResultProps {
  value: Json;
  backendId: string;
}

/**
 * Simulated outcomes as a histogram: the end values that the server gave. It gives no courses in between; those that are drawn
 * under it are simulated here, and said to be.
 */
export function DistributionResult({ value, backendId }: DistributionResultProps) {
  const distribution = useMemo(() => toDistribution(value), [value]);
  const courses = useMemo(() => (distribution === null ? null : coursesOf(distribution)), [distribution]);
  const totalUsd = useEntry('portfolios', backendId)?.totalUsd ?? null;
  const practice = useEntry('backends', backendId)?.practice === true;
  if (distribution === null) return <DetailResult value={value} />;
  const { values, days, start } = distribution;
  const ofPortfolio = distribution.unit === 'USD' && totalUsd !== null ? toFloat(totalUsd) : null;
  const nowUsd = start ?? ofPortfolio;
  const write = writer(distribution);
  const below = nowUsd === null ? null : (values.filter((one) => one < nowUsd).length / values.length) * 100;
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-x-4 gap-y-2">
        <Stat label={t('Simulations')}>{formatCount(values.length)}</Stat>
        <Stat label={t('Worst of 20 (5%)')}>{write(distribution.p5)}</Stat>
        <Stat label={t('Median')}>{write(distribution.median)}</Stat>
        <Stat label={t('Mean')}>{write(distribution.mean)}</Stat>
        <Stat label={t('Best of 20 (95%)')}>{write(distribution.p95)}</Stat>
        {below !== null && <Stat label={t('Ends below today')}>{formatShare(below, 0)}</Stat>}
      </dl>
      <OutcomeHistogram
        title={t('Simulated outcomes')}
        distribution={distribution}
        nowUsd={nowUsd}
        practice={practice}
        write={write}
        writeShort={writer(distribution, true)}
      />
      <p className="text-xs leading-relaxed text-muted">
        {t(
          'End values from the server{what}, {count} simulations. The server does not give the courses in between.',
          {
            what: days === null ? '' : ` ${t('after {days} days', { days })}`,
            count: formatCount(values.length),
          },
        )}
      </p>
      {courses === null ? (
        <p className="text-xs text-muted">
          {t('Courses are not drawn: this answer does not say what its end values began with.')}
        </p>
      ) : (
        <>
          <CourseFan
            courses={courses}
            practice={practice}
            write={write}
            writeShort={writer(distribution, true)}
          />
          <p className="text-xs leading-relaxed text-muted">
            {t(
              'Simulated here, not by the server: {count} random walks from the value of today that end where the server’s values end, each day moving as much as their spread asks for. Seed {seed}: the same answer gives the same courses.',
              { count: formatCount(courses.count), seed: courses.seed },
            )}
          </p>
        </>
      )}
    </div>
  );
}

/** Only from what the answer itself begins with: a start of another day would bend every course. */
function coursesOf({ values, days, start }: Distribution): Courses | null {
  if (days === null || start === null) return null;
  return simulateCourses({ start, ends: values, days, seed: seedOf(values, days) });
}

/** Dollars where the answer says so, else plain numbers. */
function writer({ unit }: Distribution, short = false): (value: number) => string {
  return (value) => {
    const decimal = toDecimal(value);
    if (decimal === null) return '–';
    if (unit !== 'USD') return formatNumber(value, 2);
    return short ? formatMoneyShort(decimal) : formatMoney(decimal);
  };
}
