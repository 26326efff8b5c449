import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { ClientRequest, IncomingMessage, RequestOptions, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { HttpExecutor } from 'builder-util-runtime';
import { AppImageUpdater } from 'electron-updater';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { UpdateState } from '#shared/domain/desktop.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings.ts';

import type { ManualClock } from '../lib/clock.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { createUpdateEngine } from './update-engine.ts';
import type { Updates } from './updates.ts';
import { createUpdates } from './updates.ts';

const MINE = generateKeyPairSync('ed25519');
const STRANGERS = generateKeyPairSync('ed25519');
const PROGRAM = Buffer.from('the next Quarterdeck'.repeat(20_000));
const FEED = '/latest-linux.yml';

type Answer = (answer: ServerResponse, asked: IncomingMessage) => void;

let folder: string;
let answers: Map<string, Answer>;
let asked: string[];
let server: ReturnType<typeof createServer>;
let clock: ManualClock;
let updates: Updates;
let states: UpdateState[];
let happened: string[];
let change: (settings: Settings) => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-updates-'));
  // The updater of an AppImage asks where its file lies.
  vi.stubEnv('APPIMAGE', join(folder, 'Quarterdeck.AppImage.now'));
  answers = new Map();
  asked = [];
  states = [];
  happened = [];
  clock = createManualClock();
  server = createServer((incoming, answer) => {
    const path = (incoming.url ?? '').split('?', 1)[0] ?? '';
    asked.push(path);
    const act = answers.get(path);
    if (act === undefined) answer.writeHead(404).end();
    else act(answer, incoming);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open();
});

afterEach(() => {
  vi.unstubAllEnvs();
  updates.dispose();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The desk's updates on the real electron-updater, against this test's own server. */
function open(settings: Partial<Settings['updates']> = {}): void {
  const { port } = server.address() as AddressInfo;
  const publicKey = MINE.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  updates = createUpdates({
    engine: createUpdateEngine({
      feed: { address: `http://127.0.0.1:${port}`, publicKey },
      fetch,
      newUpdater: () => new PlainUpdater(),
      platform: 'linux',
      arch: 'x64',
      log: silentLogger,
    }),
    settings: {
      get: () => settingsSchema.parse({ updates: settings }),
      onChange(listener) {
        change = listener;
        return () => undefined;
      },
    },
    realClock: clock,
    log: silentLogger,
    onState: (state) => void states.push(state),
    onFound: ({ version }) => void happened.push(`found ${version}`),
    requestQuit: () => void happened.push('asks to quit'),
  });
}

/** The AppImage's updater with Node's network instead of Electron's, and a note instead of an installation. */
class PlainUpdater extends AppImageUpdater {
  constructor() {
    super(null, {
      version: '1.2.0',
      name: 'quarterdeck',
      isPackaged: true,
      appUpdateConfigPath: join(folder, 'none.yml'),
      userDataPath: folder,
      baseCachePath: folder,
      whenReady: () => Promise.resolve(),
      relaunch: () => undefined,
      quit: () => undefined,
      onQuit: () => void happened.push('installs by itself at the end'),
    });
    Reflect.set(this, 'httpExecutor', new PlainExecutor());
    Reflect.set(this, 'configOnDisk', { value: Promise.resolve({ updaterCacheDirName: 'cache' }) });
  }

  override isUpdaterActive(): boolean {
    return true;
  }

  protected override doInstall(options: { isForceRunAfter: boolean }): boolean {
    happened.push(`installs ${this.installerPath ?? ''}, starts again: ${options.isForceRunAfter}`);
    return true;
  }
}

class PlainExecutor extends HttpExecutor<ClientRequest> {
  override createRequest(
    options: RequestOptions,
    onAnswer: (answer: IncomingMessage) => void,
  ): ClientRequest {
    return request(options, onAnswer);
  }

  async download(
    url: URL,
    destination: string,
    options: Parameters<HttpExecutor<ClientRequest>['doDownload']>[1]['options'],
  ): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const { protocol, hostname, port, pathname } = url;
      const callback = (error: Error | null): void => (error ? reject(error) : resolve(destination));
      this.doDownload(
        { protocol, hostname, port, path: pathname },
        { destination, options, onCancel, callback, responseHandler: null },
        0,
      );
    });
  }
}

