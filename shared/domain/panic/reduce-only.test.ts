import { expect, it } from 'vitest';

import type { BackendConfig } from '../backends/backend.ts';
import type { KillSwitch } from './kill-switch.ts';
import type { LinkStatus } from '../backends/link.ts';
import { reduceOnlyReason } from './reduce-only.ts';
import { aBackend, aKillSwitch, aLink } from '../testing/entries.ts';

const NOW_MS = 1_800_000_000_000;
const backend: BackendConfig = aBackend({
  id: 'a',
  kind: 'any',
  name: 'A',
  address: 'http://127.0.0.1',
  colour: '#000000',
});
const link = (dataAtMs: number | null): LinkStatus =>
  aLink({
    backendId: 'a',
    label: 'Live',
    state: { kind: 'live', sinceMs: 0 },
    receivedAtMs: NOW_MS,
    dataAtMs,
    staleAfterMs: 60_000,
    received: 0,
  });
const halt = (enabled: boolean | null): KillSwitch =>
  aKillSwitch({ backendId: 'a', enabled, setBy: null, changedAtMs: null, readAtMs: NOW_MS });
const reason = (given: Partial<Parameters<typeof reduceOnlyReason>[1]>) =>
  reduceOnlyReason(
    backend,
    { kind: undefined, panic: { kind: 'clear' }, killSwitch: halt(false), links: [link(NOW_MS)], ...given },
    NOW_MS,
  );

it('K3 A3 says why only what lowers risk can be done, and nothing while all is well', () => {
  expect(reason({})).toBeNull();
  const targets = [] as const;
  const latched = {
    kind: 'latched',
    id: 'x',
    sinceMs: 0,
    presses: 1,
    origin: 'tray',
    durable: true,
  } as const;
  expect(reason({ panic: { ...latched, targets: [...targets] } })).toBe('PANIC is on');
  expect(reason({ killSwitch: halt(true) })).toBe('halted');
  expect(reason({ killSwitch: halt(null) })).toBe('halt not known');
  expect(reason({ links: [link(NOW_MS - 120_000)] })).toBe('data 2 min old');
  const down = { ...link(NOW_MS), state: { kind: 'connecting', sinceMs: 0, attempt: 1 } as const };
  expect(reason({ links: [down] })).toBe('its link is down');
  expect(reason({ links: [link(null)] })).toBe('no data yet');
  expect(reason({ links: [] })).toBe('no data yet');
});
