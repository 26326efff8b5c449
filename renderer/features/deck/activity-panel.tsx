import { ArrowLeftRight, Bell, CircleCheckBig } from 'lucide-react';
import { useMemo } from 'react';

import { assertNever } from '#shared/assert-never.ts';
import { addable } from '#shared/domain/derive.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Trade } from '#shared/domain/trade.ts';

import { useSlice } from '../../stores/desk.ts';
import { openPlace } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendDot } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { formatPrice, formatQuantity } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { amountWords, statusWords } from '../approvals/approval-words.ts';
import type { Activity } from './activity.ts';
import { latestActivity } from './activity.ts';

const SHOWN = 60;

/** What happened last: alerts, trades and decisions in one line of time. */
export function ActivityPanel() {
  const alerts = useSlice('alerts');
  const trades = useSlice('trades');
  const approvals = useSlice('approvals');
  const backends = useSlice('backends');
  const items = useMemo(() => {
    // A backend that only mirrors an account tells of the same fills as the account itself.
    const { real, practice } = addable(backends.values());
    const telling = new Set([...real, ...practice].map(({ id }) => id));
    const fills = [...trades.values()].filter(({ backendId }) => telling.has(backendId));
    return latestActivity(alerts.values(), fills, approvals.values(), SHOWN);
  }, [alerts, trades, approvals, backends]);
  return (
    <Panel
      className="min-h-56 flex-1"
      title="Latest"
      actions={
        <Button size="sm" variant="ghost" onClick={() => openPlace('journal')}>
          Journal
        </Button>
      }
      bodyClassName="flex flex-col"
    >
      <VirtualList
        label="Latest activity"
        items={items}
        itemKey={(item) => item.key}
        estimateHeight={46}
        className="flex-1 basis-0"
        renderItem={(item) => <ActivityRow item={item} />}
        empty={
          <EmptyState title="Nothing happened yet" className="!py-6">
            Alerts, trades and decisions show here as they come.
          </EmptyState>
        }
      />
    </Panel>
  );
}

function ActivityRow({ item }: { item: Activity }) {
  const { icon, text, backendId, open } = describe(item);
  const backend = useSlice('backends').get(backendId);
  return (
    <button
      type="button"
      onClick={open}
      className="flex w-full items-start gap-2.5 border-b border-line/60 px-3.5 py-2 text-left hover:bg-raised focus-visible:-outline-offset-2"
    >
      <span className="mt-0.5 shrink-0 text-faint">{icon}</span>
      <span className="line-clamp-2 min-w-0 flex-1 text-xs leading-snug break-words text-ink">{text}</span>
      <span className="mt-0.5 flex shrink-0 items-center gap-1.5 text-2xs">
        <BackendDot colour={backend?.colour} />
        <Age atMs={item.atMs} />
      </span>
    </button>
  );
}

function describe(item: Activity): {
  icon: React.ReactNode;
  text: string;
  backendId: string;
  open: () => void;
} {
  switch (item.kind) {
    case 'alert': {
      const { alert } = item;
      const grave =
        alert.severity === 'critical' ? 'text-danger' : alert.severity === 'high' ? 'text-warn' : '';
      return {
        icon: <Bell size={13} aria-label={`${alert.severity} alert`} className={grave} />,
        text: alert.message + (alert.count > 1 ? ` (${alert.count} times)` : ''),
        backendId: alert.backendId,
        open: () => openPlace('alerts', entryKey(alert.backendId, alert.id)),
      };
    }
    case 'trade':
      return {
        icon: <ArrowLeftRight size={13} aria-label="Trade" />,
        text: tradeWords(item.trade),
        backendId: item.trade.backendId,
        open: () => openPlace('portfolio', item.trade.instrument),
      };
    case 'decision': {
      const { approval } = item;
      const by = approval.decidedHere
        ? 'by you'
        : approval.decidedBy === null
          ? ''
          : `by ${approval.decidedBy}`;
      return {
        icon: <CircleCheckBig size={13} aria-label="Decision" />,
        text: `${statusWords[approval.status].word} ${by}: ${approval.side} ${amountWords(approval)}`.replace(
          ' :',
          ':',
        ),
        backendId: approval.backendId,
        open: () => openPlace('approvals', entryKey(approval.backendId, approval.id)),
      };
    }
    default:
      return assertNever(item);
  }
}

function tradeWords(trade: Trade): string {
  const side = trade.side === 'other' ? 'Traded' : trade.side === 'buy' ? 'Bought' : 'Sold';
  const quantity = trade.filledQuantity ?? trade.quantity;
  const amount = quantity === null ? '' : ` ${formatQuantity(quantity, trade.averagePrice)}`;
  const price = trade.averagePrice === null ? '' : ` at ${formatPrice(trade.averagePrice)}`;
  const status = trade.status === 'filled' ? '' : `, ${trade.rawStatus ?? trade.status}`;
  return `${side}${amount} ${trade.instrument ?? ''}${price}${status}`;
}
