import { describe, expect, it } from 'vitest';

import type { Model } from '#shared/domain/bots/model.ts';
import { model } from '#shared/domain/bots/model.ts';
import { position, positionOwner } from '#shared/domain/portfolio/position.ts';
import { settings } from '#shared/domain/settings/settings.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { createDesk } from '../desk/desk.ts';
import { aBackend, aLink, START_MS } from '#shared/domain/testing/entries.ts';
import { silentLogger } from '../lib/logger.ts';
import { createLook } from './look.ts';
import { createPriceWatch } from './price-watch.ts';

const cause = { code: 'closed', message: 'The stream broke.' } as const;
const nothing = {
  facts: [],
  ...Object.fromEntries(
    [...Object.keys(model.shape), ...Object.keys(position.shape)].map((key) => [key, null]),
  ),
};

/** A bot whose whole is live, and one of whose models has a broken stream for the whole quarter of an hour. */
function agesAfter(status: Model['status'], { holds = false, whole = true } = {}): string {
  const desk = createDesk(silentLogger);
  const past = { refresh: () => undefined, points: () => [], trouble: () => null };
  const look = createLook({ desk, kinds: () => [], past, prices: createPriceWatch({}) });
  desk.dispatch({ type: 'backend-configured', config: aBackend() });
  const of = { ...nothing, backendId: 'alpha', receivedAtMs: START_MS };
  desk.dispatch({
    type: 'feed',
    slice: 'models',
    backendId: 'alpha',
    complete: 'all',
    entries: [model.parse({ ...of, facts: [], id: 'm1', name: 'One', status })],
  });
  const held = {
    ...of,
    id: 'p',
    owner: positionOwner.model('m1'),
    symbol: 'AAPL',
    side: 'long',
    quantity: '1',
  };
  const entries = holds ? [position.parse({ ...held, simulated: false })] : [];
  desk.dispatch({ type: 'feed', slice: 'positions', backendId: 'alpha', complete: 'all', entries });
  const about = { thing: 'model', id: 'm1' } as const;
  const { watch } = settings.parse({ watch: { staleMinutes: 10 } });
  let value = '';
  for (let atMs = START_MS; atMs <= START_MS + 15 * MINUTE_MS; atMs += 10 * SECOND_MS) {
    if (whole) desk.dispatch({ type: 'link-status', status: aLink({ dataAtMs: atMs }) });
    const state = { kind: 'stale', sinceMs: START_MS, cause } as const;
    desk.dispatch({ type: 'link-status', status: aLink({ linkId: 'model-m1', about, state }) });
    value = look(watch, atMs).measured.find(({ kind }) => kind === 'stale')?.value ?? 'none';
  }
  return value;
}

describe('the data that a stale limit looks at', () => {
  it('is not that of an idle model that holds nothing', () => {
    expect(agesAfter('idle')).toBe('0');
  });

  it.each(['queued', 'starting', 'running', 'stopping', 'unknown'] as const)(
    'is that of a model that is %s, which may have the person’s money',
    (status) => {
      expect(agesAfter(status)).toBe('15');
    },
  );

  it('is that of an idle model that still holds something', () => {
    expect(agesAfter('idle', { holds: true })).toBe('15');
  });

  it('is always that of the bot as a whole', () => {
    expect(agesAfter('idle', { whole: false })).toBe('15');
  });
});
