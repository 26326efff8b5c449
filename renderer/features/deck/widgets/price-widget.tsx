import { useMemo } from 'react';

import { t } from '#shared/words.ts';

import { useSliceValues } from '../../../stores/desk.ts';
import { Select } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { PricePanel } from '../../market/price-panel.tsx';
import { quoteKey } from '../../market/watch-list.tsx';
import type { WidgetProps } from './widget-props.ts';

/** What most people look at first, where they have not chosen. */
const FIRST_ASSET = 'BTC';

/** The chart of one price, which is chosen in its title. */
export function PriceWidget({ subject, onSubject }: WidgetProps) {
  const quotes = useSliceValues('quotes');
  const sorted = useMemo(() => [...quotes].sort((a, b) => a.id.localeCompare(b.id)), [quotes]);
  const quote =
    sorted.find((one) => quoteKey(one) === subject) ??
    sorted.find(({ asset }) => asset === FIRST_ASSET) ??
    sorted[0];
  if (quote === undefined) {
    return (
      <Panel title={t('Price chart')}>
        <EmptyState title={t('No prices yet')} className="h-full">
          {t('The chart is drawn from prices as a backend that tells them sends them.')}
        </EmptyState>
      </Panel>
    );
  }
  const several = new Set(sorted.map(({ id }) => id)).size < sorted.length;
  return (
    <PricePanel
      key={quoteKey(quote)}
      quote={quote}
      name={
        <Select
          aria-label={t('Price in the chart')}
          size="sm"
          value={quoteKey(quote)}
          onChange={onSubject}
          options={sorted.map((one) => ({
            value: quoteKey(one),
            label: several ? `${one.id} · ${one.backendId}` : one.id,
          }))}
        />
      }
    />
  );
}
