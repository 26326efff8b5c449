import { ArrowRight, Check, ChevronRight, TriangleAlert, X } from 'lucide-react';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { NeedsPerson } from '#shared/domain/derive.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { t } from '#shared/words.ts';

import { acknowledge } from '../../../stores/acknowledge.ts';
import { useReduceOnly } from '../../../stores/reduce-only.ts';
import { openPlace } from '../../../stores/ui.ts';
import { useUnheard } from '../../../stores/unheard.ts';
import { Age } from '../../../ui/age.tsx';
import { BackendTag } from '../../../ui/backend-tag.tsx';
import { Badge, CountBadge, SeverityBadge, SideBadge } from '../../../ui/badge.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Money } from '../../../ui/figures.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import type { ApprovalGroup } from '../../approvals/approval-groups.ts';
import { approvalKeyOf } from '../../approvals/approval-groups.ts';
import { amountWords } from '../../approvals/approval-words.ts';
import { decide, useDecision } from '../../approvals/decisions.ts';
import { Expiry, useExpiry } from '../../approvals/expiry.tsx';
import { OutcomeNote } from '../../approvals/outcome-note.tsx';
import { useNeeds } from './use-needs.ts';

/** More than this is one click away, in the place itself; where both wait, the value stays in sight below them. */
const SHOWN_ALONE = 5;
const SHOWN_APPROVALS = 3;
const SHOWN_ALERTS = 2;

/** What waits for the person: proposals with a quick decision, and grave alerts. */
export function NeedsPanel() {
  const { needs, groups, urgent, isCalm } = useNeeds();
  const unheard = useUnheard();
  const shownGroups = urgent.length === 0 ? SHOWN_ALONE : SHOWN_APPROVALS;
  const shownAlerts = groups.length === 0 ? SHOWN_ALONE : SHOWN_ALERTS;
  return (
    <Panel
      title={
        <>
          {t('Needs you')} <CountBadge count={needs.total} tone="accent" />
        </>
      }
      actions={
        <>
          {groups.length > 0 && (
            <Button size="sm" variant="ghost" onClick={() => openPlace('approvals')}>
              {t('Approvals')} <ArrowRight size={13} aria-hidden />
            </Button>
          )}
          {urgent.length > 0 && (
            <Button size="sm" variant="ghost" onClick={() => openPlace('alerts')}>
              {t('Alerts')} <ArrowRight size={13} aria-hidden />
            </Button>
          )}
        </>
      }
      bodyClassName="overflow-y-auto"
    >
      {isCalm && (
        <EmptyState title={t('Nothing needs you')} className="h-full !py-3">
          {unheard ?? t('Proposals and grave alerts show here the moment they arrive.')}
        </EmptyState>
      )}
      <ul className="divide-y divide-line">
        {otherNeeds(needs).map(({ words, label, open }) => (
          <li key={words} className="flex items-center gap-3 px-3.5 py-2.5">
            <TriangleAlert size={15} aria-hidden className="shrink-0 text-danger" />
            <span className="min-w-0 flex-1 text-sm text-ink">{words}</span>
            <Button size="sm" onClick={open}>
              {label}
            </Button>
          </li>
        ))}
        {groups.slice(0, shownGroups).map((group) => (
          <ApprovalRow key={group.key} group={group} />
        ))}
        {groups.length > shownGroups && (
          <MoreRow
            count={groups.length - shownGroups}
            word="proposal"
            onOpen={() => openPlace('approvals')}
          />
        )}
        {urgent.slice(0, shownAlerts).map((alert) => (
          <AlertRow key={entryKey(alert.backendId, alert.id)} alert={alert} />
        ))}
        {urgent.length > shownAlerts && (
          <MoreRow count={urgent.length - shownAlerts} word="alert" onOpen={() => openPlace('alerts')} />
        )}
      </ul>
    </Panel>
  );
}

