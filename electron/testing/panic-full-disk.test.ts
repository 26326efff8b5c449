import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, it } from 'vitest';

import type { PanicState } from '#shared/domain/panic/kill-switch.ts';

import { mountSmall } from '../journal/testing/harness.ts';
import { createSystemClock } from '../lib/clock.ts';
import type { PracticeChild } from './practice-child.ts';
import { control, startPracticeChild } from './practice-child.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';
import { soon } from '../lib/testing/soon.ts';

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

it('K15 with the disk of the journal full every halt is sent and confirmed, and it is said that it is NOT DURABLE', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-full-'));
  const unmount = mountSmall(folder, 4);
  if (unmount === null) {
    rmSync(folder, { recursive: true, force: true });
    return context.skip('needs the right to mount a small file system');
  }
  undo.push(unmount);
  const practice = await startPracticeChild({
    stateFile: null,
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 3,
    ports: {},
    controlPort: 0,
    quiet: true,
  });
  undo.push(() => practice.killHard());
  let desk = await startTestDesk(folder, createSystemClock());
  undo.push(() => desk.stop());
  await connect(desk, practice);

  const ballast = join(folder, 'ballast');
  await fillUp(desk, ballast);
  desk.core.panic.press('window');
  await soon(() => {
    topUp(ballast);
    expect(halted(desk)).toBe(3);
  });
  expect(await control(practice.ready.controlAddress ?? '', 'state')).toMatchObject({
    killSwitch: { enabled: true },
  });
  expect(latched(desk)).toMatchObject({ durable: false });
  expect(desk.journal.health().state).toBe('failing');
  // Resuming adds risk, so it waits for the disk.
  expect(await desk.core.panic.resume('RESUME', 'window')).toMatchObject({ resumed: false });

  rmSync(ballast);
  await soon(() => expect(latched(desk)).toMatchObject({ durable: true }));
  await desk.stop();
  desk = await startTestDesk(folder, createSystemClock());
  expect(latched(desk)).toMatchObject({ kind: 'latched', origin: 'window' });
}, 150_000);

async function connect({ core }: TestDesk, { ready }: PracticeChild): Promise<void> {
  core.fleet.setPractice(ready.backends);
  const live = (): number =>
    [...core.desk.entries('links')].filter(([, { state }]) => state.kind === 'live').length;
  await soon(() => expect(live()).toBeGreaterThanOrEqual(ready.backends.length));
}

/**
 * Leaves no byte, and then some: until the journal itself refuses. What is large is refused first, and how many pages something small
 * takes differs, so that one may still find room where the one before did not.
 */
async function fillUp(desk: TestDesk, ballast: string): Promise<void> {
  await fillWith(desk, ballast, 'abc '.repeat(2_000), 1);
  await fillWith(desk, ballast, '', 10);
}

async function fillWith(
  { journal }: TestDesk,
  ballast: string,
  filling: string,
  refusals: number,
): Promise<void> {
  let refused = 0;
  for (let turn = 0; turn < 2_000 && refused < refusals; turn += 1) {
    topUp(ballast);
    const entry = {
      atMs: 0,
      kind: 'system',
      backendId: null,
      summary: 'filling',
      data: { filling },
    } as const;
    refused = await journal.appendDurably(entry, 60_000).then(
      () => 0,
      () => refused + 1,
    );
  }
  if (refused < refusals) throw new Error('the disk does not get full');
}

/** Takes what room there is, also what something else has given back since. */
function topUp(ballast: string): void {
  try {
    for (;;) writeFileSync(ballast, Buffer.alloc(64 * 1024), { flag: 'a' });
  } catch {
    // Full but for what the journal has set aside for itself.
  }
}

function latched({ core }: TestDesk): PanicState | undefined {
  return core.desk.get('panic', 'panic');
}

function halted(desk: TestDesk): number {
  const state = latched(desk);
  return state?.kind === 'latched' ? state.targets.filter((one) => one.state === 'confirmed').length : 0;
}
