import { describe, expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import { startWakeWatch } from './wake-watch.ts';

describe('the wake watch', () => {
  it('D2 tells when the system resumes', () => {
    const { resume, woken } = start();
    resume();
    expect(woken).toEqual(['resumed']);
  });

  it('D2 tells when the network returns, once, and not when it goes', async () => {
    const { clock, setOnline, woken } = start();
    setOnline(false);
    await clock.advance(20_000);
    expect(woken).toEqual([]);
    setOnline(true);
    await clock.advance(20_000);
    expect(woken).toEqual(['network-returned']);
  });

  it('D2 notices a sleep that no event announced', async () => {
    const { clock, woken } = start();
    await clock.advance(10_000);
    clock.jump(3_600_000);
    await clock.advance(10_000);
    expect(woken).toEqual(['resumed']);
  });

  it('does not take an announced sleep for a second one', async () => {
    const { clock, resume, woken } = start();
    clock.jump(3_600_000);
    resume();
    await clock.advance(10_000);
    expect(woken).toEqual(['resumed']);
  });

  it('leaves nothing behind', () => {
    const { clock, stop, subscriptions } = start();
    stop();
    expect(clock.pending()).toBe(0);
    expect(subscriptions.size).toBe(0);
  });
});

function start() {
  const clock = createManualClock();
  const woken: string[] = [];
  const subscriptions = new Set<() => void>();
  let online = true;
  const stop = startWakeWatch({
    realClock: clock,
    isOnline: () => online,
    onResume(listener) {
      subscriptions.add(listener);
      return () => void subscriptions.delete(listener);
    },
    wake: (cause) => woken.push(cause),
  });
  return {
    clock,
    stop,
    subscriptions,
    woken,
    resume: () => subscriptions.forEach((listener) => listener()),
    setOnline: (value: boolean) => void (online = value),
  };
}
