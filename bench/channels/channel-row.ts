import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

import type { ChannelConfig, ChannelKindName } from '#shared/domain/attention/channel.ts';

import { createSystemClock } from '#electron/lib/clock.ts';
import { startTestDesk } from '#electron/testing/test-desk.ts';

import { bareStream } from '../flood/sse.ts';
import type { Figures, Row } from '../frame/row.ts';
import type { FarSide, Taken } from './far-side.ts';

const EVENTS_A_ROUND = 3;
/** Longer than any channel waits between two messages. */
const PACE_MS = 2_200;
const TOKEN = '123456:AAE-a-token-of-nobody';

/** Where a channel's service is, in the words of its kind. */
const WAYS: Record<
  ChannelKindName,
  {
    recipients: string[];
    options(address: URL): ChannelConfig['options'];
    secrets(address: URL): Record<string, string>;
  }
> = {
  email: {
    recipients: ['you@example.com'],
    options: ({ hostname, port }) => ({ host: hostname, port, security: 'none', from: 'desk@example.com' }),
    secrets: () => ({}),
  },
  sms: {
    recipients: ['+4915112345671'],
    options: ({ origin }) => ({ server: origin, account: 'AC0123456789', from: '+15005550006' }),
    secrets: () => ({ token: TOKEN }),
  },
  telegram: {
    recipients: ['1'],
    options: ({ origin }) => ({ server: origin }),
    secrets: () => ({ token: TOKEN }),
  },
  discord: {
    recipients: [],
    options: () => ({}),
    secrets: ({ origin }) => ({ webhook: `${origin}/api/webhooks/1/${TOKEN}` }),
  },
  slack: {
    recipients: [],
    options: () => ({}),
    secrets: ({ origin }) => ({ webhook: `${origin}/services/T0/${TOKEN}` }),
  },
};

/**
 * How long a critical alert takes from its backend to the service's word that it has the message. The others hear the same event and
 * say the same bytes to the same service; the floor has the message on disk first, as the desk promises.
 */
export const channelRow = (kind: ChannelKindName, name: string): Row => ({
  title: `${name}: from the event at its server to the service that took it`,
  rounds: 7,
  gates: [
    { figure: 'ms', unit: 'ms on the wall', against: 'limit', bound: { atMost: 1.3 } },
    { figure: 'ms', unit: 'ms on the wall, with the message on disk first', against: 'floor', bound: null },
  ],
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-channel-'));
    const far = fork(join(import.meta.dirname, 'far-side.ts'), [kind]);
    const [ends] = (await once(far, 'message')) as [FarSide];
    const [toDesk, toBare] = ends.backends;
    const stopDesk = await startDesk(folder, kind, toDesk, ends.servicePort);
    // What the desk says to the service is what the others say.
    const { turns } = await tell(far, 0);
    const bare = startBare(ends.servicePort, turns, kind === 'email');
    const notebook = openNotebook(join(folder, 'bare.sqlite'));
    const heard = (write: () => void) => async (): Promise<Figures> => {
      const listener = await bareStream(toBare, () => {
        write();
        bare.say();
      });
      const figures = await average(() => tell(far, 1));
      listener.close();
      return figures;
    };
    return {
      contenders: {
        limit: { label: 'a bare stream and a bare request of the same bytes', run: heard(() => undefined) },
        floor: {
          label: 'the same with the message in SQLite, synced, before it is sent',
          run: heard(() => notebook.write(turns.join(''))),
        },
        ours: {
          label: 'the desk: rules, journal, outbox, channel',
          run: () =>
            average(async () => {
              await pause(PACE_MS);
              return tell(far, 0);
            }),
        },
      },
      async close() {
        bare.end();
        notebook.close();
        await stopDesk();
        far.kill();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
});

async function tell(far: ChildProcess, which: 0 | 1): Promise<Taken> {
  const taken = once(far, 'message') as Promise<[Taken]>;
  far.send(which);
  const [answer] = await taken;
  return answer;
}

async function average(run: () => Promise<Taken>): Promise<Figures> {
  let ms = 0;
  for (let count = 0; count < EVENTS_A_ROUND; count += 1) ms += (await run()).tookMs;
  return { ms: ms / EVENTS_A_ROUND };
}

async function startDesk(folder: string, kind: ChannelKindName, address: string, servicePort: number) {
  const { core, stop } = await startTestDesk(folder, createSystemClock());
  const service = new URL(`http://127.0.0.1:${servicePort}`);
  const { recipients, options, secrets } = WAYS[kind];
  await core.channels.save(
    {
      id: 'mine',
      kind,
      name: 'Mine',
      enabled: true,
      minSeverity: 'low',
      practice: false,
      recipients,
      options: options(service),
    },
    secrets(service),
  );
  const live = new Promise<void>((resolve) => {
    core.desk.onPatches((patches) => {
      if (patches.some(({ slice, value }) => slice === 'links' && value?.state.kind === 'live')) resolve();
    });
  });
  await core.fleet.save(
    {
      id: 'bot',
      kind: 'coinruler',
      name: 'Coin bot',
      colour: '#4f9be8',
      address,
      practice: false,
      enabled: true,
      allowPlainHttp: false,
    },
    { ownerId: '100000000000000001' },
  );
  await live;
  return stop;
}

/** Says what was recorded, turn by turn, over a connection of its own each time, as the desk does. */
function startBare(port: number, turns: readonly string[], isMail: boolean) {
  let socket: Socket | null = null;
  async function say(): Promise<void> {
    socket?.destroy();
    const opened = connect(port, '127.0.0.1');
    socket = opened;
    opened.on('error', () => undefined);
    await once(opened, isMail ? 'data' : 'connect');
    for (const turn of turns) {
      opened.write(turn, 'latin1');
      await once(opened, 'data');
    }
  }
  return { say: () => void say(), end: () => socket?.destroy() };
}

function openNotebook(file: string) {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE kept (text TEXT)');
  const insert = database.prepare('INSERT INTO kept VALUES (?)');
  return { write: (text: string) => void insert.run(text), close: () => database.close() };
}
