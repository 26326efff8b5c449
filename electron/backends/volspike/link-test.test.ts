import { describe, expect, it, onTestFinished } from 'vitest';

import { startFaultSockets } from '../../connections/testing/fault-sockets.ts';
import { volspike } from './kind.ts';
import { createHarness } from './testing/harness.ts';
import { recordedAnswer } from './testing/recordings.ts';
import { ACCOUNT } from './testing/start.ts';
import { startStub } from './testing/stub-server.ts';
import type { Stub } from './testing/stub-server.ts';

describe('the connection test', () => {
  async function walk(given: Parameters<typeof createHarness>[1], prepare?: (stub: Stub) => void) {
    const stub = await startStub();
    onTestFinished(stub.close);
    prepare?.(stub);
    const steps = await volspike.test(createHarness(stub.address, given).context);
    return { stub, steps, outcomes: steps.map(({ outcome }) => outcome) };
  }

  it('walks from the name to the sign-in, and acts on nothing', async () => {
    const { steps, outcomes, stub } = await walk({ ...ACCOUNT, options: { tier: 'pro', identity: 'u-pro' } });
    expect(outcomes).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(steps.map(({ detail }) => detail).join(' ')).toMatch(
      /2 alerts.*Greeted as u-pro, tier free.*account is pro/,
    );
    expect(stub.asked.all.map(({ what }) => what)).toEqual([
      'GET /api/volume-alerts',
      'POST /api/auth/signin',
    ]);
  });

  it('skips the sign-in where there is nothing to sign in with', async () => {
    expect((await walk({})).outcomes).toEqual(['passed', 'passed', 'passed', 'skipped']);
  });

  it.each<[string, (stub: Stub) => void, number, string]>([
    [
      'the list',
      (stub) => stub.answer('GET /api/volume-alerts', recordedAnswer('recent NaN')),
      1,
      'failed (500)',
    ],
    ['the socket', (stub) => stub.refuse('Invalid token'), 2, 'Invalid token'],
    [
      'the sign-in',
      (stub) => stub.answer('POST /api/auth/signin', recordedAnswer('signin bad')),
      3,
      'Invalid email',
    ],
  ])('says that %s is what fails', async (_what, prepare, at, words) => {
    const { steps } = await walk(ACCOUNT, prepare);
    expect(steps.findIndex(({ outcome }) => outcome === 'failed')).toBe(at);
    expect(steps[at]?.detail).toContain(words);
  });

  it('says what is no VolSpike', async () => {
    const server = await startFaultSockets();
    onTestFinished(() => server.close());
    const steps = await volspike.test(createHarness(`${server.address}/engine-html`).context);
    expect(steps[1]).toMatchObject({ outcome: 'failed' });
  });
});
