import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MINUTE_MS } from '#shared/time.ts';

import { createManualClock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { silentLogger } from '../lib/logger.ts';
import { close, listen } from './listen.ts';
import type { PracticeMessage, PracticeOptions, PracticeReady } from './port.ts';
import { startPracticeOn } from './practice.ts';
import { createClient } from './testing/practice-client.ts';

let folder = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const options = (changes: Partial<PracticeOptions> = {}): PracticeOptions => ({
  stateFile: join(folder, 'state.json'),
  clock: { factor: 1, originMs: 1_800_000_000_000, originRealMs: 1_800_000_000_000 },
  seed: 5,
  ports: {},
  controlPort: 0,
  quiet: true,
  ...changes,
});

/** A practice desk in a process of its own, as the app starts it. */
async function forkPractice(
  changes: Partial<PracticeOptions> = {},
): Promise<{ child: ChildProcess; ready: PracticeReady }> {
  const child = fork(fileURLToPath(new URL('./process.ts', import.meta.url)), { execArgv: [] });
  children.push(child);
  const answer = new Promise<PracticeMessage>((resolve, reject) => {
    child.once('message', (message) => resolve(message as PracticeMessage));
    child.once('exit', (code) => reject(new Error(`exited with ${code}`)));
  });
  child.send(options(changes));
  const message = await answer;
  if (message.kind === 'failed') throw new Error(message.message);
  return { child, ready: message };
}

const exited = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once('exit', () => resolve()));

async function killNow(child: ChildProcess): Promise<void> {
  const gone = exited(child);
  child.kill('SIGKILL');
  await gone;
}

interface State {
  approvals: { id: string; status: string; actedBy?: string }[];
  executions: { _id: string; approvalId: string }[];
  balances: Record<string, number>;
  killSwitch: object;
  script: { next: number; done: boolean } | null;
}

describe('state over a restart', () => {
  it('keeps ids, prices, balances and the owner over an orderly stop', async () => {
    const clock = createManualClock();
    const first = await startPracticeOn(clock, options({ quiet: false }));
    await clock.advance(3 * MINUTE_MS);
    const { approvals, ownerId } = first.desk.state;
    const prices = first.desk.market.prices();
    await first.stop();
    expect(approvals.length).toBeGreaterThan(2);
    const second = await startPracticeOn(clock, options({ quiet: false }));
    expect(second.desk.state.approvals).toEqual(approvals);
    expect(second.desk.state.ownerId).toBe(ownerId);
    expect(second.desk.market.prices()).toEqual(prices);
    await second.stop();
  });

  it('sets an unreadable file aside, says so and starts a fresh market', async () => {
    const path = options().stateFile ?? '';
    const warnings: string[] = [];
    const log: Logger = { ...silentLogger, warn: (text) => void warnings.push(text) };
    for (const content of ['{"version":1,', '{"version":2}', '']) {
      writeFileSync(path, content);
      const practice = await startPracticeOn(createManualClock(), options(), log);
      expect(practice.desk.account.totalUsd(practice.desk.market.prices())).toBeGreaterThan(100_000);
      await practice.stop();
      const aside = readdirSync(folder).find((name) => name.includes('unreadable'));
      expect(readFileSync(join(folder, aside ?? ''), 'utf8')).toBe(content);
      rmSync(join(folder, aside ?? ''));
    }
    expect(warnings).toHaveLength(3);
  });

  it('does not start when its port is taken, and leaves nothing open', async () => {
    const blocker = createServer();
    const taken = await listen(blocker, 0);
    const clock = createManualClock();
    const practice = await startPracticeOn(clock, options());
    const kinds = practice.ready.backends.map(({ kind }) => kind);
    await practice.stop();
    for (const wanted of [...kinds.map((kind) => ({ ports: { [kind]: taken } })), { controlPort: taken }]) {
      await expect(startPracticeOn(clock, options(wanted))).rejects.toThrow('EADDRINUSE');
    }
    expect(clock.pending()).toBe(0);
    await close(blocker);
  });

  it('leaves no timer behind when it stops', async () => {
    const clock = createManualClock();
    const practice = await startPracticeOn(clock, options({ quiet: false }));
    await clock.advance(MINUTE_MS);
    await practice.stop();
    expect(clock.pending()).toBe(0);
  });
});

describe('a process that is killed', () => {
  it('D6 has kept every decision, execution and halt that it had answered', async () => {
    let { child, ready } = await forkPractice();
    let client = createClient(ready);
    for (let round = 0; round < 3; round += 1) {
      const propose = async (): Promise<string> =>
        ((await client.control('propose', { symbol: 'ETH', quantity: 0.1 })) as { approval: { _id: string } })
          .approval._id;
      const [marked, traded] = [await propose(), await propose()];
      await client.own('PATCH', `/approvals/${marked}`, { status: 'approved', actedBy: 'desk' });
      await client.own('POST', '/kill-switch', { enabled: true, reason: `round ${round}`, setBy: 'desk' });
      await client.own('POST', `/approvals/${traded}/execute`, {});
      const before = (await client.control('state')) as State;
      await killNow(child);
      ({ child, ready } = await forkPractice());
      client = createClient(ready);
      const after = (await client.control('state')) as State;
      expect(after.approvals).toEqual(before.approvals);
      expect(after.approvals.slice(-2)).toMatchObject([
        { id: marked, status: 'approved', actedBy: 'desk' },
        { id: traded, status: 'executed' },
      ]);
      expect(after.executions).toEqual(before.executions);
      expect(after.balances).toEqual(before.balances);
      expect(after.killSwitch).toMatchObject({ enabled: true, reason: `round ${round}` });
    }
    const ids = ((await client.control('state')) as State).approvals.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('plays a script on after each kill and ends like an undisturbed run', async () => {
    const script = { events: 400, seed: 21 };
    const undisturbed = await playWith(script, 0, 'calm.json');
    const disturbed = await playWith(script, 4, 'rough.json');
    expect(disturbed).toEqual(undisturbed);
  });

  it('goes when its parent goes', async () => {
    const { child } = await forkPractice();
    const gone = exited(child);
    child.disconnect();
    await gone;
    expect(child.exitCode).toBe(0);
  });

  it('says why it could not start', async () => {
    const blocker = createServer();
    const taken = await listen(blocker, 0);
    await expect(forkPractice({ ports: { coinruler: taken }, controlPort: null })).rejects.toThrow(
      'EADDRINUSE',
    );
    await close(blocker);
  });
});

/** Plays a script to its end, killing the process so many times on the way, and tells what can be read again. */
async function playWith(
  script: { events: number; seed: number },
  kills: number,
  file: string,
): Promise<object> {
  const changes = { stateFile: join(folder, file) };
  let { child, ready } = await forkPractice(changes);
  await createClient(ready).control('script', script);
  let killed = 0;
  for (;;) {
    const state = (await createClient(ready).control('state')) as State;
    const progress = state.script?.next ?? 0;
    if (killed < kills && progress > (script.events * killed) / (kills + 1)) {
      killed += 1;
      await killNow(child);
      ({ child, ready } = await forkPractice(changes));
    } else if (state.script?.done === true) {
      await killNow(child);
      expect(killed).toBe(kills);
      const { approvals, executions, balances } = state;
      return {
        approvals: approvals.map(({ id, status }) => ({ id, status })),
        executions: executions.map((one) => one._id),
        balances,
      };
    }
  }
}