const send =
  (body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (answer) =>
    void answer.writeHead(200, headers).end(body);

interface Release {
  version: string;
  notes?: string;
  digest?: string;
  file?: string;
  key?: typeof MINE;
}

/** Puts a release on the server as `electron-builder` and the signing of the feed leave it there. */
function publish({
  version,
  notes = '',
  digest = sha512(PROGRAM),
  file = 'next.AppImage',
  key = MINE,
}: Release): void {
  const yml = JSON.stringify({
    version,
    files: [{ url: file, sha512: digest, size: PROGRAM.length }],
    path: file,
    sha512: digest,
    releaseDate: '2026-11-29T00:00:00.000Z',
    releaseNotes: notes,
  });
  answers.set(FEED, send(yml));
  answers.set(`${FEED}.sig`, send(sign(null, Buffer.from(yml), key.privateKey).toString('base64')));
  answers.set(`/${file}`, send(PROGRAM, { 'content-length': String(PROGRAM.length) }));
}

const sha512 = (content: Buffer): string => createHash('sha512').update(content).digest('base64');
const settled = (kind: UpdateState['kind']) =>
  vi.waitFor(() => expect(updates.state().kind).toBe(kind), 10_000);
const message = (): string => {
  const state = updates.state();
  return state.kind === 'failed' ? state.message : state.kind;
};

describe('looking for updates', () => {
  it('makes no call before a person asks or allows it, whatever time passes', async () => {
    publish({ version: '9.0.0' });
    expect(clock.pending()).toBe(0);
    await clock.advance(7 * 86_400_000);
    expect(asked).toEqual([]);
    expect(updates.state()).toEqual({ kind: 'idle' });
  });

  it('says what is new, with its notes, and fetches nothing by itself', async () => {
    publish({ version: '1.3.0', notes: 'Quieter nights' });
    expect(await updates.check()).toEqual({
      kind: 'available',
      update: {
        version: '1.3.0',
        notes: 'Quieter nights',
        releasedAtMs: Date.parse('2026-11-29T00:00:00.000Z'),
        sizeBytes: PROGRAM.length,
      },
    });
    expect(asked).toEqual([FEED, `${FEED}.sig`]);
  });

  it('once a day where that is allowed, tells a version once, and stops when it no longer is', async () => {
    publish({ version: '1.3.0' });
    change(settingsSchema.parse({ updates: { check: 'daily' } }));
    await clock.advance(5 * 60_000);
    await vi.waitFor(() => expect(happened).toEqual(['found 1.3.0']), 10_000);
    // Up to the next look and no further, since its answer takes real time.
    await clock.advance(86_400_000 - 5 * 60_000);
    await vi.waitFor(() => expect(asked.filter((path) => path === FEED)).toHaveLength(2), 10_000);
    await settled('available');
    expect(happened).toEqual(['found 1.3.0']);
    change(settingsSchema.parse({ updates: { check: 'off' } }));
    expect(clock.pending()).toBe(0);
  });

  it.each(['1.2.0', '1.1.9', '0.9.0'])(
    'does not count %s, which is not newer: there is no way back',
    async (version) => {
      publish({ version });
      expect((await updates.check()).kind).toBe('up-to-date');
      expect(updates.download().kind).toBe('up-to-date');
      expect(asked).not.toContain('/next.AppImage');
    },
  );

  it('takes a pre-release on the beta channel alone', async () => {
    publish({ version: '1.3.0-beta.1' });
    expect((await updates.check()).kind).toBe('up-to-date');
    updates.dispose();
    open({ channel: 'beta' });
    answers.set('/beta-linux.yml', answers.get(FEED) ?? send(''));
    answers.set('/beta-linux.yml.sig', answers.get(`${FEED}.sig`) ?? send(''));
    expect((await updates.check()).kind).toBe('available');
  });

  it('S3 trusts nothing that a stranger signed, or that was changed after signing', async () => {
    publish({ version: '1.3.0', key: STRANGERS });
    await updates.check();
    expect(message()).toBe('What was announced is not signed by Quarterdeck. Nothing was taken from it.');
    publish({ version: '1.3.0' });
    answers.set(FEED, send(JSON.stringify({ version: '1.4.0', files: [] })));
    await updates.check();
    expect(message()).toMatch(/not signed/);
    publish({ version: '1.3.0' });
    answers.set(`${FEED}.sig`, send('<html>'));
    await updates.check();
    expect(message()).toMatch(/not signed/);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'a page instead of a feed',
      () => answers.set(FEED, send('<html>Sign in</html>')),
      /Nothing is announced|not signed/,
    ],
    ['nothing for this system', () => answers.clear(), /^Nothing is announced for this system\.$/],
    [
      'a server in trouble',
      () => answers.set(FEED, (answer) => void answer.writeHead(503).end()),
      /refused \(503\)/,
    ],
    [
      'a server that breaks off',
      () => answers.set(FEED, (answer) => void answer.writeHead(200).write('a', () => answer.destroy())),
      /broke off|reached/,
    ],
    ['an endless feed', () => answers.set(FEED, send(Buffer.alloc(2_000_000, 'a'))), /too long/],
    [
      'redirects without an end',
      () => answers.set(FEED, (answer) => void answer.writeHead(302, { location: FEED }).end()),
      /could not be reached/,
    ],
  ])('%s ends in words', async (_name, spoil, words) => {
    publish({ version: '1.3.0' });
    spoil();
    if (_name.startsWith('a page')) answers.delete(`${FEED}.sig`);
    expect((await updates.check()).kind).toBe('failed');
    expect(message()).toMatch(words);
  });

  it.each<[string, unknown]>([
    ['no version', { files: [{ url: 'a', sha512: sha512(PROGRAM) }] }],
    ['a version that is none', { version: '../../1', files: [{ url: 'a', sha512: sha512(PROGRAM) }] }],
    ['no digest', { version: '1.3.0', files: [{ url: 'a' }] }],
    ['a digest that is none', { version: '1.3.0', files: [{ url: 'a', sha512: 'x' }] }],
    ['no files', { version: '1.3.0', files: [] }],
    ['a word', 'next'],
  ])('a signed feed with %s cannot be read', async (_name, feed) => {
    const yml = JSON.stringify(feed);
    answers.set(FEED, send(yml));
    answers.set(`${FEED}.sig`, send(sign(null, Buffer.from(yml), MINE.privateKey).toString('base64')));
    await updates.check();
    expect(message()).toBe('What was announced cannot be read.');
  });

  it('a server that says nothing is given up after 30 seconds, and the next look is not held up by it', async () => {
    answers.set(FEED, () => undefined);
    const looking = updates.check();
    await vi.waitFor(() => expect(asked).toEqual([FEED]), 10_000);
    await clock.advance(30_000);
    expect((await looking).kind).toBe('failed');
    expect(message()).toMatch(/did not answer within 30 seconds/);
    publish({ version: '1.3.0' });
    expect((await updates.check()).kind).toBe('available');
  });
});

