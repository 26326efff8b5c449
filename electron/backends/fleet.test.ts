import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';

import { createConnections } from '../connections/connections.ts';
import { UNTRUSTED_CERTIFICATE } from '../connections/testing/certificate.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { openSettings } from '../settings/settings-store.ts';
import { CHEAP, deriveKey } from '../lib/testing/derive-key.ts';
import { openVault } from '../vault/vault.ts';
import { coinruler } from './coinruler/kind.ts';
import { createFleet } from './fleet.ts';
import type { BackendContext, BackendKind } from './port.ts';

const config: BackendConfig = {
  id: 'bot-1',
  kind: 'coinruler',
  name: 'My bot',
  address: 'http://127.0.0.1:3001/',
  colour: '#336699',
  practice: false,
  enabled: true,
  allowPlainHttp: false,
};
const practice = {
  kind: 'coinruler',
  address: 'http://127.0.0.1:4001',
  secrets: { ownerId: 'practice-owner' },
};
const practiceMarket = { kind: 'market-hub', address: 'ws://127.0.0.1:4002', secrets: {} };

let folder: string;
let events: DeskEvent[];
/** What the kind was given for each backend that was made, and for each test. */
let made: BackendContext[];
let started: number;
let tested: { address: string; ownerId: string | null }[];

/** The real kind under a recorder that opens no link. */
const recorded: BackendKind = {
  descriptor: coinruler.descriptor,
  create(context) {
    made.push(context);
    return { ...coinruler.create(context), config: context.config, start: () => void (started += 1) };
  },
  async test({ config: { address }, secret }) {
    tested.push({ address, ownerId: await secret('ownerId') });
    return [];
  },
};

