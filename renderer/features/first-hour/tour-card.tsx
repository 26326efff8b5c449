import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { CSSProperties, KeyboardEvent } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { t } from '#shared/words.ts';

import { openPlace } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { focusPlace } from '../../ui/focus-place.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { ShortcutKbd } from '../shortcuts/shortcut-kbd.tsx';
import { endTour, showStep } from './guide.ts';
import { TOUR_STEPS } from './tour-steps.ts';

const CARD_WIDTH = 340;
const MARGIN = 12;

/** One step of the tour: a card beside what it speaks of. */
export function TourCard({ index }: { index: number }) {
  const step = TOUR_STEPS[index];
  const anchor = useAnchor(step?.anchor ?? 'main');
  const next = useRef<HTMLButtonElement>(null);
  const place = step?.place;
  useEffect(() => {
    if (place !== undefined) openPlace(place);
    next.current?.focus();
  }, [place]);
  if (step === undefined) return null;
  const isLast = index === TOUR_STEPS.length - 1;

  function end(): void {
    endTour();
    focusPlace();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    end();
  }

  return (
    <>
      {anchor !== null && (
        <span
          aria-hidden
          className="pointer-events-none fixed z-30 rounded-lg outline-2 outline-offset-2 outline-accent"
          style={{ top: anchor.top, left: anchor.left, width: anchor.width, height: anchor.height }}
        />
      )}
      <div
        role="dialog"
        aria-modal="false"
        aria-labelledby="tour-title"
        aria-describedby="tour-words"
        data-tour-card
        onKeyDown={onKeyDown}
        style={{ width: CARD_WIDTH, ...besides(anchor) }}
        className="animate-appear fixed z-30 rounded-xl border border-accent/60 bg-surface p-4 shadow-pop"
      >
        <p className="label mb-1 flex items-center gap-2">
          <span className="figures">
            {t('{index} of {count}', { index: index + 1, count: TOUR_STEPS.length })}
          </span>
          <span className="ml-auto">
            {step.keys !== undefined && <Kbd keys={step.keys} />}
            {step.shortcut !== undefined && <ShortcutKbd name={step.shortcut} />}
          </span>
        </p>
        <h2 id="tour-title" className="text-base font-semibold tracking-tight text-ink">
          {step.title}
        </h2>
        <p id="tour-words" className="mt-1.5 text-sm leading-relaxed text-muted">
          {step.words}
        </p>
        <div className="mt-4 flex items-center gap-2">
          <Button size="sm" variant="ghost" onClick={end}>
            {isLast ? t('Close') : t('Skip the tour')}
          </Button>
          <span className="ml-auto flex gap-2">
            {index > 0 && (
              <Button
                size="sm"
                icon={<ArrowLeft size={13} aria-hidden />}
                onClick={() => showStep(index - 1)}
              >
                {t('Back')}
              </Button>
            )}
            <Button
              ref={next}
              size="sm"
              variant="primary"
              icon={<ArrowRight size={13} aria-hidden />}
              onClick={() => {
                if (!isLast) showStep(index + 1);
                else {
                  endTour();
                  openPlace('settings', 'add');
                }
              }}
            >
              {isLast ? t('Connect now') : t('Next')}
            </Button>
          </span>
        </div>
      </div>
    </>
  );
}

/** Where what it points at is drawn now; follows the size of the window. */
function useAnchor(selector: string): DOMRect | null {
  const [rect, setRect] = useState<DOMRect | null>(null);
  useLayoutEffect(() => {
    const measure = (): void => {
      const found = document.querySelector(selector)?.getBoundingClientRect();
      setRect(found !== undefined && found.width > 0 ? found : null);
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [selector]);
  return rect;
}

/** Below what stands in the bar, at the right of what stands at the left; the middle where there is nothing. */
function besides(anchor: DOMRect | null): CSSProperties {
  if (anchor === null) return { top: '30vh', left: `calc(50vw - ${CARD_WIDTH / 2}px)` };
  const widest = window.innerWidth - CARD_WIDTH - MARGIN;
  if (anchor.bottom < window.innerHeight / 4)
    return { top: anchor.bottom + MARGIN, left: Math.max(MARGIN, Math.min(anchor.left, widest)) };
  const below = Math.max(MARGIN, window.innerHeight - anchor.bottom);
  return anchor.top > window.innerHeight / 2
    ? { bottom: below, left: Math.min(anchor.right + MARGIN, widest) }
    : { top: anchor.top, left: Math.min(anchor.right + MARGIN, widest) };
}
