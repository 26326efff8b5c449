import { History, OctagonX } from 'lucide-react';
import { useEffect } from 'react';

import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';

import { useNow } from '../../stores/clock.ts';
import { usePlayback } from '../../stores/playback.ts';
import { toast } from '../../stores/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { formatDateTime } from '../../ui/format.ts';

/** Over every place of a window of the past: that it is the past, and when. The title of the window says so too. */
export function PastBand() {
  const now = useNow(SECOND_MS);
  const state = usePlayback((store) => store.state);
  const when = state === null ? '' : formatDateTime(now);
  useEffect(() => {
    document.title =
      when === '' ? t('PLAYBACK · Quarterdeck') : t('PLAYBACK {when}, not now · Quarterdeck', { when });
  }, [when]);
  return (
    <section
      aria-label={t('Playback')}
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 bg-past-fill px-3 py-1 text-past-ink [--qd-focus:var(--qd-past-ink)]"
    >
      <p className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2.5 text-base font-bold">
        <History size={18} strokeWidth={2.5} aria-hidden className="shrink-0" />
        <span className="tracking-widest">{t('PLAYBACK')}</span>
        <span className="figures">{when}</span>
        <span>{t('not now')}</span>
        <span className="text-xs font-medium">
          {t('Nothing can be done here. PANIC acts on the present.')}
        </span>
      </p>
      {state?.panicNow === true && (
        <p
          role="alert"
          className="flex items-center gap-1.5 rounded-md bg-danger-fill px-2 py-0.5 text-xs font-bold text-white"
        >
          <OctagonX size={14} aria-hidden /> {t('PANIC is on now')}
        </p>
      )}
      <Button size="sm" onClick={showPresent}>
        {t('Back to now')}
      </Button>
    </section>
  );
}

function showPresent(): void {
  request('app.show-window', {}).catch((error: unknown) => {
    toast.error(t('The main window could not be shown'), { description: describeError(error) });
  });
}
