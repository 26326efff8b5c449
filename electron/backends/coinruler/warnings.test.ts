import { beforeEach, describe, expect, it } from 'vitest';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import type { Harness } from './testing/harness.ts';
import { createHarness } from './testing/harness.ts';
import type { Warnings } from './warnings.ts';
import { createWarnings } from './warnings.ts';

const held = {
  condition: 'held',
  kind: 'live-events-held-back',
  severity: 'medium',
  message: 'Held back.',
} as const;

let clock: ManualClock;
let harness: Harness;
let warnings: Warnings;

beforeEach(() => {
  clock = createManualClock();
  harness = createHarness({ address: 'http://127.0.0.1:1', ownerId: null, clock });
  warnings = started();
});

const started = (context = harness.context): Warnings => createWarnings(context, harness.context.emit);
const told = (): Set<string> => new Set(harness.of('alert').map(({ alert }) => alert.id));

describe('a condition of the connection', () => {
  it('L3 is one alert while it lasts, over a restart too', async () => {
    warnings.begin(held);
    await clock.advance(60_000);
    warnings.begin(held);
    await clock.advance(60_000);
    started().begin(held);
    await clock.advance(60_000);
    expect([harness.of('alert').length, told().size]).toEqual([3, 1]);
  });

  it('L3 is another alert when it comes back after it had cleared, so that one which was acknowledged hides it not', async () => {
    warnings.begin(held);
    await clock.advance(60_000);
    warnings.end('held');
    warnings.begin(held);
    await clock.advance(1);
    expect(told().size).toBe(2);
    warnings.end('held');
    await clock.advance(60_000);
    started().begin(held);
    await clock.advance(1);
    expect(told().size).toBe(3);
  });

  it('clears alone: another one lasts', async () => {
    warnings.begin(held);
    warnings.begin({ ...held, condition: 'other', message: 'Other.' });
    await clock.advance(60_000);
    warnings.end('other');
    warnings.begin(held);
    await clock.advance(1);
    expect(told().size).toBe(2);
  });

  it('is told all the same where nothing can be kept of it', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('The disk is full.'));
    warnings = started({ ...harness.context, memory: { recall: refuse, remember: refuse } });
    warnings.begin(held);
    await clock.advance(60_000);
    warnings.begin(held);
    await clock.advance(1);
    expect([harness.of('alert').length, told().size]).toEqual([2, 1]);
  });
});
