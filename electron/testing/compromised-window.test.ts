import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { Envelope, RequestName } from '#shared/ipc/contract.ts';
import { requests } from '#shared/ipc/contract.ts';
import { aBackend } from '#shared/domain/testing/entries.ts';

import { APP_PAGE, isOwnPage } from '../desktop/windows/app-page.ts';
import { createHandlers } from '../ipc/handlers.ts';
import { createAppLock } from '../app-lock/app-lock.ts';
import { lockFigures } from '../app-lock/figures.ts';
import { deriveKey } from '../lib/testing/derive-key.ts';
import { createJournalExports } from '../ipc/journal-exports.ts';
import { createPlayback } from '../playback/playback.ts';
import { createReportFile } from '../ipc/report-file.ts';
import { createPatchHub } from '../ipc/patch-hub.ts';
import { findPayloadFault } from '../ipc/payload-limits.ts';
import type { RequestSender, Router } from '../ipc/router.ts';
import { createRouter } from '../ipc/router.ts';
import { createSenderCheck } from '../ipc/sender-check.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { createSettingsFile } from '../settings-file/settings-file.ts';
import { createUpdates } from '../updates/updates.ts';
import { createQuitGate } from '../watchman/quit-gate.ts';
import { almostLike, garbage, shapedLike } from './garbage.ts';
import { requestNames } from './every-request.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';

const SECRET = 'planted-owner-7f3a9c51e2d84b06';
const RUNS = 60;
/** The same garbage for everybody: what breaks here breaks anywhere. */
const SEED = 20_261_129;
const LONGEST_WORDS = 1_200;

const bot: BackendConfig = aBackend({
  id: 'main',
  kind: 'coinruler',
  name: 'Main bot',
  address: 'http://127.0.0.1:9',
  enabled: false,
});

const desk: RequestSender = { sender: { id: 1 }, senderFrame: { url: APP_PAGE, parent: null } };

/** These speak to services with addresses of their own, which no test may reach. */
const REACHING_OUT: ReadonlySet<RequestName> = new Set<RequestName>(['channels.test']);

let folder: string;
let running: TestDesk;
let router: Router;
let opened: string[];
let logged: number;
let quit: number;
/** Lets what was queued be written. */
let tick: () => Promise<void>;

