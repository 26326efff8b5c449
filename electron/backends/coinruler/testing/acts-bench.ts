import { afterEach, beforeEach } from 'vitest';

import { createManualClock } from '../../../lib/clock.ts';
import type { ActAnswer, Backend, Json } from '../../port.ts';
import { coinruler } from '../kind.ts';
import type { Harness } from './harness.ts';
import { createHarness } from './harness.ts';
import type { StubServer } from './stub-server.ts';
import { startStubServer } from './stub-server.ts';

const BY = { requestId: 'request-1', origin: 'window' };
export const ID = '6b00d3f0a891bfc23513abb6';
export const pendingItem = {
  type: 'sell',
  coin: 'XRP',
  amount: 10,
  title: 't',
  status: 'pending',
  createdAt: '2030-01-01T00:00:00Z',
  _id: ID,
};
export const executableItem = {
  ...pendingItem,
  metadata: { intent: { action: { type: 'exit', symbol: 'XRP', allocationPct: 0.1 } } },
};
export const fullPage = Array.from({ length: 50 }, (_, index) => ({ ...pendingItem, _id: `other${index}` }));

export let server: StubServer;
export let harness: Harness;
export let backend: Backend;
export const clock = createManualClock();

/** A server and a connected backend of its own for each test of the file. */
export function useStub(): void {
  beforeEach(async () => {
    server = await startStubServer();
    harness = createHarness({ address: server.address, ownerId: 'owner-1', clock });
    backend = coinruler.create(harness.context);
  });
  afterEach(async () => {
    backend.dispose();
    await server.close();
  });
}

/** Another one, where the first was closed. */
export async function startServerAnew(): Promise<void> {
  server = await startStubServer();
}

export const pending = (...items: object[]): void =>
  server.on('GET /approvals/pending', { json: { count: items.length, items } });
export const perform = (act: string, params: Record<string, Json> = {}): Promise<ActAnswer> =>
  backend.acting.perform(act, params, BY);
export const accepted: ActAnswer = { kind: 'accepted', message: '', result: null };
export const lost: ActAnswer = { kind: 'unknown', message: '' };
export const sent = (method: string) => server.asked.filter((one) => one.method === method);
