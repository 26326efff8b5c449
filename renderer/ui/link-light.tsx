import { assertNever } from '#shared/assert-never.ts';
import { dataAgeMs, isLinkStale } from '#shared/domain/derive.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { formatAge } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { steadyAge } from '../stores/clock.ts';
import { cx } from './cx.ts';

type LightTone = 'live' | 'stale' | 'down' | 'working' | 'none';

/** The light of a link and one sentence that says the same. */
export function lightOf(link: LinkStatus | null, nowMs: number): { tone: LightTone; words: string } {
  if (link === null) return { tone: 'none', words: t('Not connected yet.') };
  const { state } = link;
  switch (state.kind) {
    case 'live':
      return isLinkStale(link, nowMs)
        ? { tone: 'stale', words: t('Connected, but {link}.', { link: dataWords(link, nowMs) }) }
        : {
            tone: 'live',
            words: t('Live, data {age} old.', {
              age: steadyAge(dataAgeMs(link, nowMs) ?? 0, nowMs),
            }),
          };
    case 'connecting':
      // A further attempt proves nothing yet: what was lost stays lost until the link is live.
      return state.attempt > 1
        ? {
            tone: 'down',
            words: t('Not connected. Attempt {attempt} is under way.', { attempt: state.attempt }),
          }
        : { tone: 'working', words: t('Connecting.') };
    case 'stale':
      return {
        tone: 'stale',
        words: t('Stale for {age}. {message}', {
          age: steadyAge(nowMs - state.sinceMs, nowMs),
          message: state.cause.message,
        }),
      };
    case 'waiting':
      return {
        tone: 'down',
        words: t('Not connected. {message} Tries again in {age}.', {
          message: state.cause.message,
          age: formatAge(state.nextAttemptAtMs - nowMs),
        }),
      };
    case 'stopped':
      return { tone: 'down', words: t('Stopped. {message}', { message: state.cause.message }) };
    default:
      return assertNever(state);
  }
}

/** The light itself: shape as well as colour tells the state. */
export function LightDot({ tone }: { tone: LightTone }) {
  return (
    <svg
      width="10"
      height="10"
      viewBox="0 0 10 10"
      aria-hidden
      className={cx('shrink-0', lightColours[tone])}
    >
      {tone === 'live' && <circle cx="5" cy="5" r="4" fill="currentColor" />}
      {tone === 'working' && (
        <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
      )}
      {tone === 'none' && (
        <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
      )}
      {tone === 'stale' && <path d="M5 1 L9.5 9 L0.5 9 Z" fill="currentColor" />}
      {tone === 'down' && (
        <path d="M1.5 1.5 L8.5 8.5 M8.5 1.5 L1.5 8.5" stroke="currentColor" strokeWidth="2" />
      )}
    </svg>
  );
}

const lightColours: Record<LightTone, string> = {
  live: 'text-ok',
  stale: 'text-warn',
  down: 'text-danger',
  working: 'animate-pulse-slow text-accent',
  none: 'text-faint',
};

function dataWords(link: LinkStatus, nowMs: number): string {
  const ageMs = dataAgeMs(link, nowMs);
  return ageMs === null ? t('no data yet') : t('its data is {age} old', { age: steadyAge(ageMs, nowMs) });
}