async function startDesk(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'compromised-'));
  const clock = createManualClock();
  running = await startTestDesk(folder, clock);
  const { core, journal, settings } = running;
  await core.fleet.save(bot, { ownerId: SECRET });
  opened = [];
  logged = 0;
  quit = 0;
  const note = (message: string, facts?: Record<string, unknown>): void => {
    logged = Math.max(logged, `${message} ${JSON.stringify(facts)}`.length);
  };
  const handlers = createHandlers({
    ...core,
    clock,
    log: silentLogger,
    journal,
    settings,
    lock: createAppLock({
      folder,
      security: () => settings.get().security,
      vault: core.vault,
      figures: lockFigures(core.desk, () => {
        const { limits, attentionPolicy } = settings.get();
        return { nowMs: clock.now(), limits, attention: attentionPolicy };
      }),
      journal,
      deriveKey,
      clock,
      log: silentLogger,
    }),
    settingsFile: createSettingsFile({
      ...core,
      folder,
      version: '0.0.0',
      settings,
      replaceSettings: (next) => core.replaceSettings(next, 'window'),
      journal,
      chooseFile: ({ name }) => Promise.resolve(join(folder, name)),
      findFile: () => Promise.resolve(null),
      newId: () => 'import-1',
      clock,
      log: silentLogger,
    }),
    diagnostics: {
      selfCheck: () => Promise.resolve([]),
      saveBundle: () => Promise.resolve(null),
      notices: () => Promise.resolve(''),
    },
    reportFile: createReportFile({
      journal,
      clock,
      chooseFile: ({ name }) => Promise.resolve(join(folder, name)),
      print: () => Promise.resolve(new Uint8Array()),
    }),
    journalExports: createJournalExports({
      journal,
      clock,
      push: () => true,
      chooseFile: ({ name }) => Promise.resolve(join(folder, 'exports', name)),
    }),
    quitGate: createQuitGate({
      ...core,
      leaving: () => null,
      showInWindow: () => false,
      askBySystem: () => Promise.resolve('stay'),
      quit: () => (quit += 1),
      clock,
    }),
    desktop: {
      status: () => Promise.reject(new Error('There is no desktop around this desk.')),
      startAtLogin: () => undefined,
    },
    updates: createUpdates({
      engine: { why: 'There is no program around this desk.' },
      settings,
      realClock: clock,
      log: silentLogger,
      onState: () => undefined,
      onFound: () => undefined,
      requestQuit: () => (quit += 1),
    }),
    past: {
      playback: createPlayback({
        moments: {
          kept: () => ({ since: null, sizeBytes: 0, trouble: null }),
          moment: () => Promise.reject(new Error('Nothing is kept around this desk.')),
          gaps: () => Promise.resolve([]),
        },
        journal,
        desk: core.desk,
        clock,
        realClock: clock,
      }),
      showWindow: () => undefined,
    },
    patches: createPatchHub({ desk: core.desk, frameClock: clock, send: () => false }),
    app: {
      info() {
        throw new Error('There is no application around this desk.');
      },
      show: () => undefined,
      openLink: (address) => Promise.resolve(void opened.push(address)),
      openPlace: () => undefined,
    },
  });
  // What the start has set in motion is over before anything is compared.
  await clock.advance(10_000);
  await journal.appendDurably({ atMs: 0, kind: 'system', backendId: null, summary: 'x', data: {} }, 10_000);
  // Its figures are told with a pause between them.
  await clock.advance(10_000);
  tick = () => clock.advance(1_000);
  const window = { isDestroyed: () => false, webContents: { id: 1 } };
  const log = { ...silentLogger, warn: note, error: note };
  router = createRouter({
    handlers,
    isTrusted: createSenderCheck(() => [window], isOwnPage),
    refusal: () => null,
    refusedInPast: () => null,
    log,
  });
}

async function stopDesk(): Promise<void> {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}

