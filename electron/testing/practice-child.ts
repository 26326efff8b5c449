import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { PracticeMessage, PracticeOptions, PracticeReady } from '../practice/port.ts';

export interface PracticeChild {
  ready: PracticeReady;
  /** Stops it in the middle of whatever it does: its connections stay and nothing is answered. */
  freeze(): void;
  /** Lets it go on where it was stopped. */
  thaw(): void;
  /** Ends it as a crash would: no chance to save or say good-bye. */
  killHard(): Promise<void>;
}

/**
 * The practice desk in a process of its own, as the app runs it; `script` is the built one where this Node cannot run the source.
 * Rejects with its words when it cannot start.
 */
export async function startPracticeChild(
  options: PracticeOptions,
  script: string = fileURLToPath(new URL('../practice/process.ts', import.meta.url)),
): Promise<PracticeChild> {
  const child = fork(script, { stdio: 'inherit' });
  child.send(options);
  const message = await firstMessage(child);
  if (message.kind === 'failed') throw new Error(message.message);
  return {
    ready: message,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async killHard() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function firstMessage(child: ChildProcess): Promise<PracticeMessage> {
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`the practice process ended with code ${String(code)} before it was ready`);
  });
  const [message] = (await Promise.race([once(child, 'message'), gone])) as [PracticeMessage];
  return message;
}

/** Speaks to a practice desk's control port. Rejects with the server's words. */
export async function control(address: string, name: string, body: unknown = {}): Promise<unknown> {
  const reading = name === 'state';
  const answer = await fetch(`${address}/control/${name}`, {
    method: reading ? 'GET' : 'POST',
    ...(reading ? {} : { body: JSON.stringify(body) }),
  });
  const parsed: unknown = await answer.json();
  if (!answer.ok) throw new Error(`control ${name}: ${JSON.stringify(parsed)}`);
  return parsed;
}
