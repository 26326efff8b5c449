import { useMemo } from 'react';

import { entryKey } from '#shared/domain/desk.ts';
import { t } from '#shared/words.ts';

import { useStaleBackends } from '../../../stores/derived.ts';
import { useSlice } from '../../../stores/desk.ts';
import { openPlace } from '../../../stores/ui.ts';
import { BackendTag } from '../../../ui/backend-tag.tsx';
import { Badge, CountBadge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { MoneyChange, Quantity } from '../../../ui/figures.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import type { CopyPair } from '../../copy-trading/copies.ts';
import { pairCopies } from '../../copy-trading/copies.ts';

/** What is copied, missed exits first. */
export function CopiesPanel() {
  const positions = useSlice('positions');
  const alerts = useSlice('alerts');
  const copies = useMemo(
    () => pairCopies(positions.values(), alerts.values()).filter(({ copy }) => copy !== null),
    [positions, alerts],
  );
  const missed = copies.filter(({ state }) => state === 'missed-exit').length;
  return (
    <Panel
      title={
        <>
          {t('Copies')} <CountBadge count={copies.length} />
          <CountBadge count={missed} tone="danger" label={t('{missed} missed exits', { missed })} />
        </>
      }
      actions={
        <Button size="sm" variant="ghost" onClick={() => openPlace('copy-trading')}>
          {t('Open')}
        </Button>
      }
      bodyClassName="overflow-y-auto"
    >
      {copies.length === 0 ? (
        <EmptyState title={t('Nothing is copied')} className="h-full !py-6">
          {t('Positions show here once a trader whom you follow trades.')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {copies.map((pair) => (
            <CopyLine key={pair.key} pair={pair} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function CopyLine({ pair: { copy, state } }: { pair: CopyPair }) {
  const traders = useSlice('traders');
  const stale = useStaleBackends().has(copy?.backendId ?? '');
  if (copy === null) return null;
  const traderKey = entryKey(copy.backendId, copy.traderId ?? '');
  const known = traders.get(traderKey);
  const trader = known?.name ?? copy.traderId ?? t('trader not told');
  return (
    <li>
      <button
        type="button"
        onClick={() => openPlace('copy-trading', known === undefined ? null : traderKey)}
        className={cx(
          'block w-full px-3.5 py-2 text-left hover:bg-raised focus-visible:-outline-offset-2',
          stale && 'stale-figures',
        )}
      >
        <span className="flex items-center gap-2 text-sm">
          <span className="truncate font-semibold text-ink">
            <span className="sr-only">{t('Open')} </span>
            {copy.symbol}
          </span>
          <Badge tone={copy.side === 'long' ? 'gain' : 'loss'}>
            {copy.side === 'long' ? t('Long') : t('Short')}
          </Badge>
          {stale && <span className="text-2xs text-warn">{t('stale')}</span>}
          {state === 'missed-exit' && <Badge tone="danger">{t('Missed exit')}</Badge>}
          <span className="ml-auto">
            <MoneyChange value={copy.pnl} />
          </span>
        </span>
        <span className="mt-0.5 flex items-center gap-2 text-xs text-muted">
          <span className="truncate">{t('of {trader}', { trader })}</span>
          <BackendTag backendId={copy.backendId} className="!text-faint" />
          <Quantity value={copy.quantity} className="ml-auto" />
        </span>
      </button>
    </li>
  );
}
