import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';

import type {
  ActAnswer,
  Backend,
  PanicPort,
  Params,
  Preparation,
  RehearsalFinding,
  Verification,
} from '../../backends/port.ts';
import { aBackend, aKillSwitch } from '#shared/domain/testing/entries.ts';
import type { Clock } from '../../lib/clock.ts';

/**
 * A backend of its own small world, whose answers a test writes beforehand and holds back. The door's promises are
 * about order and timing (a reply that is lost, one that hangs while PANIC is pressed), which a real server cannot be
 * made to produce at an exact moment; that the real kinds keep this port's contract is tested beside them.
 */
export interface ScriptedBackend extends Backend {
  /** Every call to the acting side and the panic side, in order, such as `perform approval.approve`. */
  readonly calls: string[];
  /** Parameters of each `perform`. */
  readonly performed: Params[];
  script: {
    prepare: (act: string, params: Params) => Promise<Preparation>;
    perform: (act: string, params: Params) => Promise<ActAnswer>;
    verify: (act: string, params: Params, answer: ActAnswer) => Promise<Verification>;
    halt: () => Promise<ActAnswer>;
    resume: () => Promise<ActAnswer>;
    read: () => Promise<KillSwitch>;
    rehearse: () => Promise<RehearsalFinding>;
  };
  /** Its own halt, as `read` shows it unless the script says otherwise. */
  halted: KillSwitch;
}

export const accepted: ActAnswer = { kind: 'accepted', message: 'Done.', result: null };

export function createScriptedBackend(
  clock: Pick<Clock, 'now'>,
  given: Partial<BackendConfig> & { panic?: null } = {},
): ScriptedBackend {
  const { panic: noPanic, ...config } = given;
  const calls: string[] = [];
  const performed: Params[] = [];
  const note = (call: string): void => void calls.push(call);
  const setHalt = (enabled: boolean): Promise<ActAnswer> => {
    const nowMs = clock.now();
    backend.halted = {
      ...backend.halted,
      enabled,
      setBy: 'quarterdeck',
      changedAtMs: nowMs,
      readAtMs: nowMs,
    };
    return Promise.resolve(accepted);
  };
  const panic: PanicPort = {
    halt() {
      note('halt');
      return backend.script.halt();
    },
    resume() {
      note('resume');
      return backend.script.resume();
    },
    read() {
      note('read');
      return backend.script.read();
    },
    rehearse() {
      note('rehearse');
      return backend.script.rehearse();
    },
  };
  const backend: ScriptedBackend = {
    config: aBackend(config),
    calls,
    performed,
    halted: aKillSwitch({
      backendId: config.id ?? 'alpha',
      setBy: null,
      changedAtMs: null,
      readAtMs: clock.now(),
    }),
    script: {
      prepare: () => Promise.resolve({ checks: [], subject: null }),
      perform: () => Promise.resolve(accepted),
      verify: () => Promise.resolve({ kind: 'confirmed', message: 'Re-read.' }),
      halt: () => setHalt(true),
      resume: () => setHalt(false),
      read: () => Promise.resolve({ ...backend.halted, readAtMs: clock.now() }),
      rehearse: () =>
        Promise.resolve({
          state: 'ready',
          steps: [],
          proved: ['It answers.'],
          notProved: ['That it halts.'],
        }),
    },
    start: () => undefined,
    refresh: () => Promise.resolve(),
    wake: () => undefined,
    read: () => Promise.reject(new Error('nothing to read')),
    acting: {
      prepare(act, params) {
        note(`prepare ${act}`);
        return backend.script.prepare(act, params);
      },
      perform(act, params) {
        note(`perform ${act}`);
        performed.push(params);
        return backend.script.perform(act, params);
      },
      verify(act, params, answer) {
        note(`verify ${act}`);
        return backend.script.verify(act, params, answer);
      },
    },
    panic: noPanic === null ? null : panic,
    chat: null,
    dispose: () => undefined,
  };
  return backend;
}

/** What the scripted kind can do: decisions on proposals and one act of each risk. */
export const scriptedKind: BackendKindDescriptor = {
  kind: 'scripted',
  label: 'Scripted',
  summary: '',
  addressPlaceholder: '',
  secrets: [],
  panic: { supported: true, does: [], doesNot: [], byHand: 'Log in at the exchange.' },
  reads: [],
  acts: [
    act('approval.approve', 'Approve', 'adds'),
    act('approval.decline', 'Decline', 'reduces'),
    {
      ...act('approval.execute', 'Approve and execute', 'adds'),
      params: [{ name: 'mfaCode', label: 'Code', type: 'one-time-code', required: false }],
    },
    {
      ...act('bot.start', 'Start', 'adds'),
      params: [{ name: 'bot', label: 'Bot', type: 'text', required: true }],
      stakes: { value: 'amount', quantity: 'size', times: 'ratio', instrument: 'market' },
    },
    act('bot.stop', 'Stop', 'reduces'),
    act('bot.rename', 'Rename', 'neutral'),
  ],
  chat: null,
  alertsWithoutSource: [],
};

function act(
  id: string,
  label: string,
  risk: 'adds' | 'reduces' | 'neutral',
): BackendKindDescriptor['acts'][number] {
  return { id, group: '', label, help: '', params: [], risk, scope: 'backend' };
}
