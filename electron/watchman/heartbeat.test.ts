import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { HeartbeatSettings } from '#shared/domain/panic/watch.ts';
import { heartbeatSettings } from '#shared/domain/panic/watch.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { createConnections } from '../connections/connections.ts';
import { createCounted } from '../connections/testing/counted-server.ts';
import { startUntrustedServer } from '../connections/testing/untrusted-server.ts';
import type { JournalRecord } from '../journal/port.ts';
import type { ManualClock } from '../lib/clock.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { VaultLockedError } from '../vault/port.ts';
import type { Heartbeat } from './heartbeat.ts';
import { createHeartbeat } from './heartbeat.ts';
import { soon } from '../lib/testing/soon.ts';

const TOKEN = '3f6c1d52-secret-token-8a41';
const RETRY_MS = 2 * SECOND_MS;
const ANSWER_WITHIN_MS = 10 * SECOND_MS;

let clock: ManualClock;
/** The newest wait that was asked of the clock. */
let lastDelayMs: number;
let server: ReturnType<typeof createCounted>;
let address: string;
/** What the service answers next; 200 once these are used up. `hang` never answers, `cut` closes. */
let answers: (number | 'hang' | 'cut' | 'redirect')[];
let troubles: string[];
let journal: JournalRecord[];
let states: string[];
let heartbeat: Heartbeat;
let current: Settings;
let listeners: ((settings: Settings) => void)[];
let kept: Map<string, string>;
/** The vault waits for its passphrase. */
let isLocked: boolean;
let onKeepingChange: () => void;

beforeEach(async () => {
  const manual = createManualClock();
  clock = {
    ...manual,
    after(delayMs, run) {
      lastDelayMs = delayMs;
      return manual.after(delayMs, run);
    },
  };
  server = createCounted();
  [answers, troubles, journal, states, listeners] = [[], [], [], [], []];
  kept = new Map();
  isLocked = false;
  current = settingsSchema.parse({});
  const base = await server.listen(0, (_request, response) => {
    const answer = answers.shift() ?? 200;
    if (answer === 'hang') return;
    if (answer === 'cut') response.destroy();
    else if (answer === 'redirect') response.writeHead(302, { Location: 'http://192.0.2.1/' }).end();
    else response.writeHead(answer, { 'Content-Type': 'text/plain' }).end('OK');
  });
  address = `${base}/ping/${TOKEN}`;
  heartbeat = createHeartbeat({
    connections: createConnections({ clock, log: silentLogger, random: () => 0 }),
    settings: {
      get: () => current,
      onChange(listener) {
        listeners.push(listener);
        return () => undefined;
      },
    },
    vault: {
      set: (id, name, value) => Promise.resolve(void kept.set(`${id}/${name}`, value)),
      reveal: (id, name) =>
        isLocked
          ? Promise.reject(new VaultLockedError())
          : Promise.resolve(kept.get(`${id}/${name}`) ?? null),
      remove: (id, name) => Promise.resolve(void kept.delete(`${id}/${name}`)),
      onKeepingChange(listener) {
        onKeepingChange = listener;
        return () => undefined;
      },
    },
    journal: { append: (record) => void journal.push(record) },
    clock,
    retryInMs: (_attempt, retryAfterMs) => Math.max(RETRY_MS, retryAfterMs ?? 0),
    troubles: () => Promise.resolve(troubles),
    onChange: () => states.push(heartbeat.state().state),
  });
});

afterEach(async () => {
  heartbeat.dispose();
  await server.close();
  // S3: wherever the address went, it was to nowhere that a person could see it.
  expect(JSON.stringify([journal, heartbeat.state()])).not.toContain(TOKEN);
});

/** Switches it on with an address. */
async function begin(given: Partial<HeartbeatSettings> = {}): Promise<void> {
  const hangs = answers[0] === 'hang';
  await heartbeat.setAddress(address);
  current = { ...current, heartbeat: heartbeatSettings.parse({ enabled: true, ...given }) };
  heartbeat.start();
  await server.until(() => server.seen.length === 1);
  if (!hangs) await settled();
}
/** What is waited for is the next attempt, and not an answer any more. */
const settled = (): Promise<void> => soon(() => expect(lastDelayMs).not.toBe(ANSWER_WITHIN_MS));
const stateIs = (state: string): Promise<void> => soon(() => expect(heartbeat.state().state).toBe(state));
const asked = (): string[] =>
  server.seen.map(({ method, path }) => `${method} ${path.replace(TOKEN, 'TOKEN')}`);
async function next(ms: number): Promise<void> {
  const before = server.seen.length;
  await clock.advance(ms);
  await server.until(() => server.seen.length === before + 1);
  await settled();
}

