import { useMemo } from 'react';

import type { BackendConfig } from '#shared/domain/backend.ts';
import { backendFreshness } from '#shared/domain/derive.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { useStaleBackends } from '../../stores/derived.ts';
import { useEntry, useSlice } from '../../stores/desk.ts';
import { openPlace } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendCell } from '../../ui/backend-cell.tsx';
import { Money, Percent } from '../../ui/figures.tsx';
import { FlashOnChange } from '../../ui/flash-on-change.tsx';
import { LightDot, lightOf } from '../../ui/link-light.tsx';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { CollateralView } from './collateral-view.tsx';
import type { Scope } from './scope.ts';
import { useScopes } from './scope.ts';

const columns: readonly TableColumn<BackendConfig>[] = [
  {
    id: 'name',
    header: t('Backend'),
    width: 'minmax(11rem, 1fr)',
    sortValue: ({ name }) => name,
    cell: ({ id }) => <BackendCell backendId={id} />,
  },
  {
    id: 'link',
    header: t('Link'),
    width: 'minmax(12rem, 1.4fr)',
    cell: ({ id }) => <LinkWords backendId={id} />,
  },
  {
    id: 'total',
    header: t('Value'),
    width: '9rem',
    align: 'right',
    cell: ({ id }) => <Total backendId={id} />,
  },
  {
    id: 'change',
    header: '24 h',
    width: '6.5rem',
    align: 'right',
    cell: ({ id }) => <Change backendId={id} />,
  },
  {
    id: 'assets',
    header: t('Assets'),
    width: '5rem',
    align: 'right',
    cell: ({ id }) => <AssetCount backendId={id} />,
  },
  {
    id: 'collateral',
    header: t('Collateral'),
    width: '12rem',
    cell: ({ id }) => <CollateralView backendId={id} brief />,
  },
  {
    id: 'age',
    header: t('Age'),
    width: '5rem',
    align: 'right',
    cell: ({ id }) => <PortfolioAge backendId={id} />,
  },
];

const rowKey = ({ id }: BackendConfig): string => id;

/** A backend a row, with the age of its figures. */
export function BackendsTable({ scope }: { scope: Scope }) {
  const backends = useScopes()[scope];
  const stale = useStaleBackends();
  return (
    <VirtualTable
      label={t('Backends')}
      rows={backends}
      columns={columns}
      rowKey={rowKey}
      onRowClick={({ id }) => openPlace('settings', id)}
      isStale={({ id }) => stale.has(id)}
      className="min-h-0 flex-1"
    />
  );
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

function AssetCount({ backendId }: { backendId: string }) {
  const holdings = useSlice('holdings');
  const count = useMemo(
    () => [...holdings.values()].filter((holding) => holding.backendId === backendId).length,
    [holdings, backendId],
  );
  return <span className="figures">{count}</span>;
}

function LinkWords({ backendId }: { backendId: string }) {
  const links = useSlice('links');
  const now = useNow(SECOND_MS);
  const light = lightOf(backendFreshness(backendId, links.values(), now).worst, now);
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
      atMs={portfolio?.occurredAtMs ?? portfolio?.receivedAtMs ?? null}
      {...(stale ? { staleAfterMs: 0 } : {})}
    />
  );
}
