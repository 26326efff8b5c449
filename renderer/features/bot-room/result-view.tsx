import { useMemo } from 'react';

import { assertNever } from '#shared/assert-never.ts';
import type { ResultView as View } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { useStaleBackends } from '../../stores/derived.ts';
import { useEntry } from '../../stores/desk.ts';
import { cx } from '../../ui/cx.ts';
import { formatNumber } from '../../ui/format.ts';
import { memberName } from '../../ui/member-name.ts';
import { TimeChart } from '../../ui/time-chart.tsx';
import type { Offer } from './abilities.ts';
import { DetailResult } from './detail-result.tsx';
import { DistributionResult } from './distribution-result.tsx';
import type { Figures } from './member-figure.ts';
import { NO_FIGURES } from './member-figure.ts';
import type { Json, JsonObject } from './result-shape.ts';
import { toSeries } from './result-shape.ts';
import { RulesResult } from './rules-result.tsx';
import { TableResult } from './table-result.tsx';

interface ResultViewProps {
  view: View;
  label: string;
  /** The id of the read. */
  name: string;
  value: Json;
  figures?: Figures | undefined;
  backendId: string;
  offersOf: (row: JsonObject) => Offer[];
  onOffer: (offer: Offer) => void;
}

type AnswerProps = ResultViewProps & { figures: Figures };

/** An answer in the view that its read asks for; where it does not fit that view, all of it as it is. */
export function ResultView({ figures = NO_FIGURES, ...given }: ResultViewProps) {
  const isStale = useStaleBackends().has(given.backendId);
  return (
    <div className={cx('contents', isStale && 'stale-figures')}>
      <Answer figures={figures} {...given} />
    </div>
  );
}

function Answer({ view, value, figures, backendId, ...shown }: AnswerProps) {
  switch (view) {
    case 'table':
      return <TableResult value={value} figures={figures} {...shown} />;
    case 'choices':
    case 'detail':
      return <DetailResult value={value} figures={figures} />;
    case 'distribution':
      return <DistributionResult value={value} backendId={backendId} />;
    case 'series':
      return <SeriesResult value={value} figures={figures} backendId={backendId} />;
    case 'rules':
      return <RulesResult value={value} {...shown} />;
    case 'text':
      return typeof value === 'string' ? (
        <p className="selectable rounded-md border border-line p-3.5 text-sm leading-relaxed break-words whitespace-pre-wrap text-ink">
          {value}
        </p>
      ) : (
        <DetailResult value={value} figures={figures} />
      );
    default:
      return assertNever(view);
  }
}

const writePlain = (value: number): string => formatNumber(value, 6);

function SeriesResult({ value, figures, backendId }: Pick<AnswerProps, 'value' | 'figures' | 'backendId'>) {
  const practice = useEntry('backends', backendId)?.practice === true;
  const series = useMemo(() => toSeries(value), [value]);
  if (series === null) return <DetailResult value={value} figures={figures} />;
  return (
    <div className="flex flex-col gap-4">
      {series.map(({ name, points }) => (
        <div key={name}>
          {series.length > 1 && <h3 className="label">{memberName(name)}</h3>}
          <TimeChart
            title={memberName(name)}
            name={memberName(name)}
            practice={practice}
            label={t('{name}, {count} points', { name: memberName(name), count: points.length })}
            points={points}
            kind="line"
            formatValue={writePlain}
            className="h-56 w-full"
          />
        </div>
      ))}
    </div>
  );
}
