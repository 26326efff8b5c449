import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { ImportChange, ImportPreview } from '#shared/domain/settings/settings-file.ts';

import type { FileDesk } from './testing/file-desk.ts';
import { alert, bot, fileOf, mail, rule, startFileDesk } from './testing/file-desk.ts';

let desk: FileDesk;

beforeEach(async () => {
  desk = await startFileDesk();
  await desk.core.fleet.save(bot, { ownerId: 'planted-owner' });
  await desk.core.channels.save(mail, { password: 'planted-password' });
  desk.settings.saveRule(rule, false);
  desk.settings.switchRule(rule.id, true);
});
afterEach(() => desk.stop());

/** As the desk is now, with these over it. */
function withHere(settings: object): string {
  return fileOf({ ...desk.settings.get(), ...settings });
}

function change(preview: ImportPreview | null, what: string): ImportChange | undefined {
  return preview?.sections.flatMap(({ changes }) => changes).find((one) => one.what.includes(what));
}

async function takeAll(text: string): Promise<ImportPreview> {
  const preview = await desk.openText(text);
  expect(await desk.take(preview)).toMatchObject({ ok: true });
  if (preview === null) throw new Error('There is no preview.');
  return preview;
}

const kept = (owner: string): string[] =>
  desk.core.vault
    .status()
    .secrets.filter(({ backendId }) => backendId === owner)
    .map(({ name }) => name);

describe('S3 a hostile settings file', () => {
  it.each<[string, Partial<BackendConfig>]>([
    ['another origin', { address: 'http://127.0.0.1:10' }],
    ['a proxy of its own', { network: { proxy: 'http://127.0.0.1:3128' } }],
    ['another kind', { kind: 'market-hub' }],
  ])('cannot lead a saved secret of a backend to %s, nor back with it', async (_name, moved) => {
    const preview = await takeAll(withHere({ backends: [{ ...bot, ...moved }] }));
    expect(preview.secretsRemoved).toEqual(['Main bot']);
    expect(preview.careful).toBeGreaterThan(0);
    expect(kept('main')).toEqual([]);
    expect(await desk.core.vault.reveal('main', 'ownerId')).toBeNull();
  });

  it('cannot take over secrets that were left under an id that nobody has', async () => {
    await desk.core.vault.set('ghost', 'ownerId', 'left-behind');
    await takeAll(withHere({ backends: [bot, { ...bot, id: 'ghost', address: 'http://127.0.0.1:10' }] }));
    expect(await desk.core.vault.reveal('ghost', 'ownerId')).toBeNull();
    expect(kept('main')).toEqual(['ownerId']);
  });

  it('cannot send what the desk tells to somebody else: the channel is off and its secret gone', async () => {
    const preview = await takeAll(
      withHere({
        channels: [
          { ...mail, recipients: ['thief@evil.example'] },
          { ...mail, id: 'copy' },
        ],
      }),
    );
    expect(preview.heldBack.filter((words) => words.includes('switched off'))).toHaveLength(2);
    expect(desk.settings.get().channels.map(({ enabled }) => enabled)).toEqual([false, false]);
    expect(kept('channel-mail')).toEqual([]);
  });

  it('what was typed for the destination of a file does not go to the old one when it is taken back', async () => {
    await takeAll(withHere({ backends: [{ ...bot, address: 'http://127.0.0.1:10' }] }));
    const moved = desk.settings.get().backends[0];
    await desk.core.fleet.save(moved ?? bot, { ownerId: 'typed-for-the-new-one' });
    expect((await desk.file.undo()).message).toContain('typed again');
    expect(desk.settings.get().backends[0]?.address).toBe(bot.address);
    expect(await desk.core.vault.reveal('main', 'ownerId')).toBeNull();
  });

  it('leaves secrets where they are for what goes where it went', async () => {
    const preview = await takeAll(withHere({ backends: [{ ...bot, name: 'Renamed' }] }));
    expect(preview.secretsRemoved).toEqual([]);
    expect(kept('main')).toEqual(['ownerId']);
    expect(kept('channel-mail')).toEqual(['password']);
  });
});

