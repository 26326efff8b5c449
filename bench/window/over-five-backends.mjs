import { startFiveBackends } from '#electron/testing/five-backends.ts';

import { startKeyring } from '../../e2e/session.mjs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { prepareDesk } from './prepared-desk.mjs';
import { spawnElectron } from './spawned.mjs';
import { stageScript } from './windows.mjs';

/**
 * Opens a row that sets the desk, over five backends that it knows from an earlier session, beside a window of Electron with one line of text.
 * `measure` takes a started program and the words that show once it is there; `label` says how the desk stands.
 */
export async function openOverFiveBackends(label, measure) {
  ensureBuilt();
  const stopKeyring = await startKeyring();
  const five = await startFiveBackends();
  const desk = await prepareDesk(five.all);
  return {
    contenders: {
      floor: {
        label: 'a window of Electron with one line of text',
        run: () => measure(spawnElectron({}, stageScript, ['words']), 'A window'),
      },
      ours: { label, run: () => measure(spawnElectron({ QUARTERDECK_DATA: desk.folder }), 'Live, data') },
    },
    async close() {
      desk.remove();
      await five.stop();
      stopKeyring();
    },
  };
}
