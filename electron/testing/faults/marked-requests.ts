import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

/** The header by which the proxy tells which request of the desk it got. It goes no further. */
export const MARK = 'x-faults-number';

export interface MadeRequest {
  number: number;
  method: string;
  port: number;
  path: string;
  /** The command or gesture it was made for. */
  of: string | null;
}

const gesture = new AsyncLocalStorage<string>();

/** Runs something whose requests are known to be its doing. */
export const within = <T>(of: string, run: () => T): T => gesture.run(of, run);

/** Numbers every request that this process makes, at the moment at which it makes it. */
export function markRequests(
  life: number,
  onRequest: (request: MadeRequest) => void,
  onAnswer: (number: number) => void,
): { made(): number; stop(): void } {
  let last = 0;
  function onCreated(message: unknown): void {
    const request = requestIn(message);
    if (request === null) return;
    last += 1;
    // So many lives and requests fit beside each other in one number.
    const number = life * 1_000_000 + last;
    request.setHeader(MARK, String(number));
    onRequest({
      number,
      method: request.method,
      port: Number(request.getHeader('host')?.toString().split(':')[1] ?? 0),
      path: request.path,
      of: gesture.getStore() ?? null,
    });
  }
  const onFinished = (message: unknown): void => onAnswer(Number(requestIn(message)?.getHeader(MARK) ?? 0));
  subscribe('http.client.request.created', onCreated);
  subscribe('http.client.response.finish', onFinished);
  return {
    made: () => last,
    stop() {
      unsubscribe('http.client.request.created', onCreated);
      unsubscribe('http.client.response.finish', onFinished);
    },
  };
}

function requestIn(message: unknown): ClientRequest | null {
  if (typeof message !== 'object' || message === null || !('request' in message)) return null;
  return message.request instanceof ClientRequest ? message.request : null;
}
