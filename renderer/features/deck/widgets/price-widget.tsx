import { memo, useCallback } from 'react';
import { useShallow } from 'zustand/react/shallow';

import type { Quote } from '#shared/domain/market/market.ts';
import { t } from '#shared/words.ts';

import { readSlice, useDeskStore } from '../../../stores/desk.ts';
import type { DeskState } from '../../../stores/desk-state.ts';
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
  const quote = useDeskStore(useCallback((state: DeskState) => chosenOf(state, subject), [subject]));
  if (quote === undefined) {
    return (
      <Panel title={t('Price chart')}>
        <EmptyState title={t('No prices yet')} className="h-full">
          {t('The chart is drawn from prices as a backend that tells them sends them.')}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <PricePanel
      key={quoteKey(quote)}
      quote={quote}
      name={<PriceChoice chosen={quoteKey(quote)} onChoice={onSubject} />}
    />
  );
}

/** Drawn again when there are other prices, and not when one moves. */
const PriceChoice = memo(function PriceChoice({
  chosen,
  onChoice,
}: {
  chosen: string;
  onChoice: (key: string) => void;
}) {
  const keys = useDeskStore(useShallow(({ slices }) => [...slices.quotes.keys()]));
  const quotes = keys
    .flatMap((key) => readSlice('quotes').get(key) ?? [])
    .sort((a, b) => a.id.localeCompare(b.id));
  const several = new Set(quotes.map(({ id }) => id)).size < quotes.length;
  return (
    <Select
      aria-label={t('Price in the chart')}
      size="sm"
      value={chosen}
      onChange={onChoice}
      options={quotes.map((one) => ({
        value: quoteKey(one),
        label: several ? `${one.id} · ${one.backendId}` : one.id,
      }))}
    />
  );
});

/** Looked for with each change of the desk, so without sorting all. */
function chosenOf({ slices: { quotes } }: DeskState, subject: string | null): Quote | undefined {
  const chosen = subject === null ? undefined : quotes.get(subject);
  if (chosen !== undefined) return chosen;
  const all = [...quotes.values()];
  return firstOf(all.filter(({ asset }) => asset === FIRST_ASSET)) ?? firstOf(all);
}

const firstOf = (quotes: readonly Quote[]): Quote | undefined =>
  quotes.reduce<Quote | undefined>(
    (first, quote) => (first === undefined || quote.id.localeCompare(first.id) < 0 ? quote : first),
    undefined,
  );
