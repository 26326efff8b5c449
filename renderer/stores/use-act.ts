import { useRef, useState } from 'react';

import type { CommandOrigin, CommandOutcome } from '#shared/domain/command.ts';

import { describeError } from '../bridge.ts';
import type { Wish } from './commands.ts';
import { newRequestId, openWarnings, submitCommand } from './commands.ts';

type ActState =
  | { phase: 'idle' }
  | { phase: 'sending' }
  | { phase: 'settled'; outcome: CommandOutcome; warnings: CommandOutcome['checks'] }
  /** The main process did not answer; `askAgain` sends the same command once more (A5). */
  | { phase: 'lost'; message: string };

interface ActRun {
  state: ActState;
  submit: (params: Wish['params']) => void;
  /** Sends it again with the warnings that were shown accepted. */
  acceptWarnings: () => void;
  /** Sends it again with the one-time code, which is kept nowhere. */
  giveCode: (name: string, code: string) => void;
  askAgain: () => void;
  reset: () => void;
}

/** One run of an act of a backend through the command door. A second submit while one is under way is ignored. */
export function useAct(backendId: string, act: string, origin: CommandOrigin): ActRun {
  const [state, setState] = useState<ActState>({ phase: 'idle' });
  const last = useRef<Wish | null>(null);
  const sending = useRef(false);

  async function send(wish: Wish): Promise<void> {
    if (sending.current) return;
    sending.current = true;
    last.current = wish;
    setState({ phase: 'sending' });
    try {
      const outcome = await submitCommand(wish);
      const accepted = wish.acceptedWarnings ?? [];
      const warnings = openWarnings(outcome).filter((warning) => !accepted.includes(warning.id));
      setState({ phase: 'settled', outcome, warnings });
    } catch (error) {
      setState({ phase: 'lost', message: describeError(error) });
    } finally {
      sending.current = false;
    }
  }

  const again = (change: Partial<Wish>): void => {
    if (last.current !== null) void send({ ...last.current, requestId: newRequestId(), ...change });
  };

  return {
    state,
    submit: (params) => void send({ backendId, act, origin, params, requestId: newRequestId() }),
    acceptWarnings() {
      if (state.phase !== 'settled') return;
      const before = last.current?.acceptedWarnings ?? [];
      again({ acceptedWarnings: [...before, ...state.warnings.map((warning) => warning.id)] });
    },
    giveCode: (name, code) => again({ params: { ...last.current?.params, [name]: code } }),
    askAgain() {
      if (last.current !== null) void send(last.current);
    },
    reset: () => setState({ phase: 'idle' }),
  };
}
