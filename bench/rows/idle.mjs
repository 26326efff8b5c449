import { setTimeout as pause } from 'node:timers/promises';

import { openOverFiveBackends } from '../window/over-five-backends.mjs';
import { cpuMs, pssMib } from '../window/windows.mjs';

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
  open: () => openOverFiveBackends('the desk, its deck in sight', watched),
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
