import { ShieldOff } from 'lucide-react';

import type { waitingLimits } from '#shared/domain/panic/waiting-limits.ts';
import { t } from '#shared/words.ts';

import { openPlace } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { ArmButton } from './arm-button.tsx';

/** Names the limits, with the way to arm them and the way to change them. */
export function WaitingStrip({ waiting }: { waiting: ReturnType<typeof waitingLimits> }) {
  return (
    <section
      aria-label={t('Limits that are not watched')}
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-warn/50 bg-warn-soft px-4 py-2"
    >
      <ShieldOff size={16} aria-hidden className="shrink-0 text-warn" />
      <p role="status" className="min-w-0 flex-1 basis-80 text-xs leading-snug text-ink">
        <strong className="font-semibold">
          {t(
            '{what} and will not press PANIC again until {count, plural, one {it is} other {they are}} armed:',
            {
              what:
                waiting.length === 1
                  ? t('A limit was crossed')
                  : t('{count} limits were crossed', { count: waiting.length }),
              count: waiting.length,
            },
          )}
        </strong>{' '}
        {waiting.map(({ id, sentence, fired }) => (
          <span key={id} className="figures">
            {sentence === '' ? fired?.words : sentence}.{' '}
          </span>
        ))}
      </p>
      <span className="flex shrink-0 gap-2">
        <ArmButton limits={waiting} />
        <Button size="sm" onClick={() => openPlace('settings', 'watch')}>
          {t('Change limits')}
        </Button>
      </span>
    </section>
  );
}
