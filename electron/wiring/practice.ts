import { join } from 'node:path';

import { startPracticeDesk } from '../desktop/practice/practice-desk.ts';
import { spawnPractice } from '../desktop/practice/practice-process.ts';
import type { Base } from './base.ts';

/** Everybody's practice market begins alike, so that what one person describes another can see. */
const SEED = 42;

/** Runs the practice desk in its own process while the person wants it. */
export function startPractice(base: Base): void {
  const { clockFigures, core, dataFolder, ends, launch, log, out, realClock, settings, tell } = base;
  ends.add(
    startPracticeDesk({
      fleet: core.fleet,
      settings,
      spawn: () => spawnPractice(join(out, 'main', 'practice.js'), log),
      options: {
        stateFile: join(dataFolder, 'practice.json'),
        clock: clockFigures,
        seed: SEED,
        ports: {},
        controlPort: launch.practiceControlPort,
        quiet: launch.quietPractice,
      },
      realClock,
      log,
      onLost: (words) => tell('deck', 'Practice desk', words),
    }),
  );
}
