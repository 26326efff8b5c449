import { X } from 'lucide-react';
import type { ReactNode } from 'react';

import { t } from '#shared/words.ts';

import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Money, Price } from '../../ui/figures.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { amountWords } from './approval-words.ts';
import type { HistoryRow } from './history-rows.ts';
import { latencyWords } from './history-rows.ts';
import { sideWord } from '../../ui/side-words.ts';

/** Everything that is known of one decision. */
export function HistoryDetail({ row, onClose }: { row: HistoryRow; onClose: () => void }) {
  const { proposal, record } = row;
  const { outcome = null, reason = null, rule = null, settled = null } = record ?? {};
  return (
    <aside
      aria-label={t('The decision')}
      className="flex w-80 shrink-0 flex-col gap-4 overflow-y-auto border-l border-line bg-surface px-4 py-3.5"
    >
      <header className="flex items-start gap-2">
        <div className="min-w-0">
          <Badge tone={row.decision.tone}>{row.decision.word}</Badge>
          <h2 className="selectable mt-1.5 text-sm font-semibold text-ink">
            {proposal?.title ?? row.approvalId}
          </h2>
          {proposal !== null && (
            <p className="figures mt-0.5 text-xs text-muted">
              {sideWord(proposal.side)} {amountWords(proposal)} · <Money value={proposal.valueUsd} />{' '}
              {t('at')} <Price value={proposal.priceThen} />
            </p>
          )}
        </div>
        <IconButton
          size="sm"
          className="ml-auto"
          label={t('Close')}
          icon={<X size={14} aria-hidden />}
          onClick={onClose}
        />
      </header>
      <dl className="flex flex-col gap-2.5">
        <Line name={t('Who')}>{row.who}</Line>
        <Line name={t('From')}>{row.from}</Line>
        <Line name={t('When')}>{formatDateTime(row.atMs)}</Line>
        <Line name={t('Backend')}>
          <BackendTag backendId={row.backendId} />
        </Line>
        {reason !== null && <Line name={t('Reason given')}>{reason}</Line>}
        {rule !== null && <Line name={t('Rule, as it was then')}>{rule.words}</Line>}
        {outcome !== null && (
          <Line name={t('Outcome')}>
            {outcome.message}
            {outcome.latencyMs !== null && (
              <span className="text-faint">
                {' '}
                {t('After {latencyMs}.', { latencyMs: latencyWords(outcome.latencyMs) })}
              </span>
            )}
          </Line>
        )}
        {settled !== null && (
          <Line name={t('Settled {dateTime}', { dateTime: formatDateTime(settled.atMs) })}>
            {settled.message}
          </Line>
        )}
        {record !== null && outcome === null && (
          <Line name={t('Outcome')}>
            {t('None was written: it is under way, or Quarterdeck ended in between.')}
          </Line>
        )}
        {record !== null && <Line name={t('Request')}>{record.requestId}</Line>}
      </dl>
    </aside>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="label">{name}</dt>
      <dd className="selectable mt-0.5 text-xs leading-relaxed break-words text-ink">{children}</dd>
    </div>
  );
}
