import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import type { Backend } from '../port.ts';
import { coinruler } from './kind.ts';
import type { Harness } from './testing/harness.ts';
import { createHarness, eventually } from './testing/harness.ts';
import type { StubServer } from './testing/stub-server.ts';
import { startStubServer } from './testing/stub-server.ts';

const OWNER = 'captain.of+the-ship';
const ID = '6b00d3f0a891bfc23513abb6';

let server: StubServer;
let harness: Harness;
let backend: Backend;
let clock: ManualClock;

beforeEach(async () => {
  server = await startStubServer();
  clock = createManualClock(Date.UTC(2030, 0, 1));
  harness = createHarness({ address: server.address, ownerId: OWNER, clock });
  backend = coinruler.create(harness.context);
  backend.start();
  await harness.event('link-status', ({ status }) => status.state.kind === 'live');
});

afterEach(async () => {
  backend.dispose();
  await server.close();
});

describe('S1 the owner id in what the server says', () => {
  it('is “the owner” where it names who approved, as the server’s own Discord bot gives it (§6)', async () => {
    server.tell({ type: 'approval:updated', data: { id: ID, status: 'approved', actedBy: OWNER } });
    expect(await harness.event('approval-status')).toMatchObject({ decidedBy: 'the owner' });
  });

  it('is in no sample of a message that could not be understood', async () => {
    server.tell({ type: 'approval:updated', data: { id: ID, status: 7, who: OWNER } });
    server.tell({ type: 'approval:updated', data: { id: ID, status: 'approved', actedBy: OWNER } });
    await harness.event('approval-status');
    await clock.advance(1_000);
    const { status } = await harness.event('link-status', (event) => event.status.rejected === 1);
    expect(status.rejectedSamples[0]?.raw).toContain('the owner');
    expect(JSON.stringify(status)).not.toContain(OWNER);
  });

  it('is in no refusal and in no reading', async () => {
    server.on(`PATCH /approvals/${ID}`, { status: 400, json: { error: `${OWNER} may not` } });
    server.on('GET /objectives', { json: { owner: OWNER, notes: [`of ${OWNER}`, { [OWNER]: 1 }] } });
    const answer = await backend.acting.perform(
      'approval.decline',
      { approvalId: ID },
      { requestId: 'request-1', origin: 'window' },
    );
    expect(answer.message).toContain('the owner may not');
    const read = await backend.read('objectives', {}, new AbortController().signal);
    expect(JSON.stringify(read)).toContain('the owner');
    expect(JSON.stringify([answer, read])).not.toContain(OWNER);
  });

  it('is only taken out where it stands alone, and a stream that goes on is not harmed', async () => {
    server.tell({
      type: 'alert',
      data: { type: 'x', message: `${OWNER}s and my-${OWNER}`, severity: 'info' },
    });
    const { alert } = await harness.event('alert');
    expect(alert.message).toBe(`${OWNER}s and my-the owner`);
    await eventually(() => harness.events.all.filter(({ type }) => type === 'alert').length).toBe(1);
  });
});