describe('fetching an update', () => {
  it('shows how far it is, checks the digest, and installs only what and when a person says', async () => {
    publish({ version: '1.3.0' });
    await updates.check();
    updates.download();
    await settled('ready');
    expect(states.some(({ kind }) => kind === 'downloading')).toBe(true);
    updates.quitting();
    expect(happened).toEqual([]);

    updates.install('at-quit');
    updates.install('not');
    updates.quitting();
    expect(happened).toEqual([]);

    updates.install('now');
    expect(happened).toEqual(['asks to quit']);
    updates.quitting();
    expect(happened[1]).toMatch(/^installs .*next\.AppImage, starts again: true$/);
  });

  it('what is not as announced is thrown away, and can be tried again', async () => {
    publish({ version: '1.3.0', digest: sha512(Buffer.from('another program')) });
    await updates.check();
    updates.download();
    await settled('failed');
    expect(message()).toBe('What was downloaded is not what was announced. It was thrown away.');
    expect(left()).toEqual([]);
    updates.install('now');
    updates.quitting();
    expect(happened).toEqual([]);
    publish({ version: '1.3.0' });
    await updates.check();
    updates.download();
    await settled('ready');
  });

  it('a page instead of the program is not installed', async () => {
    publish({ version: '1.3.0' });
    answers.set('/next.AppImage', send('<html>Sign in</html>'));
    await updates.check();
    updates.download();
    await settled('failed');
    expect(left()).toEqual([]);
  });

  it('one that stands still is given up after a minute and leaves nothing', async () => {
    publish({ version: '1.3.0' });
    answers.set(
      '/next.AppImage',
      (answer) => void answer.writeHead(200, { 'content-length': '9000000' }).write('a'),
    );
    await updates.check();
    updates.download();
    await vi.waitFor(() => expect(asked).toContain('/next.AppImage'), 10_000);
    await clock.advance(61_000);
    expect(message()).toMatch(/stood still/);
    await vi.waitFor(() => expect(left()).toEqual([]), 10_000);
  });

  it('can be given up, and begun again', async () => {
    publish({ version: '1.3.0' });
    const whole = answers.get('/next.AppImage') ?? send('');
    answers.set(
      '/next.AppImage',
      (answer) => void answer.writeHead(200, { 'content-length': '9000000' }).write('a'),
    );
    await updates.check();
    updates.download();
    await vi.waitFor(() => expect(asked).toContain('/next.AppImage'), 10_000);
    expect(updates.cancel().kind).toBe('available');
    answers.set('/next.AppImage', whole);
    updates.download();
    await settled('ready');
  });

  it('keeps what it fetched where a file name cannot lead it elsewhere', async () => {
    publish({ version: '1.3.0', file: '..%2F..%2Fescaped.AppImage' });
    answers.set('/..%2F..%2Fescaped.AppImage', send(PROGRAM));
    await updates.check();
    updates.download();
    await vi.waitFor(() => expect(updates.state().kind).toMatch(/ready|failed/), 10_000);
    expect(readdirSync(join(folder, '..')).filter((name) => name.includes('escaped'))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes('escaped'))).toEqual([]);
  });
});

/** Programs that lie in the updater's folder. */
const left = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.AppImage'));
