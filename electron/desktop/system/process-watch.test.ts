import { expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import type { GoneProcess } from './process-watch.ts';
import { createProcessWatch } from './process-watch.ts';

function watch() {
  const clock = createManualClock();
  const noted: string[] = [];
  const onGone = createProcessWatch({ clock, note: (_event, summary) => void noted.push(summary) });
  return { clock, noted, onGone };
}
const gone = (differs: Partial<GoneProcess> = {}): GoneProcess => ({
  type: 'GPU',
  reason: 'crashed',
  exitCode: 139,
  ...differs,
});

it('a helper process that ends leaves words in the journal', () => {
  const { noted, onGone } = watch();
  onGone(gone());
  onGone(gone({ type: 'Utility', reason: 'oom', exitCode: 1, name: 'Network Service' }));
  onGone(gone({ type: 'Something new', reason: 'something-new', exitCode: 2 }));
  expect(noted).toEqual([
    'The process that draws stopped: it crashed (code 139). It is started again when it is needed; the desk goes on.',
    'A helper process (Network Service) stopped: there was no memory left (code 1). It is started again when it is needed; the desk goes on.',
    'A helper process stopped: something-new (code 2). It is started again when it is needed; the desk goes on.',
  ]);
});

it('an orderly end is no event, nor is one that its own supervisor tells', () => {
  const { noted, onGone } = watch();
  onGone(gone({ reason: 'clean-exit', exitCode: 0 }));
  onGone(gone({ type: 'Utility', name: 'Quarterdeck practice desk' }));
  expect(noted).toEqual([]);
});

it('D7 one that fails again and again is written down five times a minute', async () => {
  const { clock, noted, onGone } = watch();
  for (let count = 0; count < 1_000; count += 1) onGone(gone());
  expect(noted).toHaveLength(5);
  await clock.advance(60_000);
  onGone(gone());
  expect(noted).toHaveLength(6);
});
