import { panicSummary } from '#shared/domain/derive.ts';
import type { Leaving, QuitAnswer, QuitQuestion } from '#shared/domain/panic/watch.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { PanicControl } from '../commands/port.ts';
import type { DeskPort } from '../desk/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { QuitGatePort } from './port.ts';

/** A window that has not drawn the question by then hangs, and the system asks it instead. */
const SHOWN_WITHIN_MS = 3 * SECOND_MS;
/** A halt that has not settled by then is asked about; it goes on in the meantime. */
const HALT_WITHIN_MS = 20 * SECOND_MS;

export interface QuitGateParts {
  /** What goes on without the desk; null where it can end without a question. */
  leaving(): Leaving | null;
  desk: Pick<DeskPort, 'get' | 'onPatches'>;
  panic: Pick<PanicControl, 'press'>;
  /** Draws the question in the window, or takes it away; false where there is no window. */
  showInWindow(question: QuitQuestion | null): boolean;
  /** Asks by the system's own dialog. */
  askBySystem(question: QuitQuestion): Promise<QuitAnswer>;
  quit(): void;
  clock: Clock;
}

export interface QuitGate extends QuitGatePort {
  /** A person wants to quit, from wherever. */
  request(): void;
  /** The window hangs: a question that it drew before can be answered there no more. */
  windowHangs(): void;
  dispose: Disposer;
}

/**
 * Stands between a person's wish to quit and the end: asks where bots go on without the desk, and halts them first where that
 * is wished. The end of the system does not come through here, so nothing of it can hold a shutdown up.
 */
export function createQuitGate(parts: QuitGateParts): QuitGate {
  const { clock, desk } = parts;
  let asked: QuitQuestion | null = null;
  let bySystem = false;
  let cancelWait: Disposer = () => undefined;
  let cancelHalt: Disposer = () => undefined;
  const stopWatching = desk.onPatches((patches) => {
    if (asked !== null && asked.halt !== 'none' && patches.some(({ slice }) => slice === 'panic'))
      followHalt();
  });

  function ask(question: QuitQuestion): void {
    asked = question;
    cancelWait();
    if (!parts.showInWindow(question)) {
      askSystem();
      return;
    }
    cancelWait = clock.after(SHOWN_WITHIN_MS, askSystem);
  }

  function askSystem(): void {
    // While the halt is awaited there is nothing to choose yet.
    if (asked === null || asked.halt === 'under-way' || bySystem) return;
    bySystem = true;
    void parts.askBySystem(asked).then((given) => {
      bySystem = false;
      answer(given);
    });
  }

  function answer(given: QuitAnswer): void {
    if (asked === null) return;
    switch (given) {
      case 'quit':
        end();
        parts.quit();
        break;
      case 'stay':
        end();
        break;
      case 'halt-and-quit':
        halt(asked);
        break;
    }
  }

  function halt(question: QuitQuestion): void {
    // The press comes first (K2).
    parts.panic.press('window');
    ask({ ...question, halt: 'under-way' });
    cancelHalt();
    cancelHalt = clock.after(HALT_WITHIN_MS, tellOpen);
    followHalt();
  }

  function followHalt(): void {
    const { latched, open, counts } = panicSummary(desk.get('panic', 'panic'));
    if (!latched) {
      // Somebody resumed: what was to be left halted is not.
      if (asked !== null) ask({ ...asked, halt: 'none', halted: false, open: [] });
      return;
    }
    if (open.length === 0) {
      end();
      parts.quit();
    } else if (counts.requested === 0) tellOpen();
  }

  function tellOpen(): void {
    if (asked === null || asked.halt === 'none') return;
    const { open } = panicSummary(desk.get('panic', 'panic'));
    const names = open.map(({ backendId }) => desk.get('backends', backendId)?.name ?? backendId);
    if (asked.halt === 'not-confirmed' && names.join() === asked.open.join()) return;
    ask({ ...asked, halt: 'not-confirmed', open: names });
  }

  function end(): void {
    asked = null;
    cancelWait();
    cancelHalt();
    parts.showInWindow(null);
  }

  return {
    request() {
      if (asked !== null) {
        ask(asked);
        return;
      }
      const leaving = parts.leaving();
      if (leaving === null) {
        parts.quit();
        return;
      }
      const { allConfirmed } = panicSummary(desk.get('panic', 'panic'));
      ask({ leaving, halt: 'none', halted: allConfirmed, open: [] });
    },
    shown: () => cancelWait(),
    windowHangs: askSystem,
    answer,
    dispose() {
      stopWatching();
      cancelWait();
      cancelHalt();
    },
  };
}
