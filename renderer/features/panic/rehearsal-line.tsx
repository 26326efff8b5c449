import { ClipboardCheck, ClipboardX } from 'lucide-react';

import type { CommandOrigin } from '#shared/domain/command.ts';
import { t } from '#shared/words.ts';

import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { rehearse, useRehearsal } from './use-rehearsal.ts';

/** When PANIC was last walked through and what came of it, with the button that does it (K13). */
export function RehearsalLine({ origin }: { origin: CommandOrigin }) {
  const { rehearsal, words } = useRehearsal();
  const isRunning = rehearsal?.finishedAtMs === null;
  const Icon = words.tone === 'warn' ? ClipboardX : ClipboardCheck;
  return (
    <div className="flex items-center gap-2">
      <Icon
        size={14}
        aria-hidden
        className={cx('shrink-0', words.tone === 'warn' ? 'text-warn' : 'text-muted')}
      />
      <p aria-live="polite" className="min-w-0 text-xs text-muted">
        {words.line}
      </p>
      <Button size="sm" className="ml-auto" busy={isRunning} onClick={() => void rehearse(origin)}>
        {t('Rehearse')}
      </Button>
    </div>
  );
}
