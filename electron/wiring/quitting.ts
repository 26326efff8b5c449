import { app } from 'electron';

import { appName } from '../desktop/lifecycle/app-name.ts';
import { askByDialog } from '../desktop/lifecycle/quit-dialog.ts';
import { quitInOrder } from '../desktop/lifecycle/quit.ts';
import { onSystemEnd } from '../desktop/lifecycle/system-end.ts';
import type { MomentsPort } from '../playback/port.ts';
import type { QuitGate } from '../watchman/quit-gate.ts';
import { createQuitGate } from '../watchman/quit-gate.ts';
import type { Base } from './base.ts';

/** Whoever wants to quit asks here: what would go on unwatched is asked about first. */
export function guardQuitting({ core, ends, push, realClock, tell, windows }: Base): QuitGate {
  const quitGate = createQuitGate({
    leaving: () => core.watchman.leaving(),
    desk: core.desk,
    panic: core.panic,
    showInWindow(question) {
      if (question !== null) windows.show();
      return push('quit.question', { question });
    },
    askBySystem: askByDialog,
    quit: () => app.quit(),
    clock: realClock,
  });
  ends.add(quitGate.dispose);
  ends.add(
    onSystemEnd(() => {
      const left = core.watchman.leaving();
      if (left === null) return;
      const names = left.backends.map(({ name }) => name).join(', ');
      tell('deck', 'The system ends', `${names} may go on without anybody watching.`);
    }),
  );
  return quitGate;
}

/** Windows first, then whatever listens, then the desk, and the files last: what is said on the way is still written. */
export function closeInOrder(base: Base, moments: Pick<MomentsPort, 'close'>): void {
  const { closeVault, core, ends, journal, latchFile, log, note, realClock, windows } = base;
  // The desk goes on without a window; it ends when a person quits it.
  app.on('window-all-closed', () => {});
  quitInOrder({
    log,
    realClock,
    before() {
      windows.destroy();
      note('quit', `${appName} was quit`);
    },
    steps: [
      () => ends.dispose(),
      () => core.dispose(),
      () => moments.close(),
      () => closeVault(),
      () => journal.close(),
      () => latchFile.settled(),
    ],
  });
}
