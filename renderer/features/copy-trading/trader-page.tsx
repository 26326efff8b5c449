import { ArrowLeft } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { ActDescriptor, BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import type { Follow, Trader } from '#shared/domain/bots/copy-trading.ts';
import { TRADER_READS } from '#shared/domain/bots/copy-trading.ts';
import { t } from '#shared/words.ts';

import { usePanic } from '../../stores/derived.ts';
import { useEntry, useSlice } from '../../stores/desk.ts';
import { useBackend } from '../../stores/kinds.ts';
import { useReduceOnly } from '../../stores/reduce-only.ts';
import { selectItem } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Money, MoneyChange, Percent } from '../../ui/figures.tsx';
import { formatCount, formatNumber, formatShare } from '../../ui/format.ts';
import { Panel, Stat } from '../../ui/panel.tsx';
import { SampleMark } from '../../ui/sample-mark.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import type { AskedAct } from '../volume/asked-act.tsx';
import { AskedActDialog } from '../volume/asked-act.tsx';
import { pairCopies, pairsOf } from './copies.ts';
import { CopiesTable } from './copies-table.tsx';
import { copyAct, fixedForTrader, knownForFollow } from './trader-acts.ts';
import { FollowMark, RiskBadge } from './trader-parts.tsx';
import { TraderRead, traderReads } from './trader-read.tsx';
import { traderKey } from './traders-table.tsx';
import { useTraderStale } from './use-trader-stale.ts';

/** One trader: figures, following, positions beside the copies of them, and what the backend tells on asking. */
export function TraderPage({ trader }: { trader: Trader }) {
  const { config, kind } = useBackend(trader.backendId);
  const follow = useEntry('follows', traderKey(trader));
  const stale = useTraderStale(trader);
  const note = follow?.note ?? null;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 pb-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button size="sm" icon={<ArrowLeft size={13} aria-hidden />} onClick={() => selectItem(null)}>
          {t('All traders')}
        </Button>
        <h2 className="min-w-0 truncate text-base font-semibold text-ink">{trader.name}</h2>
        <RiskBadge trader={trader} />
        {follow !== undefined && <FollowMark follow={follow} />}
        {trader.simulated && <SampleMark />}
        <BackendTag backendId={trader.backendId} />
        <span className="ml-auto flex gap-2">
          <FollowButtons trader={trader} kind={kind} follow={follow} />
        </span>
      </div>
      {note !== null && (
        <p role="note" className="rounded-md border border-line bg-raised px-3 py-2 text-xs text-muted">
          {note}
        </p>
      )}
      <Panel
        title={t('Figures')}
        className="shrink-0"
        actions={
          <span className="text-xs text-muted">
            {stale && <span className="text-warn">{t('stale,')} </span>}
            <Age atMs={trader.receivedAtMs} as="old" />
          </span>
        }
      >
        <Figures trader={trader} follow={follow} stale={stale} />
      </Panel>
      {config !== undefined && kind !== undefined && <Details trader={trader} config={config} kind={kind} />}
    </div>
  );
}

function Figures({ trader, follow, stale }: { trader: Trader; follow: Follow | undefined; stale: boolean }) {
  const count = (value: number | null) => (value === null ? '–' : formatCount(value));
  return (
    <dl
      className={cx(
        'grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-x-4 gap-y-3 p-4',
        stale && 'stale-figures',
      )}
    >
      <Stat label={t('Month')}>
        <Percent value={trader.monthlyReturnPct} />
      </Stat>
      <Stat label={t('Profit')}>
        <MoneyChange value={trader.totalPnl} />
      </Stat>
      <Stat label={t('Wins')}>
        {trader.winRatePct === null ? '–' : formatShare(Number(trader.winRatePct))}
      </Stat>
      <Stat label={t('Drawdown')}>
        <Percent value={trader.maxDrawdownPct} />
      </Stat>
      <Stat label={t('Sharpe')}>{count(trader.sharpeRatio)}</Stat>
      <Stat label={t('Trades')}>{count(trader.totalTrades)}</Stat>
      <Stat label={t('Volume')}>
        <Money value={trader.totalVolume} />
      </Stat>
      <Stat label={t('Followers')}>{count(trader.followers)}</Stat>
      <Stat label={t('Holds for')}>{trader.averageHold === null ? '–' : holdWords(trader.averageHold)}</Stat>
      {follow !== undefined && (
        <>
          <Stat label={t('You follow with')}>
            <Money value={follow.settings.amount} />
          </Stat>
          <Stat label={t('Most of one trade')}>
            <Money value={follow.settings.maxTradeSize} />
          </Stat>
          <Stat label={t('Most lost in a day')}>
            <Money value={follow.settings.maxDailyLoss} />
          </Stat>
        </>
      )}
    </dl>
  );
}

