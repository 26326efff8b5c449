import { FlaskConical } from 'lucide-react';

import { t } from '#shared/words.ts';

import { useSuperseded } from '../../stores/derived.ts';
import { useEntry } from '../../stores/desk.ts';
import { Age } from '../../ui/age.tsx';
import { BackendDot } from '../../ui/backend-tag.tsx';
import { Badge, SideBadge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Money } from '../../ui/figures.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import type { ApprovalGroup } from './approval-groups.ts';
import { approvalKeyOf } from './approval-groups.ts';
import { amountWords } from './approval-words.ts';
import { useDecision } from './decisions.ts';
import { Expiry } from './expiry.tsx';

interface ApprovalQueueProps {
  groups: readonly ApprovalGroup[];
  /** From this index on they expired or were replaced, and can only be declined. */
  closedFrom: number;
  selectedKey: string | null;
  onSelect: (groupKey: string) => void;
  picked: ReadonlySet<string>;
  onPick: (group: ApprovalGroup, picked: boolean) => void;
}

/** What waits, newest first; a row is a group of proposals that say the same. */
export function ApprovalQueue({
  groups,
  closedFrom,
  selectedKey,
  onSelect,
  picked,
  onPick,
}: ApprovalQueueProps) {
  const superseded = useSuperseded();
  const firstClosed = groups[closedFrom]?.key;
  return (
    <VirtualList
      label={t('Proposals that wait')}
      items={groups}
      itemKey={(group) => group.key}
      estimateHeight={78}
      focusIndex={groups.findIndex((group) => group.key === selectedKey)}
      className="flex-1"
      renderItem={(group) => (
        <QueueRow
          group={group}
          heading={
            group.key === firstClosed
              ? t('Expired or replaced, only to be declined: {count}', { count: groups.length - closedFrom })
              : null
          }
          replaced={superseded.has(approvalKeyOf(group.newest))}
          selected={group.key === selectedKey}
          picked={picked.has(approvalKeyOf(group.newest))}
          onSelect={onSelect}
          onPick={onPick}
        />
      )}
      empty={null}
    />
  );
}

interface QueueRowProps {
  group: ApprovalGroup;
  /** Stands over the row, where a new part of the queue begins. */
  heading: string | null;
  replaced: boolean;
  selected: boolean;
  picked: boolean;
  onSelect: (groupKey: string) => void;
  onPick: (group: ApprovalGroup, picked: boolean) => void;
}

function QueueRow({ group, heading, replaced, selected, picked, onSelect, onPick }: QueueRowProps) {
  const { newest, members } = group;
  const config = useEntry('backends', newest.backendId);
  const decision = useDecision(approvalKeyOf(newest));
  return (
    <>
      {heading !== null && (
        <h2 className="label border-b border-line bg-canvas px-3 pt-3 pb-1.5">{heading}</h2>
      )}
      <div
        data-keep-clear={selected ? '' : undefined}
        className={cx(
          'relative flex gap-2.5 border-b border-line px-3 py-2.5',
          selected ? 'bg-accent-soft' : 'hover:bg-raised',
        )}
      >
        {selected && <span aria-hidden className="absolute inset-y-0 left-0 w-0.5 bg-accent" />}
        <span className="z-10 pt-0.5">
          <Checkbox
            aria-label={t('Pick {title}', { title: newest.title })}
            checked={picked}
            disabled={newest.status !== 'pending'}
            onChange={(next) => onPick(group, next)}
          />
        </span>
        <button
          type="button"
          aria-current={selected}
          onClick={() => onSelect(group.key)}
          className="min-w-0 flex-1 text-left outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
        >
          <span className="flex items-center gap-2">
            <SideBadge side={newest.side} />
            <span className="figures truncate text-sm font-medium text-ink">{amountWords(newest)}</span>
            {members.length > 1 && (
              <Badge tone="accent" className="figures">
                ×{members.length}
              </Badge>
            )}
            <Money value={newest.valueUsd} className="ml-auto shrink-0 text-sm text-ink" />
          </span>
          <span className="mt-0.5 block truncate text-xs text-muted">{newest.title}</span>
          <span className="mt-1 flex items-center gap-2 text-2xs text-faint">
            <BackendDot colour={config?.colour} />
            <span className="truncate">{config?.name ?? newest.backendId}</span>
            {config?.practice === true && (
              <FlaskConical size={11} aria-label={t('Practice')} className="shrink-0 text-practice" />
            )}
            <Age atMs={newest.createdAtMs} as="ago" className="text-2xs" />
            <span className="ml-auto">
              {newest.status === 'unknown' ? (
                <Badge tone="warn">{t('Unknown, checking')}</Badge>
              ) : decision?.phase === 'sending' ? (
                <Badge tone="accent">{t('Sending')}</Badge>
              ) : replaced ? (
                <Badge>{t('Replaced')}</Badge>
              ) : (
                <Expiry approval={newest} className="text-2xs" />
              )}
            </span>
          </span>
        </button>
      </div>
    </>
  );
}
