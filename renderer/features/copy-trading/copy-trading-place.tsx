import { TriangleAlert, UsersRound } from 'lucide-react';
import { useMemo, useState } from 'react';

import { TRADER_READS } from '#shared/domain/bots/copy-trading.ts';
import { t } from '#shared/words.ts';

import { usePanic } from '../../stores/derived.ts';
import { useSlice, useSliceValues } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { openPlace, useUi } from '../../stores/ui.ts';
import { PracticeMark } from '../../ui/backend-tag.tsx';
import { Badge, CountBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';
import { PlaceHeader } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { BackendReads } from './backend-reads.tsx';
import { pairCopies } from './copies.ts';
import { CopiesTable } from './copies-table.tsx';
import { TraderPage } from './trader-page.tsx';
import { TradersTable } from './traders-table.tsx';

/** Traders to follow and what is copied from them. The item is a trader's key. */
export function CopyTradingPlace() {
  const itemId = useUi((state) => state.itemId);
  const traders = useSlice('traders');
  const trader = itemId === null ? undefined : traders.get(itemId);
  const connected = useCopyBackends();
  if (connected.ids.length === 0 && traders.size === 0) return <NothingHere />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader title={t('Copy trading')} note={<HeaderNote practice={connected.practice} />} />
      {trader === undefined ? <Everything /> : <TraderPage key={itemId} trader={trader} />}
    </div>
  );
}

function HeaderNote({ practice }: { practice: boolean }) {
  const follows = useSliceValues('follows');
  const killed = usePanic().state?.kind === 'latched';
  const lost = follows.filter(({ state }) => state === 'lost').length;
  const followed = follows.length - lost;
  return (
    <>
      {practice && <PracticeMark large />}
      <span className="figures">
        {followed === 0 ? t('Nobody is followed') : t('{count} followed', { count: formatCount(followed) })}
      </span>
      {lost > 0 && (
        <Badge tone="danger" icon={<TriangleAlert size={11} aria-hidden />}>
          {t('{count} lost: the backend no longer knows of {lost, plural, one {it} other {them}}', {
            count: formatCount(lost),
            lost,
          })}
        </Badge>
      )}
      {killed && <Badge tone="danger">{t('Halted: nothing can be followed or copied')}</Badge>}
    </>
  );
}

function Everything() {
  const [tab, setTab] = useState('traders');
  const positions = useSlice('positions');
  const alerts = useSlice('alerts');
  const pairs = useMemo(() => pairCopies(positions.values(), alerts.values()), [positions, alerts]);
  const missed = pairs.filter(({ state }) => state === 'missed-exit').length;
  const copies = pairs.filter(({ copy }) => copy !== null).length;
  return (
    <Tabs
      label={t('Copy trading')}
      value={tab}
      onChange={setTab}
      className="mx-5 mb-5 min-h-0 flex-1 overflow-hidden rounded-lg border border-line bg-surface"
      contentClassName="flex flex-col overflow-y-auto"
      items={[
        { id: 'traders', label: t('Traders'), content: <TradersTable /> },
        {
          id: 'copies',
          label: (
            <>
              {t('Your copies')} <CountBadge count={copies} />
              {missed > 0 && (
                <CountBadge count={missed} tone="danger" label={t('{missed} missed exits', { missed })} />
              )}
            </>
          ),
          content: (
            <>
              {missed > 0 && <MissedExits count={missed} />}
              <CopiesTable pairs={pairs} label={t("Your copies beside the traders' positions")} />
            </>
          ),
        },
        {
          id: 'market',
          label: t('Market overview'),
          content: <BackendReads read={TRADER_READS.market} />,
        },
        {
          id: 'leaderboard',
          label: t('Leaderboard'),
          content: <BackendReads read={TRADER_READS.leaderboard} />,
        },
        { id: 'health', label: t('Server health'), content: <BackendReads read={TRADER_READS.health} /> },
      ]}
    />
  );
}

const MissedExits = ({ count }: { count: number }) => (
  <p
    role="alert"
    className="flex shrink-0 items-start gap-2 border-b border-line bg-danger-soft px-3.5 py-2.5 text-xs leading-relaxed text-danger"
  >
    <TriangleAlert size={14} aria-hidden className="mt-0.5 shrink-0" />
    {count === 1
      ? t(
          'A trader has left a position, and your copy of it is still open. Close it at the exchange, or set a stop-loss.',
        )
      : t(
          'Traders have left {count} positions, and your copies of them are still open. Close them at the exchange, or set stop-losses.',
          { count: formatCount(count) },
        )}
  </p>
);

/** The backends with traders, whether or not one has told any yet. */
function useCopyBackends(): { ids: string[]; practice: boolean } {
  const backends = useSliceValues('backends');
  const kinds = useKinds();
  const able = backends.filter(
    ({ enabled, kind }) =>
      enabled && kinds?.get(kind)?.acts.some(({ concerns }) => concerns?.thing === 'trader') === true,
  );
  return { ids: able.map(({ id }) => id), practice: able.some(({ practice }) => practice) };
}

function NothingHere() {
  return (
    <div className="flex h-full flex-col">
      <PlaceHeader title={t('Copy trading')} />
      <EmptyState
        className="flex-1"
        icon={<UsersRound size={28} aria-hidden />}
        title={t('No copy trading server is connected')}
        action={<Button onClick={() => openPlace('settings', 'backends')}>{t('Connect a backend')}</Button>}
      >
        {t('Traders to follow, with their figures and positions, show here once one is.')}
      </EmptyState>
    </div>
  );
}
