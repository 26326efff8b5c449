import { linkSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { journalQuery } from '#shared/domain/journal/journal.ts';

import type { FileDesk } from './testing/file-desk.ts';
import { alert, bot, fileOf, mail, rule, startFileDesk } from './testing/file-desk.ts';

let desk: FileDesk;
const other: FileDesk[] = [];

beforeEach(async () => {
  desk = await startFileDesk();
});
afterEach(async () => {
  for (const one of [desk, ...other.splice(0)]) await one.stop();
});

async function anotherDesk(): Promise<FileDesk> {
  const one = await startFileDesk();
  other.push(one);
  return one;
}

/** Everything that can be set, set. */
async function setMuch({ core, settings }: FileDesk): Promise<void> {
  settings.change({
    appearance: { theme: 'light', density: 'compact' },
    limits: { softValueUsd: '250', byBackend: { main: { hardValueUsd: '900' } } },
    attentionPolicy: { rows: { 'approval-new': { mode: 'silent' } }, muteUntilMs: 5, silenceCritical: true },
    panic: { hotkey: 'CommandOrControl+Shift+F12' },
    watch: { dayLossUsd: '2000', keepAwake: true },
    heartbeat: { everyMinutes: 7 },
    assistant: {
      enabled: true,
      address: 'https://me:pass@models.example/v1?key=abc',
      model: 'm',
      noticedAddress: 'x',
    },
  });
  await core.fleet.save(
    { ...bot, exchange: 'https://exchange.example/?token=tok-1234567890' },
    { ownerId: 'planted-owner' },
  );
  await core.channels.save(mail, { password: 'planted-password' });
  settings.saveRule(rule, false);
  settings.switchRule(rule.id, true);
  await core.priceAlerts.save(alert);
}

async function exportText(from: FileDesk): Promise<string> {
  const done = await from.file.export();
  return readFileSync(done?.path ?? '', 'utf8');
}

describe('S1 settings saved to a file', () => {
  it('hold everything that a person set, and no secret, also none that stands in an address', async () => {
    await setMuch(desk);
    const text = await exportText(desk);
    for (const secret of ['planted-owner', 'planted-password', 'me:pass', 'key=abc', 'tok-1234567890'])
      expect(text).not.toContain(secret);
    const fresh = await anotherDesk();
    const preview = await fresh.openText(text);
    expect(preview?.sections.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Backends', 'Channels', 'Limits', 'Price alerts', 'Appearance', 'Halting']),
    );
    expect(await fresh.take(preview)).toMatchObject({ ok: true });
    const { appearance, limits, panic, watch, backends, channels, decisionRules } = fresh.settings.get();
    expect(appearance).toMatchObject({ theme: 'light', density: 'compact' });
    expect(limits).toMatchObject({ softValueUsd: '250', byBackend: { main: { hardValueUsd: '900' } } });
    expect(panic.hotkey).toBe('CommandOrControl+Shift+F12');
    expect(watch).toMatchObject({ dayLossUsd: '2000', keepAwake: true });
    expect(backends).toMatchObject([{ id: 'main', name: 'Main bot', address: 'http://127.0.0.1:9' }]);
    expect(channels).toMatchObject([{ id: 'mail', recipients: ['me@home.example'] }]);
    expect(decisionRules).toMatchObject([{ name: 'Small ones', on: false }]);
    expect(fresh.core.priceAlerts.all()).toEqual([alert]);
    expect(fresh.core.fleet.get('main')).toBeDefined();
  });

  it('say which secrets have to be typed, by owner and name', async () => {
    await setMuch(desk);
    const fresh = await anotherDesk();
    const preview = await fresh.openText(await exportText(desk));
    expect(preview?.secretsToType.map(({ owner }) => owner)).toEqual(['Main bot', 'Assistant']);
    expect(preview?.secretsRemoved).toEqual([]);
  });

  it('are for their owner alone on the disk, and a file that cannot be written is said so', async () => {
    await exportText(desk);
    mkdirSync(join(desk.folder, 'in-the-way.json'));
    desk.chosen.save = join(desk.folder, 'in-the-way.json');
    await expect(desk.file.export()).rejects.toThrow('A folder has that name.');
    desk.chosen.save = join(desk.folder, 'no', 'such', 'folder.json');
    await expect(desk.file.export()).rejects.toThrow('not there any more');
    desk.chosen.save = null;
    expect(await desk.file.export()).toBeNull();
  });

  it('D6 take the place of an older file only once they are whole, and are for their owner alone', async () => {
    const path = join(desk.folder, 'saved-before.json');
    const older = join(desk.folder, 'older.json');
    writeFileSync(path, 'what was saved before', { mode: 0o644 });
    linkSync(path, older);
    desk.chosen.save = path;
    await desk.file.export();
    // Had it been written over in place, a disk that is full in the middle would have left neither.
    expect(readFileSync(older, 'utf8')).toBe('what was saved before');
    expect(readFileSync(path, 'utf8')).toContain('quarterdeck-settings');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe('an import', () => {
  it('changes nothing before it is taken, and nothing at all where the settings moved on meanwhile', async () => {
    const before = desk.settings.get();
    const preview = await desk.openText(fileOf({ appearance: { theme: 'light' } }));
    expect(desk.settings.get()).toEqual(before);
    expect(preview?.sections).toEqual([
      { title: 'Appearance', changes: [{ what: 'Theme', before: 'dark', after: 'light', careful: null }] },
    ]);
    desk.settings.change({ attention: { volume: 0.1 } });
    expect((await desk.take(preview)).message).toContain('changed since');
    expect(desk.settings.get().appearance.theme).toBe('dark');
  });

  it('is taken back whole, also after a restart of its part, and stands in the journal both times', async () => {
    await setMuch(desk);
    const before = desk.settings.get();
    const preview = await desk.openText(
      fileOf({
        appearance: { theme: 'dark' },
        limits: { softValueUsd: '5' },
        backends: [{ ...bot, id: 'second' }],
      }),
    );
    expect(preview?.stays).toContain('Backend Main bot');
    expect(await desk.take(preview)).toMatchObject({ ok: true });
    expect(desk.settings.get().backends.map(({ id }) => id)).toEqual(['main', 'second']);
    expect(desk.core.fleet.get('second')).toBeDefined();
    expect(desk.file.last()).toMatchObject({ fileName: 'given.json' });
    expect(await desk.file.undo()).toMatchObject({ ok: true });
    expect(desk.settings.get()).toEqual(before);
    expect(desk.core.fleet.get('second')).toBeUndefined();
    expect(desk.file.last()).toBeNull();
    expect(await desk.file.undo()).toMatchObject({ ok: false });
    await desk.journal.appendDurably(
      { atMs: 0, kind: 'system', backendId: null, summary: 'x', data: {} },
      10_000,
    );
    const words = (await desk.journal.search(journalQuery.parse({ kinds: ['settings'] }))).map(
      ({ summary }) => summary,
    );
    expect(words).toEqual(
      expect.arrayContaining([
        expect.stringContaining('given.json were taken'),
        expect.stringContaining('was taken back'),
      ]),
    );
  });

  it('is not taken where its way back cannot be kept, or the settings cannot be written', async () => {
    const text = fileOf({ appearance: { theme: 'light' } });
    const blocked = join(desk.folder, 'settings-before-import.json');
    mkdirSync(join(blocked, 'x'), { recursive: true });
    expect((await desk.take(await desk.openText(text))).message).toContain('way back');
    expect(desk.settings.get().appearance.theme).toBe('dark');

    const fresh = await anotherDesk();
    const settingsFile = join(fresh.folder, 'settings.json');
    mkdirSync(join(settingsFile, 'x'), { recursive: true });
    const withAlert = JSON.stringify({ ...JSON.parse(text), priceAlerts: [alert] });
    expect((await fresh.take(await fresh.openText(withAlert))).message).toContain('could not be saved');
    expect(fresh.core.priceAlerts.all()).toEqual([]);
    expect(fresh.file.last()).toBeNull();
  });

  it.each([
    ['an empty file', '', 'empty'],
    ['a web page', '\n<!doctype html><title>Sign in</title>', 'web page'],
    ['half a file', fileOf({}).slice(0, 60), 'damaged'],
    ['bytes', new Uint8Array([0xff, 0xfe, 0x00, 0x80]), 'damaged'],
    ['another JSON', '{"backends":[]}', 'no settings file of Quarterdeck'],
    ['a list', '[1,2]', 'no settings file of Quarterdeck'],
    [
      'a newer file',
      JSON.stringify({ ...JSON.parse(fileOf({})), formatVersion: 2, savedBy: '9.1.0' }),
      'newer Quarterdeck (9.1.0)',
    ],
    ['newer settings', fileOf({ version: 99 }), 'newer Quarterdeck'],
    ['a wrong type', fileOf({ limits: { softValueUsd: 'lots' } }), 'limits.softValueUsd'],
    ['an unknown kind', fileOf({ backends: [{ ...bot, kind: 'oracle' }] }), 'does not know'],
    ['an id of the desk itself', fileOf({ backends: [{ ...bot, id: 'practice' }] }), 'practice'],
    ['two with one id', fileOf({ backends: [bot, bot] }), 'same id'],
    [
      'a rule without a most',
      fileOf({ decisionRules: [{ ...rule, maxDayUsd: null, practice: false, on: true, onSinceMs: 1 }] }),
      'makes no sense',
    ],
    ['a film', 'x'.repeat(5_000_000), '5 MB'],
    [
      'too many with those here',
      fileOf({ channels: Array.from({ length: 20 }, (_, at) => ({ ...mail, id: `mail-${at}` })) }),
      'than fit',
    ],
  ])('of %s is refused with a sentence, and nothing changes', async (_name, text, words) => {
    await desk.core.channels.save(mail, {});
    const before = desk.settings.get();
    await expect(desk.openText(text)).rejects.toThrow(words);
    expect(desk.settings.get()).toEqual(before);
  });

  it('of a folder or of what is gone is refused with a sentence', async () => {
    desk.chosen.open = desk.folder;
    await expect(desk.file.open()).rejects.toThrow('not a file');
    desk.chosen.open = join(desk.folder, 'gone.json');
    await expect(desk.file.open()).rejects.toThrow('could not be opened');
    desk.chosen.open = null;
    expect(await desk.file.open()).toBeNull();
  });

  it('ignores members that would reach into the prototype, and shows names without marks that reorder them', async () => {
    const text = fileOf({ backends: [{ ...bot, name: 'Safe‮tob' }] }).replace(
      '"settings":{',
      '"settings":{"__proto__":{"polluted":true},',
    );
    const preview = await desk.openText(text);
    expect(JSON.stringify(preview)).not.toContain('‮');
    expect({}).not.toHaveProperty('polluted');
  });
});
