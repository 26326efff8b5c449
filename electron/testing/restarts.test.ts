import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';

import type { Approval } from '#shared/domain/approvals/approval.ts';

import { PRACTICE_BACKEND_ID } from '../backends/practice-backends.ts';
import { createScaledClock } from '../lib/clock.ts';
import { Disposables } from '../lib/disposables.ts';
import type { PracticeChild } from './practice-child.ts';
import { control, startPracticeChild } from './practice-child.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';
import { practiceBackend } from '../practice/port.ts';
import { findFreePort } from '../lib/testing/free-port.ts';
import { soon } from '../lib/testing/soon.ts';

const EVENTS = 2_000;
const KILLS = 20;
/** Every so many-th proposal of the script waits for the desk instead of being decided by the script itself. */
const CLIENT_EVERY = 10;
const SEED = 7;
const LIMIT_MS = 150_000;

const truthSchema = z.object({
  approvals: z.array(z.object({ id: z.string(), status: z.string() })),
  pending: z.array(z.string()),
  balances: z.record(z.string(), z.number()),
  executions: z.array(z.object({ approvalId: z.string().nullish() })),
  script: z.object({ next: z.number(), done: z.boolean() }).nullable(),
});
type Truth = z.infer<typeof truthSchema>;

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

it(
  `D3 ${KILLS} kills of the server during ${EVENTS} events end like an undisturbed run`,
  { timeout: 400_000 },
  async () => {
    const calm = await run([]);
    const killed = await run(randomMoments(KILLS));

    expect(killed.kills).toBe(KILLS);
    expect(outcomeOf(killed.truth)).toEqual(outcomeOf(calm.truth));
    expect(killed.truth.approvals.length).toBeGreaterThan(EVENTS / 10);

    for (const { desk, truth } of [calm, killed]) {
      expect(pendingOn(desk).map(({ id }) => id)).toEqual(truth.pending.toSorted());
      expect(heldOn(desk)).toEqual(truth.balances);
    }
    // What the script decided is shown as decided elsewhere, never as the desk's own doing.
    for (const approval of approvalsOn(killed.desk)) {
      if (!isForDesk(approval)) expect(approval.decidedHere).toBe(false);
    }
  },
);

interface Run {
  truth: Truth;
  desk: TestDesk;
  kills: number;
}

/** Plays the script against a desk that decides its share; the server is killed when the script passes each moment. */
async function run(moments: readonly number[]): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-restarts-'));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  const startedAtMs = Date.now();
  const clock = { factor: 30, originMs: startedAtMs, originRealMs: startedAtMs };
  const disposables = new Disposables();

  const ports = { coinruler: await findFreePort() };
  const controlPort = await findFreePort();
  const start = async (): Promise<PracticeChild> => {
    const child = await startPracticeChild({
      stateFile: join(folder, 'practice.json'),
      clock,
      seed: SEED,
      ports,
      controlPort,
      quiet: true,
    });
    await control(child.ready.controlAddress ?? '', 'rate-limit', { enabled: false });
    return child;
  };
  let server = await start();
  cleanUp.push(() => server.killHard());
  const { address, secrets } = practiceBackend(server.ready, 'coinruler');
  const controlAddress = server.ready.controlAddress ?? '';

  const desk = await startTestDesk(folder, createScaledClock(clock));
  cleanUp.push(() => desk.stop());
  desk.settings.change({ limits: { softValueUsd: null, maxPriceDriftPct: null } });
  disposables.add(decideOnSight(desk));
  cleanUp.push(() => disposables.dispose());
  desk.core.fleet.setPractice([{ kind: 'coinruler', address, secrets }]);
  await soon(() => expect(linkIsLive(desk)).toBe(true), LIMIT_MS);

  const script = { seed: SEED, events: EVENTS, perSecond: null, clientEvery: CLIENT_EVERY };
  await control(controlAddress, 'script', script);
  let kills = 0;
  for (const moment of moments) {
    await soon(
      async () => expect((await truthAt(controlAddress)).script?.next).toBeGreaterThanOrEqual(moment),
      LIMIT_MS,
    );
    await server.killHard();
    kills += 1;
    server = await start();
  }
  const truth = await soon(async () => {
    const now = await truthAt(controlAddress);
    expect(now.script?.done).toBe(true);
    expect(linkIsLive(desk)).toBe(true);
    expect(pendingOn(desk).filter(isForDesk)).toEqual([]);
    expect(pendingOn(desk).map(({ id }) => id)).toEqual(now.pending.toSorted());
    expect(heldOn(desk)).toEqual(now.balances);
    return now;
  }, LIMIT_MS);
  return { truth, desk, kills };
}

/** Decides each proposal that waits for the desk, always the same way, and tries again while it is pending. */
function decideOnSight({ core }: TestDesk): () => void {
  const busy = new Set<string>();
  let attempts = 0;

  async function decide(approval: Approval): Promise<void> {
    busy.add(approval.id);
    attempts += 1;
    await core.door.submit({
      requestId: `restarts-${attempts}-${approval.id}`,
      backendId: approval.backendId,
      act: indexOf(approval) % (2 * CLIENT_EVERY) === 0 ? 'approval.approve' : 'approval.decline',
      params: { approvalId: approval.id },
      origin: 'desk',
      acceptedWarnings: WARNINGS,
    });
    busy.delete(approval.id);
  }

  return core.desk.onPatches(() => {
    for (const [, approval] of core.desk.entries('approvals')) {
      if (approval.status === 'pending' && isForDesk(approval) && !busy.has(approval.id))
        void decide(approval);
    }
  });
}

const WARNINGS = ['value', 'value-limit', 'price-drift', 'freshness'];

const approvalsOn = ({ core }: TestDesk): Approval[] =>
  [...core.desk.entries('approvals')].map(([, one]) => one);
const pendingOn = (desk: TestDesk): Approval[] =>
  approvalsOn(desk)
    .filter((one) => one.status === 'pending')
    .sort((a, b) => (a.id < b.id ? -1 : 1));

function heldOn({ core }: TestDesk): Record<string, number> {
  return Object.fromEntries(
    [...core.desk.entries('holdings')].map(([, { asset, quantity }]) => [asset, Number(quantity)]),
  );
}

function linkIsLive({ core }: TestDesk): boolean {
  return [...core.desk.entries('links')].some(
    ([, link]) => link.backendId === PRACTICE_BACKEND_ID && link.state.kind === 'live',
  );
}

const indexOf = (approval: Approval): number =>
  Number(/Event (\d+) /.exec(approval.reason)?.[1] ?? Number.NaN);
const isForDesk = (approval: Approval): boolean => indexOf(approval) % CLIENT_EVERY === 0;

/** What must be the same whether or not the server was killed. */
const outcomeOf = ({ approvals, balances, executions }: Truth): unknown => ({
  approvals: approvals.map(({ id, status }) => [id, status]).sort(),
  executed: executions.flatMap(({ approvalId }) => approvalId ?? []).sort(),
  balances,
});

const truthAt = async (address: string): Promise<Truth> => truthSchema.parse(await control(address, 'state'));

/** Different in each run of the test: no moment may matter. */
const randomMoments = (count: number): number[] =>
  Array.from({ length: count }, () => Math.floor(Math.random() * EVENTS)).sort((a, b) => a - b);
