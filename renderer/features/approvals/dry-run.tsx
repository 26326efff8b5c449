import { useState } from 'react';

import type { DecisionRuleText, DryRunLine } from '#shared/domain/approvals/decision-rule.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Money } from '../../ui/figures.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { When } from '../../ui/when.tsx';
import { amountWords } from './approval-words.ts';
import { sideWord } from '../../ui/side-words.ts';

const LAST = 200;

const VERDICTS: Record<DryRunLine['verdict'], { word: string; tone: Tone }> = {
  approve: { word: t('Approve'), tone: 'ok' },
  decline: { word: t('Decline'), tone: 'neutral' },
  leave: { word: t('Leave to you'), tone: 'warn' },
  none: { word: t('Not meant'), tone: 'neutral' },
};

/** What a rule would have decided of the proposals that the journal holds. */
export function DryRun({ rule }: { rule: DecisionRuleText }) {
  const [answer, setAnswer] = useState<{ of: string; lines: DryRunLine[] } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const of = JSON.stringify(rule);
  const lines = answer?.of === of ? answer.lines : null;

  async function run(): Promise<void> {
    setBusy(true);
    setTrouble(null);
    try {
      setAnswer({ of, lines: await request('rules.dry-run', { rule, last: LAST }) });
    } catch (error) {
      setTrouble(describeError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <section aria-label={t('Dry run')} className="mt-4">
      <header className="flex items-center gap-3">
        <Button size="sm" busy={busy} onClick={() => void run()}>
          {t('Try it on the last {last} proposals', { last: LAST })}
        </Button>
        <span role="status" className="text-xs text-muted">
          {trouble ?? (lines === null ? t('Nothing is sent by this.') : summary(lines))}
        </span>
      </header>
      {lines !== null && lines.length > 0 && (
        <>
          <VirtualList
            label={t('What it would have decided')}
            items={lines.toReversed()}
            itemKey={({ proposal }) => proposal.id}
            estimateHeight={34}
            className="mt-2.5 max-h-48 rounded-lg border border-line"
            renderItem={(line) => <Line line={line} />}
          />
          <p className="mt-1.5 text-xs text-faint">
            {t(
              'How fresh data was, what was halted and where prices stood is not known any more: the rule itself may have left more to you.',
            )}
          </p>
        </>
      )}
    </section>
  );
}

function Line({ line: { atMs, proposal, verdict, why } }: { line: DryRunLine }) {
  const { tone, word } = VERDICTS[verdict];
  return (
    <div className="grid min-h-8 grid-cols-[6.5rem_7rem_minmax(0,1fr)_6rem] items-center gap-3 border-b border-line px-3 py-1 text-xs last:border-0">
      <Badge tone={tone} className="justify-self-start">
        {word}
      </Badge>
      <When atMs={atMs} />
      <span className="min-w-0 truncate text-muted">
        <span className="text-ink">
          {sideWord(proposal.side)} {amountWords(proposal)}
        </span>{' '}
        {why ?? proposal.title}
      </span>
      <Money value={proposal.valueUsd} className="text-right" />
    </div>
  );
}

function summary(lines: readonly DryRunLine[]): string {
  if (lines.length === 0) return t('The journal holds no proposal of this backend yet.');
  const count = (verdict: DryRunLine['verdict']): number =>
    lines.filter((line) => line.verdict === verdict).length;
  const decided = count('approve') + count('decline');
  return t(
    'Of {count} it would have decided {decided} and left {count2} to you; {count3} it is not meant for.',
    { count: lines.length, decided, count2: count('leave'), count3: count('none') },
  );
}
