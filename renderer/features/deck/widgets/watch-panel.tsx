import { memo, useMemo } from 'react';

import type { Quote } from '#shared/domain/market/market.ts';
import { t } from '#shared/words.ts';

import { useSlice, useSliceValues } from '../../../stores/desk.ts';
import { openPlace } from '../../../stores/ui.ts';
import { BackendDot, PracticeMark } from '../../../ui/backend-tag.tsx';
import { Button } from '../../../ui/button.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { QuoteAge, QuoteChange, QuotePrice, QuoteSampleMark } from '../../market/quote-parts.tsx';
import { Sparkline } from '../../market/sparkline.tsx';
import { quoteKey } from '../../market/watch-list.tsx';

const ROW_PX = 44;

/** Every price that a backend names, small, moving in place. */
export function WatchPanel() {
  const quotes = useSliceValues('quotes');
  const backends = useSlice('backends');
  const sorted = useMemo(() => [...quotes].sort((a, b) => a.id.localeCompare(b.id)), [quotes]);
  const practice = quotes.length > 0 && quotes.every(({ backendId }) => backends.get(backendId)?.practice);
  return (
    <Panel
      title={
        <>
          {t('Watch list')} {practice && <PracticeMark />}
        </>
      }
      actions={
        <Button size="sm" variant="ghost" onClick={() => openPlace('market')}>
          {t('Market')}
        </Button>
      }
      bodyClassName="flex flex-col"
    >
      <VirtualList
        label={t('Watch list')}
        items={sorted}
        itemKey={quoteKey}
        estimateHeight={ROW_PX}
        className="flex-1 basis-0"
        renderItem={(quote) => <QuoteLine quote={quote} colour={backends.get(quote.backendId)?.colour} />}
        empty={
          <EmptyState title={t('No prices yet')} className="h-full !py-6">
            {t('They show as soon as a backend that tells prices sends one.')}
          </EmptyState>
        }
      />
    </Panel>
  );
}

/** Drawn again only when its own price moves. */
const QuoteLine = memo(function QuoteLine({ quote, colour }: { quote: Quote; colour: string | undefined }) {
  return (
    <button
      type="button"
      onClick={() => openPlace('market', quoteKey(quote))}
      className="grid h-11 w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-3.5 text-left hover:bg-raised focus-visible:-outline-offset-2 @xs:grid-cols-[minmax(0,1fr)_6.25rem_auto]"
    >
      <span className="flex min-w-0 items-center gap-2">
        <BackendDot colour={colour} />
        <span className="min-w-0">
          <span className="block truncate text-sm font-semibold text-ink">
            <span className="sr-only">{t('Open')} </span>
            {quote.id}
          </span>
          <QuoteAge quote={quote} className="block text-2xs" />
        </span>
        <QuoteSampleMark quote={quote} />
      </span>
      <span aria-hidden className="hidden @xs:block">
        <Sparkline quoteKey={quoteKey(quote)} />
      </span>
      <span className="flex flex-col items-end">
        <QuotePrice quote={quote} className="text-sm" />
        <QuoteChange quote={quote} className="text-xs" />
      </span>
    </button>
  );
});
