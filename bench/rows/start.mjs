import { startFiveBackends } from '#electron/testing/five-backends.ts';

import { startKeyring } from '../../e2e/session.mjs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { prepareDesk } from '../window/prepared-desk.mjs';
import { spawnElectron } from '../window/spawned.mjs';
import { stageScript } from '../window/windows.mjs';

const gate = (figure, unit, against, bound) => ({ figure, unit, against, bound });

/** From the start of the process to what a person can read, with five backends that were there the last time. */
export const row = {
  title: 'Start, over five backends',
  rounds: 7,
  gates: [
    gate('paint', 'ms from the process to the first text on screen', 'floor', { atMost: 1.3 }),
    gate('live', 'ms from the process to live data on screen', 'floor', { atMost: 2 }),
  ],
  async open() {
    ensureBuilt();
    const stopKeyring = await startKeyring();
    const five = await startFiveBackends();
    const desk = await prepareDesk(five.all);
    return {
      contenders: {
        floor: {
          label: 'a window of Electron with one line of text',
          run: () => timed(spawnElectron({}, stageScript, ['words']), 'A window'),
        },
        ours: {
          label: 'the desk, with the data folder of an earlier session',
          run: () => timed(spawnElectron({ QUARTERDECK_DATA: desk.folder }), 'Live, data'),
        },
      },
      async close() {
        desk.remove();
        await five.stop();
        stopKeyring();
      },
    };
  },
};

async function timed(electron, liveWords) {
  const page = await electron.look();
  try {
    const { liveAtMs, paintAtMs } = await page.run(whenShown, liveWords);
    return { paint: paintAtMs - electron.spawnedAtMs, live: liveAtMs - electron.spawnedAtMs };
  } finally {
    page.close();
    await electron.end();
  }
}

/** Runs in the page: when its first text was painted, and when a frame with these words had been. */
function whenShown(words) {
  const { promise, resolve } = Promise.withResolvers();
  function look() {
    if (document.body?.textContent.includes(words) !== true) {
      requestAnimationFrame(look);
      return;
    }
    const painted = new MessageChannel();
    painted.port1.onmessage = () => {
      const liveAtMs = performance.timeOrigin + performance.now();
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      if (paint === undefined) requestAnimationFrame(look);
      else resolve({ liveAtMs, paintAtMs: performance.timeOrigin + paint.startTime });
    };
    requestAnimationFrame(() => painted.port2.postMessage(null));
  }
  look();
  return promise;
}
