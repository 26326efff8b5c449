import { CircleX, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { t } from '#shared/words.ts';

import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Money } from '../../ui/figures.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { approvalKeyOf } from './approval-groups.ts';
import { outcomeWords } from './approval-words.ts';
import type { BulkAct, BulkEnd, BulkRow, BulkSummary } from './bulk.ts';
import { bulkWords, previewBulk, runBulk, stopBulk, summarise, unchecked, useBulk } from './bulk.ts';
import { Subject } from './decision-dialogs.tsx';

interface BulkDialogProps {
  act: BulkAct;
  /** What was picked when the dialog opened; it does not change under the person's hand. */
  approvals: readonly Approval[];
  onClose: () => void;
}

/**
 * Several at once (A7). Approving shows what it comes to and what is blocked, asks each warning once, and only then begins;
 * declining began with the click (A8). Either way each goes through the door by itself and shows its own end.
 */
export function BulkDialog({ act, approvals, onClose }: BulkDialogProps) {
  const approving = act === 'approval.approve';
  const [picked, setPicked] = useState(approvals);
  const [rows, setRows] = useState<BulkRow[] | null>(null);
  const [sent, setSent] = useState<readonly BulkRow[] | null>(() =>
    approving ? null : unchecked(approvals),
  );
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const running = useBulk((state) => state.running);
  const cancel = useRef<HTMLButtonElement>(null);
  const summary = rows === null ? null : summarise(rows);
  const allTicked = summary?.warnings.every(({ id }) => ticked.has(id)) ?? false;

  useEffect(() => {
    if (!approving) return;
    let current = true;
    void previewBulk(picked, act).then((answer) => current && setRows(answer));
    return () => {
      current = false;
    };
  }, [picked, act, approving]);

  function start(chosen: readonly BulkRow[], accepted: readonly string[]): void {
    setSent(chosen);
    void runBulk(chosen, act, accepted);
  }

  /** Those that asked something only once others had been decided, such as the limit of the day. */
  function lookAgainAt(left: readonly BulkRow[]): void {
    setSent(null);
    setRows(null);
    setTicked(new Set());
    setPicked(left.map(({ approval }) => approval));
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !running && onClose()}
      width="lg"
      initialFocus={cancel}
      title={title(
        act,
        sent?.length ?? picked.length,
        sent === null ? 'asked' : running ? 'running' : 'done',
      )}
      description={
        approving
          ? t(
              'Each goes through the same checks as when approved alone. Approving only marks; nothing is executed from here.',
            )
          : t(
              'Each is declined on its backend. That cannot be taken back; a bot whose rule still holds may ask again.',
            )
      }
      footer={
        sent !== null ? (
          <RunFooter act={act} rows={sent} onClose={onClose} onLookAgain={lookAgainAt} />
        ) : (
          <>
            <Button ref={cancel} onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button
              variant="primary"
              disabled={summary === null || summary.open.length === 0 || !allTicked}
              onClick={() => summary !== null && start(summary.open, [...ticked])}
            >
              {summary === null ? t('Approve') : t('Approve {count}', { count: summary.open.length })}
            </Button>
          </>
        )
      }
    >
      {sent !== null ? (
        <Run rows={sent} />
      ) : summary === null ? (
        <SkeletonRows />
      ) : (
        <Summary
          summary={summary}
          ticked={ticked}
          onTick={(id, on) => {
            const next = new Set(ticked);
            if (on) next.add(id);
            else next.delete(id);
            setTicked(next);
          }}
        />
      )}
    </Dialog>
  );
}

function title(act: BulkAct, count: number, phase: 'asked' | 'running' | 'done'): string {
  const approves = act === 'approval.approve';
  switch (phase) {
    case 'asked':
      return t('Approve {count, plural, one {# proposal} other {# proposals}}?', { count });
    case 'running':
      return approves
        ? t('Approving {count, plural, one {# proposal} other {# proposals}}', { count })
        : t('Declining {count, plural, one {# proposal} other {# proposals}}', { count });
    case 'done':
      return approves
        ? t('Approving {count, plural, one {# proposal} other {# proposals}} has ended', { count })
        : t('Declining {count, plural, one {# proposal} other {# proposals}} has ended', { count });
  }
}

interface SummaryProps {
  summary: BulkSummary;
  ticked: ReadonlySet<string>;
  onTick: (id: string, on: boolean) => void;
}

