import { X } from 'lucide-react';

import { t } from '#shared/words.ts';

import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { actWords, outcomeWords } from './approval-words.ts';
import { askAgain, forgetDecision, useDecision } from './decisions.ts';

/** How far this window's decision on a proposal has come; nothing when there is none. */
export function OutcomeNote({ approvalKey, className }: { approvalKey: string; className?: string }) {
  const decision = useDecision(approvalKey);
  if (decision === undefined || decision.phase === 'asking') return null;
  if (decision.phase === 'sending') {
    return (
      <p role="status" className={cx('flex items-center gap-2 text-xs text-muted', className)}>
        <Spinner size={13} />{' '}
        {t('{doing}. Checks, sends and reads back.', { doing: actWords[decision.act].doing })}
      </p>
    );
  }
  if (decision.phase === 'lost') {
    return (
      <div role="alert" className={cx('flex items-center gap-3 text-xs text-warn', className)}>
        <span>{t('The answer did not arrive: {message}', { message: decision.message })}</span>
        <Button size="sm" onClick={() => void askAgain(decision.attempt)}>
          {t('Ask what became of it')}
        </Button>
      </div>
    );
  }
  const { word, tone } = outcomeWords(decision.act, decision.outcome.status);
  return (
    <div role="status" className={cx('flex items-start gap-2 text-xs', className)}>
      <Badge tone={tone}>{word}</Badge>
      <span className="selectable min-w-0 flex-1 pt-0.5 break-words text-muted">
        {decision.outcome.message}
      </span>
      <IconButton
        label={t('Take this note away')}
        size="sm"
        className="-my-1"
        icon={<X size={13} aria-hidden />}
        onClick={() => forgetDecision(approvalKey)}
      />
    </div>
  );
}
