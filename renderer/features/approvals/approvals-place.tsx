import { CircleCheckBig } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { useLimits, useNeedsPerson, useSuperseded } from '../../stores/derived.ts';
import { useEntry, useSlice } from '../../stores/desk.ts';
import { isPlayback } from '../../stores/own-place.ts';
import { useSettings } from '../../stores/settings.ts';
import { selectItem, useUi } from '../../stores/ui.ts';
import { useUnheard } from '../../stores/unheard.ts';
import { CountBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { PlaceHeader } from '../../ui/panel.tsx';
import { NoBackend } from '../../ui/no-backend.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ShortcutKbd } from '../shortcuts/shortcut-kbd.tsx';
import type { ApprovalGroup } from './approval-groups.ts';
import { approvalKeyOf, groupWaiting, parted } from './approval-groups.ts';
import { ApprovalDetail } from './approval-detail.tsx';
import { ApprovalHistory } from './approval-history.tsx';
import { ApprovalQueue } from './approval-queue.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import { runBulk, unchecked } from './bulk.ts';
import { decide } from './decisions.ts';
import { ReduceOnlyStrip } from './reduce-only-note.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { useApprovalKeys } from './use-approval-keys.ts';
import { usePicks } from './use-picks.ts';

/** The queue of proposals and the decision on them. */
export function ApprovalsPlace() {
  const [tab, setTab] = useState('waiting');
  const approvals = useSlice('approvals');
  const groups = useMemo(() => groupWaiting(approvals.values()), [approvals]);
  const superseded = useSuperseded();
  const limits = useLimits();
  const nowMs = useNow(5 * SECOND_MS);
  const { open, closed } = parted(groups, { nowMs, limits, superseded });
  const needs = useNeedsPerson();
  // How the rules stood in the past is not kept.
  const rules = useSettings()?.decisionRules ?? [];
  const rulesOn = isPlayback ? 0 : rules.filter(({ on }) => on).length;
  return (
    <>
      <PlaceHeader
        title={t('Approvals')}
        note={
          // Its keys do nothing beside another list.
          isPlayback || tab !== 'waiting' ? undefined : (
            <span className="flex items-center gap-1.5 max-[1020px]:hidden">
              <ShortcutKbd name="approvals.next" />
              <ShortcutKbd name="approvals.previous" /> {t('move,')} <ShortcutKbd name="approvals.arm" />{' '}
              {t('then')} <Kbd keys="Enter" /> {t('approve,')} <ShortcutKbd name="approvals.decline" />{' '}
              {t('decline')}
            </span>
          )
        }
      />
      <Tabs
        label={t('Approvals')}
        value={tab}
        onChange={setTab}
        className="flex-1"
        items={[
          {
            id: 'waiting',
            label: (
              <>
                {t('Waiting')} <CountBadge count={needs.approvals} tone="accent" />
              </>
            ),
            content: <Waiting groups={[...open, ...closed]} closedCount={closed.length} />,
          },
          { id: 'history', label: t('Decided'), content: <ApprovalHistory /> },
          {
            id: 'rules',
            label: (
              <>
                {t('Rules')} <CountBadge count={rulesOn} tone="ok" label={t('{rulesOn} on', { rulesOn })} />
              </>
            ),
            content: <RulesPanel />,
          },
        ]}
      />
    </>
  );
}

function Waiting({ groups, closedCount }: { groups: readonly ApprovalGroup[]; closedCount: number }) {
  const itemId = useUi((state) => state.itemId);
  const asked = useEntry('approvals', itemId);
  const index = useSelectedIndex(groups, itemId);
  const group = groups[index] ?? null;
  const member = group?.members.find((one) => approvalKeyOf(one) === itemId);
  // An item that was opened from elsewhere shows even when it waits no more: what became of it is the answer (A6).
  const elsewhere = asked !== undefined && member === undefined;
  const shown = elsewhere ? asked : (member ?? group?.newest);
  const picks = usePicks(groups);
  const [bulk, setBulk] = useState<Bulk | null>(null);
  const approve = useRef<HTMLButtonElement>(null);

  useMoveOn(asked, () => selectItem(group === null ? null : approvalKeyOf(group.newest)));
  useApprovalKeys({
    move: (step) => {
      const next = groups[Math.min(groups.length - 1, Math.max(0, index + step))];
      if (next !== undefined) selectItem(approvalKeyOf(next.newest));
    },
    arm: () => approve.current?.focus(),
    decline: () => {
      if (shown?.status === 'pending') void decide(approvalKeyOf(shown), 'approval.decline');
    },
  });

  if (shown === undefined && bulk === null) return <NothingWaits />;
  return (
    <div className="flex h-full min-h-0">
      <div className="flex w-[19rem] shrink-0 flex-col border-r border-line min-[1180px]:w-[24rem]">
        {picks.approvals.length > 1 && (
          <div
            data-keep-clear
            className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-raised px-3 text-xs text-muted"
          >
            <span className="figures mr-auto">{t('{count} picked', { count: picks.approvals.length })}</span>
            <Button size="sm" variant="ghost" onClick={picks.clear}>
              {t('Clear')}
            </Button>
            <Button
              acts
              size="sm"
              title={t('At once. It cannot be taken back.')}
              onClick={() => {
                setBulk({ act: 'approval.decline', approvals: picks.approvals });
                void runBulk(unchecked(picks.approvals), 'approval.decline', []);
              }}
            >
              {t('Decline {count}', { count: picks.approvals.length })}
            </Button>
            <Button
              acts
              size="sm"
              variant="primary"
              onClick={() => setBulk({ act: 'approval.approve', approvals: picks.approvals })}
            >
              {t('Approve…')}
            </Button>
          </div>
        )}
        <ReduceOnlyStrip groups={groups} />
        <ApprovalQueue
          groups={groups}
          closedFrom={groups.length - closedCount}
          selectedKey={elsewhere ? null : (group?.key ?? null)}
          onSelect={(key) => {
            const chosen = groups.find((one) => one.key === key);
            if (chosen !== undefined) selectItem(approvalKeyOf(chosen.newest));
          }}
          picked={picks.keys}
          onPick={picks.pick}
        />
      </div>
      <div className="min-w-0 flex-1 bg-surface">
        {shown !== undefined && (
          <ApprovalDetail
            key={approvalKeyOf(shown)}
            approval={shown}
            group={elsewhere ? null : group}
            approveRef={approve}
          />
        )}
      </div>
      {bulk !== null && (
        <BulkDialog
          {...bulk}
          // What was decided is picked no more by itself; what was not, after a second thought too, still is.
          onClose={() => setBulk(null)}
        />
      )}
    </div>
  );
}

type Bulk = { act: 'approval.approve' | 'approval.decline'; approvals: readonly Approval[] };

/** Goes on to the next in the queue once the proposal in sight was decided here. One decided elsewhere stays in sight. */
function useMoveOn(shown: Approval | undefined, moveOn: () => void): void {
  const waiting = useRef<string | null>(null);
  useEffect(() => {
    if (shown === undefined) return;
    const key = approvalKeyOf(shown);
    if (shown.status === 'pending' || shown.status === 'unknown') waiting.current = key;
    else if (waiting.current === key && shown.decidedHere) {
      waiting.current = null;
      moveOn();
    }
  }, [shown, moveOn]);
}

/** The place in the queue; when the group in it goes away the next one takes its place, so that the eye stays put. */
function useSelectedIndex(groups: readonly ApprovalGroup[], itemId: string | null): number {
  const [last, setLast] = useState(0);
  const found = groups.findIndex((group) => group.members.some((member) => approvalKeyOf(member) === itemId));
  const index = found >= 0 ? found : Math.min(last, Math.max(0, groups.length - 1));
  if (index !== last) setLast(index);
  return index;
}

function NothingWaits() {
  const unheard = useUnheard();
  const backends = useSlice('backends');
  if (backends.size === 0)
    return (
      <NoBackend icon={<CircleCheckBig size={22} aria-hidden />} className="h-full">
        {t('Proposals come from the bots that you connect.')}
      </NoBackend>
    );
  return (
    <EmptyState
      icon={<CircleCheckBig size={22} aria-hidden />}
      title={t('Nothing waits for you')}
      className="h-full"
    >
      {t('{unheard} What was decided stands under Decided.', {
        unheard: unheard ?? t('A proposal of a bot shows here the moment it arrives, with a notification.'),
      })}
    </EmptyState>
  );
}