function Summary({ summary, ticked, onTick }: SummaryProps) {
  const { blocked, open, perBackend, totalUsd, unknown, warnings } = summary;
  return (
    <div className="flex flex-col gap-3">
      <section className="rounded-lg border border-line bg-canvas px-3 py-2.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-sm text-muted">{t('Total value')}</span>
          <Money value={totalUsd} className="text-xl font-semibold text-ink" />
          {unknown > 0 && (
            <span className="text-xs text-warn">
              {t('and {unknown} whose value is not known', { unknown })}
            </span>
          )}
        </p>
        <ul className="mt-2 flex flex-col gap-1 text-xs text-muted">
          {perBackend.map(({ backendId, count, usd }) => (
            <li key={backendId} className="flex items-center gap-3">
              <BackendTag backendId={backendId} />
              <span className="figures ml-auto">{count}</span>
              <Money value={usd} className="w-24 text-right" />
            </li>
          ))}
        </ul>
      </section>
      {warnings.map(({ count, details, id, label }) => (
        <label key={id} className="flex gap-3 rounded-lg border border-warn/40 bg-warn-soft p-3">
          <span className="pt-0.5">
            <Checkbox
              aria-label={t('I have read: {label}, {count}', { label, count })}
              checked={ticked.has(id)}
              onChange={(on) => onTick(id, on)}
            />
          </span>
          <span className="min-w-0 text-xs leading-relaxed">
            <span className="flex items-center gap-1.5 text-sm font-medium text-ink">
              <TriangleAlert size={13} aria-hidden className="text-warn" />{' '}
              {t('{count} of {count2} did not pass: {label}', { label, count, count2: open.length })}
            </span>
            <span className="text-muted">{details.slice(0, 3).join(' ')}</span>
            {details.length > 3 && (
              <span className="text-faint">
                {' '}
                {t('And {count} more like it.', { count: details.length - 3 })}
              </span>
            )}
          </span>
        </label>
      ))}
      {blocked.length > 0 && (
        <section aria-label={t('Blocked')} className="rounded-lg border border-line">
          <h3 className="label px-3 pt-2.5 pb-1">
            {t('Blocked, these are left out: {count}', { count: blocked.length })}
          </h3>
          <ul className="max-h-40 overflow-y-auto">
            {blocked.map(({ row, why }) => (
              <li key={approvalKeyOf(row.approval)} className="px-3 py-1.5">
                <Subject approval={row.approval} />
                <p className="flex gap-1.5 pt-1 text-xs text-danger">
                  <CircleX size={13} aria-hidden className="mt-0.5 shrink-0" /> {why}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Rows rows={open} />
    </div>
  );
}

function Rows({ rows }: { rows: readonly BulkRow[] }) {
  const ends = useBulk((state) => state.ends);
  return (
    <VirtualList
      label={t('Picked proposals')}
      items={rows}
      itemKey={({ approval }) => approvalKeyOf(approval)}
      estimateHeight={48}
      className="max-h-72"
      renderItem={({ approval }) => (
        <div className="pb-1.5">
          <Subject approval={approval} />
          <End end={ends.get(approvalKeyOf(approval))} />
        </div>
      )}
    />
  );
}

function End({ end }: { end: BulkEnd | undefined }) {
  if (end === undefined) return null;
  if (end.phase === 'sending')
    return (
      <p className="flex items-center gap-2 px-3 pt-1 text-xs text-muted">
        <Spinner size={12} /> {t('Checks, sends and reads back')}
      </p>
    );
  if (end.phase === 'lost')
    return (
      <p className="px-3 pt-1 text-xs text-warn">
        {t('The answer did not arrive: {message}', { message: end.message })}
      </p>
    );
  const { word, tone } = outcomeWords('approval.approve', end.outcome.status);
  const shown = end.outcome.status === 'confirmed' ? t('Done, read back from the backend') : word;
  return (
    <p className="flex items-start gap-2 px-3 pt-1 text-xs text-muted">
      <Badge tone={tone}>{shown}</Badge>
      <span className="selectable min-w-0 pt-0.5 break-words">{end.outcome.message}</span>
    </p>
  );
}

function Run({ rows }: { rows: readonly BulkRow[] }) {
  const ends = useBulk((state) => state.ends);
  const done = [...ends.values()].filter(({ phase }) => phase !== 'sending').length;
  return (
    <div className="flex flex-col gap-3">
      <ProgressBar
        pct={rows.length === 0 ? 100 : (done / rows.length) * 100}
        label={t('How many have an end')}
        words={t('{done} of {count}', { done, count: rows.length })}
      />
      <Rows rows={rows} />
    </div>
  );
}

interface RunFooterProps {
  act: BulkAct;
  rows: readonly BulkRow[];
  onClose: () => void;
  onLookAgain: (left: readonly BulkRow[]) => void;
}

function RunFooter({ act, rows, onClose, onLookAgain }: RunFooterProps) {
  const { ends, running, stopped } = useBulk();
  const left = rows.filter(({ approval }) => {
    const end = ends.get(approvalKeyOf(approval));
    return end === undefined || (end.phase === 'done' && end.outcome.status === 'blocked');
  });
  if (running)
    return (
      <Button disabled={stopped} onClick={stopBulk}>
        {stopped ? t('Stopping after this one') : t('Stop after this one')}
      </Button>
    );
  return (
    <>
      <span role="status" className="mr-auto text-xs text-muted">
        {bulkWords(act, ends.values())}
      </span>
      {act === 'approval.approve' && left.length > 0 && (
        <Button onClick={() => onLookAgain(left)}>
          {t('Look again at the {count} left', { count: left.length })}
        </Button>
      )}
      <Button variant="primary" onClick={onClose}>
        {t('Close')}
      </Button>
    </>
  );
}