function open(recall: () => Promise<unknown> = () => Promise.resolve(null)) {
  const clock = createManualClock();
  const log = silentLogger;
  const vault = openVault({
    folder,
    clock,
    log,
    deriveKey,
    keyCost: CHEAP,
    cipher: {
      unavailable: () => null,
      encrypt: (text) => Buffer.from(text).reverse(),
      decrypt: (bytes) => Buffer.from(bytes).reverse().toString('utf8'),
    },
  });
  const settings = openSettings({ folder, clock, log });
  const fleet = createFleet({
    kinds: new Map([
      ['coinruler', recorded],
      ['market-hub', recorded],
    ]),
    connections: createConnections({ clock, log, random: () => 0.5 }),
    settings,
    vault,
    journal: {
      recall,
      remember: () => Promise.resolve(),
    },
    clock,
    log,
    dispatch: (event) => void events.push(event),
  });
  return { fleet, vault, settings, clock };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-fleet-'));
  events = [];
  made = [];
  started = 0;
  tested = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the backends that are connected', () => {
  it('S1 a credential that is replaced is used at once: the links are opened again with the new one', async () => {
    const { fleet } = open();
    await fleet.save(config, { ownerId: 'owner-1' });
    const before = fleet.get('bot-1');
    await fleet.save(config, { ownerId: 'owner-2' });
    expect(fleet.get('bot-1')).not.toBe(before);
    expect(made).toHaveLength(2);
    expect(await made[1]?.secret('ownerId')).toBe('owner-2');
    expect(started).toBe(2);
  });

  it('S1 K5 one whose secret waits for the passphrase is not opened, is known to PANIC, and opens with the vault', async () => {
    const first = open();
    await first.vault.usePassphrase('correct horse battery');
    await first.fleet.save(config, { ownerId: 'owner-1' });
    await first.fleet.save({ ...config, id: 'open-one', address: 'http://127.0.0.1:3002' }, {});
    first.fleet.dispose();

    events = [];
    started = 0;
    const { fleet, vault } = open();
    fleet.start();
    expect(started).toBe(1);
    expect(fleet.all().map((backend) => backend.config.id)).toEqual(['bot-1', 'open-one']);
    const waiting = events.flatMap((event) => (event.type === 'link-status' ? [event.status] : []));
    expect(waiting).toMatchObject([{ backendId: 'bot-1', state: { kind: 'stopped' } }]);
    const halt = fleet.get('bot-1')?.panic?.halt('a press');
    await expect(halt).rejects.toMatchObject({ sent: false });

    await vault.unlock('correct horse battery');
    expect(started).toBe(2);
    expect(events).toContainEqual({ type: 'link-removed', backendId: 'bot-1', linkId: 'vault' });
    expect(await made.at(-1)?.secret('ownerId')).toBe('owner-1');

    await vault.lock();
    expect(started).toBe(2);
    expect(events.at(-1)).toMatchObject({ type: 'link-status', status: { backendId: 'bot-1' } });
    fleet.dispose();
  });

  it('drops what a backend says after it was removed: its entries do not come back', async () => {
    const { fleet } = open();
    await fleet.save(config, { ownerId: 'owner-1' });
    const said: DeskEvent = { type: 'backend-removed', backendId: 'said-by-the-backend' };
    made[0]?.emit(said);
    expect(events).toContain(said);

    await fleet.remove('bot-1');
    events.length = 0;
    made[0]?.emit(said);
    expect(events).toEqual([]);
  });

  it('D6 what a backend kept and cannot be read is not the same as nothing kept', async () => {
    const unreadable = 'What the desk kept of this backend cannot be read: its journal does not answer.';
    for (const recall of [
      () => Promise.reject(new Error('database disk image is malformed')),
      () => new Promise(() => undefined),
    ]) {
      const { fleet, clock } = open(recall);
      await fleet.save(config, { ownerId: 'owner-1' });
      const reading = made
        .at(-1)
        ?.memory.recall('follows')
        .catch((error: unknown) => error);
      await clock.advance(3_000);
      expect(await reading).toEqual(new Error(unreadable));
      expect(clock.pending()).toBe(0);
      await fleet.remove(config.id);
    }
    const { fleet } = open();
    await fleet.save(config, { ownerId: 'owner-1' });
    expect(await made.at(-1)?.memory.recall('follows')).toBeNull();
  });

  it('D3 drops what the connection before says once a backend was changed', async () => {
    const { fleet } = open();
    await fleet.save(config, {});
    await fleet.save({ ...config, name: 'Renamed' }, {});
    events.length = 0;
    made[0]?.emit({ type: 'backend-removed', backendId: 'bot-1' });
    expect(events).toEqual([]);
  });

  it('refuses a kind that it does not know, and stores nothing of it', async () => {
    const { fleet, settings, vault } = open();
    const unknown = { ...config, kind: 'perpetuum' };
    await expect(fleet.save(unknown, { ownerId: 'x' })).rejects.toThrow('perpetuum');
    expect(settings.get().backends).toEqual([]);
    expect(vault.status().secrets).toEqual([]);
  });

  it('lets nobody take or remove the id of the practice desk', async () => {
    const { fleet, settings } = open();
    await expect(fleet.save({ ...config, id: 'practice' }, {})).rejects.toThrow('practice desk');
    await expect(fleet.remove('practice')).rejects.toThrow('practice desk');
    expect(settings.get().backends).toEqual([]);
  });

  it('keeps the secret that is there when an empty one is saved, and tests with it', async () => {
    const { fleet } = open();
    await fleet.save(config, { ownerId: 'owner-1' });
    await fleet.save(config, { ownerId: '' });
    expect(await made.at(-1)?.secret('ownerId')).toBe('owner-1');
    await fleet.test(config, { ownerId: '' });
    await fleet.test(config, { ownerId: 'typed' });
    expect(tested.map(({ ownerId }) => ownerId)).toEqual(['owner-1', 'typed']);
  });

  it('S1 forgets the secrets of a backend that is removed', async () => {
    const { fleet, vault } = open();
    await fleet.save(config, { ownerId: 'owner-1' });
    await fleet.remove('bot-1');
    expect(vault.status().secrets).toEqual([]);
  });

  it('S3 tests the practice desk with its own secret, at its own address whatever was asked', async () => {
    const { fleet } = open();
    await expect(fleet.test({ ...config, id: 'practice' }, {})).rejects.toThrow('not running');
    fleet.setPractice([practice]);
    await fleet.test({ ...config, id: 'practice', address: 'http://127.0.0.1:9999' }, { ownerId: 'typed' });
    expect(tested).toEqual([{ address: practice.address, ownerId: 'practice-owner' }]);

    fleet.setPractice([]);
    await expect(fleet.test({ ...config, id: 'practice' }, {})).rejects.toThrow('not running');
  });

  it('connects the practice backends one a kind, and takes away what is not named any more', async () => {
    const { fleet } = open();
    fleet.setPractice([practice, practiceMarket]);
    expect(made.map(({ config: { id, kind, name, address } }) => ({ id, kind, name, address }))).toEqual([
      { id: 'practice', kind: 'coinruler', name: 'Practice desk', address: practice.address },
      {
        id: 'practice-market-hub',
        kind: 'market-hub',
        name: 'Practice market',
        address: practiceMarket.address,
      },
    ]);
    expect(made.every(({ config }) => config.practice)).toBe(true);
    expect(await made[1]?.secret('ownerId')).toBeNull();
    await expect(fleet.save({ ...config, id: 'practice-market-hub' }, {})).rejects.toThrow('practice desk');

    fleet.setPractice([practice]);
    expect(fleet.all().map((backend) => backend.config.id)).toEqual(['practice']);
    expect(events).toContainEqual({ type: 'backend-removed', backendId: 'practice-market-hub' });
    fleet.setPractice([]);
    expect(fleet.all()).toEqual([]);
    expect(events.at(-1)).toEqual({ type: 'backend-removed', backendId: 'practice' });
  });
});

