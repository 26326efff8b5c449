import { useMemo, useState } from 'react';

import type { ActDescriptor } from '#shared/domain/backends/backend.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Threshold } from '#shared/domain/alerts/volume.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useSlice, useSliceValues } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { backendColumn } from '../../ui/backend-column.tsx';
import { Badge } from '../../ui/badge.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { narrowed } from '../../ui/narrowed.ts';
import { EmptyState } from '../../ui/states.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { byDecimal } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { When } from '../../ui/when.tsx';
import { actsOn, fixedFor } from '../models/model-acts.ts';
import type { AskedAct } from './asked-act.tsx';
import { AskedActDialog } from './asked-act.tsx';
import { CreateButtons } from './create-buttons.tsx';
import { ThingMenu } from './thing-menu.tsx';

const FIGURE: Record<Threshold['figure'], string> = {
  price: t('Price'),
  funding: t('Funding rate'),
  'open-interest': t('Open interest'),
};
/** A server's own word for how it tells. */
const DELIVERY: Readonly<Record<string, string>> = {
  DASHBOARD: t('here'),
  EMAIL: t('by e-mail'),
  BOTH: t('here and by e-mail'),
};
const deliveryWords = ({ delivery }: Threshold): string | null =>
  delivery === null ? null : (DELIVERY[delivery] ?? delivery);

/** Figures at which a backend tells once, as the person set them there. */
export function ThresholdsPanel({ createAct }: { createAct: string }) {
  const thresholds = useSliceValues('thresholds');
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const narrow = useNarrow(NARROW_PX);
  const all = useThresholdColumns(setAsked);
  const columns = useMemo(() => (narrow ? narrowed(all, ['last', 'delivery']) : all), [narrow, all]);
  return (
    <section aria-label={t('Threshold alerts')} className="flex min-h-56 flex-1 flex-col">
      <header className="flex shrink-0 flex-wrap items-center gap-2 px-5 py-2">
        <h2 className="text-sm font-semibold text-ink">{t('Threshold alerts')}</h2>
        <span className="text-xs text-muted">
          {t('Each tells once, then is off until you watch it again.')}
        </span>
        <span className="ml-auto flex gap-2">
          <CreateButtons act={createAct} onAsk={setAsked} />
        </span>
      </header>
      <VirtualTable
        label={t('Threshold alerts')}
        name="Threshold alerts"
        rows={thresholds}
        columns={columns}
        rowKey={({ backendId, id }) => entryKey(backendId, id)}
        initialSort={{ id: 'symbol', desc: false }}
        className="mx-5 mb-5 min-h-0 flex-1 rounded-lg border border-line bg-surface"
        empty={
          <EmptyState title={t('No threshold is set')}>
            {t('The account on the backend has none, or the desk is not signed in there.')}
          </EmptyState>
        }
      />
      <AskedActDialog asked={asked} onClose={() => setAsked(null)} />
    </section>
  );
}

const NARROW_PX = 1_180;

function useThresholdColumns(onAsk: (asked: AskedAct) => void): readonly TableColumn<Threshold>[] {
  const kinds = useKinds();
  const backends = useSlice('backends');
  return useMemo(() => {
    const actsFor = (threshold: Threshold): ActDescriptor[] => {
      const kind = backends.get(threshold.backendId)?.kind;
      const acts = actsOn(kind === undefined ? undefined : kinds?.get(kind), 'threshold');
      // What is watched needs no watching again.
      return threshold.active ? acts.filter(({ id }) => !id.includes('reactivate')) : acts;
    };
    return [
      ...figures,
      {
        id: 'acts',
        header: <span className="sr-only">{t('With this threshold')}</span>,
        width: '3.5rem',
        align: 'right',
        cell: (threshold) => {
          const about = t('{symbol} {toLowerCase} at {threshold}', {
            symbol: threshold.symbol,
            toLowerCase: FIGURE[threshold.figure].toLowerCase(),
            threshold: threshold.threshold,
          });
          return (
            <ThingMenu
              about={about}
              acts={actsFor(threshold)}
              onChoose={(act) =>
                onAsk({
                  backendId: threshold.backendId,
                  act,
                  about,
                  fixed: fixedFor(act, threshold.id),
                  known: {
                    threshold: threshold.threshold,
                    symbol: threshold.symbol,
                    figure: threshold.figure,
                    ...(threshold.delivery === null ? {} : { delivery: threshold.delivery }),
                  },
                })
              }
            />
          );
        },
      },
    ];
  }, [kinds, backends, onAsk]);
}

const figures: readonly TableColumn<Threshold>[] = [
  {
    id: 'symbol',
    header: t('Symbol'),
    width: 'minmax(6rem, 1fr)',
    sortValue: ({ symbol }) => symbol,
    cell: ({ symbol }) => <span className="font-semibold text-ink">{symbol}</span>,
  },
  {
    id: 'figure',
    header: t('Figure'),
    width: '8rem',
    sortValue: ({ figure }) => FIGURE[figure],
    cell: ({ figure }) => FIGURE[figure],
  },
  {
    id: 'threshold',
    header: t('At'),
    width: '9rem',
    align: 'right',
    sortValue: ({ threshold }) => toFloat(threshold),
    text: ({ threshold }) => threshold,
    cell: ({ threshold }) => <span className="figures text-ink">{formatQuantity(threshold)}</span>,
  },
  {
    id: 'last',
    header: t('Last seen'),
    width: '9rem',
    align: 'right',
    ...byDecimal(({ lastValue }) => lastValue),
    cell: ({ lastValue }) => (
      <span className="figures text-muted">{lastValue === null ? '–' : formatQuantity(lastValue)}</span>
    ),
  },
  {
    id: 'state',
    header: t('State'),
    width: '10rem',
    sortValue: ({ active }) => Number(active),
    text: ({ active }) => (active ? 'watched' : 'off'),
    cell: ({ active, triggeredAtMs }) => (
      <span className="flex items-center gap-2">
        <Badge tone={active ? 'ok' : 'neutral'}>{active ? t('Watched') : t('Off')}</Badge>
        {triggeredAtMs !== null && <When atMs={triggeredAtMs} />}
      </span>
    ),
  },
  {
    id: 'delivery',
    header: t('Told'),
    width: '9rem',
    sortValue: deliveryWords,
    cell: (threshold) => <span className="text-xs text-muted">{deliveryWords(threshold) ?? '–'}</span>,
  },
  backendColumn(({ backendId }) => backendId),
];
