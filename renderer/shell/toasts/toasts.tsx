import { useEffect, useRef, useState } from 'react';

import { t } from '#shared/words.ts';

import type { Toast } from '../../stores/toasts.ts';
import { toast, useToasts } from '../../stores/toasts.ts';
import { focusPlace } from '../../ui/focus-place.ts';
import { ToastCard } from './toast-card.tsx';
import { inSight, isCritical, MOST_SHOWN } from './toast-rules.ts';
import { useRoom } from './use-room.ts';

/**
 * The notices at the lower left, and higher where something is decided there. What is in sight, for how
 * long, and how it is read out is decided here.
 * While one of them is pointed at or has the focus, or the window is hidden, none of them goes.
 */
export function Toasts() {
  const { toasts } = useToasts();
  const section = useRef<HTMLElement>(null);
  const [pointedAt, setPointedAt] = useState(false);
  const [focused, setFocused] = useState(false);
  const hidden = useHidden();
  const touched = pointedAt || focused;
  // Where the last of them goes while it is pointed at or focused, nothing tells that it no longer is.
  if (toasts.length === 0 && touched) {
    setPointedAt(false);
    setFocused(false);
  }
  const held = toasts.length > 0 && (touched || hidden);
  const room = useRoom(section, toasts.map(({ id }) => id).join(), touched);
  const folded = room?.folded ?? false;
  const { shown, waiting } = inSight(toasts, folded ? 1 : MOST_SHOWN);

  function close(told: Toast, how: 'person' | 'time'): void {
    if (how === 'person') told.onDismiss?.();
    else told.onAutoClose?.();
    toast.dismiss(told.id);
    if (document.activeElement?.closest('[data-notices]') instanceof HTMLElement) focusPlace();
  }

  return (
    <>
      <Announcement shown={shown} waiting={waiting} />
      <section
        ref={section}
        aria-label={t('Notices')}
        data-notices
        className="pointer-events-none fixed z-30 flex w-90 flex-col gap-2 max-[1179px]:w-70"
        style={{
          bottom: room === null ? '0.75rem' : `calc(100vh - ${room.bottom}px + 0.75rem)`,
          left: 'calc(var(--rail-width, 0px) + 0.75rem)',
        }}
        onPointerEnter={() => setPointedAt(true)}
        onPointerLeave={() => setPointedAt(false)}
        onFocus={() => setFocused(true)}
        onBlur={(event) => setFocused(event.currentTarget.contains(event.relatedTarget))}
      >
        {waiting > 0 && !folded && (
          <p className="figures self-start rounded-md border border-line bg-overlay px-2 py-0.5 text-2xs text-muted">
            {t('{waiting} more {waiting, plural, one {waits} other {wait}}', { waiting })}
          </p>
        )}
        {[...shown].reverse().map((told) => (
          <ToastCard
            key={told.id}
            told={told}
            folded={folded ? { waiting } : null}
            held={held}
            onClose={(how) => close(told, how)}
          />
        ))}
      </section>
    </>
  );
}

/**
 * What a screen reader says: only what went wrong cuts in, and a burst is its newest and a count. Nothing stands in it twice, and the
 * cards themselves are no live region.
 */
function Announcement({ shown, waiting }: { shown: readonly Toast[]; waiting: number }) {
  const urgent = shown.findLast((told) => isCritical(told));
  const calm = shown.findLast((told) => !isCritical(told));
  const rest = waiting > 0 ? t('. {waiting} more', { waiting }) : '';
  return (
    <>
      <p role="alert" className="sr-only">
        {urgent !== undefined && `${urgent.title}. ${urgent.description}`}
      </p>
      <p role="status" className="sr-only">
        {calm !== undefined && `${calm.title}${rest}`}
      </p>
    </>
  );
}

function useHidden(): boolean {
  const [hidden, setHidden] = useState(document.hidden);
  useEffect(() => {
    const onChange = (): void => setHidden(document.hidden);
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);
  return hidden;
}
