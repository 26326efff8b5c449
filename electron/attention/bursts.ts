import type { Severity } from '#shared/domain/alerts/alert.ts';
import { t } from '#shared/words.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { createCoolDown } from './cool-down.ts';
import type { Considered } from './policy/considered.ts';
import { bodyText, titleText } from './policy/words.ts';

const FIRST_WINDOW_MS = 10_000;
const LAST_WINDOW_MS = 60_000;
/** So many critical ones of a family are told one by one within a window. More than a person can read, they come as one with their number. */
const MOST_CRITICAL_AT_ONCE = 20;
/** How long a critical one then waits at most. */
const FLOOD_WINDOW_MS = 1_000;

const RANK: Record<Severity, number> = { low: 0, medium: 1, high: 2, critical: 3 };

export interface Bursts {
  offer(considered: Considered): void;
  /** Takes a notice out of what waits; answers the keys under which it had been shown and nothing is left. */
  withdraw(key: string): string[];
  dispose: Disposer;
}

interface Window {
  held: Map<string, Considered>;
  /** Keys shown since the window opened. */
  shown: Set<string>;
  lengthMs: number;
  cancel: Disposer;
}

/**
 * Makes one notice with a count of a burst (L3). The first of a family is delivered at once and opens a window; what
 * comes within it waits for its end and is delivered as one. Windows of a family that does not calm down grow longer.
 * A critical notice never waits: only its own repetition, which says nothing new, does, and in a flood what comes after the first
 * twenty, for a second. What is not critical and only
 * repeats itself cools down further, until something new of its family comes.
 */
export function createBursts(clock: Clock, deliver: (considered: Considered) => void): Bursts {
  const windows = new Map<string, Window>();
  const coolDown = createCoolDown();
  /** Notices that stand for several, with what they stand for. */
  const joined = new Map<string, Set<string>>();

  function openWindow(
    family: string,
    shown: Iterable<string>,
    lengthMs: number,
    held = new Map<string, Considered>(),
  ): void {
    const cancel = clock.after(lengthMs, () => closeWindow(family));
    windows.set(family, { held, shown: new Set(shown), lengthMs, cancel });
  }

  function closeWindow(family: string): void {
    const window = windows.get(family);
    windows.delete(family);
    if (window === undefined || window.held.size === 0) return;
    const held = [...window.held.values()];
    openWindow(family, window.held.keys(), Math.min(LAST_WINDOW_MS, window.lengthMs * 2));
    for (const { notice } of held) coolDown.told(notice.key, clock.now());
    const notice = join(family, held);
    if (window.held.size > 1) {
      const { key } = notice.notice;
      joined.set(key, new Set([...(joined.get(key) ?? []), ...window.held.keys()]));
    }
    deliver(notice);
  }

  /** In a flood of critical ones the next waits for a second, and is told with those that come meanwhile. */
  function floods(family: string, considered: Considered, window: Window): void {
    const isFirst = [...window.held.values()].every(({ notice }) => notice.severity !== 'critical');
    window.held.set(considered.notice.key, considered);
    if (!isFirst) return;
    window.cancel();
    window.cancel = clock.after(FLOOD_WINDOW_MS, () => closeWindow(family));
  }

  /** What only repeats itself waits out its pause, in a window of its own where none is open. */
  function coolsDown(family: string, considered: Considered, window: Window | undefined): boolean {
    const { key, severity } = considered.notice;
    const waitMs = severity === 'critical' ? 0 : coolDown.waitMs(key, clock.now());
    if (waitMs === 0 || (window !== undefined && window.lengthMs >= waitMs)) return false;
    const held = window?.held ?? new Map<string, Considered>();
    if ([...held.keys()].some((one) => one !== key)) return false;
    window?.cancel();
    openWindow(family, [...(window?.shown ?? []), key], waitMs, held.set(key, considered));
    return true;
  }

  return {
    offer(considered) {
      const { notice, family } = considered;
      const window = family === null ? undefined : windows.get(family);
      const isNewCritical = notice.severity === 'critical' && window?.shown.has(notice.key) === false;
      if (
        family !== null &&
        window !== undefined &&
        isNewCritical &&
        window.shown.size >= MOST_CRITICAL_AT_ONCE
      ) {
        floods(family, considered, window);
        return;
      }
      if (family !== null && coolsDown(family, considered, window)) return;
      if (family !== null && window !== undefined && isCooling(window) && !window.shown.has(notice.key)) {
        // It has been calm but for repetitions: this is news, and a burst begins anew with it.
        window.cancel();
        openWindow(family, [...window.shown, notice.key], FIRST_WINDOW_MS, window.held);
        coolDown.told(notice.key, clock.now());
        deliver(considered);
        return;
      }
      if (window !== undefined && !isNewCritical) {
        window.held.set(notice.key, considered);
        return;
      }
      window?.shown.add(notice.key);
      if (window === undefined && family !== null) openWindow(family, [notice.key], FIRST_WINDOW_MS);
      coolDown.told(notice.key, clock.now());
      deliver(considered);
    },
    withdraw(key) {
      coolDown.forget(key);
      for (const window of windows.values()) window.held.delete(key);
      const empty: string[] = [key];
      for (const [joinedKey, members] of joined) {
        if (!members.delete(key) || members.size > 0) continue;
        joined.delete(joinedKey);
        empty.push(joinedKey);
      }
      return empty;
    },
    dispose() {
      for (const window of windows.values()) window.cancel();
      windows.clear();
    },
  };
}

const isCooling = ({ lengthMs }: Window): boolean => lengthMs > LAST_WINDOW_MS;

/** One for several of the same family: their number, the first of their titles, the gravest of their manners. */
function join(family: string, held: readonly Considered[]): Considered {
  const [first, ...others] = held;
  if (first === undefined) throw new Error('a burst of nothing');
  if (others.length === 0) return first;
  const gravest = held.reduce((worst, item) =>
    RANK[item.notice.severity] > RANK[worst.notice.severity] ? item : worst,
  );
  const { heading, noun } = first;
  const { place, itemId } = first.notice.destination;
  const titles = held.slice(0, 3).map((item) => item.notice.title.replace(`${heading}: `, ''));
  return {
    ...gravest,
    notice: {
      ...gravest.notice,
      key: `burst/${family}`,
      title: titleText(
        `${heading}: ${t(
          '{count} more {noun, select, proposal {{count, plural, one {proposal} other {proposals}}} alert {{count, plural, one {alert} other {alerts}}} trade {{count, plural, one {trade} other {trades}}} other {{count, plural, one {notice} other {notices}}}}',
          { count: held.length, noun },
        )}`,
      ),
      body: bodyText(titles.join(' · ')),
      destination: {
        place,
        itemId: others.every((item) => item.notice.destination.itemId === itemId) ? itemId : null,
      },
      approvalKey: null,
    },
    // Many of which each would be told again are told again as the many that they are.
    escalates: held.every(({ escalates }) => escalates),
  };
}
