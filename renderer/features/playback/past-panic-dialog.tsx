import { t } from '#shared/words.ts';

import { usePlayback } from '../../stores/playback.ts';
import { toast } from '../../stores/toasts.ts';
import { PanicQuestion } from '../panic/panic-question.tsx';

/** PANIC in a window of the past: the same two steps, and they act on the present (K2, K10). */
export function PastPanicDialog() {
  const isOnNow = usePlayback(({ state }) => state?.panicNow ?? false);
  return (
    <PanicQuestion
      isOn={isOnNow}
      againTitle={t('Panic is on now. Send the halt again?')}
      description={t('This acts on the present: on every bot that is connected now, not on what shows here.')}
      onPressed={() =>
        toast.success(t('PANIC was pressed'), { description: t('The main window shows how far it is.') })
      }
    >
      <p className="text-sm leading-relaxed text-ink">
        {t(
          'What it does on each bot stands in the main window, which comes to the front. It stays on until you resume by hand there.',
        )}
      </p>
    </PanicQuestion>
  );
}
