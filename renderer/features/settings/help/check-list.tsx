import type { CheckOutcome, SelfCheck } from '#shared/domain/settings/diagnostics.ts';
import { t } from '#shared/words.ts';

import type { Tone } from '../../../ui/badge.tsx';
import { Badge } from '../../../ui/badge.tsx';

const OUTCOMES: Record<CheckOutcome, { tone: Tone; label: string }> = {
  passed: { tone: 'ok', label: t('Passed') },
  warning: { tone: 'warn', label: t('Look at it') },
  failed: { tone: 'danger', label: t('Failed') },
  'not-known': { tone: 'neutral', label: t('Not known') },
};

/** What the self-check found, by number, with how many of each first. */
export function CheckList({ checks }: { checks: readonly SelfCheck[] }) {
  const counts = (Object.keys(OUTCOMES) as CheckOutcome[])
    .map((outcome) => ({ outcome, count: checks.filter((check) => check.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${OUTCOMES[outcome].label.toLowerCase()}`);
  return (
    <>
      <p role="status" className="border-b border-line px-4 py-2 text-xs text-muted">
        {t('{count} looked at: {list}', { count: checks.length, list: counts.join(', ') })}
      </p>
      <ol>
        {checks.map(({ number, title, outcome, words, advice }) => (
          <li key={number} className="flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-0">
            <span className="figures w-6 shrink-0 text-right text-xs leading-5 text-faint">{number}</span>
            <div className="selectable min-w-0 flex-1 text-sm">
              <p className="font-medium text-ink">{title}</p>
              <p className="break-words text-muted">{words}</p>
              {advice !== null && <p className="break-words text-ink">{advice}</p>}
            </div>
            <Badge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].label}</Badge>
          </li>
        ))}
      </ol>
    </>
  );
}
