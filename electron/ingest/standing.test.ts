import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

import { describe, expect, it } from 'vitest';

import type { LinkStatus } from '#shared/domain/backends/link.ts';

import type { Listening } from './testing/listening.ts';
import { pythonAlert, useListening } from './testing/listening.ts';

const start = useListening();

const links = ({ events }: Listening): LinkStatus[] =>
  events.flatMap((event) => (event.type === 'link-status' ? [event.status] : []));

describe('how it stands on the desk', () => {
  it('has a name, only watches, and a light that is live while it listens', async () => {
    const listening = await start();
    expect(listening.events[0]).toMatchObject({
      type: 'backend-configured',
      config: { id: 'ingest', practice: false, watchesOnly: true },
    });
    expect(links(listening).map(({ state }) => state.kind)).toEqual(['connecting', 'live']);
    expect(listening.ingest.status()).toMatchObject({ listening: true, lastError: null });
  });

  it('D5 keeps what it could not understand, redacted and bounded, and counts what it refused', async () => {
    const listening = await start();
    for (let index = 0; index < 12; index += 1)
      await listening.post({ password: 'hunter2', note: 'x'.repeat(5_000) });
    // The first at once, the others together.
    expect(links(listening).at(-1)?.rejected).toBeLessThan(12);
    await listening.clock.advance(1_000);
    const status = links(listening).at(-1);
    expect(status).toMatchObject({ received: 12, rejected: 12, perMinute: 12 });
    expect(status?.rejectedSamples).toHaveLength(10);
    expect(status?.rejectedSamples[0]?.raw.length).toBeLessThanOrEqual(2_000);
    expect(JSON.stringify(listening.events)).not.toContain('hunter2');
  });

  it('S1 tells the key to whoever made it and to nobody else', async () => {
    const listening = await start();
    await listening.post(pythonAlert());
    await listening.post({});
    expect(JSON.stringify([listening.events, listening.ingest.status()])).not.toContain(listening.key);
  });

  it('goes from the desk when it is switched off, and comes back, without a restart', async () => {
    const { change, events, ingest, post } = await start();
    const { url } = ingest.status();
    await change({ enabled: false });
    expect(events.at(-1)).toEqual({ type: 'backend-removed', backendId: 'ingest' });
    await expect(fetch(url, { method: 'POST' })).rejects.toThrow();
    await change({ enabled: true });
    expect((await post(pythonAlert())).status).toBe(200);
  });

  it('says in words that its port is taken, and takes it when it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const listening = await start({ port });
    const words = `Port ${port} is taken by another program.`;
    expect(links(listening).at(-1)?.state).toMatchObject({
      kind: 'stopped',
      cause: { message: expect.stringContaining(words) as string },
    });
    expect(listening.ingest.status()).toMatchObject({
      listening: false,
      lastError: { message: expect.stringContaining(words) as string },
    });
    await new Promise((resolve) => other.close(resolve));
    await listening.clock.advance(15_000);
    await listening.ingest.settled();
    expect(links(listening).at(-1)?.state.kind).toBe('live');
  });

  it('listens to this machine alone unless the network was asked for', async () => {
    const { change, ingest } = await start();
    expect(ingest.status().networkUrls).toEqual([]);
    await change({ bind: 'network' });
    const { url, listening } = ingest.status();
    expect(listening).toBe(true);
    expect(new URL(url).hostname).toBe('127.0.0.1');
  });

  it('stops at once when the settings change twice while it opens', async () => {
    const { change, ingest, events } = await start({ enabled: false });
    await Promise.all([change({ enabled: true }), change({ enabled: false })]);
    expect(ingest.status().listening).toBe(false);
    expect(events.at(-1)).toEqual({ type: 'backend-removed', backendId: 'ingest' });
  });
});
