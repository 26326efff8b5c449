import type { PanicTarget } from '#shared/domain/panic/kill-switch.ts';

import { aLink, START_MS } from '#shared/domain/testing/entries.ts';
import type { CommandBench } from './command-bench.ts';
import { createBench } from './command-bench.ts';
import type { MemoryJournal } from './memory-journal.ts';
import type { ScriptedBackend } from './scripted-backend.ts';
import { createScriptedBackend } from './scripted-backend.ts';

export const connect = (
  bench: CommandBench,
  id = 'alpha',
  given: Parameters<typeof createScriptedBackend>[1] = {},
): ScriptedBackend =>
  bench.connect(createScriptedBackend(bench.clock, { id, name: id.toUpperCase(), ...given }));

export async function started(journal?: MemoryJournal): Promise<CommandBench> {
  const bench = createBench(journal);
  await bench.panic.start();
  return bench;
}

export function targets(bench: CommandBench): PanicTarget[] {
  const state = bench.panicState();
  return state?.kind === 'latched' ? state.targets : [];
}
export const halts = (backend: ScriptedBackend): number =>
  backend.calls.filter((call) => call === 'halt').length;
export const beginsToConnect = (bench: CommandBench, backendId = 'alpha'): void =>
  bench.desk.dispatch({
    type: 'link-status',
    status: aLink({ backendId, state: { kind: 'connecting', sinceMs: START_MS, attempt: 1 } }),
  });

/** PANIC was pressed over `alpha`, confirmed or not, and then the desk was killed. */
export async function pressedAndKilled(
  script: (alpha: ScriptedBackend) => void = () => undefined,
): Promise<MemoryJournal> {
  const bench = await started();
  script(connect(bench));
  bench.panic.press('window');
  await bench.pass(6_000);
  bench.panic.dispose();
  return bench.journal;
}
