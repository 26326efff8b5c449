import { orderOf } from './judge.ts';
import type { Figures, Measured, Role, Round, Row } from './row.ts';
import { ROLES } from './row.ts';

/** Runs the rounds of a row, one contender after the other. A first round warms up and is not counted. */
export async function measure(row: Row, tell: (words: string) => void): Promise<Measured> {
  const { contenders, close } = await row.open();
  const present = ROLES.filter((role) => contenders[role] !== undefined);
  const rounds: Round[] = [];
  try {
    for (let number = -1; number < row.rounds; number += 1) {
      tell(number < 0 ? 'warming up' : `round ${number + 1} of ${row.rounds}`);
      const round: Partial<Record<Role, Figures>> = {};
      for (const role of orderOf(present, number + 1)) {
        collectGarbage();
        const contender = contenders[role];
        if (contender !== undefined) round[role] = await contender.run();
      }
      if (number >= 0) rounds.push(round);
    }
  } finally {
    await close();
  }
  const labels = Object.fromEntries(present.map((role) => [role, contenders[role]?.label ?? '']));
  return { title: row.title, gates: row.gates, labels, rounds };
}

/** Microseconds of processor that this process took, over all its threads. */
export async function cpuMicros(run: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** What one contender leaves behind is not for the next one to clean up. */
function collectGarbage(): void {
  globalThis.gc?.();
}