function ApprovalRow({ group }: { group: ApprovalGroup }) {
  const { newest, members } = group;
  const key = approvalKeyOf(newest);
  const sending = useDecision(key)?.phase === 'sending';
  const { expired } = useExpiry(newest);
  const reduceOnly = useReduceOnly().get(newest.backendId);
  return (
    <li data-keep-clear className="px-3.5 py-2.5">
      <div className="flex items-center gap-3">
        <button
          type="button"
          onClick={() => openPlace('approvals', key)}
          className="group flex min-w-0 flex-1 flex-col rounded-sm text-left"
        >
          <span className="sr-only">{t('Open {title}.', { title: newest.title })} </span>
          <span className="flex max-w-full items-center gap-2.5">
            <SideBadge side={newest.side} />
            <span className="figures truncate text-sm font-medium text-ink group-hover:underline">
              {amountWords(newest)}
            </span>
            {members.length > 1 && (
              <Badge tone="accent" className="figures">
                ×{members.length}
              </Badge>
            )}
            <Money value={newest.valueUsd} className="text-sm text-muted" />
          </span>
          <span className="mt-0.5 flex max-w-full items-center gap-2.5 text-xs text-muted">
            <span aria-hidden className="truncate">
              {newest.title}
            </span>
            <BackendTag backendId={newest.backendId} className="!text-faint" />
          </span>
        </button>
        {newest.status === 'unknown' ? (
          <Badge tone="warn">{t('Unknown, checking')}</Badge>
        ) : (
          <>
            <Expiry approval={newest} />
            <span className="flex items-center gap-1.5">
              <Button
                acts
                size="sm"
                busy={sending}
                icon={<X size={13} aria-hidden />}
                onClick={() => void decide(key, 'approval.decline')}
              >
                {reduceOnly === undefined ? t('Decline') : t('Decline, lowers risk')}
              </Button>
              <Button
                acts
                size="sm"
                className="!border-accent/40 !text-accent"
                busy={sending}
                disabled={expired || reduceOnly !== undefined}
                title={reduceOnly === undefined ? undefined : t('Not now: {reduceOnly}', { reduceOnly })}
                icon={<Check size={13} aria-hidden />}
                onClick={() => void decide(key, 'approval.approve')}
              >
                {t('Approve')}
              </Button>
              <IconButton
                size="sm"
                label={t('See it whole')}
                icon={<ChevronRight size={14} aria-hidden />}
                onClick={() => openPlace('approvals', key)}
              />
            </span>
          </>
        )}
      </div>
      <OutcomeNote approvalKey={key} className="mt-1.5" />
    </li>
  );
}

function AlertRow({ alert }: { alert: Alert }) {
  const key = entryKey(alert.backendId, alert.id);
  return (
    <li data-keep-clear className="flex items-center gap-3 px-3.5 py-2.5">
      <SeverityBadge severity={alert.severity} />
      <button
        type="button"
        onClick={() => openPlace('alerts', key)}
        className="group min-w-0 flex-1 rounded-sm text-left"
      >
        <span className="block truncate text-sm text-ink group-hover:underline">
          <span className="sr-only">{t('Open alert:')} </span>
          {alert.message}
        </span>
        <span className="mt-0.5 flex items-center gap-2.5 text-xs text-faint">
          <Age atMs={alert.receivedAtMs} as="ago" />
          {alert.count > 1 && <span className="figures">{t('{count} times', { count: alert.count })}</span>}
          <BackendTag backendId={alert.backendId} className="!text-faint" />
        </span>
      </button>
      <Button acts size="sm" onClick={() => acknowledge([key])}>
        {t('Acknowledge')}
      </Button>
    </li>
  );
}

function MoreRow({ count, word, onOpen }: { count: number; word: string; onOpen: () => void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="w-full px-3.5 py-2 text-left text-xs text-muted hover:bg-raised hover:text-ink"
      >
        {t('{count} more {what}', { count, what: count === 1 ? word : `${word}s` })}
      </button>
    </li>
  );
}

/** What is neither a proposal nor an alert, with the place where it is dealt with. */
function otherNeeds({ panic, links, limits }: NeedsPerson) {
  const all = [
    {
      count: panic,
      words: t('The halt is not confirmed on {what}.', {
        what: panic === 1 ? t('one backend') : t('{panic} backends', { panic }),
      }),
      label: t('See backends'),
      open: () => openPlace('settings', 'backends'),
    },
    {
      count: links,
      words: t('{what} stopped and need something from you.', {
        what: links === 1 ? t('One connection has') : t('{links} connections have', { links }),
      }),
      label: t('See connections'),
      open: () => openPlace('settings', 'backends'),
    },
    {
      count: limits,
      words: t('{what} crossed and not watched until you look.', {
        what: limits === 1 ? t('One limit was') : t('{limits} limits were', { limits }),
      }),
      label: t('See limits'),
      open: () => openPlace('settings', 'watch'),
    },
  ];
  return all.filter(({ count }) => count > 0);
}
