import { expect, onTestFinished } from 'vitest';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import { volspike } from '../kind.ts';
import { createHarness } from './harness.ts';
import { startStub } from './stub-server.ts';
import type { Stub } from './stub-server.ts';

/** Of the account in the recordings. */
export const ACCOUNT = { secrets: { email: 'pro@example.com', password: 'secret1' } };

type Given = Parameters<typeof createHarness>[1];

/** A backend that watches this address, with ways to wait for what its links do. Ends with the test. */
export function watch(address: string, given: Given = {}) {
  const harness = createHarness(address, given);
  const { clock } = harness;
  const backend = volspike.create(harness.context);
  onTestFinished(() => backend.dispose());
  backend.start();

  const statuses = (linkId: string): LinkStatus[] =>
    harness.of('link-status').flatMap(({ status }) => (status.linkId === linkId ? [status] : []));
  const latest = (linkId: string): LinkStatus | undefined => statuses(linkId).at(-1);

  /** The first status, past or to come, in which this link is so. */
  async function inState(linkId: string, kind: LinkStatus['state']['kind']): Promise<LinkStatus> {
    const { status } = await harness.event(
      'link-status',
      (event) => event.status.linkId === linkId && event.status.state.kind === kind,
    );
    return status;
  }

  /** Resolves once it is so, without moving the clock: sockets answer in real time. */
  const settled = async (isSo: () => boolean): Promise<void> => {
    await expect.poll(isSo).toBe(true);
  };

  /** Moves the clock on, step by step, until it is so. */
  const advanceUntil = async (isSo: () => boolean, stepMs = SECOND_MS): Promise<void> => {
    const step = async (): Promise<boolean> => {
      await clock.advance(stepMs);
      return isSo();
    };
    await expect.poll(step).toBe(true);
  };

  const now = (linkId: string): string => latest(linkId)?.state.kind ?? 'none';
  return { ...harness, backend, statuses, latest, inState, settled, advanceUntil, now };
}

/** The same on a stub of its own. */
export async function start(given: Given & { tier?: string } = {}, prepare?: (stub: Stub) => void) {
  const { tier, ...rest } = given;
  const stub = await startStub(tier === undefined ? {} : { tier });
  onTestFinished(stub.close);
  prepare?.(stub);
  return { stub, ...watch(stub.address, rest) };
}
export type Started = Awaited<ReturnType<typeof start>>;

export const containing = (part: string): unknown => expect.stringContaining(part);

/** Who acts, in tests. */
export const BY = { requestId: 'request', origin: 'test' } as const;
