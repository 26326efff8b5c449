import { OctagonX } from 'lucide-react';
import { useRef, useState } from 'react';
import { toast } from 'sonner';

import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { usePlayback } from '../../stores/playback.ts';
import { setPanicOpen, useUi } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { useSecondPress } from '../panic/use-second-press.ts';

/** PANIC in a window of the past: the same two steps, and they act on the present (K2, K10). */
export function PastPanicDialog() {
  const open = useUi((state) => state.panicOpen);
  const origin = useUi((state) => state.panicOrigin);
  const isOnNow = usePlayback(({ state }) => state?.panicNow ?? false);
  const words = useRef<HTMLDivElement>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  function press(): void {
    // Nothing stands between the gesture and the request (K2).
    request('panic.press', { origin }).then(
      () => toast.success(t('PANIC was pressed'), { description: t('The main window shows how far it is.') }),
      (error: unknown) => {
        setTrouble(describeError(error));
        setPanicOpen(true, origin);
      },
    );
    setTrouble(null);
    setPanicOpen(false);
  }
  useSecondPress(open, press);

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) setTrouble(null);
        setPanicOpen(next, origin);
      }}
      tone="danger"
      title={isOnNow ? t('Panic is on now. Send the halt again?') : t('Halt every bot now?')}
      description={t('This acts on the present: on every bot that is connected now, not on what shows here.')}
      initialFocus={words}
      footer={
        <>
          <span className="mr-auto flex items-center gap-1.5 text-xs text-faint">
            <Kbd keys="Enter" /> {t('halts,')} <Kbd keys="Esc" /> {t('leaves everything as it is')}
          </span>
          <Button onClick={() => setPanicOpen(false)}>{t('Cancel')}</Button>
          <Button
            variant="danger"
            icon={<OctagonX size={15} aria-hidden />}
            onClick={press}
            className="font-bold"
          >
            {isOnNow ? t('Halt again') : t('Halt now')}
          </Button>
        </>
      }
    >
      {trouble !== null && (
        <ErrorState title={t('The halt was not sent')} message={trouble} className="!py-4" />
      )}
      <div
        ref={words}
        tabIndex={-1}
        className="text-sm leading-relaxed text-ink outline-none"
        onKeyDown={(event) => {
          // Here alone, and not while it is held down: the key that opened the dialog is the first press only.
          if (event.key === 'Enter' && !event.repeat) press();
        }}
      >
        {t(
          'What it does on each bot stands in the main window, which comes to the front. It stays on until you resume by hand there.',
        )}
      </div>
    </Dialog>
  );
}