describe('a window that was taken over', () => {
  beforeAll(startDesk);
  afterAll(stopDesk);

  it.each(requestNames)('S2 gets an error for garbage, and nothing changes: %s', async (name) => {
    const before = await whatCounts();
    await fc.assert(
      fc.asyncProperty(fc.oneof(garbage, almostLike(requests[name].params)), async (params) => {
        // What the schema lets in is a request like any other, however it came about.
        fc.pre(!isAccepted(name, params));
        const envelope = await router(desk, name, params);
        expect(codeOf(envelope)).toBe('bad-request');
        expectBounded(envelope);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(await whatCounts()).toEqual(before);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('S2 gets its own words back in bounds and without what looks like a secret', async () => {
    for (const key of ['k'.repeat(2_000_000), `token=${SECRET}${'x'.repeat(80)}`]) {
      const envelope = await router(desk, 'backends.save', { config: bot, secrets: { [key]: 'v' } });
      expect(codeOf(envelope)).toBe('bad-request');
      expectBounded(envelope);
    }
  });

  it('S2 is refused under every other name', async () => {
    const before = await whatCounts();
    await fc.assert(
      fc.asyncProperty(garbage, garbage, async (name, params) => {
        fc.pre(!requestNames.some((known) => known === name));
        expect(codeOf(await router(desk, name, params))).toBe('unknown-request');
      }),
      { numRuns: RUNS * 5, seed: SEED },
    );
    expect(await whatCounts()).toEqual(before);
  });
});

describe('who is not the window', () => {
  beforeAll(startDesk);
  afterAll(stopDesk);

  const own = { url: APP_PAGE, parent: null };
  const strangers: [string, RequestSender][] = [
    ['another window with our page', { sender: { id: 2 }, senderFrame: own }],
    ['a frame within our page', { sender: { id: 1 }, senderFrame: { url: APP_PAGE, parent: own } }],
    ['a frame that is gone', { sender: { id: 1 }, senderFrame: null }],
    ...[
      'https://example.com/',
      'https://quarterdeck/index.html',
      'file:///opt/quarterdeck/index.html',
      'data:text/html,<p>',
      'blob:app://quarterdeck/1',
      'about:blank',
      'about:srcdoc',
      '',
      'app://quarterdeck.example/index.html',
      'app://quarterdeck:8080/index.html',
      'app://elsewhere@quarterdeck.example/',
      'apps://quarterdeck/index.html',
      'view-source:app://quarterdeck/index.html',
    ].map((url): [string, RequestSender] => [
      `our window after it went to ${url === '' ? 'nowhere' : url}`,
      { sender: { id: 1 }, senderFrame: { url, parent: null } },
    ]),
  ];

  it.each(strangers)('S2 is refused whatever it asks: %s', async (_who, sender) => {
    const before = await whatCounts();
    for (const name of requestNames) {
      const [params] = fc.sample(shapedLike(requests[name].params), 1);
      expect(codeOf(await router(sender, name, params))).toBe('forbidden-sender');
    }
    expect(await whatCounts()).toEqual(before);
  });
});

describe('a window that was taken over and asks what it may', () => {
  beforeEach(startDesk);
  afterEach(stopDesk);

  it.each(requestNames.filter((name) => !REACHING_OUT.has(name)))(
    'S2 gets a value or an error, and never a secret, for hostile values of the right shape: %s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(shapedLike(requests[name].params), async (params) => {
          expectBounded(await Promise.race([router(desk, name, params), stillWorking()]));
        }),
        { numRuns: RUNS / 3, seed: SEED },
      );
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      expect(opened).toEqual([]);
      expect(running.settings.get().decisionRules.filter(({ on }) => on)).toEqual([]);
    },
  );

  it('S2 asks too much at once and is told so, while PANIC still goes through', async () => {
    const flood = Array.from({ length: 2_000 }, () => router(desk, 'journal.search', {}));
    await router(desk, 'panic.press', { origin: 'window' });
    expect(running.core.desk.get('panic', 'panic')).toMatchObject({ kind: 'latched' });
    const codes = (await Promise.all(flood)).map(codeOf);
    expect(codes.filter((code) => code === 'unavailable').length).toBeGreaterThan(1_000);
    expect(codes.filter((code) => code === 'ok').length).toBeGreaterThan(100);
    expect(codeOf(await router(desk, 'journal.search', {}))).toBe('ok');
  });
});

/** What must be the same after a request that was refused. */
async function whatCounts() {
  const { core, journal, settings } = running;
  await tick();
  return {
    slices: core.desk.snapshot(),
    settings: settings.get(),
    vault: core.vault.status().secrets.map(({ backendId, name }) => [backendId, name]),
    journal: await journal.search(requests['journal.search'].params.parse({})),
    files: readdirSync(folder, { recursive: true }).map(String).sort(),
    opened,
    quit,
  };
}

function expectBounded(envelope: Envelope<unknown>): void {
  expect(typeof envelope.ok).toBe('boolean');
  if (!envelope.ok) expect(envelope.error.message.length).toBeLessThan(LONGEST_WORDS);
  expect(JSON.stringify(envelope)).not.toContain(SECRET);
  expect(logged).toBeLessThan(LONGEST_WORDS * 2);
}

function isAccepted(name: RequestName, params: unknown): boolean {
  return findPayloadFault(params) === null && requests[name].params.safeParse(params).success;
}

/** A request that waits for a backend's clock has not failed; the desk's own clock stands still here. */
const stillWorking = (): Promise<Envelope<unknown>> =>
  new Promise((resolve) =>
    setImmediate(() => setImmediate(() => resolve({ ok: true, value: 'still working' }))),
  );

const codeOf = (envelope: Envelope<unknown>): string => (envelope.ok ? 'ok' : envelope.error.code);
