import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

import { ask } from '../../e2e/harness/window.ts';
import { startKeyring } from '../../e2e/session.mjs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { launch, stageScript, watch } from '../window/windows.mjs';

const MEASURED_MS = 4_000;
const SETTLING_MS = 1_500;

const gate = (figure, unit, against, bound) => ({ figure, unit, against, bound });

/** The real window over the real desk, 500 assets and 10,000 prices a second, beside windows that do less and more. */
export const row = {
  title: 'Window at 10,000 events a second, 500 rows',
  rounds: 5,
  gates: [
    gate('fps', 'frames a second', 'limit', { atLeast: 0.97 }),
    gate('p50', 'ms between frames, median', 'floor', { atMost: 1.15 }),
    gate('p99', 'ms between frames, 99th of 100', 'floor', { atMost: 1.25 }),
    gate('p99', 'ms between frames, 99th of 100', 'peer', { atMost: 0.05 }),
    gate('cpu', '% of a core, all processes', 'floor', { atMost: 1.4 }),
  ],
  async open() {
    ensureBuilt();
    const stopKeyring = await startKeyring();
    const stage = (label, mode) => ({ label, run: () => measured(() => launch({}, stageScript, [mode])) });
    return {
      contenders: {
        limit: stage('a blank page', 'blank'),
        floor: stage('the same rows written into the document directly, packed by the frame', 'direct'),
        ours: {
          label: 'the desk: from the hub’s socket to the holdings on screen',
          run: () => measured(launchDesk),
        },
        peer: stage('every event kept in the state of a list and drawn', 'hook'),
      },
      close: () => stopKeyring(),
    };
  },
};

/** Each round starts its windows anew, one at a time, so that none has another's frames or memory. */
async function measured(start) {
  const started = await start();
  try {
    await pause(SETTLING_MS);
    return await watch(started, MEASURED_MS);
  } finally {
    await (started.stop ?? (() => started.app.close()))();
  }
}

export async function launchDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-window-'));
  const hub = fork(fileURLToPath(new URL('../window/hub.mjs', import.meta.url)));
  const [address] = await once(hub, 'message');
  const { app, page } = await launch({ QUARTERDECK_DATA: folder });
  await ask(page, 'settings.change', { practice: { enabled: false } });
  await ask(page, 'backends.save', {
    config: {
      id: 'hub',
      kind: 'market-hub',
      name: 'Hub',
      address,
      colour: '#d98b3a',
      practice: false,
      enabled: true,
      allowPlainHttp: false,
    },
    secrets: {},
  });
  await page.getByRole('navigation').first().getByRole('button', { name: 'Portfolio' }).click();
  hub.send('send');
  await page.getByRole('row').filter({ hasText: 'A0' }).first().waitFor();
  return {
    app,
    page,
    async stop() {
      await app.close();
      hub.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
