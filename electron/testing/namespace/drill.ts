import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { aBackend } from '#shared/domain/testing/entries.ts';

import { createManualClock } from '../../lib/clock.ts';
import { startTestDesk } from '../test-desk.ts';
import { FAR_ADDRESS, FAR_PORT, NEAR_ADDRESS } from './addresses.ts';

/**
 * Run in a network of its own (`unshare --net`): a desk, a cable, and a server in a second network at its other end. The server goes into
 * a real black hole, where packets leave and nothing comes back; PANIC is pressed; the way opens again. Prints what was seen.
 */
const BACKEND = 'far';
const NAMESPACE = `quarterdeck-${process.pid}`;
const NOBODY = '02:00:00:00:00:99';

const ip = (...words: string[]): void => void execFileSync('ip', words, { stdio: 'pipe' });

function layCable(): void {
  ip('link', 'set', 'lo', 'up');
  ip('netns', 'add', NAMESPACE);
  ip('link', 'add', 'near', 'type', 'veth', 'peer', 'name', 'far', 'netns', NAMESPACE);
  ip('addr', 'add', `${NEAR_ADDRESS}/30`, 'dev', 'near');
  ip('link', 'set', 'near', 'up');
  ip('-n', NAMESPACE, 'addr', 'add', `${FAR_ADDRESS}/30`, 'dev', 'far');
  ip('-n', NAMESPACE, 'link', 'set', 'far', 'up');
  ip('-n', NAMESPACE, 'link', 'set', 'lo', 'up');
}

/** Whatever is sent goes to a card that does not exist. */
const openHole = (): void =>
  ip('neigh', 'replace', FAR_ADDRESS, 'lladdr', NOBODY, 'nud', 'permanent', 'dev', 'near');
const closeHole = (): void => ip('neigh', 'del', FAR_ADDRESS, 'dev', 'near');

layCable();
const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-namespace-'));
const server: ChildProcessWithoutNullStreams = spawn('ip', [
  'netns',
  'exec',
  NAMESPACE,
  process.execPath,
  fileURLToPath(new URL('far-server.ts', import.meta.url)),
]);
server.stderr.pipe(process.stderr);
const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
const nextLine = async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? 'null') as unknown;

try {
  const secrets = z.record(z.string(), z.string()).parse(await nextLine());
  // At the machine's pace, and never ahead of what this process has done: held up, it is slow and not late.
  const clock = createManualClock(Date.now());
  const flow = async (): Promise<void> => {
    for (;;) {
      await pause(10, null, { ref: false });
      await clock.advance(10);
    }
  };
  void flow();
  const desk = await startTestDesk(folder, clock);
  const { core } = desk;
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await pause(20);
  };
  const target = () => {
    const state = core.desk.get('panic', 'panic');
    return state?.kind === 'latched'
      ? state.targets.find(({ backendId }) => backendId === BACKEND)
      : undefined;
  };
  await core.fleet.save(
    aBackend({
      id: BACKEND,
      kind: 'coinruler',
      name: 'Far',
      address: `http://${FAR_ADDRESS}:${FAR_PORT}`,
      allowPlainHttp: true,
    }),
    secrets,
  );
  await until(() => core.desk.get('links', `${BACKEND}/live`)?.state.kind === 'live');

  openHole();
  core.panic.press('window');
  const begun = target()?.state;
  await until(() => target()?.state !== 'requested');
  const inHole = target();
  closeHole();
  await until(() => target()?.state === 'confirmed');
  server.stdin.write('state\n');
  const { killSwitch } = z.object({ killSwitch: z.object({ enabled: z.boolean() }) }).parse(await nextLine());
  process.stdout.write(
    `${JSON.stringify({
      begun,
      inHole: inHole?.state,
      words: inHole?.detail,
      settledAfterMs: (inHole?.settledAtMs ?? Infinity) - (inHole?.requestedAtMs ?? 0),
      afterwards: target()?.state,
      isHaltedThere: killSwitch.enabled,
    })}\n`,
  );
  await desk.stop();
} finally {
  server.kill('SIGKILL');
  ip('netns', 'del', NAMESPACE);
  rmSync(folder, { recursive: true, force: true });
}