interface FollowButtonsProps {
  trader: Trader;
  kind: BackendKindDescriptor | undefined;
  follow: Follow | undefined;
}

/** While everything is halted nothing can be followed, and unfollowing stays possible (K3). */
function FollowButtons({ trader, kind, follow }: FollowButtonsProps) {
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const killed = usePanic().state?.kind === 'latched';
  const follows = follow !== undefined && follow.state !== 'lost';
  const start = copyAct(kind, 'follow');
  const change = copyAct(kind, 'settings');
  const stop = copyAct(kind, 'unfollow');
  const order = copyAct(kind, 'execute');
  const ask = (act: ActDescriptor): void =>
    setAsked({
      backendId: trader.backendId,
      act,
      about: trader.name,
      fixed: fixedForTrader(act, trader),
      // What is set aside says nothing about one order.
      known: act === order ? {} : knownForFollow(follow),
    });
  const reason = useReduceOnly().get(trader.backendId);
  const whyNot = killed
    ? { title: t('Everything is halted. Resume first.'), disabled: true }
    : reason === undefined
      ? {}
      : { title: t('Not now: {reason}', { reason }), disabled: true };
  return (
    <>
      {order !== undefined && (
        <Button size="sm" acts {...whyNot} onClick={() => ask(order)}>
          {order.label}
        </Button>
      )}
      {!follows && start !== undefined && (
        <Button variant="primary" size="sm" acts {...whyNot} onClick={() => ask(start)}>
          {start.label}
        </Button>
      )}
      {follows && change !== undefined && (
        <Button size="sm" acts {...whyNot} onClick={() => ask(change)}>
          {change.label}
        </Button>
      )}
      {follow !== undefined && stop !== undefined && (
        <Button acts size="sm" variant="danger-quiet" onClick={() => ask(stop)}>
          {stop.label}
        </Button>
      )}
      <AskedActDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}

interface DetailsProps {
  trader: Trader;
  config: BackendConfig;
  kind: BackendKindDescriptor;
}

const COPIES_TAB = 'copies';

function Details({ trader, config, kind }: DetailsProps) {
  const positions = useSlice('positions');
  const alerts = useSlice('alerts');
  const pairs = useMemo(
    () => pairsOf(pairCopies(positions.values(), alerts.values()), trader),
    [positions, alerts, trader],
  );
  // Nothing stands beside a trader whom nobody copies: then it is their own positions that tell something.
  const [tab, setTab] = useState(pairs.length > 0 ? COPIES_TAB : TRADER_READS.positions);
  return (
    <Tabs
      label={t('About {name}', { name: trader.name })}
      value={tab}
      onChange={setTab}
      className="min-h-80 flex-1 overflow-hidden rounded-lg border border-line bg-surface"
      contentClassName="flex flex-col overflow-y-auto"
      items={[
        {
          id: COPIES_TAB,
          label: t('Copies beside theirs'),
          content: (
            <CopiesTable
              pairs={pairs}
              label={t('Positions of {name} beside your copies', { name: trader.name })}
            />
          ),
        },
        ...traderReads(kind).map((read) => ({
          id: read.id,
          label: read.label,
          content: <TraderRead key={trader.id} backend={config} read={read} traderId={trader.id} />,
        })),
      ]}
    />
  );
}

/** The server's "2.5d" as the desk writes a time; whatever else it says stays. */
function holdWords(text: string): string {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s?(d|h|m|min|s)$/.exec(text) ?? [];
  return amount === undefined || unit === undefined
    ? text
    : `${formatNumber(Number(amount), 1)} ${unit === 'm' ? 'min' : unit}`;
}
