import { beforeEach, describe, expect, it } from 'vitest';

import type { PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import type { Leaving, QuitAnswer, QuitQuestion } from '#shared/domain/panic/watch.ts';
import { SECOND_MS } from '#shared/time.ts';

import { createDesk } from '../desk/desk.ts';
import type { DeskPort } from '../desk/port.ts';
import type { ManualClock } from '../lib/clock.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import type { QuitGate } from './quit-gate.ts';
import { createQuitGate } from './quit-gate.ts';

const LEFT: Leaving = { backends: [{ name: 'Main bot', items: ['May go on trading'] }], unwatched: [] };

let clock: ManualClock;
let desk: DeskPort;
let gate: QuitGate;
let left: Leaving | null;
let hasWindow: boolean;
/** What was done, in order. */
let done: string[];
let inWindow: (QuitQuestion | null)[];
let answerSystem: (answer: QuitAnswer) => void;

beforeEach(() => {
  clock = createManualClock();
  desk = createDesk(silentLogger);
  [left, hasWindow, done, inWindow] = [LEFT, true, [], []];
  gate = createQuitGate({
    leaving: () => left,
    desk,
    panic: { press: () => void done.push('panic') },
    showInWindow(question) {
      if (hasWindow) inWindow.push(question);
      return hasWindow;
    },
    askBySystem(question) {
      done.push(`system asks: ${question.halt}`);
      return new Promise((resolve) => (answerSystem = resolve));
    },
    quit: () => void done.push('quit'),
    clock,
  });
});

const halts = (...states: PanicTarget['state'][]): void => {
  const targets = states.map((state, index) => ({
    backendId: `bot-${index}`,
    state,
    detail: '',
    requestedAtMs: 0,
    settledAtMs: null,
    reasserted: 0,
  }));
  desk.dispatch({
    type: 'panic',
    state: { kind: 'latched', id: 'p', sinceMs: 0, presses: 1, origin: 'window', durable: true, targets },
  });
};

describe('the question before quitting', () => {
  it('is not asked where nothing goes on', () => {
    left = null;
    gate.request();
    expect(done).toEqual(['quit']);
    expect(inWindow).toEqual([]);
  });

  it('is asked in the window, and answered by quitting or staying', () => {
    gate.request();
    gate.shown();
    expect(inWindow).toEqual([{ leaving: LEFT, halt: 'none', halted: false, open: [] }]);
    gate.answer('stay');
    expect(inWindow.at(-1)).toBeNull();
    expect(done).toEqual([]);
    gate.request();
    gate.answer('quit');
    expect(done).toEqual(['quit']);
  });

  it('is asked by the system where there is no window, and where the window does not draw it', async () => {
    hasWindow = false;
    gate.request();
    expect(done).toEqual(['system asks: none']);
    answerSystem('stay');
    await clock.advance(0);
    hasWindow = true;
    gate.request();
    await clock.advance(2_999);
    expect(done).toHaveLength(1);
    await clock.advance(1);
    expect(done).toEqual(['system asks: none', 'system asks: none']);
    answerSystem('quit');
    await clock.advance(0);
    expect(done.at(-1)).toBe('quit');
  });

  it('does not come a second time by the system where the window drew it', async () => {
    gate.request();
    gate.shown();
    await clock.advance(60 * SECOND_MS);
    expect(done).toEqual([]);
  });

  it('is asked by the system where the window hangs after it drew it, once', async () => {
    gate.windowHangs();
    gate.request();
    gate.shown();
    gate.windowHangs();
    gate.windowHangs();
    expect(done).toEqual(['system asks: none']);
    answerSystem('quit');
    await clock.advance(0);
    expect(done.at(-1)).toBe('quit');
  });

  it('asked for twice is one question', () => {
    gate.request();
    gate.request();
    gate.answer('quit');
    gate.answer('quit');
    expect(done).toEqual(['quit']);
  });
});

describe('PANIC, then quit', () => {
  beforeEach(() => {
    gate.request();
    gate.shown();
    halts('requested', 'requested');
    gate.answer('halt-and-quit');
    gate.shown();
  });

  it('K2 presses at once, and quits only when every halt is confirmed', () => {
    expect(done).toEqual(['panic']);
    expect(inWindow.at(-1)).toMatchObject({ halt: 'under-way' });
    halts('confirmed', 'requested');
    expect(done).toEqual(['panic']);
    halts('confirmed', 'confirmed');
    expect(done).toEqual(['panic', 'quit']);
  });

  it('asks again where a halt is not confirmed, with its name, and quits when it is confirmed after all', () => {
    halts('confirmed', 'offline');
    expect(inWindow.at(-1)).toMatchObject({ halt: 'not-confirmed', open: ['bot-1'] });
    expect(done).toEqual(['panic']);
    halts('confirmed', 'confirmed');
    expect(done).toEqual(['panic', 'quit']);
  });

  it('can be left as it is, and then nothing quits later', () => {
    halts('confirmed', 'unconfirmed');
    gate.answer('stay');
    halts('confirmed', 'confirmed');
    expect(done).toEqual(['panic']);
  });

  it('asks after twenty seconds about a halt that does not settle', async () => {
    await clock.advance(20 * SECOND_MS - 1);
    expect(inWindow.at(-1)).toMatchObject({ halt: 'under-way' });
    await clock.advance(1);
    expect(inWindow.at(-1)).toMatchObject({ halt: 'not-confirmed', open: ['bot-0', 'bot-1'] });
    gate.answer('quit');
    expect(done).toEqual(['panic', 'quit']);
  });

  it('does not quit over a resume', () => {
    desk.dispatch({ type: 'panic', state: { kind: 'clear' } });
    expect(done).toEqual(['panic']);
    expect(inWindow.at(-1)).toMatchObject({ halt: 'none', halted: false });
  });
});
