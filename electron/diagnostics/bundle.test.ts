import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { aBackend, aLink } from '#shared/domain/testing/entries.ts';

import { mountSmall } from '../journal/testing/harness.ts';
import type { DiagnosedDesk } from './testing/diagnosed-desk.ts';
import { startDiagnosedDesk } from './testing/diagnosed-desk.ts';

/** One of every sort; none of them looks like a secret by itself but the last two. */
const KEPT = {
  ownerId: 'plain words planted',
  apiToken: 'tok en/with+odd=signs&"quotes"',
  proxyCredentials: 'proxyperson:proxyword-planted',
  mailPassword: 'mailword-planted',
  webhook: 'https://hooks.slack.example/services/T0PLANTED/B0PLANTED/planted-part',
  session: JSON.stringify({ accessToken: 'access-planted', refreshToken: 'refresh-planted' }),
  heartbeat: 'https://hc.example/planted-heartbeat-uuid',
  modelKey: JSON.stringify({ origin: 'https://models.example', key: 'model-key-planted' }),
};
const NEVER_KEPT = ['eyJhbGciOiJIUzI1NiJ9.eyJwbGFudGVkIjoxfQ.c2lnbmF0dXJl', 'sk-planted0123456789abcdef'];

const PARTS = [
  KEPT.ownerId,
  KEPT.apiToken,
  'proxyword-planted',
  KEPT.mailPassword,
  'planted-part',
  'access-planted',
  'refresh-planted',
  'planted-heartbeat-uuid',
  'model-key-planted',
];

/** What no vault knows is recognised by its looks, and so only as it is. */
const UNKEPT = [...NEVER_KEPT, 'planted-person'];

const waysToWrite = (part: string): string[] => [
  part,
  encodeURIComponent(part),
  JSON.stringify(part).slice(1, -1),
  Buffer.from(part).toString('hex'),
  Buffer.from(part).toString('base64').replace(/=+$/, '').slice(0, -2),
];

let desk: DiagnosedDesk;

beforeEach(async () => {
  desk = await startDiagnosedDesk();
});
afterEach(() => desk.stop());

async function plantSecrets(): Promise<void> {
  const { vault } = desk.core;
  const owners: [string, string, string][] = [
    ['main', 'ownerId', KEPT.ownerId],
    ['main', 'apiToken', KEPT.apiToken],
    ['main', 'proxyCredentials', KEPT.proxyCredentials],
    ['channel-mail', 'password', KEPT.mailPassword],
    ['channel-slack', 'webhook', KEPT.webhook],
    ['main', 'discordSession', KEPT.session],
    ['watch', 'address', KEPT.heartbeat],
    ['assistant', 'apiKey', KEPT.modelKey],
  ];
  for (const [owner, name, value] of owners) await vault.set(owner, name, value);
}

/** Every way in which a careless line could hold them. */
function carelessText(): string {
  const all = [...Object.values(KEPT), ...NEVER_KEPT, '/home/planted-person/.config'];
  return all
    .flatMap((secret) => [
      `said ${secret} to the server`,
      JSON.stringify({ error: `401 for ${secret}`, headers: { authorization: `Bearer ${secret}` } }),
      JSON.stringify({ nested: JSON.stringify({ body: secret }) }),
      `GET https://bot.example/x?token=${encodeURIComponent(secret)}&a=1`,
      `Authorization: Basic ${Buffer.from(`me:${secret}`).toString('base64')}`,
      `cookie ${Buffer.from(secret).toString('base64')} hex ${Buffer.from(secret).toString('hex')}`,
    ])
    .join('\n');
}

const carelessLink = (raw: string): LinkStatus =>
  aLink({
    backendId: 'main',
    linkId: 'events',
    label: 'Events',
    state: { kind: 'stopped', sinceMs: 0, cause: { code: 'server-error', message: raw.slice(0, 1_500) } },
    receivedAtMs: null,
    dataAtMs: null,
    staleAfterMs: 1,
    received: 0,
    rejected: 1,
    rejectedSamples: raw
      .split('\n')
      .map((line) => ({ atMs: 0, reason: 'not JSON', raw: line.slice(0, 2_000) })),
  });

function unpacked(path: string): Map<string, string> {
  const files = unzipSync(readFileSync(path));
  return new Map(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]));
}

