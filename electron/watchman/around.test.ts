import { beforeEach, describe, expect, it } from 'vitest';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { JournalHealth } from '#shared/domain/journal/journal.ts';
import type { LinkState, LinkStatus } from '#shared/domain/backends/link.ts';
import type { WatchState } from '#shared/domain/panic/watch.ts';
import { MINUTE_MS } from '#shared/time.ts';
import { aBackend, aLink } from '#shared/domain/testing/entries.ts';

import { backendKinds } from '../backends/registry.ts';
import { createDesk } from '../desk/desk.ts';
import type { DeskPort } from '../desk/port.ts';
import { silentLogger } from '../lib/logger.ts';
import { awakeReason } from './awake.ts';
import { coreTroubles } from './core-health.ts';
import { leaving } from './leaving.ts';

const NOW_MS = 1_800_000_000_000;
const kinds = [...backendKinds.values()].map(({ descriptor }) => descriptor);

let desk: DeskPort;
beforeEach(() => (desk = createDesk(silentLogger)));

const bot = (id: string, given: Partial<BackendConfig> = {}): BackendConfig =>
  aBackend({
    id,
    kind: 'coinruler',
    name: `Bot ${id}`,
    address: 'http://127.0.0.1',
    colour: '#000000',
    ...given,
  });
const connect = (config: BackendConfig): void => desk.dispatch({ type: 'backend-configured', config });
const link = (backendId: string, state: LinkState): LinkStatus =>
  aLink({
    backendId,
    label: 'live',
    state,
    receivedAtMs: null,
    dataAtMs: null,
    staleAfterMs: MINUTE_MS,
    received: 0,
  });
const cause = { code: 'unreachable', message: '' } as const;
const live: LinkState = { kind: 'live', sinceMs: 0 };

describe('what goes on when the desk ends', () => {
  it('is nothing with practice alone, with what only watches, or with what is switched off', () => {
    connect(bot('practice', { practice: true }));
    connect(bot('hub', { kind: 'market-hub', watchesOnly: true }));
    connect(bot('off', { enabled: false }));
    expect(leaving(desk, kinds)).toBeNull();
  });

  it('is every real bot that may trade, and what nobody does any more', () => {
    connect(bot('practice', { practice: true }));
    connect(bot('main'));
    const state: WatchState = {
      practice: false,
      limits: [],
      heartbeat: {
        state: 'ok',
        host: 'ping.example',
        lastOkAtMs: null,
        failingSinceMs: null,
        trouble: null,
        deskTrouble: [],
      },
      awake: { held: false, why: '' },
    };
    desk.dispatch({ type: 'watch', state });
    expect(leaving(desk, kinds)).toEqual({
      backends: [{ name: 'Bot main', items: ['May go on trading'] }],
      unwatched: ['The heartbeat to ping.example, which will miss it', 'Alerts, proposals and the journal'],
    });
  });

  it('says of a halted bot that nobody sees its halt lifted, and that PANIC is repeated by nobody', () => {
    connect(bot('main'));
    const halt = { reason: null, setBy: 'quarterdeck', changedAtMs: null, readAtMs: NOW_MS };
    desk.dispatch({ type: 'kill-switch', killSwitch: { backendId: 'main', enabled: true, ...halt } });
    desk.dispatch({
      type: 'panic',
      state: { kind: 'latched', id: 'p', sinceMs: 0, presses: 1, origin: 'tray', durable: true, targets: [] },
    });
    const left = leaving(desk, kinds);
    expect(left?.backends[0]?.items[0]).toMatch(/^Halted/);
    expect(left?.unwatched[0]).toMatch(/^PANIC stays on, but nobody halts again .*\(Bot main\)$/);
  });
});

describe('what the heartbeat says of the desk', () => {
  const healthy: JournalHealth | undefined = undefined;
  const troubles = (given: Partial<Parameters<typeof coreTroubles>[0]> = {}): string[] =>
    coreTroubles(
      {
        journal: healthy,
        written: true,
        backends: [bot('main')],
        links: [link('main', live)],
        lookedAtMs: NOW_MS,
        ...given,
      },
      NOW_MS,
    );

  it('is nothing while it works, also while a bot is down and somebody goes on trying', () => {
    expect(troubles()).toEqual([]);
    const waiting = { kind: 'waiting', sinceMs: 0, nextAttemptAtMs: NOW_MS + 1, attempt: 9, cause } as const;
    expect(troubles({ links: [link('main', waiting)] })).toEqual([]);
    expect(troubles({ links: [link('main', { kind: 'stopped', sinceMs: 0, cause })] })).toEqual([]);
  });

  it.each<[string, Partial<Parameters<typeof coreTroubles>[0]>, RegExp]>([
    ['a journal that takes nothing', { written: false }, /journal/],
    ['a bot without a link', { links: [] }, /1 of 1/],
    [
      'an attempt that is overdue',
      {
        links: [
          link('main', { kind: 'waiting', sinceMs: 0, nextAttemptAtMs: NOW_MS - 61_000, attempt: 1, cause }),
        ],
      },
      /not looked after/,
    ],
    [
      'an attempt that never ends',
      { links: [link('main', { kind: 'connecting', sinceMs: NOW_MS - 6 * MINUTE_MS, attempt: 1 })] },
      /not looked after/,
    ],
    ['limits that nobody looks at', { lookedAtMs: NOW_MS - 3 * MINUTE_MS }, /limits/],
    ['limits that were never looked at', { lookedAtMs: null }, /limits/],
  ])('is %s, without a name', (_, given, words) => {
    const said = troubles(given);
    expect(said).toEqual([expect.stringMatching(words)]);
    expect(said.join()).not.toContain('main');
  });
});

describe('what the computer stays awake for', () => {
  const reason = (trading: BackendConfig[]): string | null =>
    awakeReason(desk, { practice: false, trading, measured: [] });

  it('is a real bot that is connected or being connected, by name; practice and what gave up are nothing', () => {
    const [real, practice] = [bot('main'), bot('p', { practice: true })];
    for (const config of [real, practice]) connect(config);
    expect(reason([real, practice])).toBeNull();
    desk.dispatch({ type: 'link-status', status: link('p', live) });
    expect(reason([real, practice])).toBeNull();
    desk.dispatch({ type: 'link-status', status: link('main', live) });
    expect(reason([real, practice])).toBe('Bot main may trade.');
    desk.dispatch({ type: 'link-status', status: link('main', { kind: 'stopped', sinceMs: 0, cause }) });
    expect(reason([real, practice])).toBeNull();
  });
});
