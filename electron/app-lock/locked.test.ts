import { describe, expect, it } from 'vitest';

import type { Notice } from '#shared/domain/attention/attention.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import type { DeskPushes, PushName } from '#shared/ipc/contract.ts';
import { requests } from '#shared/ipc/contract.ts';
import { pack } from '#shared/ipc/packed.ts';
import { aBackend } from '#shared/domain/testing/entries.ts';

import { lockedPush, lockedSettings } from './locked-push.ts';
import { PIN, useAppLock } from './testing/lock-bench.ts';

const at = useAppLock();
const { open, openLocked } = at;

const notice: Notice = {
  key: 'bot-1/approval/7',
  backendId: 'bot-1',
  title: 'Sell 3 BTC',
  body: 'CoinRuler proposes to sell 3 BTC for $180,000',
  severity: 'critical',
  sound: 'approval',
  destination: { place: 'approvals', itemId: 'bot-1/7' },
  approvalKey: 'bot-1/7',
};

describe('S7 what a locked desk refuses', () => {
  /** Everything that acts, and everything that shows, by what the views let through. */
  const ALWAYS = [
    'app.info',
    'app.report-error',
    'app.show-window',
    'attention.sound-played',
    'lock.now',
    'lock.status',
    'lock.unlock',
    'panic.press',
    'quit.answer',
    'quit.shown',
    'settings.get',
  ];

  it.each(['nothing', 'counts'] as const)(
    'showing %s it lets through PANIC, unlocking and nothing that acts or shows',
    async (view) => {
      at.set({ whileLocked: view });
      const { guard } = await openLocked();
      const passing = Object.keys(requests).filter((name) => guard.refusal(name) === null);
      expect(passing.sort()).toEqual([...ALWAYS].sort());
    },
  );

  it('showing everything it lets nothing through that acts, but PANIC', async () => {
    at.set({ whileLocked: 'read-only' });
    const { guard } = await openLocked();
    for (const name of [
      'command.submit',
      'panic.resume',
      'settings.change',
      'backends.save',
      'backends.remove',
      'backends.read',
      'channels.save',
      'vault.remove',
      'vault.unlock',
      'alerts.acknowledge',
      'chat.send',
      'rules.switch',
      'watch.arm',
      'ingest.rotate-key',
      'journal.export',
      'lock.set',
      'lock.remove',
    ])
      expect(guard.refusal(name), name).toContain('locked');
    expect(guard.refusal('desk.snapshot')).toBeNull();
    expect(guard.refusal('panic.press')).toBeNull();
  });

  it('a request that nobody thought of is refused', async () => {
    const { guard } = await openLocked();
    expect(guard.refusal('something.new')).not.toBeNull();
  });

  it('unlocked everything passes', () => {
    const { guard } = open();
    for (const name of Object.keys(requests)) expect(guard.refusal(name)).toBeNull();
  });

  it('decisions from tray and notification are refused with words, unless the person allows them', async () => {
    const { guard } = await openLocked();
    expect(guard.decisionRefusal()).toContain('locked');
    at.set({ decideWhileLocked: true });
    expect(guard.decisionRefusal()).toBeNull();
  });
});

describe('S7 what a locked desk tells', () => {
  it('no figures with nothing, counts with counts, and PANIC always', async () => {
    const { lock } = await openLocked();
    expect(lock.status()).toMatchObject({ counts: null, panic: { latched: false } });
    at.set({ whileLocked: 'counts' });
    expect(lock.status().counts).toMatchObject({ approvals: 2 });
  });

  it('a notice without its words or where it leads, as urgent as before; or whole where the person wants it', async () => {
    const { guard } = await openLocked();
    const veiled = guard.veil(notice);
    const text = JSON.stringify({ ...veiled, key: '' });
    for (const word of ['BTC', 'CoinRuler', 'bot-1', '180,000']) expect(text).not.toContain(word);
    expect(veiled).toMatchObject({
      key: notice.key,
      severity: 'critical',
      sound: 'approval',
      approvalKey: null,
    });
    at.set({ textsWhileLocked: true });
    expect(guard.veil(notice)).toBe(notice);
  });

  it('the window nothing of the desk, as if there were no window', async () => {
    const { guard, lock } = await openLocked();
    const told: string[] = [];
    const push = lockedPush(
      <N extends PushName>(name: N, _payload: DeskPushes[N]) => told.push(name) > 0,
      guard,
    );
    expect(push('desk.patches', pack({ seq: 1, patches: [] }))).toBe(false);
    expect(push('window.ask-panic', { open: true })).toBe(true);
    await lock.unlock(PIN);
    expect(push('desk.patches', pack({ seq: 1, patches: [] }))).toBe(true);
    expect(told).toEqual(['window.ask-panic', 'desk.patches']);
  });

  it('settings without what is connected', () => {
    const whole = settingsSchema.parse({
      appearance: { theme: 'light' },
      backends: [
        aBackend({ id: 'bot-1', kind: 'coinruler', name: 'My bot', address: 'https://bot.example' }),
      ],
    });
    expect(lockedSettings(whole)).toMatchObject({
      appearance: { theme: 'light' },
      backends: [],
      channels: [],
    });
  });
});