describe('S1 the archive for whoever helps', () => {
  it('holds no secret in any byte, wherever somebody was careless with it', async () => {
    await plantSecrets();
    const careless = carelessText();
    writeFileSync(join(desk.logFolder, 'quarterdeck.log'), careless);
    writeFileSync(join(desk.logFolder, 'quarterdeck.old.log'), careless);
    desk.core.desk.dispatch({ type: 'link-status', status: carelessLink(careless) });
    desk.settings.saveBackend(
      aBackend({
        id: 'main',
        kind: 'coinruler',
        name: `Bot of ${KEPT.ownerId}`,
        address: 'https://bot.example',
        enabled: false,
        exchange: `https://exchange.example/?token=${encodeURIComponent(KEPT.apiToken)}`,
        options: { note: KEPT.mailPassword },
      }),
    );
    for (const line of careless.split('\n'))
      desk.journal.append({ atMs: 1, kind: 'system', backendId: null, summary: line, data: { line } });
    await desk.journal.appendDurably(
      { atMs: 1, kind: 'system', backendId: null, summary: 'x', data: {} },
      10_000,
    );

    const done = await desk.diagnostics.saveBundle();
    const files = unpacked(done?.path ?? '');
    expect([...files.keys()].sort()).toEqual([
      'README.txt',
      'about.json',
      'crashes.txt',
      'credentials.json',
      'journal.txt',
      'links.json',
      'logs/quarterdeck.log',
      'logs/quarterdeck.old.log',
      'self-check.txt',
      'settings.json',
    ]);
    for (const [name, text] of files)
      for (const way of [...PARTS.flatMap(waysToWrite), ...UNKEPT])
        expect(text.includes(way), `${name} holds ${way}`).toBe(false);
    expect(files.get('links.json')).toContain('not JSON');
    expect(files.get('credentials.json')).toContain('ownerId of main');
    expect(files.get('crashes.txt')).toContain('2 dumps of memory');
    expect(statSync(done?.path ?? '').mode & 0o777).toBe(0o600);
  });

  it('says that kept secrets were recognised by looks alone while the vault is locked', async () => {
    await desk.core.vault.usePassphrase('correct horse battery');
    await plantSecrets();
    await desk.core.vault.lock();
    const done = await desk.diagnostics.saveBundle();
    expect(unpacked(done?.path ?? '').get('README.txt')).toContain('vault was locked');
  });

  it('does not count as a use of a secret', async () => {
    await plantSecrets();
    await desk.diagnostics.saveBundle();
    expect(desk.core.vault.status().secrets.map(({ usedAtMs }) => usedAtMs)).toEqual(
      Object.keys(KEPT).map(() => null),
    );
  });
});

describe('the archive for whoever helps', () => {
  it('is there whole or not at all, and says why not', async () => {
    mkdirSync(join(desk.folder, 'taken.zip'));
    desk.saved.path = join(desk.folder, 'taken.zip');
    await expect(desk.diagnostics.saveBundle()).rejects.toThrow('The diagnostics were not saved.');
    desk.saved.path = join(desk.folder, 'gone', 'bundle.zip');
    await expect(desk.diagnostics.saveBundle()).rejects.toThrow('not there any more');
    expect(readdirSync(desk.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    desk.saved.path = null;
    expect(await desk.diagnostics.saveBundle()).toBeNull();
  });

  it('says that the disk is full, and leaves nothing behind', async (context) => {
    const small = join(desk.folder, 'small');
    mkdirSync(small);
    const unmount = mountSmall(small, 1);
    if (unmount === null) return context.skip('needs the right to mount a small file system');
    try {
      expect(() => writeFileSync(join(small, 'filler'), Buffer.alloc(4_000_000))).toThrow();
      desk.saved.path = join(small, 'bundle.zip');
      await expect(desk.diagnostics.saveBundle()).rejects.toThrow('The disk is full.');
      expect(readdirSync(small)).toEqual(['filler']);
    } finally {
      unmount();
    }
  });

  it('keeps a log that cannot be read as a sentence', async () => {
    mkdirSync(join(desk.logFolder, 'quarterdeck.log'));
    chmodSync(join(desk.logFolder, 'quarterdeck.log'), 0o500);
    const done = await desk.diagnostics.saveBundle();
    expect(unpacked(done?.path ?? '').get('logs/quarterdeck.log')).toContain('could not be read');
  });
});
