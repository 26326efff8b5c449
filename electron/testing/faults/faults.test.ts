import { describe, expect, it } from 'vitest';

import { reportLine } from './report.ts';
import { runSeed } from './run-seed.ts';

/** Few and short enough for every test run; `npm run faults` plays as many, as long as one likes. */
const SEEDS = [11, 12, 13, 14];
const DESK_MINUTES = 6;

describe('a desk whose servers, disk, clock and process fail by a seed', () => {
  it.each(SEEDS)(
    'A5 D3 D6 K3 K6 S5 seed %i: nothing acknowledged is missing, nothing is done twice, the lists agree',
    { timeout: 300_000 },
    async (seed) => {
      const result = await runSeed({ seed, minutes: DESK_MINUTES });
      expect(result.violations, reportLine(result)).toEqual([]);
    },
  );
});
