import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a process can be asked, by name. */
export type CallList<C> = { [N in keyof C]: { ask: unknown; answer: unknown } };

export type Handlers<C extends CallList<C>> = {
  [N in keyof C]: (ask: C[N]['ask']) => C[N]['answer'] | Promise<C[N]['answer']>;
};

interface Question {
  id: number;
  name: string;
  ask: unknown;
}
type Reply = { id: number; answer: unknown } | { id: number; error: string };

/** A process that can be asked, frozen and killed. */
export interface AskedProcess<C extends CallList<C>> {
  /** Rejects with the process's words, and when it ends before it answers. */
  call<N extends keyof C & string>(name: N, ask: C[N]['ask']): Promise<C[N]['answer']>;
  /** Nothing of it runs until `thaw`; its sockets stay open. */
  freeze(): void;
  thaw(): void;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Lets go of it, so that it can end by itself; resolves with how it did, or `null` after so many milliseconds. */
  leave(withinMs: number): Promise<number | null>;
  readonly pid: number;
  hasEnded(): boolean;
}

/** Starts a file of this folder as a process of its own. */
export function startProcess<C extends CallList<C>>(
  file: string,
  execArgv: readonly string[] = [],
): AskedProcess<C> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...execArgv],
    // Naming a folder keeps the package `electron` from fetching its binary on import.
    env: { ELECTRON_OVERRIDE_DIST_PATH: 'not-needed-here', ...process.env },
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let ended = false;
  child.on('message', (reply: Reply) => {
    const question = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) question?.reject(new Error(reply.error));
    else question?.resolve(reply.answer);
  });
  child.on('error', () => undefined);
  child.on('exit', () => {
    ended = true;
    for (const question of waiting.values()) question.reject(new ProcessEnded());
    waiting.clear();
  });

  return {
    pid: child.pid ?? 0,
    hasEnded: () => ended,
    async call(name, ask) {
      if (ended) throw new ProcessEnded();
      lastId += 1;
      const answer: PromiseWithResolvers<unknown> = Promise.withResolvers();
      waiting.set(lastId, answer);
      child.send({ id: lastId, name, ask } satisfies Question, (error) => {
        if (error !== null) answer.reject(new ProcessEnded());
      });
      return answer.promise;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async kill() {
      if (ended) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    leave: (withinMs) => leave(child, withinMs),
  };
}

async function leave(child: ChildProcess, withinMs: number): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const gone: PromiseWithResolvers<number | null> = Promise.withResolvers();
  const timer = setTimeout(() => gone.resolve(null), withinMs);
  child.once('exit', (code) => gone.resolve(code ?? -1));
  if (child.connected) child.disconnect();
  const code = await gone.promise;
  clearTimeout(timer);
  return code;
}

/** The process ended before it answered, as one that is killed does. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
}

/** The other side: answers what the process is asked. `onAlone` runs when whoever asks is gone. */
export function answerCalls<C extends CallList<C>>(handlers: Handlers<C>, onAlone: () => void): void {
  process.on('disconnect', onAlone);
  const byName = new Map<string, (ask: never) => unknown>(Object.entries(handlers));
  process.on('message', ({ id, name, ask }: Question) => {
    void (async () => {
      const handler = byName.get(name);
      if (handler === undefined) throw new Error(`cannot be asked "${name}"`);
      return handler(ask as never);
    })().then(
      (answer) => process.send?.({ id, answer: answer ?? null } satisfies Reply),
      (error: unknown) =>
        process.send?.({
          id,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        } satisfies Reply),
    );
  });
}

/** Lets everything that has arrived be handled. */
export async function turns(count = 3): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