describe('A4 a hostile settings file', () => {
  it('cannot raise a limit that is not marked, nor be taken by whoever did not show the marks', async () => {
    desk.settings.change({
      limits: { softValueUsd: '100', hardValueUsd: '500' },
      watch: { dayLossUsd: '1000' },
      panic: { hotkey: 'CommandOrControl+Shift+F12' },
    });
    const preview = await desk.openText(
      withHere({
        limits: {
          softValueUsd: '900000',
          hardValueUsd: null,
          byBackend: { main: { maxPriceDriftPct: null } },
        },
        watch: { dayLossUsd: null, askBeforeQuit: false },
        security: { decideWhileLocked: true },
        panic: { hotkey: null },
      }),
    );
    for (const what of [
      'Ask again above ($)',
      'Refuse above ($)',
      'For main refuse past',
      'Halt at a loss of the day',
      'Ask before quitting',
      'Decide from the tray',
      'Hotkey of PANIC',
    ])
      expect(change(preview, what)?.careful, what).toEqual(expect.any(String));
    expect(preview?.careful).toBeGreaterThanOrEqual(7);
    const before = desk.settings.get();
    expect(await desk.file.apply(preview?.importId ?? '', 0)).toMatchObject({ ok: false });
    expect(desk.settings.get()).toEqual(before);
  });

  it('marks nothing where limits become tighter', async () => {
    desk.settings.change({ limits: { softValueUsd: '100' } });
    const preview = await desk.openText(withHere({ limits: { softValueUsd: '20', hardValueUsd: '50' } }));
    expect(change(preview, 'Ask again above ($)')).toEqual({
      what: 'Ask again above ($)',
      before: '100',
      after: '20',
      careful: null,
    });
    expect(preview?.careful).toBe(0);
  });
});

describe('A7 a hostile settings file', () => {
  it('switches on no rule, new or changed, and leaves one alone that is the same', async () => {
    const on = { practice: false, on: true, onSinceMs: 1 };
    const same = await takeAll(withHere({}));
    expect(same.sections).toEqual([]);
    expect(desk.settings.get().decisionRules).toMatchObject([{ on: true }]);

    await takeAll(
      withHere({
        decisionRules: [
          { ...rule, maxValueUsd: '100000', maxDayUsd: '1000000', ...on },
          { ...rule, id: 'rule-0002', ...on },
        ],
      }),
    );
    expect(desk.settings.get().decisionRules.map(({ id, on: isOn }) => [id, isOn])).toEqual([
      ['rule-0001', false],
      ['rule-0002', false],
    ]);
    await desk.file.undo();
    expect(desk.settings.get().decisionRules).toMatchObject([{ maxValueUsd: '10', on: false }]);
  });
});

describe('S6 a hostile settings file', () => {
  it('opens no listener and moves none to the network', async () => {
    await takeAll(withHere({ ingest: { enabled: true, port: 9_999, bind: 'network' } }));
    expect(desk.settings.get().ingest.enabled).toBe(false);
    desk.settings.change({ ingest: { enabled: true, bind: 'loopback', port: 9_998 } });
    const preview = await takeAll(withHere({ ingest: { enabled: true, port: 9_998, bind: 'network' } }));
    expect(desk.settings.get().ingest).toMatchObject({ enabled: false, bind: 'network' });
    expect(preview.heldBack.join(' ')).toContain('stays off');
    expect(change(preview, 'Bind')?.careful).toContain('Other machines');
  });
});

describe('D8 a hostile settings file', () => {
  it('makes the journal keep nothing for less long', async () => {
    const { retention } = desk.settings.get();
    const shorter = { keepDays: 1, keepDecisionsDays: 30, maxSizeMb: 16 };
    const preview = await takeAll(withHere({ retention: shorter }));
    expect(desk.settings.get().retention).toEqual(retention);
    expect(preview.heldBack.join(' ')).toContain('not kept shorter');
    await takeAll(withHere({ retention: { keepDays: null, keepDecisionsDays: null, maxSizeMb: null } }));
    expect(desk.settings.get().retention.keepDays).toBeNull();
  });

  it('makes nothing of the past that is kept for playback go, each limit for itself', async () => {
    desk.settings.change({ playback: { keepDays: 14, maxSizeMb: 512 } });
    const preview = await takeAll(withHere({ playback: { keepDays: 1, maxSizeMb: 900 } }));
    expect(desk.settings.get().playback).toEqual({ keepDays: 14, maxSizeMb: 900 });
    expect(preview.heldBack.join(' ')).toContain('not kept shorter for playback');
    await takeAll(withHere({ playback: { keepDays: 30, maxSizeMb: 16 } }));
    expect(desk.settings.get().playback).toEqual({ keepDays: 30, maxSizeMb: 900 });
  });
});

describe('a price alert from a file', () => {
  it('that is over does not ring, and one that would ring no more is marked', async () => {
    await desk.core.priceAlerts.save(alert);
    const ended = { ...alert, id: 'alert-0002', expiresAtMs: 1 };
    const preview = await desk.openText(fileOf(desk.settings.get(), [{ ...alert, on: false }, ended]));
    expect(change(preview, 'BTC-USD: On')?.careful).toContain('not ring');
    await desk.take(preview);
    expect(desk.core.priceAlerts.all().map(({ on }) => on)).toEqual([false, false]);
  });
});
