import { useMemo } from 'react';

import { assertNever } from '#shared/assert-never.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Prediction } from '#shared/domain/market/market.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { backendColumn } from '../../ui/backend-column.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Price } from '../../ui/figures.tsx';
import { formatDateTime, formatPercent, formatPrice } from '../../ui/format.ts';
import { EmptyState } from '../../ui/states.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { byDecimal, timeText } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { Confidence, DirectionBadge, directionName } from './direction.tsx';
import { factsInWords } from './facts.ts';
import type { Outcome } from './use-outcomes.ts';
import { useOutcomes } from './use-outcomes.ts';
import { useQuoteNames } from './use-quote-names.ts';
import { When } from '../../ui/when.tsx';

interface Row {
  prediction: Prediction;
  outcome: Outcome | null;
}

const columns: readonly TableColumn<Row>[] = [
  {
    id: 'time',
    header: t('When'),
    width: '7.5rem',
    sortValue: ({ prediction }) => prediction.receivedAtMs,
    text: ({ prediction }) => timeText(prediction.receivedAtMs),
    cell: ({ prediction }) => <When atMs={prediction.receivedAtMs} />,
  },
  {
    id: 'symbol',
    header: t('Symbol'),
    width: 'minmax(5.5rem, 1fr)',
    sortValue: ({ prediction }) => prediction.symbol,
    cell: ({ prediction }) => <span className="font-medium text-ink">{prediction.symbol ?? '–'}</span>,
  },
  {
    id: 'direction',
    header: t('Direction'),
    width: '7rem',
    sortValue: ({ prediction }) => prediction.direction,
    shown: ({ prediction }) => directionName(prediction.direction),
    cell: ({ prediction }) => <DirectionBadge direction={prediction.direction} />,
  },
  {
    id: 'confidence',
    header: t('Confidence'),
    width: '7rem',
    sortValue: ({ prediction }) => prediction.confidence,
    cell: ({ prediction }) => <Confidence value={prediction.confidence} />,
  },
  {
    id: 'predicted',
    header: t('Predicted'),
    width: '7rem',
    align: 'right',
    ...byDecimal(({ prediction }) => prediction.predictedPrice),
    cell: ({ prediction }) => <Price value={prediction.predictedPrice} />,
  },
  {
    id: 'horizon',
    header: t('Horizon'),
    width: '5rem',
    align: 'right',
    sortValue: ({ prediction }) => prediction.horizonMs,
    text: ({ prediction }) => (prediction.horizonMs === null ? null : formatAge(prediction.horizonMs)),
    cell: ({ prediction }) => (
      <span className="figures">{prediction.horizonMs === null ? '–' : formatAge(prediction.horizonMs)}</span>
    ),
  },
  {
    id: 'outcome',
    header: t('Outcome'),
    width: 'minmax(12rem, 2fr)',
    sortValue: ({ outcome }) => outcome?.kind ?? null,
    text: ({ outcome }) => outcomeText(outcome),
    cell: ({ outcome }) => <OutcomeCell outcome={outcome} />,
  },
  {
    id: 'model',
    header: t('Model'),
    width: 'minmax(6rem, 1fr)',
    sortValue: ({ prediction }) => prediction.model,
    cell: ({ prediction }) => (
      <span className="text-xs text-muted" title={factsInWords(prediction.facts)}>
        {prediction.model ?? '–'}
      </span>
    ),
  },
  backendColumn(({ prediction }) => prediction.backendId),
];
const NARROW_PX = 1_350;
const narrowColumns = columns.filter(({ id }) => !['model', 'backend', 'predicted'].includes(id));

/** What models expect, and how it turned out where that can be told. */
export function PredictionTable({ predictions }: { predictions: readonly Prediction[] }) {
  const outcomes = useOutcomes(predictions, useQuoteNames());
  const rows = useMemo(
    () =>
      predictions.map((prediction): Row => ({
        prediction,
        outcome: outcomes.get(rowKeyOf(prediction)) ?? null,
      })),
    [predictions, outcomes],
  );
  const narrow = useNarrow(NARROW_PX);
  return (
    <VirtualTable
      label={t('Predictions')}
      name="Predictions"
      rows={rows}
      columns={narrow ? narrowColumns : columns}
      rowKey={({ prediction }) => rowKeyOf(prediction)}
      initialSort={{ id: 'time', desc: true }}
      className="min-h-0 flex-1"
      empty={
        <EmptyState title={t('No predictions yet')}>
          {t('They show as a backend sends them. None that came before this desk was connected can be had.')}
        </EmptyState>
      }
    />
  );
}

/** How it turned out, for copying and files. */
function outcomeText(outcome: Outcome | null): string | null {
  if (outcome === null) return null;
  switch (outcome.kind) {
    case 'open':
      return `open, due ${timeText(outcome.dueAtMs)}`;
    case 'right':
    case 'wrong':
      return `${outcome.kind}, moved ${outcome.changePct}%`;
    case 'cannot-be-scored':
      return `cannot be scored: ${outcome.reason}`;
    default:
      return assertNever(outcome);
  }
}

function OutcomeCell({ outcome }: { outcome: Outcome | null }) {
  if (outcome === null) return <span className="text-faint">–</span>;
  switch (outcome.kind) {
    case 'open':
      return <Open dueAtMs={outcome.dueAtMs} />;
    case 'right':
    case 'wrong': {
      const { priceThen, priceAtDue, changePct, dueAtMs } = outcome;
      const title = t('{price}, then {price2} at {dateTime}', {
        price: formatPrice(priceThen),
        price2: formatPrice(priceAtDue),
        dateTime: formatDateTime(dueAtMs),
      });
      return (
        <span className="inline-flex items-center gap-2" title={title}>
          <Badge tone={outcome.kind === 'right' ? 'ok' : 'loss'}>
            {outcome.kind === 'right' ? t('Right') : t('Wrong')}
          </Badge>
          <span className="figures text-xs text-muted">
            {t('moved {percent}', { percent: formatPercent(changePct) })}
          </span>
        </span>
      );
    }
    case 'cannot-be-scored':
      return (
        <span className="text-xs text-faint" title={outcome.reason}>
          {t('Cannot be scored: {reason}', { reason: outcome.reason })}
        </span>
      );
    default:
      return assertNever(outcome);
  }
}

function Open({ dueAtMs }: { dueAtMs: number }) {
  const now = useNow(SECOND_MS);
  return (
    <span className="figures text-xs text-muted" title={formatDateTime(dueAtMs)}>
      {now < dueAtMs ? t('Open, due in {age}', { age: formatAge(dueAtMs - now) }) : t('Due now')}
    </span>
  );
}

const rowKeyOf = ({ backendId, id }: Prediction): string => entryKey(backendId, id);
