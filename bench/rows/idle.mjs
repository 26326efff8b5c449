import { startFiveBackends } from '#electron/testing/five-backends.ts';

import { startKeyring } from '../../e2e/session.mjs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { prepareDesk } from '../window/prepared-desk.mjs';
import { spawnElectron } from '../window/spawned.mjs';
import { cpuMs, pssMib, stageScript } from '../window/windows.mjs';

const SETTLING_MS = 8_000;
const MEASURED_MS = 20_000;

const gate = (figure, unit, bound) => ({ figure, unit, against: 'floor', bound });

/** What the desk takes while nothing happens. The backends run in processes of their own, which are not counted. */
export const row = {
  title: 'Idle, five quiet backends',
  rounds: 5,
  gates: [
    gate('cpu', '% of a core, all processes', { atMostAbove: 0.3 }),
    gate('memory', 'MiB, all processes, shared pages by their share', { atMostAbove: 80 }),
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
          run: () => watched(spawnElectron({}, stageScript, ['words']), 'A window'),
        },
        ours: {
          label: 'the desk, its deck in sight',
          run: () => watched(spawnElectron({ QUARTERDECK_DATA: desk.folder }), 'Live, data'),
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

async function watched(electron, words) {
  try {
    const page = await electron.look();
    while (!(await page.run((text) => document.body?.textContent.includes(text), words))) await pause(100);
    page.close();
    await pause(SETTLING_MS);
    const before = cpuMs(electron.pid);
    const startedAtMs = performance.now();
    await pause(MEASURED_MS);
    const cpu = ((cpuMs(electron.pid) - before) / (performance.now() - startedAtMs)) * 100;
    return { cpu, memory: pssMib(electron.pid) };
  } finally {
    await electron.end();
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
