import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { ClientRequest, IncomingMessage, RequestOptions, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { HttpExecutor } from 'builder-util-runtime';
import { AppImageUpdater } from 'electron-updater';
import { expect, vi } from 'vitest';

import type { UpdateState } from '#shared/domain/settings/desktop.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { createUpdateEngine } from '../update-engine.ts';
import type { Updates } from '../updates.ts';
import { createUpdates } from '../updates.ts';
import { soon } from '../../lib/testing/soon.ts';

export const MINE = generateKeyPairSync('ed25519');
export const STRANGERS = generateKeyPairSync('ed25519');
export const PROGRAM = Buffer.from('the next Quarterdeck'.repeat(20_000));
export const FEED = '/latest-linux.yml';

export type Answer = (answer: ServerResponse, asked: IncomingMessage) => void;

interface Release {
  version: string;
  notes?: string;
  digest?: string;
  file?: string;
  key?: typeof MINE;
}

/** Updates on the real electron-updater against a real server, which a test fills. */
export interface UpdateBench {
  folder: string;
  answers: Map<string, Answer>;
  asked: string[];
  clock: ManualClock;
  updates: Updates;
  states: UpdateState[];
  happened: string[];
  /** Tells of changed settings. */
  change(settings: Settings): void;
  /** Begins anew with other settings. */
  open(settings: Partial<Settings['updates']>): void;
  /** Puts a release on the server as `electron-builder` and the signing of the feed leave it there. */
  publish(release: Release): void;
  settled(kind: UpdateState['kind']): Promise<void>;
  /** What it says where it failed, else the kind of its state. */
  message(): string;
  /** Programs that lie in the updater's folder. */
  left(): string[];
  close(): void;
}

export async function startUpdateBench(): Promise<UpdateBench> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-updates-'));
  // The updater of an AppImage asks where its file lies.
  vi.stubEnv('APPIMAGE', join(folder, 'Quarterdeck.AppImage.now'));
  const server = createServer((incoming, answer) => {
    const path = (incoming.url ?? '').split('?', 1)[0] ?? '';
    given.asked.push(path);
    const act = given.answers.get(path);
    if (act === undefined) answer.writeHead(404).end();
    else act(answer, incoming);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  /** The desk's updates on the real electron-updater, against this test's own server. */
  function open(settings: Partial<Settings['updates']> = {}): Updates {
    const { port } = server.address() as AddressInfo;
    const publicKey = MINE.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    return createUpdates({
      engine: createUpdateEngine({
        feed: { address: `http://127.0.0.1:${port}`, publicKey },
        fetch,
        newUpdater: () => new PlainUpdater(folder, given.happened),
        platform: 'linux',
        arch: 'x64',
        log: silentLogger,
      }),
      settings: {
        get: () => settingsSchema.parse({ updates: settings }),
        onChange(listener) {
          given.change = listener;
          return () => undefined;
        },
      },
      realClock: given.clock,
      log: silentLogger,
      onState: (state) => void given.states.push(state),
      onFound: ({ version }) => void given.happened.push(`found ${version}`),
      requestQuit: () => void given.happened.push('asks to quit'),
    });
  }

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
    given.answers.set(FEED, send(yml));
    given.answers.set(`${FEED}.sig`, send(sign(null, Buffer.from(yml), key.privateKey).toString('base64')));
    given.answers.set(`/${file}`, send(PROGRAM, { 'content-length': String(PROGRAM.length) }));
  }

  const given: Omit<UpdateBench, 'updates'> = {
    folder,
    answers: new Map(),
    asked: [],
    clock: createManualClock(),
    states: [],
    happened: [],
    change: () => undefined,
    open(settings) {
      bench.updates = open(settings);
    },
    publish,
    settled: (kind) => soon(() => expect(bench.updates.state().kind).toBe(kind)),
    message() {
      const state = bench.updates.state();
      return state.kind === 'failed' ? state.message : state.kind;
    },
    left: () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.AppImage')),
    close() {
      vi.unstubAllEnvs();
      bench.updates.dispose();
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const bench: UpdateBench = Object.assign(given, { updates: open() });
  return bench;
}

/** The AppImage's updater with Node's network instead of Electron's, and a note instead of an installation. */
class PlainUpdater extends AppImageUpdater {
  readonly #happened: string[];

  constructor(folder: string, happened: string[]) {
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
    this.#happened = happened;
    Reflect.set(this, 'httpExecutor', new PlainExecutor());
    Reflect.set(this, 'configOnDisk', { value: Promise.resolve({ updaterCacheDirName: 'cache' }) });
  }

  override isUpdaterActive(): boolean {
    return true;
  }

  protected override doInstall(options: { isForceRunAfter: boolean }): boolean {
    this.#happened.push(`installs ${this.installerPath ?? ''}, starts again: ${options.isForceRunAfter}`);
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

export const send =
  (body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (answer) =>
    void answer.writeHead(200, headers).end(body);

export const sha512 = (content: Buffer): string => createHash('sha512').update(content).digest('base64');