describe('the heartbeat', () => {
  it('is off until it is switched on, and asks for an address then', async () => {
    heartbeat.start();
    expect(heartbeat.state().state).toBe('off');
    current = { ...current, heartbeat: heartbeatSettings.parse({ enabled: true }) };
    for (const listener of listeners) listener(current);
    await stateIs('no-address');
    await heartbeat.setAddress(address);
    await stateIs('ok');
    expect(asked()).toEqual(['GET /ping/TOKEN']);
  });

  it('says that the vault is locked where its address waits for the passphrase, and goes out once it is given', async () => {
    await heartbeat.setAddress(address);
    isLocked = true;
    current = { ...current, heartbeat: heartbeatSettings.parse({ enabled: true }) };
    heartbeat.start();
    await stateIs('starting');
    await soon(() => expect(heartbeat.state().trouble).toContain('vault is locked'));
    await clock.advance(10 * MINUTE_MS);
    await stateIs('failing');
    const tried = await heartbeat.test(null);
    expect([tried.ok, tried.message]).toEqual([
      false,
      'The vault is locked. Unlock it to use what it keeps.',
    ]);
    isLocked = false;
    onKeepingChange();
    await stateIs('ok');
    expect(heartbeat.state()).toMatchObject({ failingSinceMs: null, trouble: null });
  });

  it('is sent at once and then at its interval', async () => {
    await begin({ everyMinutes: 2 });
    await stateIs('ok');
    await next(2 * MINUTE_MS);
    await stateIs('ok');
    await next(2 * MINUTE_MS);
    expect(asked()).toEqual(Array.from({ length: 3 }, () => 'GET /ping/TOKEN'));
    expect(journal).toEqual([]);
  });

  it('tells a start and trouble by their own forms where the service has them, without names and figures', async () => {
    await begin({ method: 'POST', everyMinutes: 1, startAndFail: true });
    await stateIs('ok');
    troubles = ['the journal cannot be written'];
    await next(MINUTE_MS);
    await soon(() => expect(heartbeat.state().deskTrouble).toEqual(troubles));
    troubles = [];
    await next(MINUTE_MS);
    await soon(() => expect(heartbeat.state().deskTrouble).toEqual([]));
    expect(asked()).toEqual(['POST /ping/TOKEN/start', 'POST /ping/TOKEN/fail', 'POST /ping/TOKEN']);
    expect(server.seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { from: 'Quarterdeck', status: 'started', troubles: [] },
      { from: 'Quarterdeck', status: 'trouble', troubles: ['the journal cannot be written'] },
      { from: 'Quarterdeck', status: 'ok', troubles: [] },
    ]);
    expect(journal.map(({ summary }) => summary)).toEqual([
      'The heartbeat no longer says that the desk works: the journal cannot be written.',
      'The heartbeat says again that the desk works.',
    ]);
  });

  it('is silent in trouble where the service has no form for it', async () => {
    await begin({ everyMinutes: 1 });
    await stateIs('ok');
    troubles = ['the limits are not looked at'];
    await clock.advance(MINUTE_MS);
    await soon(() => expect(heartbeat.state().deskTrouble).toEqual(troubles));
    expect(server.seen).toHaveLength(1);
    troubles = [];
    await next(MINUTE_MS);
  });

  it.each([[500], [404], ['cut'], ['redirect']] as const)(
    'that is answered by %s is repeated, told and journaled once, and told again when it arrives',
    async (answer) => {
      answers = Array.from({ length: 7 }, () => answer);
      await begin({ everyMinutes: 60 });
      for (let attempt = 1; attempt < 7; attempt += 1) await next(RETRY_MS);
      await stateIs('failing');
      expect(journal).toHaveLength(1);
      expect(journal[0]?.summary).toMatch(/^The heartbeat does not arrive: 127\.0\.0\.1:\d+ /);
      await next(RETRY_MS);
      expect(heartbeat.state()).toMatchObject({ state: 'ok', trouble: null, failingSinceMs: null });
      expect(journal).toHaveLength(2);
    },
  );

  it('that hiccups once is repeated and not told', async () => {
    answers = [503];
    await begin({ everyMinutes: 60 });
    await next(RETRY_MS);
    expect(heartbeat.state().state).toBe('ok');
    expect(journal).toEqual([]);
    expect(states).not.toContain('failing');
  });

  it('is given up after ten seconds without an answer, and repeated', async () => {
    answers = ['hang'];
    await begin({ everyMinutes: 60 });
    await clock.advance(10 * SECOND_MS);
    await settled();
    expect(heartbeat.state().trouble).toMatch(/has not answered within 10 s/);
    await next(RETRY_MS);
    expect(heartbeat.state().state).toBe('ok');
  });

  it('S3 goes to no server with a certificate that nobody vouches for, and to none without encryption beyond this computer', async () => {
    const untrusted = await startUntrustedServer();
    const found = await heartbeat.test(`${untrusted.address}/${TOKEN}`);
    expect(found).toMatchObject({ ok: false, message: expect.stringContaining('certificate') as string });
    expect(untrusted.requests()).toBe(0);
    await untrusted.close();
    const plain = await heartbeat.test(`http://192.0.2.7/${TOKEN}`);
    expect(plain).toMatchObject({ ok: false, message: expect.stringContaining('no encryption') as string });
    expect(JSON.stringify([found, plain])).not.toContain(TOKEN);
  });

  it('can be tested with an address that is not kept, and says what it found', async () => {
    expect(await heartbeat.test(null)).toEqual({ ok: false, message: 'No address is kept yet.' });
    expect(await heartbeat.test(`${address}?key=${TOKEN}`)).toMatchObject({ ok: true });
    answers = [410];
    expect(await heartbeat.test(address)).toMatchObject({
      ok: false,
      message: expect.stringContaining('answered 410') as string,
    });
    expect(asked()).toEqual([
      'GET /ping/TOKEN?key=TOKEN'.replace('key=TOKEN', `key=${TOKEN}`),
      'GET /ping/TOKEN',
    ]);
  });

  it('S1 keeps its address in the vault alone, and repeats none that it refuses', async () => {
    for (const text of [`ftp://x/${TOKEN}`, TOKEN, `https://user:${TOKEN}@host/`]) {
      const refused = await heartbeat.setAddress(text).then(
        () => '',
        (error: unknown) => String(error),
      );
      expect(refused).toMatch(/address/i);
      expect(refused).not.toContain(TOKEN);
    }
    await heartbeat.setAddress(address);
    expect([...kept.values()]).toEqual([address]);
    await heartbeat.setAddress('');
    expect([...kept.values()]).toEqual([]);
  });
});
