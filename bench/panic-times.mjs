/**
 * From the gesture to the first request and to each confirmed halt, over three backends on loopback, each in a process of its
 * own: `npm run bench:panic -- [--rounds N] [--app]`. In plain Node the gesture is the call; with `--app` it is the Enter key in
 * the dialog of the real window, by the time that the system gave the key.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { RESUME_WORD } from '#shared/domain/kill-switch.ts';

import { createSystemClock } from '#electron/lib/clock.ts';
import { startFiveBackends } from '#electron/testing/five-backends.ts';
import { openGate } from '#electron/testing/recording-gate.ts';

import { harnessEnvironment, isInsideSession, runInOwnSession, startKeyring } from '../e2e/session.mjs';
import { ensureBuilt } from '../scripts/lib/build.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '25' }, app: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);

/** Times are of the machine's clock. */
const firstRequestMs = [];
const confirmedMs = new Map();

if (values.app && !isInsideSession())
  process.exit(runInOwnSession(fileURLToPath(import.meta.url), process.argv.slice(2)));

const five = await startFiveBackends();
const stopKeyring = values.app ? await startKeyring() : () => undefined;
const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-panic-times-'));
try {
  const desk = values.app ? await startApp(folder) : await startPlain(folder);
  await measure(desk, five);
  await desk.stop();
} finally {
  await five.stop();
  stopKeyring();
  rmSync(folder, { recursive: true, force: true });
}
report();

async function measure(desk, { bot, models, traders }) {
  // Its allowance of a minute is for one person's presses, not for so many in a row.
  await bot.control('rate-limit', { enabled: false });
  const gated = await Promise.all(
    [bot, models, traders].map(async (backend) => ({
      backend,
      gate: await openGate(backend.config.address),
    })),
  );
  for (const { backend, gate } of gated)
    await desk.save({ ...backend.config, address: gate.address }, backend.secrets);
  await pause(4_000);
  for (let round = 0; round < rounds; round += 1) await oneRound(desk, gated);
  await Promise.all(gated.map(({ gate }) => gate.shut()));
}

async function oneRound(desk, gated) {
  const pressedAtMs = await desk.press();
  let state = await desk.panic();
  for (; !isConfirmed(state, gated.length); state = await desk.panic()) await pause(20);
  const firsts = gated.map(({ gate }) => gate.askedAtMs.find((atMs) => atMs >= pressedAtMs) ?? Infinity);
  firstRequestMs.push(Math.min(...firsts) - pressedAtMs);
  for (const { backendId, settledAtMs } of state.targets) {
    const known = confirmedMs.get(backendId) ?? [];
    confirmedMs.set(backendId, [...known, (settledAtMs ?? Infinity) - pressedAtMs]);
  }
  await desk.resume();
  await pause(150);
}

function isConfirmed(state, count) {
  if (state?.kind !== 'latched') return false;
  return state.targets.filter((target) => target.state === 'confirmed').length === count;
}

async function startPlain(dataFolder) {
  // Naming a folder keeps the package `electron`, which the settings bring along, from fetching its binary.
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= 'not-needed-here';
  const { startTestDesk } = await import('#electron/testing/test-desk.ts');
  const { core, stop } = await startTestDesk(dataFolder, createSystemClock());
  return {
    save: (config, secrets) => core.fleet.save(config, secrets),
    press() {
      const atMs = performance.timeOrigin + performance.now();
      core.panic.press('window');
      return Promise.resolve(atMs);
    },
    panic: () => Promise.resolve(core.desk.get('panic', 'panic')),
    resume: () => core.panic.resume(RESUME_WORD, 'window'),
    stop,
  };
}

async function startApp(dataFolder) {
  const { _electron } = await import('@playwright/test');
  const { ask } = await import('../e2e/harness/window.ts');
  ensureBuilt();
  const env = { ...harnessEnvironment(), QUARTERDECK_DATA: dataFolder };
  const launch = JSON.parse(env.QUARTERDECK_E2E_ELECTRON);

  const app = await _electron.launch({ ...launch, env });
  const page = await app.firstWindow();
  await ask(page, 'settings.change', { practice: { enabled: false } });
  await page.evaluate(() => {
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter')
          Reflect.set(window, 'pressedAtMs', performance.timeOrigin + event.timeStamp);
      },
      { capture: true },
    );
  });
  return {
    save: (config, secrets) => ask(page, 'backends.save', { config, secrets: { ...secrets } }),
    async press() {
      await page.keyboard.press('ControlOrMeta+Shift+P');
      await page.getByRole('dialog').getByRole('button', { name: 'Halt now' }).waitFor();
      await page.keyboard.press('Enter');
      return page.evaluate(() => Number(Reflect.get(window, 'pressedAtMs')));
    },
    panic: async () => (await ask(page, 'desk.snapshot', {})).slices.panic[0]?.[1],
    resume: () => ask(page, 'panic.resume', { typedWord: RESUME_WORD }),
    stop: () => app.close(),
  };
}

function report() {
  console.log(
    `${values.app ? 'In the app' : 'In plain Node'}, ${rounds} rounds, milliseconds: median, worst`,
  );
  print('to the first request', firstRequestMs);
  for (const [backendId, times] of confirmedMs) print(`to the confirmed halt of ${backendId}`, times);
}

function print(name, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const [median = NaN, worst = NaN] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  console.log(`  ${name}: ${median.toFixed(1)}, ${worst.toFixed(1)}`);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
