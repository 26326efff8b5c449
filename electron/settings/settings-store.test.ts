import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { DEFAULT_RETENTION } from '#shared/domain/journal/journal.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import { aBackend } from '#shared/domain/testing/entries.ts';

import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { migrate } from './migrate.ts';
import type { SettingsPort } from './port.ts';
import { openSettings } from './settings-store.ts';

const bot: BackendConfig = aBackend({ id: 'bot-1', kind: 'coinruler', name: 'My bot' });

let folder: string;
let file: string;
let lines: string[];

function open(): SettingsPort {
  const note = (message: string): void => void lines.push(message);
  return openSettings({
    folder,
    clock: createManualClock(),
    log: { ...silentLogger, warn: note, error: note },
  });
}

const names = (): string[] => readdirSync(folder).sort();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
  file = join(folder, 'settings.json');
  lines = [];
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('settings', () => {
  it('are the defaults at first, with nothing written', () => {
    expect(open().get()).toEqual(settingsSchema.parse({}));
    expect(names()).toEqual([]);
  });

  it('keep what was changed over a restart and leave the rest as it was', () => {
    const settings = open();
    settings.change({ appearance: { theme: 'light' }, limits: { softValueUsd: null } });
    settings.change({ attention: { volume: 0.2 }, retention: { keepDays: null } });
    settings.change({ retention: { maxSizeMb: 512 } });
    const again = open().get();
    expect(again.appearance).toMatchObject({ theme: 'light', density: 'comfortable' });
    expect(again.limits).toMatchObject({ softValueUsd: null, maxPriceDriftPct: '2' });
    expect(again.attention).toEqual({ notifications: true, sound: true, volume: 0.2 });
    expect(again.retention).toEqual({ keepDays: null, keepDecisionsDays: null, maxSizeMb: 512 });
    expect(lines).toEqual([]);
  });

  it('keep language, region and time zone over a restart, and take no zone that nobody knows', () => {
    open().change({ region: { language: 'de', timeZone: 'Asia/Kathmandu' } });
    expect(() => open().change({ region: { timeZone: 'Mars/Olympus' } })).toThrow();
    expect(open().get().region).toEqual({ language: 'de', locale: 'system', timeZone: 'Asia/Kathmandu' });
    writeFileSync(file, '{"version":1,"region":{"timeZone":"Mars/Olympus"}}');
    expect(open().get().region.timeZone).toBeNull();
  });

  it('add, replace and remove a backend', () => {
    const settings = open();
    settings.saveBackend(bot);
    settings.saveBackend({ ...bot, name: 'Renamed' });
    settings.saveBackend({ ...bot, id: 'bot-2' });
    expect(
      open()
        .get()
        .backends.map((backend) => backend.name),
    ).toEqual(['Renamed', 'My bot']);
    settings.removeBackend('bot-1');
    expect(
      open()
        .get()
        .backends.map((backend) => backend.id),
    ).toEqual(['bot-2']);
  });

  it('tell who listens, until they no longer do', () => {
    const settings = open();
    const heard: Settings[] = [];
    const off = settings.onChange((now) => heard.push(now));
    settings.change({ practice: { enabled: false } });
    off();
    settings.change({ practice: { enabled: true } });
    expect(heard.map((now) => now.practice.enabled)).toEqual([false]);
  });

  it('refuse what is not valid and keep what was', () => {
    const settings = open();
    expect(() => settings.change({ attention: { volume: 7 } })).toThrow();
    expect(() => settings.saveBackend({ ...bot, address: 'ftp://x' })).toThrow();
    expect(settings.get()).toEqual(settingsSchema.parse({}));
  });

  it('are readable by their owner alone', () => {
    open().change({ practice: { enabled: false } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('a settings file that is not as it should be', () => {
  it.each(['', '{ "appearance": ', 'null', '[]', '"text"', '\u0000\u0001'])(
    '%j is set aside for defaults',
    (text) => {
      writeFileSync(file, text);
      const settings = open();
      expect(settings.get()).toEqual(settingsSchema.parse({}));
      expect(names()).toEqual([expect.stringMatching(/^settings-invalid-.*\.json$/)]);
      expect(readFileSync(join(folder, names()[0] ?? ''), 'utf8')).toBe(text);
      expect(lines).toHaveLength(1);
      settings.change({ practice: { enabled: false } });
      expect(open().get().practice.enabled).toBe(false);
    },
  );

  it('loses only the sections and backends that are not valid, and a copy is kept', () => {
    const stored = {
      ...settingsSchema.parse({}),
      appearance: { theme: 'pink' },
      attention: { volume: 0.3 },
      retention: { keepDays: 30, keepDecisionsDays: 1 },
      backends: [bot, { ...bot, id: 'NOT VALID' }, 7, { ...bot, id: 'bot-2' }],
    };
    writeFileSync(file, JSON.stringify(stored));
    const { appearance, attention, retention, backends } = open().get();
    expect(appearance.theme).toBe('dark');
    expect(attention.volume).toBe(0.3);
    expect(retention).toEqual(DEFAULT_RETENTION);
    expect(backends.map((backend) => backend.id)).toEqual(['bot-1', 'bot-2']);
    expect(names()).toEqual([expect.stringMatching(/^settings-invalid-/), 'settings.json']);
  });

  it('of a newer version is understood as far as possible and copied before anything is changed in it', () => {
    writeFileSync(
      file,
      JSON.stringify({ version: 7, appearance: { theme: 'light' }, hologram: true, backends: [bot] }),
    );
    const settings = open();
    expect(settings.get()).toMatchObject({ version: 1, appearance: { theme: 'light' }, backends: [bot] });
    settings.change({ practice: { enabled: false } });
    const copy = names().find((name) => name.startsWith('settings-version-7-')) ?? '';
    expect(JSON.parse(readFileSync(join(folder, copy), 'utf8'))).toMatchObject({
      version: 7,
      hologram: true,
    });
  });

  it('ignores members that would reach into the prototype', () => {
    writeFileSync(file, '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    open().change({ practice: { enabled: false } });
    expect({}).not.toHaveProperty('polluted');
  });

  it('that cannot be written changes nothing and says so', () => {
    const settings = open();
    // A folder in its place refuses root as well.
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    chmodSync(file, 0o500);
    expect(() => settings.change({ practice: { enabled: false } })).toThrow('could not be saved');
    expect(settings.get().practice.enabled).toBe(true);
  });
});

describe('migrations', () => {
  const steps = [
    (old: Record<string, unknown>) => ({ ...old, theme: old.colour }),
    (old: Record<string, unknown>) => ({ ...old, appearance: { theme: old.theme } }),
  ];

  it('run from the version of the file to the present one, in order', () => {
    expect(migrate({ colour: 'dark' }, steps)).toMatchObject({ version: 3, appearance: { theme: 'dark' } });
    expect(migrate({ version: 2, theme: 'light' }, steps)).toEqual({
      version: 3,
      theme: 'light',
      appearance: { theme: 'light' },
    });
    expect(migrate({ version: 3, appearance: 1 }, steps)).toEqual({ version: 3, appearance: 1 });
  });
});
