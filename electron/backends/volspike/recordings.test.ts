import { onTestFinished, describe, expect, it } from 'vitest';

import { createClient } from './client.ts';
import { openHttp } from './connect.ts';
import { anyJson } from '../kit/reading.ts';
import {
  wireOpenInterestAlerts,
  wireSignedIn,
  wireSpikeList,
  wireThresholds,
  wireWatchLists,
} from './protocol.ts';
import { createHarness, listen } from './testing/harness.ts';
import { recordedAnswer, recordedAnswers, recordedEvents } from './testing/recordings.ts';
import { startStub } from './testing/stub-server.ts';

const answers = recordedAnswers();
const answered = answers.filter(({ body }) => body !== null);
const listed = (heading: string): unknown[] => (recordedAnswer(heading).body as { alerts: unknown[] }).alerts;

/** A client of a server that gives each recorded answer under its heading. */
async function connect() {
  const stub = await startStub();
  onTestFinished(stub.close);
  const pathOf = (heading: string): string => `/recorded/${encodeURIComponent(heading)}`;
  for (const { heading, status, body } of answered) {
    for (const method of ['GET', 'POST']) stub.answer(`${method} ${pathOf(heading)}`, { status, body });
  }
  const http = openHttp(createHarness(stub.address).context, () => null);
  onTestFinished(() => http.open.dispose());
  return { client: createClient(http.open), pathOf };
}

describe('the recordings of the reference server', () => {
  it('hold 52 requests', () => {
    expect([answers.length, answered.length]).toEqual([52, 49]);
  });

  it.each([...recordedEvents('guest'), ...recordedEvents('elite')])('%s is taken', (line) => {
    const isFigures = !/^\["(?:connected|refresh-interval)"/.test(line) && !line.includes('[]');
    expect(listen().intake.take(line).kind).toBe(isFigures ? 'data' : 'keep-alive');
  });

  it.each(answered.filter(({ status }) => status >= 400))(
    'the refusal “$heading” ($status) is said in words, with those of the server',
    async ({ heading, status, body }) => {
      const { client, pathOf } = await connect();
      const reply = await client.send('POST', pathOf(heading), {}, { priority: 'read' });
      expect(reply).toMatchObject({ kind: status === 500 ? 'unknown' : 'refused', status });
      if (reply.kind === 'done') return;
      const { error, code } = body as { error: string; code?: string };
      if (code === 'SESSION_INVALID') expect(reply.message).toContain('Sign in again');
      else expect(reply.message).toContain(error);
      expect(reply.message).not.toContain('unv@example.com');
    },
  );

  it.each(answered.filter(({ status }) => status < 400))('the answer “$heading” is read', async (one) => {
    const { client, pathOf } = await connect();
    const ask = { priority: 'read' } as const;
    await expect(client.read(pathOf(one.heading), anyJson, ask)).resolves.toEqual(one.body);
    const schema = SCHEMAS.find(({ of }) => of.test(one.heading))?.schema;
    if (schema !== undefined) await client.read(pathOf(one.heading), schema, ask);
  });

  it.each([
    ['list empty', 0],
    ['list free', 1],
    ['list pro', 2],
    ['list elite without any auth', 2],
    ['list tier bogus', 1],
    ['list admin symbol', 1],
    ['recent', 1],
  ])('“%s” becomes %i alerts, none unreadable', (heading, count) => {
    const desk = listen();
    expect(desk.intake.spikes(listed(heading))).toBe(0);
    expect(desk.entries('spikes').length).toBe(count);
  });

  it('the same alert is the same over REST and over the socket', () => {
    const [rest, socket] = [listen(), listen()];
    rest.intake.spikes(listed('list pro'));
    for (const line of recordedEvents('elite')) socket.intake.take(line);
    expect(rest.entries('spikes')).toEqual(socket.entries('spikes'));
    expect(rest.entries('spikes')).toMatchObject([
      { id: 'cmwplws3o00007t7dlv0ipu30', symbol: 'BTCUSDT', ratio: '3.3333', price: '45000.5', candle: null },
      {
        id: 'cmwplws4000017t7dfx4fdt57',
        kind: 'half-update',
        priceChange: '0.05',
        openInterestChange: '-0.02',
        candle: 'bullish',
      },
    ]);
  });
});

const SCHEMAS = [
  { of: /^list|^recent$/, schema: wireSpikeList },
  { of: /^signin$/, schema: wireSignedIn },
  { of: /^watchlist (?:bare|mock)/, schema: wireWatchLists },
  { of: /^user-alerts list$/, schema: wireThresholds },
  { of: /^oi alerts pro$/, schema: wireOpenInterestAlerts },
] as const;
