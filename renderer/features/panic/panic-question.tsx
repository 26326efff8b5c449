import { OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';

import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { setPanicOpen, useUi } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { useSecondPress } from './use-second-press.ts';

interface PanicQuestionProps {
  /** PANIC is on already: the press sends it again. */
  isOn: boolean;
  /** Asks whether to send it again. */
  againTitle: string;
  /** Practice is halted too, where something real is connected (K16). */
  withPractice?: boolean;
  width?: 'lg';
  description: string;
  /** The press was taken. */
  onPressed: () => void;
  /** Stands above the words. */
  before?: ReactNode;
  /** What it does. The focus is here, and Enter presses. */
  children: ReactNode;
}

/**
 * The second step of PANIC, in every window: the button, and the focus on the words themselves, where no stray space bar presses
 * anything; Enter, or the hotkey again, is the second press (K10). A press that was not taken is said here.
 */
export function PanicQuestion(props: PanicQuestionProps) {
  const { isOn, againTitle, withPractice, width, description, onPressed, before, children } = props;
  const open = useUi((state) => state.panicOpen);
  const origin = useUi((state) => state.panicOrigin);
  const words = useRef<HTMLDivElement>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  function press(): void {
    // Nothing stands between the gesture and the request (K2).
    request('panic.press', withPractice === undefined ? { origin } : { origin, withPractice }).then(
      onPressed,
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
      {...(width === undefined ? {} : { width })}
      title={isOn ? againTitle : t('Halt every bot now?')}
      description={description}
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
            {isOn ? t('Halt again') : t('Halt now')}
          </Button>
        </>
      }
    >
      {trouble !== null && (
        <ErrorState title={t('The halt was not sent')} message={trouble} className="!py-4" />
      )}
      {before}
      <div
        ref={words}
        tabIndex={-1}
        className="outline-none"
        onKeyDown={(event) => {
          // Here alone, and not while it is held down: the key that opened the dialog is the first press only.
          if (event.key === 'Enter' && !event.repeat) press();
        }}
      >
        {children}
      </div>
    </Dialog>
  );
}
