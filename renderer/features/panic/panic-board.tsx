import { ChevronRight, Hand } from 'lucide-react';

import type { PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { useBackend } from '../../stores/kinds.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { formatTime } from '../../ui/format.ts';
import { ExchangeWay } from './exchange-way.tsx';
import { OpenExposure } from './open-exposure.tsx';
import { PanicKindWords } from './panic-kind-words.tsx';
import { detailOf, progressOf, wordOf } from './panic-words.ts';

/** How the halt stands on each backend, with its times, what stays open and what to do by hand. Those not halted come first. */
export function PanicBoard({ targets }: { targets: readonly PanicTarget[] }) {
  const backends = useSlice('backends');
  const rankOf = ({ backendId, state }: PanicTarget): number =>
    state === 'not-supported' && backends.get(backendId)?.watchesOnly === true
      ? ORDER.length
      : ORDER.indexOf(state);
  const sorted = [...targets].sort((a, b) => rankOf(a) - rankOf(b));
  return (
    // It scrolls where there are many: then the keyboard has to be able to as well.
    <ul
      aria-label={t('Progress on each backend')}
      tabIndex={0}
      // Beside one another where there is room, so that the place below keeps its own.
      className="grid max-h-[52vh] [@media(max-height:46rem)]:max-h-[38vh] grid-cols-[repeat(auto-fit,minmax(min(100%,38rem),1fr))] overflow-y-auto border-t border-danger/30 bg-surface"
    >
      {sorted.map((target) => (
        <TargetRow key={target.backendId} target={target} />
      ))}
    </ul>
  );
}

const ORDER: readonly PanicTarget['state'][] = [
  'unconfirmed',
  'failed',
  'offline',
  // It goes on unless somebody halts it by hand; what only watches comes last.
  'not-supported',
  'requested',
  'confirmed',
];

function TargetRow({ target }: { target: PanicTarget }) {
  const { config, kind } = useBackend(target.backendId);
  const now = useNow(SECOND_MS);
  const { word, tone } = wordOf(target.state, config?.watchesOnly === true);
  const byHand = kind?.panic.byHand ?? '';
  const needsHand = NEEDS_HAND.has(target.state) && config?.watchesOnly !== true;
  const detail = detailOf(target, byHand);
  return (
    <li
      className={cx(
        'grid grid-cols-[minmax(10rem,14rem)_1fr] content-start gap-x-4 gap-y-1 border-r border-b border-line px-4 py-2',
        needsHand && 'bg-danger-soft',
      )}
    >
      <div className="flex min-w-0 flex-col items-start gap-1.5">
        <BackendTag backendId={target.backendId} className="max-w-full text-sm font-medium !text-ink" />
        <Badge tone={tone} className="border border-current/40 font-semibold">
          {word}
        </Badge>
      </div>
      <div className="flex min-w-0 flex-col gap-1 text-xs leading-snug">
        <p className="figures flex flex-wrap gap-x-3 text-ink/80">
          {target.state !== 'not-supported' && (
            <span>{t('requested {time}', { time: formatTime(target.requestedAtMs, now) })}</span>
          )}
          {progressOf(target, now).map((line, index) => (
            <span
              key={line}
              className={cx(index === 0 && target.state === 'unconfirmed' && 'font-semibold text-danger')}
            >
              {line}
            </span>
          ))}
          {target.reasserted > 0 && (
            <span className="font-semibold text-warn">
              {t('lifted by itself and halted again {what}', {
                what:
                  target.reasserted === 1
                    ? t('once')
                    : t('{reasserted} times', { reasserted: target.reasserted }),
              })}
            </span>
          )}
        </p>
        {target.state !== 'confirmed' && detail !== '' && config?.watchesOnly !== true && (
          <p className="selectable text-ink/80">{detail}</p>
        )}
        {needsHand && byHand !== '' && (
          <p className="selectable flex gap-1.5 font-medium text-ink">
            <Hand size={13} aria-hidden className="mt-0.5 shrink-0 text-danger" />
            <span>{t('By hand: {byHand}', { byHand })}</span>
          </p>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {config?.watchesOnly !== true && <OpenExposure backendId={target.backendId} />}
          <ExchangeWay
            backendId={target.backendId}
            offerToSet={needsHand && config?.withoutAccount !== true}
          />
        </div>
        {kind !== undefined && (
          <details className="group">
            <summary className="inline-flex cursor-pointer list-none items-center gap-0.5 text-muted hover:text-ink">
              <ChevronRight size={13} aria-hidden className="transition-transform group-open:rotate-90" />
              {t('What PANIC does here, and what it does not')}
            </summary>
            <div className="pt-1.5 pl-4">
              <PanicKindWords kind={kind} byHand={false} />
            </div>
          </details>
        )}
      </div>
    </li>
  );
}

const NEEDS_HAND: ReadonlySet<PanicTarget['state']> = new Set([
  'unconfirmed',
  'failed',
  'offline',
  'not-supported',
]);
