import { useMemo } from 'react';
import { z } from 'zod';

import type { BackendConfig, ReadDescriptor } from '#shared/domain/backends/backend.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import { isPriceOfMarket } from '#shared/domain/market/market.ts';
import { HOUR_MS, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { selectItem } from '../../stores/ui.ts';
import { useRequest } from '../../stores/use-request.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Percent } from '../../ui/figures.tsx';
import { formatCount } from '../../ui/format.ts';
import { overviewOf } from './overview.ts';
import { isQuoteStale } from './quote-freshness.ts';
import { quoteKey } from './watch-list.tsx';

/** The market at a glance: how many prices rise and fall, which most, and the mood where a backend tells one. Stale prices count for nothing. */
export function MarketOverview({ quotes }: { quotes: readonly Quote[] }) {
  const links = useSlice('links');
  const now = useNow(5 * SECOND_MS);
  const { rising, falling, best, worst } = useMemo(
    () =>
      overviewOf(
        quotes.filter((quote) => isPriceOfMarket(quote) && !isQuoteStale(quote, links.values(), now)),
      ),
    [quotes, links, now],
  );
  const moods = useMoods();
  return (
    <section
      aria-label={t('Overview')}
      className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1 text-xs text-muted"
    >
      <span className="figures">
        {rising + falling === 0
          ? t('Nobody tells now how prices moved in 24 h.')
          : t('In 24 h {rising} rose and {falling} fell', {
              rising: formatCount(rising),
              falling: formatCount(falling),
            })}
      </span>
      {best !== null && <Mover words={t('Most up')} quote={best} />}
      {worst !== null && <Mover words={t('Most down')} quote={worst} />}
      {moods.map(({ backend, read }) => (
        <Mood key={backend.id} backend={backend} read={read} />
      ))}
    </section>
  );
}

/** A price that stands out; a click shows it in the chart. */
const Mover = ({ words, quote }: { words: string; quote: Quote }) => (
  <button
    type="button"
    onClick={() => selectItem(quoteKey(quote))}
    className="flex items-center gap-1.5 rounded-sm px-1 hover:bg-raised hover:text-ink"
  >
    {words} <span className="font-medium text-ink">{quote.id}</span> <Percent value={quote.change24hPct} />
  </button>
);

/** Backends that tell the mood of the market, each with the read that does. */
function useMoods(): readonly { backend: BackendConfig; read: ReadDescriptor }[] {
  const backends = useSlice('backends');
  const kinds = useKinds();
  return useMemo(
    () =>
      [...backends.values()].flatMap((backend) => {
        const read = kinds?.get(backend.kind)?.reads.find(({ tells }) => tells === 'sentiment');
        return backend.enabled && read !== undefined ? [{ backend, read }] : [];
      }),
    [backends, kinds],
  );
}

const sentiment = z.object({ value: z.number().min(0).max(100), fetchedAt: z.string().nullish() });

function Mood({ backend, read }: { backend: BackendConfig; read: ReadDescriptor }) {
  const hour = Math.floor(useNow(60 * SECOND_MS) / HOUR_MS);
  const { value, trouble, loading } = useRequest(
    'backends.read',
    { backendId: backend.id, read: read.id, params: {} },
    hour,
  );
  const { data } = sentiment.safeParse(value);
  const atMs = Date.parse(data?.fetchedAt ?? '');
  return (
    <span className="flex items-center gap-1.5" title={trouble ?? read.help}>
      {read.label}{' '}
      <span className="figures font-medium text-ink">
        {data !== undefined ? `${formatCount(data.value)} / 100` : loading ? '…' : t('not told')}
      </span>
      {data !== undefined && <Age atMs={Number.isNaN(atMs) ? null : atMs} />}
      <BackendTag backendId={backend.id} brief />
    </span>
  );
}
