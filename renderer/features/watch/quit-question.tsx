import { CircleStop, Eye } from 'lucide-react';
import { useEffect, useRef } from 'react';

import type { QuitAnswer, QuitQuestion } from '#shared/domain/panic/watch.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { toast } from '../../stores/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/spinner.tsx';

/** Asked before quitting while bots go on without the desk: what goes on, what nobody will watch, and the ways out. */
export function QuitQuestionDialog({ question }: { question: QuitQuestion }) {
  // Drawn, so that the main process knows that this window answers.
  useEffect(() => {
    request('quit.shown', {}).catch(() => undefined);
  }, [question]);
  const { halt, halted, leaving, open } = question;
  const stay = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) answer('stay');
      }}
      width="md"
      tone={halt === 'not-confirmed' ? 'danger' : 'neutral'}
      title={titleOf(question)}
      description={
        halt === 'not-confirmed'
          ? t(
              'The halt is not confirmed on {list}. Quarterdeck goes on trying while it stays open, and quits by itself once it is confirmed.',
              { list: open.join(', ') },
            )
          : halt === 'under-way'
            ? t('Quarterdeck quits as soon as every halt was read back.')
            : t('Quitting stops nothing: this goes on, and nobody watches it.')
      }
      initialFocus={stay}
      footer={
        <>
          <Button ref={stay} className="mr-auto" onClick={() => answer('stay')}>
            {t('Stay')}
          </Button>
          {halt === 'none' && !halted && (
            <Button variant="danger-quiet" onClick={() => answer('halt-and-quit')}>
              {t('PANIC, then quit')}
            </Button>
          )}
          {halt !== 'under-way' && (
            <Button variant={halt === 'not-confirmed' ? 'danger' : 'primary'} onClick={() => answer('quit')}>
              {halt === 'not-confirmed' ? t('Quit all the same') : t('Quit')}
            </Button>
          )}
        </>
      }
    >
      {halt === 'under-way' ? (
        <p role="status" className="flex items-center gap-2 py-2 text-sm text-ink">
          <Spinner /> {t('PANIC was pressed and is being confirmed.')}
        </p>
      ) : (
        <div className="flex flex-col gap-3">
          <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-canvas">
            {leaving.backends.map(({ name, items }) => (
              <li key={name} className="px-3 py-2.5">
                <p className="text-sm font-medium text-ink">{name}</p>
                <ul className="mt-0.5 text-xs leading-relaxed text-muted">
                  {items.map((item) => (
                    <li key={item}>{item}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          <div>
            <p className="label mb-1 flex items-center gap-1.5">
              <Eye size={13} aria-hidden /> {t('Nobody will watch')}
            </p>
            <ul className="flex flex-col gap-1 text-xs leading-relaxed text-muted">
              {leaving.unwatched.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </div>
          {halt === 'none' && !halted && (
            <p className="flex items-start gap-1.5 text-xs text-faint">
              <CircleStop size={13} aria-hidden className="mt-px shrink-0" />
              {t('“PANIC, then quit” halts every bot and quits once each halt was read back.')}
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}

function titleOf({ halt, open }: QuitQuestion): string {
  switch (halt) {
    case 'none':
      return t('Quit while bots run?');
    case 'under-way':
      return t('Halting every bot, then quitting');
    case 'not-confirmed':
      return open.length === 1
        ? t('One halt is not confirmed. Quit?')
        : t('{count} halts are not confirmed. Quit?', { count: open.length });
  }
}

function answer(given: QuitAnswer): void {
  request('quit.answer', { answer: given }).catch((error: unknown) =>
    toast.error(t('That was not taken'), { description: describeError(error) }),
  );
}
