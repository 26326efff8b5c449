import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Toast, ToastKind } from '../../stores/toasts.ts';
import { createCountdown } from './countdown.ts';
import { inSight, isCritical, lifeOf, MOST_SHOWN } from './toast-rules.ts';

type Told = Pick<Toast, 'kind' | 'duration'>;

const kind = (name: ToastKind): Told => ({ kind: name });
const INFO: Told = { kind: 'info' };
const CRITICAL: Told = { kind: 'error', duration: Number.POSITIVE_INFINITY };

describe('how long a notice stays', () => {
  it('is 3 s for information, 5 s for success, 7 s for what went wrong, and for ever where it is critical', () => {
    expect([INFO, kind('success'), kind('error'), kind('warning'), CRITICAL].map(lifeOf)).toEqual([
      3_000,
      5_000,
      7_000,
      7_000,
      Number.POSITIVE_INFINITY,
    ]);
    expect(lifeOf({ kind: 'success', duration: 8_000 })).toBe(8_000);
    expect([CRITICAL, kind('error')].map(isCritical)).toEqual([true, false]);
  });
});

describe('which notices are in sight', () => {
  type Numbered = Told & { id: number };
  const told = (id: number, more: Told = INFO): Numbered => ({ id, ...more });
  const ids = (all: readonly Numbered[]) => inSight(all, MOST_SHOWN).shown.map(({ id }) => id);

  it('are never more than three, the rest waits with a count', () => {
    const all = [1, 2, 3, 4, 5].map((id) => told(id));
    expect(ids(all)).toEqual([1, 2, 3]);
    expect(inSight(all, MOST_SHOWN).waiting).toBe(2);
    expect(inSight(all.slice(0, 3), MOST_SHOWN).waiting).toBe(0);
  });

  it('L3 a critical one waits for no other, and earlier ones of its kind stay', () => {
    expect(ids([told(1), told(2), told(3), told(4, CRITICAL)])).toEqual([4, 1, 2]);
    expect(
      ids([told(1, CRITICAL), told(2), told(3, CRITICAL), told(4, CRITICAL), told(5, CRITICAL)]),
    ).toEqual([1, 3, 4]);
  });

  it('goes on with the one that waited longest when one is gone', () => {
    expect(ids([told(1), told(3), told(4)])).toEqual([1, 3, 4]);
  });
});

describe('the time of a notice', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('stands still while it is held, and goes on with what is left', () => {
    const onEnd = vi.fn();
    const countdown = createCountdown(3_000, onEnd);
    countdown.run();
    vi.advanceTimersByTime(2_000);
    countdown.hold();
    vi.advanceTimersByTime(60_000);
    expect(onEnd).not.toHaveBeenCalled();
    countdown.run();
    vi.advanceTimersByTime(999);
    expect(onEnd).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('never ends for a critical one', () => {
    const onEnd = vi.fn();
    createCountdown(Number.POSITIVE_INFINITY, onEnd).run();
    vi.advanceTimersByTime(86_400_000);
    expect(onEnd).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
