import { afterEach, expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import { practiceBackend } from '../../practice/port.ts';
import { startPracticeOn } from '../../practice/practice.ts';
import { createTestContext } from '../testing/test-context.ts';
import { aiTrader } from './kind.ts';

let closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

/** The backend and the practice server that speaks the protocol, on one clock. */
async function start() {
  const clock = createManualClock(Date.UTC(2030, 0, 1));
  const practice = await startPracticeOn(clock, {
    stateFile: null,
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 7,
    ports: {},
    controlPort: null,
    quiet: true,
  });
  closing.push(() => practice.stop());
  const { address, secrets } = practiceBackend(practice.ready, 'ai-trader');
  const test = createTestContext({
    config: { id: 'practice-ai-trader', kind: 'ai-trader', address },
    clock,
    secrets,
  });
  const backend = aiTrader.create(test.context);
  closing.push(() => backend.dispose());
  return { ...test, backend };
}

it('the practice server is read, and PANIC is confirmed by reading it back', async () => {
  const desk = await start();
  desk.backend.start();
  await desk.event('link-status', ({ status }) => status.linkId === 'api' && status.state.kind === 'live');
  expect(desk.entries('models').length).toBeGreaterThan(0);
  expect((await desk.backend.panic!.halt('PANIC')).kind).toBe('accepted');
  expect(await desk.backend.panic!.read()).toMatchObject({ enabled: true });
});

it('the connection test passes by it', async () => {
  const desk = await start();
  const steps = await aiTrader.test(desk.context);
  expect(steps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
});
