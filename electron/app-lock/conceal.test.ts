import { beforeEach, describe, expect, it } from 'vitest';

import type { LockStatus } from '#shared/ipc/lock-requests.ts';

import { concealWhenLocked } from './conceal.ts';
import { lockedDecisions } from './locked-decisions.ts';

const statusOf = (locked: boolean): LockStatus => ({
  opensBy: 'own',
  locked,
  view: 'nothing',
  nextTryAtMs: null,
  vaultHasPassphrase: false,
  panic: { latched: false, targets: 0, confirmed: 0 },
  counts: null,
});

let done: string[];
let shows: boolean;
let textsWhileLocked: boolean;
let change: (locked: boolean) => void;

beforeEach(() => {
  done = [];
  shows = true;
  textsWhileLocked = false;
  const listeners: ((status: LockStatus) => void)[] = [];
  concealWhenLocked({
    lock: {
      onChange(listener) {
        listeners.push(listener);
        return () => undefined;
      },
    },
    guard: { showsDesk: () => shows },
    security: () => ({ textsWhileLocked }),
    tellWindow: ({ locked }) => void done.push(locked ? 'locked' : 'open'),
    reloadWindow: () => void done.push('reload'),
    withdrawNotices: () => void done.push('withdraw'),
  });
  change = (locked) => {
    for (const listener of listeners) listener(statusOf(locked));
  };
});

describe('S7 at the moment of locking', () => {
  it('the page that held the desk is gone, and so are the notifications that were shown', () => {
    shows = false;
    change(true);
    expect(done).toEqual(['locked', 'reload', 'withdraw']);
  });

  it('once, however often the lock tells how it is, and again at the next time', () => {
    shows = false;
    change(true);
    change(true);
    shows = true;
    change(false);
    shows = false;
    change(true);
    expect(done.filter((one) => one === 'withdraw')).toHaveLength(2);
    expect(done.filter((one) => one === 'reload')).toHaveLength(2);
  });

  it('what the person lets show stays', () => {
    textsWhileLocked = true;
    change(true);
    expect(done).toEqual(['locked']);
  });
});

describe('S7 decisions from the tray and from notifications', () => {
  it('are refused in words while they are, and go through when they may', async () => {
    const heard: string[] = [];
    let refusal: string | null = 'Unlock it.';
    const decide = lockedDecisions(
      (decision: string) => Promise.resolve(void heard.push(`decided ${decision}`)),
      { decisionRefusal: () => refusal },
      (words) => void heard.push(words),
    );
    await decide('one');
    refusal = null;
    await decide('two');
    expect(heard).toEqual(['Unlock it.', 'decided two']);
  });
});