describe('where kept secrets go', () => {
  const elsewhere = [
    { address: 'https://attacker.example' },
    { address: 'http://127.0.0.1:3002' },
    { network: { proxy: 'http://10.0.0.2:3128' } },
  ];

  it('S3 a test of another address or another way is not given what the vault keeps', async () => {
    const { fleet } = open();
    await fleet.save(config, { ownerId: 'owner-1' });
    for (const change of elsewhere) await fleet.test({ ...config, ...change }, {});
    await fleet.test({ ...config, id: 'new-one' }, {});
    expect(tested.map(({ ownerId }) => ownerId)).toEqual([null, null, null, null]);
    await fleet.test({ ...config, name: 'Another name' }, {});
    await fleet.test({ ...config, ...elsewhere[0] }, { ownerId: 'typed' });
    expect(tested.slice(4).map(({ ownerId }) => ownerId)).toEqual(['owner-1', 'typed']);
  });

  it.each(elsewhere)('S3 a backend that is moved is not followed by its secrets: %j', async (change) => {
    const { fleet, vault } = open();
    await fleet.save(config, { ownerId: 'owner-1' });
    await fleet.save({ ...config, name: 'Renamed', enabled: false }, {});
    expect(await made.at(-1)?.secret('ownerId')).toBe('owner-1');
    await fleet.save({ ...config, ...change }, {});
    expect(await vault.reveal('bot-1', 'ownerId')).toBeNull();
  });

  it.each(elsewhere)('S3 settings that were changed by hand lead no kept secret to %j', async (change) => {
    const { fleet, settings } = open();
    await fleet.save({ ...config, enabled: true }, { ownerId: 'owner-1' });
    expect(await made.at(-1)?.secret('ownerId')).toBe('owner-1');
    settings.saveBackend({ ...config, enabled: true, ...change });
    const again = open();
    again.fleet.start();
    expect(made.at(-1)?.config).toMatchObject(change);
    expect(await made.at(-1)?.secret('ownerId')).toBeNull();
    await again.fleet.test({ ...config, ...change }, {});
    expect(tested.at(-1)?.ownerId).toBeNull();
  });

  it('S1 no backend can take the id under which a channel keeps its secrets', async () => {
    const { fleet, vault } = open();
    await vault.set('channel-mail', 'ownerId', 'of the channel');
    await expect(fleet.save({ ...config, id: 'channel-mail' }, {})).rejects.toThrow('kept for Quarterdeck');
    await expect(async () => fleet.test({ ...config, id: 'channel-mail' }, {})).rejects.toThrow('kept for');
    expect(await vault.reveal('channel-mail', 'ownerId')).toBe('of the channel');
  });

  it('S3 an authority that vouches for nobody is refused with words, and nothing is saved', async () => {
    const { fleet, settings } = open();
    for (const authority of [
      '',
      'nonsense',
      '-----BEGIN PRIVATE KEY-----\nx',
      UNTRUSTED_CERTIFICATE.slice(0, 90),
    ])
      await expect(fleet.save({ ...config, network: { authority } }, {})).rejects.toThrow(/certificate/i);
    expect(settings.get().backends).toEqual([]);
    await fleet.save({ ...config, network: { authority: UNTRUSTED_CERTIFICATE } }, {});
    expect(settings.get().backends).toHaveLength(1);
  });
});
