import { expect } from 'vitest';

import type { Clock } from '../../../lib/clock.ts';
import type { TestContext } from '../../testing/test-context.ts';
import { createTestContext } from '../../testing/test-context.ts';

export type Harness = TestContext;

/** Everything that a backend is given, with what it emits recorded. */
export const createHarness = ({
  address,
  ownerId,
  ...rest
}: {
  address: string;
  ownerId: string | null;
  clock?: Clock;
}): Harness =>
  createTestContext({
    ...rest,
    config: { id: 'ruler', kind: 'coinruler', name: 'Ruler', address },
    secrets: ownerId === null ? {} : { ownerId },
  });

/** Matches a text that has this in it. */
export const containing = (part: string): unknown => expect.stringContaining(part);

/** Waits until it is so. The ceiling only ends a test that would wait for ever; it measures nothing. */
export const eventually = <T>(look: () => T) => expect.poll(look);
