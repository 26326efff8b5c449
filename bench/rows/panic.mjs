import { request } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';

import { startFiveBackends } from '#electron/testing/five-backends.ts';
import { openGate } from '#electron/testing/recording-gate.ts';

import { HALT_NOW } from '../../e2e/harness/practice-control.ts';
import { startTrayHost } from '../../e2e/harness/tray-host.ts';
import { ask } from '../../e2e/harness/window.ts';
import { startKeyring } from '../../e2e/session.mjs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { launch } from '../window/windows.mjs';

const HUNG_FOR_MS = 2_500;
const nowMs = () => performance.timeOrigin + performance.now();

/** PANIC from the tray over three backends while the page of the window never gives its processor back. */
export const row = {
  title: 'PANIC from the tray, the window in an endless loop',
  rounds: 7,
  gates: [
    {
      figure: 'first',
      unit: 'ms from the gesture to the first request',
      against: null,
      bound: { atMost: 250 },
    },
    {
      figure: 'last',
      unit: 'ms from the gesture to the last backend’s confirmed halt',
      against: null,
      bound: null,
    },
  ],
  async open() {
    ensureBuilt();
    const stopKeyring = await startKeyring();
    const tray = await startTrayHost();
    const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-panic-'));
    const five = await startFiveBackends();
    const { app, page } = await launch({ QUARTERDECK_DATA: folder });
    await ask(page, 'settings.change', { practice: { enabled: false } });
    // Its allowance of a minute is for one person's presses, not for so many in a row.
    await five.bot.control('rate-limit', { enabled: false });
    const gates = [];
    for (const { config, secrets } of [five.bot, five.models, five.traders]) {
      const gate = await openGate(config.address);
      gates.push(gate);
      await ask(page, 'backends.save', {
        config: { ...config, address: gate.address },
        secrets: { ...secrets },
      });
    }
    await until(async () => {
      const live = (await linksOf(page)).filter(({ state }) => state.kind === 'live');
      return new Set(live.map(({ backendId }) => backendId)).size === gates.length;
    });
    return {
      contenders: {
        limit: { label: 'a bare request, from the call to its arrival', run: () => bareRequest(gates[0]) },
        ours: {
          label: 'the desk: from the click on the tray’s menu, reading the menu included',
          run: () => pressed(page, tray, gates),
        },
      },
      async close() {
        await app.close();
        for (const gate of gates) await gate.shut();
        await five.stop();
        tray.stop();
        stopKeyring();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

async function bareRequest(gate) {
  const before = gate.asked.length;
  const startedAtMs = nowMs();
  await new Promise((resolve, reject) => {
    request(`${gate.address}/health`, { method: 'GET' }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
  const index = gate.asked.findIndex((asked, at) => at >= before && asked === 'GET /health');
  return { first: gate.askedAtMs[index] - startedAtMs };
}

async function pressed(page, tray, gates) {
  // The menu follows the end of the round before within a second: looking for it again and again is no part of a gesture.
  await until(async () => (await tray.menu()).some(({ label }) => label === 'PANIC'));
  const hung = page.evaluate((ms) => {
    const endsAtMs = performance.now() + ms;
    while (performance.now() < endsAtMs);
    return performance.timeOrigin + performance.now();
  }, HUNG_FOR_MS);
  // The order to loop goes before the gesture, on a way of its own.
  await pause(300);
  const pressedAtMs = nowMs();
  await tray.choose('PANIC', HALT_NOW);
  const endedAtMs = await hung;
  const firsts = gates.map(({ asked, askedAtMs }) =>
    askedAtMs.find((atMs, index) => atMs >= pressedAtMs && !asked[index].startsWith('GET ')),
  );
  await until(async () => targetsOf(await panicOf(page)) === gates.length);
  const settled = (await panicOf(page)).targets.map(({ settledAtMs }) => settledAtMs);
  await ask(page, 'panic.resume', { typedWord: RESUME_WORD });
  await until(async () => (await panicOf(page))?.kind !== 'latched');
  const firstAtMs = Math.min(...firsts.map((atMs) => atMs ?? Infinity));
  if (firstAtMs > endedAtMs) throw new Error('The window came back before the first request left.');
  return { first: firstAtMs - pressedAtMs, last: Math.max(...settled) - pressedAtMs };
}

const targetsOf = (panic) =>
  panic?.kind === 'latched' ? panic.targets.filter(({ state }) => state === 'confirmed').length : 0;
const snapshot = async (page) => (await ask(page, 'desk.snapshot', {})).slices;
const panicOf = async (page) => (await snapshot(page)).panic[0]?.[1];
const linksOf = async (page) => (await snapshot(page)).links.map(([, link]) => link);

async function until(isSo) {
  while (!(await isSo())) await pause(50);
}
