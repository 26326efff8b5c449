import { useMemo } from 'react';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { backendFreshness } from '#shared/domain/derive.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Portfolio } from '#shared/domain/portfolio/portfolio.ts';
import { figuresAtMs } from '#shared/domain/portfolio/portfolio.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../../stores/clock.ts';
import { useStaleBackends } from '../../stores/derived.ts';
import { useLinksReading } from '../../stores/desk-reading.ts';
import { readSlice, useEntry, useSlice } from '../../stores/desk.ts';
import { openPlace } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendCell } from '../../ui/backend-cell.tsx';
import { Money, Percent } from '../../ui/figures.tsx';
import { FlashOnChange } from '../../ui/flash-on-change.tsx';
import { LightDot, lightOf } from '../../ui/link-light.tsx';
import { byDecimal, byTime } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { CollateralView, lockedShare, lockedWords } from './collateral-view.tsx';
import type { Scope } from './scope.ts';
import { useScopes } from './scope.ts';

/** A backend with what it is sorted by; the cells look at the desk themselves. */
interface Row {
  backend: BackendConfig;
  portfolio: Portfolio | undefined;
  assets: number;
}

const columns: readonly TableColumn<Row>[] = [
  {
    id: 'name',
    header: t('Backend'),
    width: 'minmax(11rem, 1fr)',
    sortValue: ({ backend }) => backend.name,
    cell: ({ backend }) => <BackendCell backendId={backend.id} />,
  },
  {
    id: 'link',
    header: t('Link'),
    width: 'minmax(12rem, 1.4fr)',
    text: ({ backend }) => linkLight(backend.id, readSlice('links'), nowMs()).words,
    cell: ({ backend }) => <LinkWords backendId={backend.id} />,
  },
  {
    id: 'total',
    header: t('Value'),
    width: '9rem',
    align: 'right',
    ...byDecimal(({ portfolio }) => portfolio?.totalUsd ?? null),
    cell: ({ backend }) => <Total backendId={backend.id} />,
  },
  {
    id: 'change',
    header: '24 h',
    width: '6.5rem',
    align: 'right',
    ...byDecimal(({ portfolio }) => portfolio?.change24hPct ?? null),
    cell: ({ backend }) => <Change backendId={backend.id} />,
  },
  {
    id: 'assets',
    header: t('Assets'),
    width: '5rem',
    align: 'right',
    sortValue: ({ assets }) => assets,
    cell: ({ assets }) => <span className="figures">{assets}</span>,
  },
  {
    id: 'collateral',
    header: t('Collateral'),
    width: '12rem',
    sortValue: ({ portfolio }) => lockedShare(portfolio?.collateral ?? null),
    text: ({ portfolio }) => (portfolio?.collateral ? lockedWords(portfolio.collateral) : null),
    cell: ({ backend }) => <CollateralView backendId={backend.id} brief />,
  },
  {
    id: 'age',
    header: t('Age'),
    width: '5rem',
    align: 'right',
    ...byTime(({ portfolio }) => (portfolio === undefined ? null : figuresAtMs(portfolio))),
    cell: ({ backend }) => <PortfolioAge backendId={backend.id} />,
  },
];

const rowKey = ({ backend }: Row): string => backend.id;

/** A backend a row, with the age of its figures. */
export function BackendsTable({ scope }: { scope: Scope }) {
  const rows = useRows(useScopes()[scope]);
  const stale = useStaleBackends();
  return (
    <VirtualTable
      label={t('Backends')}
      name="Backends"
      rows={rows}
      columns={columns}
      rowKey={rowKey}
      onRowClick={({ backend }) => openPlace('settings', backend.id)}
      isStale={({ backend }) => stale.has(backend.id)}
      className="min-h-0 flex-1"
    />
  );
}

function useRows(backends: readonly BackendConfig[]): readonly Row[] {
  const portfolios = useSlice('portfolios');
  const holdings = useSlice('holdings');
  return useMemo(() => {
    const assets = new Map<string, number>();
    for (const { backendId } of holdings.values()) assets.set(backendId, (assets.get(backendId) ?? 0) + 1);
    return backends.map((backend): Row => ({
      backend,
      portfolio: portfolios.get(backend.id),
      assets: assets.get(backend.id) ?? 0,
    }));
  }, [backends, portfolios, holdings]);
}

function Total({ backendId }: { backendId: string }) {
  const totalUsd = useEntry('portfolios', backendId)?.totalUsd ?? null;
  return (
    <FlashOnChange value={totalUsd}>
      <Money value={totalUsd} className="font-medium text-ink" />
    </FlashOnChange>
  );
}

const Change = ({ backendId }: { backendId: string }) => (
  <Percent value={useEntry('portfolios', backendId)?.change24hPct ?? null} />
);

const linkLight = (backendId: string, links: ReadonlyMap<string, LinkStatus>, now: number) =>
  lightOf(backendFreshness(backendId, links.values(), now).worst, now);

function LinkWords({ backendId }: { backendId: string }) {
  const light = useLinksReading(SECOND_MS, (links, now) => linkLight(backendId, links, now));
  return (
    <span className="flex items-center gap-2 text-xs text-muted">
      <LightDot tone={light.tone} />
      <span className="truncate" title={light.words}>
        {light.words}
      </span>
    </span>
  );
}

function PortfolioAge({ backendId }: { backendId: string }) {
  const portfolio = useEntry('portfolios', backendId);
  const stale = useStaleBackends().has(backendId);
  return (
    <Age
      atMs={portfolio === undefined ? null : figuresAtMs(portfolio)}
      {...(stale ? { staleAfterMs: 0 } : {})}
    />
  );
}
