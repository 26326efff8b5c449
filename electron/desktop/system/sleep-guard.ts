import { powerSaveBlocker } from 'electron';

/** Keeps the computer from going to sleep while asked to; the screen may go dark. Answers whether it is held now. */
export function createSleepGuard(): (held: boolean) => boolean {
  let id: number | null = null;
  return (held) => {
    if (held && id === null) id = powerSaveBlocker.start('prevent-app-suspension');
    if (!held && id !== null) {
      powerSaveBlocker.stop(id);
      id = null;
    }
    return id !== null && powerSaveBlocker.isStarted(id);
  };
}
