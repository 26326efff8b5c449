import { useMemo } from 'react';

import { assertNever } from '#shared/assert-never.ts';
import type { ResultView as View } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { formatNumber } from '../../ui/format.ts';
import { humanise } from '../../ui/humanise.ts';
import { TimeChart } from '../../ui/time-chart.tsx';
import type { Offer } from './abilities.ts';
import { DetailResult } from './detail-result.tsx';
import { DistributionResult } from './distribution-result.tsx';
import type { Json, JsonObject } from './result-shape.ts';
import { toSeries } from './result-shape.ts';
import { TableResult } from './table-result.tsx';

interface ResultViewProps {
  view: View;
  label: string;
  /** The id of the read. */
  name: string;
  value: Json;
  backendId: string;
  offersOf: (row: JsonObject) => Offer[];
  onOffer: (offer: Offer) => void;
}

/** An answer in the view that its read asks for; where it does not fit that view, all of it as it is. */
export function ResultView({ view, label, name, value, backendId, offersOf, onOffer }: ResultViewProps) {
  switch (view) {
    case 'table':
      return <TableResult label={label} name={name} value={value} offersOf={offersOf} onOffer={onOffer} />;
    case 'detail':
      return <DetailResult value={value} />;
    case 'distribution':
      return <DistributionResult value={value} backendId={backendId} />;
    case 'series':
      return <SeriesResult value={value} backendId={backendId} />;
    case 'text':
      return typeof value === 'string' ? (
        <p className="selectable rounded-md border border-line p-3.5 text-sm leading-relaxed break-words whitespace-pre-wrap text-ink">
          {value}
        </p>
      ) : (
        <DetailResult value={value} />
      );
    default:
      return assertNever(view);
  }
}

const writePlain = (value: number): string => formatNumber(value, 6);

function SeriesResult({ value, backendId }: { value: Json; backendId: string }) {
  const practice = useEntry('backends', backendId)?.practice === true;
  const series = useMemo(() => toSeries(value), [value]);
  if (series === null) return <DetailResult value={value} />;
  return (
    <div className="flex flex-col gap-4">
      {series.map(({ name, points }) => (
        <div key={name}>
          {series.length > 1 && <h3 className="label">{humanise(name)}</h3>}
          <TimeChart
            title={humanise(name)}
            name={humanise(name)}
            practice={practice}
            label={t('{name}, {count} points', { name: humanise(name), count: points.length })}
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
