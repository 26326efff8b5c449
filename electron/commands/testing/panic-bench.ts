import { beforeEach } from 'vitest';

import type { PanicState, PanicTarget } from '#shared/domain/panic/kill-switch.ts';

import { HttpFailure } from '../../connections/port.ts';
import { aLink, START_MS } from '#shared/domain/testing/entries.ts';
import type { CommandBench } from './command-bench.ts';
import { createBench } from './command-bench.ts';
import type { ScriptedBackend } from './scripted-backend.ts';
import { accepted, createScriptedBackend } from './scripted-backend.ts';

export let bench: CommandBench;
/** A bench with PANIC known to be clear for each test of the file. */
export function usePanicBench(): void {
  beforeEach(async () => {
    bench = createBench();
    await bench.panic.start();
  });
}

export const connect = (
  id: string,
  given: Parameters<typeof createScriptedBackend>[1] = {},
): ScriptedBackend =>
  bench.connect(createScriptedBackend(bench.clock, { id, name: id.toUpperCase(), ...given }));

export function latched(): Extract<PanicState, { kind: 'latched' }> {
  const state = bench.panicState();
  if (state?.kind !== 'latched') throw new Error('PANIC is not latched');
  return state;
}
export function target(backendId: string): PanicTarget {
  const found = latched().targets.find((each) => each.backendId === backendId);
  if (found === undefined) throw new Error(`${backendId} is not among the targets`);
  return found;
}
export const halts = (backend: ScriptedBackend): number =>
  backend.calls.filter((call) => call === 'halt').length;
let received = 1;
export const setLink = (backendId: string, kind: 'live' | 'connecting'): void => {
  const state = kind === 'live' ? { kind, sinceMs: START_MS } : { kind, sinceMs: START_MS, attempt: 1 };
  received += 1;
  bench.desk.dispatch({ type: 'link-status', status: aLink({ backendId, state, received }) });
};
export const hearHalt = (backend: ScriptedBackend, enabled: boolean | null, setBy: string | null): void => {
  const nowMs = bench.clock.now();
  backend.halted = { ...backend.halted, enabled, setBy, changedAtMs: nowMs, readAtMs: nowMs };
  bench.desk.dispatch({ type: 'kill-switch', killSwitch: backend.halted });
};
export const silent = (backend: ScriptedBackend): void => {
  backend.script.halt = () => new Promise(() => undefined);
  backend.script.read = () => new Promise(() => undefined);
};
export const unreachable = (backend: ScriptedBackend): void => {
  setLink(backend.config.id, 'connecting');
  backend.script.halt = () =>
    Promise.reject(new HttpFailure({ code: 'unreachable', message: 'No route.' }, false));
  backend.script.read = () => Promise.reject(new Error('No route.'));
};
export const reachable = (backend: ScriptedBackend): void => {
  backend.script.halt = () => {
    const nowMs = bench.clock.now();
    backend.halted = {
      ...backend.halted,
      enabled: true,
      setBy: 'quarterdeck',
      changedAtMs: nowMs,
      readAtMs: nowMs,
    };
    return Promise.resolve(accepted);
  };
  backend.script.read = () => Promise.resolve(backend.halted);
};
