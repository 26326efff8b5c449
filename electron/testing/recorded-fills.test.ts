import { afterEach, expect, it } from 'vitest';

import { createBench } from '../attention/testing/hub-bench.ts';
import { configured } from '../attention/testing/desk-events.ts';
import { advanceUntil, copyRow, createBenches } from '../backends/copy-trading/testing/bench.ts';
import { listen } from '../backends/market-hub/testing/harness.ts';
import { recordedFrames } from '../backends/market-hub/testing/recordings.ts';

const benches = createBenches();
afterEach(benches.close);

it('L1 the recorded fills of a hub reach the person as they were filled, and once where a second client heard them too', async () => {
  const attention = createBench();
  attention.dispatch(configured('hub', { kind: 'market-hub', name: 'Hub' }));
  const hub = listen();
  for (const frame of [...recordedFrames(2), ...recordedFrames(1)]) {
    hub.take(frame);
    attention.dispatch(...hub.events.all.splice(0));
    // Apart enough to be told one by one.
    await attention.clock.advance(60_000);
  }
  expect(attention.titles().filter((title) => !title.includes('alert'))).toEqual([
    'Hub: bought 1 ETH',
    'Hub: sold 1 ETH',
    'Hub: bought 1 ETH',
    'Hub: sold 1 ETH',
  ]);
});

it('L1 the recorded copies and trades that a server lists at the first look are no news; a copy that it opens afterwards is', async () => {
  const attention = createBench();
  attention.dispatch(configured('copy', { kind: 'copy-trading', name: 'Copies' }));
  const bench = await benches.start({
    given: (server) => server.on('GET /kana-labs/status', { json: { status: 'connected' } }),
  });
  const forward = (): void => attention.dispatch(...bench.events.all.splice(0));
  const copies = () => [...attention.desk.entries('positions')].filter(([, one]) => one.owner === 'copy');
  await advanceUntil(bench, () => (forward(), copies().length === 2), 1_000);
  expect(attention.titles()).toEqual([]);
  bench.server.on('GET /portfolio/positions', copyRow());
  await advanceUntil(bench, () => (forward(), copies().length === 1), 5_000);
  await attention.clock.advance(60_000);
  expect(attention.titles()).toEqual(['Copies: copy opened: long 12.5 APT/USDC']);
});
